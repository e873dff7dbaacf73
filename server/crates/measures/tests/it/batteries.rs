//! Writing batteries.

use crate::world::{World, at, fields, module, new_study, reason, short_modules, staff};
use contract::ListQuery;
use contract::measure::{BatteryStatus, CreateBattery, UpdateBattery};
use contract::page::Order;
use contract::permission::{StudyRole, SystemRole};
use serde_json::json;

fn draft(name: &str) -> CreateBattery {
    CreateBattery {
        name: name.into(),
        description: "For the first visit".into(),
        status: BatteryStatus::Draft,
        modules: short_modules(),
    }
}

fn change(revision: i64) -> UpdateBattery {
    UpdateBattery { revision, name: None, description: None, status: None, modules: None }
}

#[tokio::test]
async fn every_parameter_of_a_new_battery_is_written_out() {
    let w = World::new().await;
    let made = measures::create_battery(&w.db.ctx, &w.coordinator, w.study, &draft("Screening"))
        .await
        .unwrap();
    assert_eq!((made.summary.version, made.summary.revision), (1, 1));
    assert_eq!(made.summary.tasks, ["simple_rt", "flanker"]);
    assert_eq!(made.summary.status, BatteryStatus::Draft);
    let simple = &made.modules[0];
    assert_eq!(simple.params["trials"], 10);
    assert_eq!(simple.params["foreperiod_max"], 3000, "a default, kept with the battery");
    let minutes: f64 = made.modules.iter().map(|module| module.minutes).sum();
    assert!((made.summary.estimated_minutes - minutes).abs() < 1e-9 && minutes > 1.0);
    let again = measures::battery(&w.db.ctx, &w.coordinator, w.study, made.summary.id).await;
    assert_eq!(again.unwrap(), made);
}

#[tokio::test]
async fn parameters_out_of_range_and_unknown_tasks_are_all_named_at_once() {
    let w = World::new().await;
    let mut new = draft("Screening");
    new.modules = vec![
        module("simple_rt", json!({"trials": 3})),
        module("flanker", json!({"trials": "many", "colour": 1})),
        module("mind_reading", json!({})),
    ];
    let error =
        measures::create_battery(&w.db.ctx, &w.coordinator, w.study, &new).await.unwrap_err();
    let error = contract::ApiError::from(error);
    assert_eq!(error.code.status(), 422);
    let named: Vec<_> = error.fields.iter().map(|f| (f.field.as_str(), f.rule.as_str())).collect();
    assert_eq!(
        named,
        [
            ("modules[0].params.trials", "range"),
            ("modules[1].params.colour", "unknown"),
            ("modules[1].params.trials", "type"),
            ("modules[2].task_id", "unknown"),
        ]
    );
    assert!(error.fields[0].message.contains("between 5 and 400"), "{}", error.fields[0].message);
    for task in ["flanker", "simple_rt", "stop_signal"] {
        assert!(error.fields[3].message.contains(task), "{}", error.fields[3].message);
    }
    let none = measures::batteries(&w.db.ctx, &w.coordinator, w.study, &ListQuery::default()).await;
    assert_eq!(none.unwrap().pagination.total, 0);
}

#[tokio::test]
async fn two_batteries_do_not_share_a_name_until_one_is_retired() {
    let w = World::new().await;
    let first = measures::create_battery(&w.db.ctx, &w.coordinator, w.study, &draft("Screening"))
        .await
        .unwrap();
    let twin = draft(" SCREENING ");
    let create = || measures::create_battery(&w.db.ctx, &w.coordinator, w.study, &twin);
    assert_eq!(reason(create().await.unwrap_err()), "battery_name_taken");
    let retire = UpdateBattery { status: Some(BatteryStatus::Retired), ..change(1) };
    let (id, who) = (first.summary.id, &w.coordinator);
    measures::update_battery(&w.db.ctx, who, w.study, id, &retire).await.unwrap();
    assert_eq!(create().await.unwrap().summary.name, "SCREENING");
}

#[tokio::test]
async fn a_battery_is_edited_in_place_until_somebody_has_run_it() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let battery = measures::battery(&w.db.ctx, &w.coordinator, w.study, run.battery).await.unwrap();
    // P-001 is running version 1: new modules are version 2
    let modules = Some(vec![module("simple_rt", json!({"trials": 30}))]);
    let edit = UpdateBattery { modules: modules.clone(), ..change(battery.summary.revision) };
    let update = |edit| {
        let (w, id) = (&w, run.battery);
        async move { measures::update_battery(&w.db.ctx, &w.coordinator, w.study, id, &edit).await }
    };
    let second = update(edit.clone()).await.unwrap();
    assert_eq!((second.summary.version, second.summary.revision), (2, 2));
    assert_eq!(second.summary.tasks, ["simple_rt"]);
    // The same change from the old state is refused
    assert_eq!(reason(update(edit).await.unwrap_err()), "battery_changed");
    // Nobody has run version 2: it is edited in place
    let modules = Some(vec![module("simple_rt", json!({"trials": 40}))]);
    let third = update(UpdateBattery { modules: modules.clone(), ..change(2) }).await.unwrap();
    assert_eq!((third.summary.version, third.modules[0].params["trials"].as_i64()), (2, Some(40)));
    // Saving the same modules again changes nothing about them
    let same = update(UpdateBattery { modules, ..change(3) }).await.unwrap();
    assert_eq!(same.modules, third.modules);
    // The session still shows what was run
    let session =
        measures::session(&w.db.ctx, &w.coordinator, w.study, run.config.session_id).await.unwrap();
    assert_eq!(session.summary.battery_version, 1);
    let tasks: Vec<_> = session.modules.iter().map(|m| m.task_id.as_str()).collect();
    assert_eq!(tasks, ["simple_rt", "flanker"]);
}

