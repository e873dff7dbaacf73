//! Parameters are checked by the task's own schema.

use serde_json::{Map, Value, json};
use task_engine::{Params, params::ParamKind, tasks};

fn check(task: &str, params: Value) -> Result<Params, Vec<(String, &'static str)>> {
    let Value::Object(map) = params else { panic!("parameters are an object") };
    tasks::validate_params(tasks::latest(task).unwrap(), &map)
        .map_err(|errors| errors.into_iter().map(|e| (e.param, e.rule)).collect())
}

fn refused(task: &str, params: Value) -> Vec<(String, &'static str)> {
    check(task, params).unwrap_err()
}

#[test]
fn the_canonical_defaults() {
    let simple = check("simple_rt", json!({})).unwrap();
    assert_eq!([simple.int("trials"), simple.int("practice_trials")], [20, 8]);
    assert_eq!([simple.int("foreperiod_min"), simple.int("foreperiod_max")], [1000, 3000]);
    assert_eq!([simple.int("timeout"), simple.int("anticipation")], [3000, 150]);
    let flanker = check("flanker", json!({})).unwrap();
    assert_eq!([flanker.int("fixation"), flanker.int("timeout")], [500, 1500]);
    assert_eq!(flanker.int("max_run"), 3);
}

#[test]
fn unknown_wrongly_typed_and_out_of_range_parameters_are_all_named() {
    let errors = refused(
        "simple_rt",
        json!({ "trials": 4, "timeout": "long", "foreperiod_min": 1000.5, "colour": "red", "drop_flagged": 1 }),
    );
    let wanted = [
        ("colour", "unknown"),
        ("drop_flagged", "type"),
        ("foreperiod_min", "type"),
        ("timeout", "type"),
        ("trials", "range"),
    ];
    assert_eq!(errors, wanted.map(|(name, rule)| (name.to_owned(), rule)));
}

#[test]
fn messages_say_what_is_allowed() {
    let map = |value: Value| value.as_object().cloned().unwrap_or_default();
    let spec = tasks::latest("flanker").unwrap();
    let message =
        |params: Value| tasks::validate_params(spec, &map(params)).unwrap_err()[0].message.clone();
    assert_eq!(message(json!({ "trials": 7 })), "must be between 8 and 480.");
    assert_eq!(
        message(json!({ "trials": 90 })),
        "must be a multiple of 8: 4 cells in each of 2 parts."
    );
    assert_eq!(message(json!({ "neutral": "yes" })), "must be true or false.");
    assert!(
        message(json!({ "x": 1 })).starts_with("is no parameter of this task; known: trials, ")
    );
}

#[test]
fn parameters_must_fit_each_other() {
    let one = |name: &str, rule| vec![(name.to_owned(), rule)];
    assert_eq!(
        refused("simple_rt", json!({ "foreperiod_min": 2000, "foreperiod_max": 1000 })),
        one("foreperiod_max", "order")
    );
    assert_eq!(
        refused(
            "simple_rt",
            json!({ "anticipation": 400, "timeout": 500, "blocks": 12, "trials": 5 })
        ),
        one("blocks", "order")
    );
    assert_eq!(refused("flanker", json!({ "trials": 96, "blocks": 5 })), one("trials", "multiple"));
    assert_eq!(
        refused("flanker", json!({ "neutral": true, "practice_trials": 8 })),
        one("practice_trials", "multiple")
    );
}

#[test]
fn every_default_lies_within_its_own_limits_and_passes() {
    for spec in tasks::all() {
        for param in spec.params {
            let good = match param.kind {
                ParamKind::Int { default, min, max } => (min..=max).contains(&default),
                ParamKind::Number { default, min, max } => (min..=max).contains(&default),
                ParamKind::Flag { .. } => true,
                ParamKind::Choice { default, options } => options.contains(&default),
            };
            assert!(good, "{} {}", spec.id, param.name);
        }
        assert!(tasks::validate_params(spec, &Map::new()).is_ok());
    }
}

#[test]
fn every_preset_passes_and_says_for_whom_it_is_and_where_it_comes_from() {
    for spec in tasks::all() {
        for preset in spec.presets {
            let params = tasks::validate_params(spec, &preset.params());
            assert!(params.is_ok(), "{} {}: {params:?}", spec.id, preset.id);
            assert!(!preset.values.is_empty() && !preset.source.is_empty(), "{}", preset.id);
            assert!(!preset.name.en.is_empty() && !preset.meaning.fr.is_empty(), "{}", preset.id);
        }
    }
}

#[test]
fn the_hash_names_the_parameters_in_force() {
    let hash = |params: Value| check("simple_rt", params).unwrap().hash();
    assert_eq!(hash(json!({})), hash(json!({ "trials": 20 })), "a default written out is the same");
    assert_ne!(hash(json!({})), hash(json!({ "trials": 21 })));
    assert_eq!(hash(json!({})).len(), 16);
}

#[test]
fn more_trials_take_longer() {
    let spec = tasks::latest("flanker").unwrap();
    let minutes = |trials: u32| {
        let map = json!({ "trials": trials }).as_object().cloned().unwrap_or_default();
        (spec.minutes)(&tasks::validate_params(spec, &map).unwrap())
    };
    assert!(minutes(96) > 2.0 && minutes(96) < 6.0, "{}", minutes(96));
    assert!(minutes(192) > minutes(96));
}

#[test]
fn the_catalogue_is_complete_in_both_languages() {
    for locale in contract::Locale::ALL {
        let catalogue = tasks::catalogue(locale);
        let ids: Vec<&str> = catalogue.iter().map(|task| task.id.as_str()).collect();
        assert!(ids.is_sorted() && ids.contains(&"flanker") && ids.contains(&"simple_rt"));
        for task in catalogue {
            assert!(!task.name.is_empty() && !task.summary.is_empty() && task.minutes > 0.5);
            assert!(task.params.iter().all(|p| !p.label.is_empty() && !p.meaning.is_empty()));
        }
    }
}