#[tokio::test]
async fn a_battery_that_was_given_to_somebody_is_never_a_draft_again() {
    let w = World::new().await;
    let battery = w.battery("Screening").await;
    let set = |revision, status| {
        let w = &w;
        async move {
            let edit = UpdateBattery { status: Some(status), ..change(revision) };
            measures::update_battery(&w.db.ctx, &w.coordinator, w.study, battery, &edit).await
        }
    };
    // Nobody has it yet
    set(1, BatteryStatus::Draft).await.unwrap();
    set(2, BatteryStatus::Active).await.unwrap();
    let participant = w.participant("P-001").await;
    w.assign(participant, battery).await;
    let refused = set(3, BatteryStatus::Draft).await.unwrap_err();
    assert_eq!(reason(refused), "battery_status_not_allowed");
    set(3, BatteryStatus::Retired).await.unwrap();
    // A retired one is not given to anybody
    let other = w.participant("P-002").await;
    assert_eq!(reason(w.try_assign(other, battery).await.unwrap_err()), "battery_not_active");
}

#[tokio::test]
async fn an_empty_draft_cannot_become_active() {
    let w = World::new().await;
    let new = CreateBattery { modules: Vec::new(), ..draft("Later") };
    let made =
        measures::create_battery(&w.db.ctx, &w.coordinator, w.study, &new).await.unwrap().summary;
    let edit = UpdateBattery { status: Some(BatteryStatus::Active), ..change(1) };
    let error = measures::update_battery(&w.db.ctx, &w.coordinator, w.study, made.id, &edit)
        .await
        .unwrap_err();
    assert_eq!(fields(error), [at("modules", "required")]);
}

#[tokio::test]
async fn the_list_is_searched_sorted_and_paged() {
    let w = World::new().await;
    for name in ["Baseline", "Week 4", "Week 12"] {
        w.battery(name).await;
    }
    let names = |query: ListQuery| {
        let w = &w;
        async move {
            let page = measures::batteries(&w.db.ctx, &w.coordinator, w.study, &query).await;
            let page = page.unwrap();
            (page.data.into_iter().map(|b| b.name).collect::<Vec<_>>(), page.pagination.total)
        }
    };
    let all = names(ListQuery::default()).await;
    assert_eq!(all, (vec!["Baseline".into(), "Week 12".into(), "Week 4".into()], 3));
    let query = ListQuery {
        search: Some("WEEK".into()),
        sort: Some("name".into()),
        order: Some(Order::Desc),
        per_page: Some(1),
        ..ListQuery::default()
    };
    assert_eq!(names(query.clone()).await, (vec!["Week 4".into()], 2));
    // Beyond the end there is nothing, and the total is still right
    assert_eq!(names(ListQuery { page: Some(9), ..query }).await, (Vec::new(), 2));
    let bad = ListQuery { sort: Some("colour".into()), ..ListQuery::default() };
    let error = measures::batteries(&w.db.ctx, &w.coordinator, w.study, &bad).await.unwrap_err();
    assert_eq!(fields(error), [at("sort", "unknown")]);
}

#[tokio::test]
async fn who_may_not_write_batteries_does_not_and_other_studies_do_not_show() {
    let w = World::new().await;
    let battery = w.battery("Screening").await;
    let viewer = staff(&w.db, SystemRole::Viewer, w.study, StudyRole::Viewer);
    let denied =
        measures::create_battery(&w.db.ctx, &viewer, w.study, &draft("Mine")).await.unwrap_err();
    assert_eq!(reason(denied), "not_allowed");
    let (other, _) = new_study(&w.db, "OTHER").await;
    let stranger = staff(&w.db, SystemRole::Researcher, other, StudyRole::Owner);
    let hidden = measures::battery(&w.db.ctx, &stranger, w.study, battery).await.unwrap_err();
    assert_eq!(reason(hidden), "study_not_found");
    // Own study, foreign battery
    let hidden = measures::battery(&w.db.ctx, &stranger, other, battery).await.unwrap_err();
    assert_eq!(reason(hidden), "battery_not_found");
    let edit = UpdateBattery { name: Some("Stolen".into()), ..change(1) };
    let hidden =
        measures::update_battery(&w.db.ctx, &stranger, other, battery, &edit).await.unwrap_err();
    assert_eq!(reason(hidden), "battery_not_found");
}
