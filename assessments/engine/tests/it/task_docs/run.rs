//! What comes out of a task: of its plans, of simulated sessions and of scoring nothing.

use crate::support::{config, module};
use contract::task::{Extra, Trial};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use task_engine::{
    SceneBook,
    params::{ParamKind, Params},
    rng::{Purpose, Rng},
    simulate::{self, Kind, Participant, Setup},
    spec::TaskSpec,
    tasks,
};

/// Fields that every task has: the server's page of the rows explains them.
const COMMON: [&str; 2] = ["early_presses", "lead_us"];

/// Examples of a stimulus or of a value.
const EXAMPLES: usize = 3;

/// A metric that some parameters give.
pub(super) struct Written {
    pub(super) unit: String,
    pub(super) rules: Vec<String>,
    /// With which parameters it comes, where the defaults do not give it.
    pub(super) with: Option<String>,
}

/// A field of a task's own.
#[derive(Default)]
pub(super) struct Field {
    pub(super) kinds: BTreeSet<&'static str>,
    pub(super) examples: Vec<String>,
    pub(super) conditions: BTreeSet<String>,
}

/// What was seen.
#[derive(Default)]
pub(super) struct Seen {
    /// In order of appearance.
    pub(super) metrics: Vec<(String, Written)>,
    /// Conditions with examples of stimuli and right answers, and the parameters they need.
    pub(super) conditions: Vec<(String, Condition)>,
    pub(super) fields: BTreeMap<String, Field>,
    /// Whether rows of usual sessions hold presses beside the scored one.
    pub(super) actions: bool,
}

#[derive(Default)]
pub(super) struct Condition {
    pub(super) stimuli: Vec<String>,
    pub(super) correct: BTreeSet<String>,
    pub(super) with: Option<String>,
}

/// The defaults, every preset, and every switch and choice set otherwise, one at a time.
fn settings(spec: &'static TaskSpec) -> Vec<(Option<String>, Map<String, Value>)> {
    let mut settings = vec![(None, Map::new())];
    for preset in spec.presets {
        settings.push((Some(format!("preset `{}`", preset.id)), preset.params()));
    }
    for param in spec.params {
        let values: Vec<Value> = match param.kind {
            ParamKind::Flag { default } => vec![(!default).into()],
            ParamKind::Choice { default, options } => {
                options.iter().filter(|o| **o != default).map(|o| (*o).into()).collect()
            }
            ParamKind::Int { .. } | ParamKind::Number { .. } => Vec::new(),
        };
        for value in values {
            let label = format!("`{} = {}`", param.name, value.to_string().replace('"', ""));
            settings.push((Some(label), Map::from_iter([(param.name.into(), value)])));
        }
    }
    settings.retain(|(_, params)| tasks::validate_params(spec, params).is_ok());
    settings
}

pub(super) fn look(spec: &'static TaskSpec) -> Seen {
    let mut seen = Seen::default();
    sessions(spec, &mut seen);
    for (with, params) in settings(spec) {
        score_nothing(spec, &params, with.as_deref(), &mut seen);
        plan(spec, &params, with.as_deref(), &mut seen);
    }
    seen
}

/// Two sessions with the defaults: somebody who does the task, and somebody to whom things happen.
fn sessions(spec: &'static TaskSpec, seen: &mut Seen) {
    let run = config(1, vec![module(spec.id, json!({}))]);
    for kind in [Kind::Honest, Kind::Careless] {
        let setup = Setup { participant: Participant::new(kind, 30.0), ..Setup::honest(30.0) };
        let log = simulate::run(&run, 1, &setup).unwrap();
        for metric in &log.summaries[0].metrics {
            seen.metric(metric, None);
        }
        for trial in log.items.iter().filter_map(|item| item.trial()) {
            seen.row(trial);
        }
    }
}

fn score_nothing(
    spec: &'static TaskSpec,
    params: &Map<String, Value>,
    with: Option<&str>,
    seen: &mut Seen,
) {
    let module = module(spec.id, Value::Object(params.clone()));
    for metric in tasks::score(0, &module, &[]).unwrap().metrics {
        seen.metric(&metric, with);
    }
}

fn plan(spec: &'static TaskSpec, params: &Map<String, Value>, with: Option<&str>, seen: &mut Seen) {
    let params: Params = tasks::validate_params(spec, params).unwrap();
    let task = (spec.build)(&params);
    let responses = task.responses();
    for (index, block) in (0..).zip(task.blocks()) {
        let mut rng = Rng::of(1, Purpose::Plan, &[index]);
        let mut scenes = SceneBook::default();
        let plans = task.plan(&block, &|key| key.to_owned(), &mut scenes, &mut rng).unwrap();
        for plan in plans {
            let condition = seen.condition(plan.condition, with);
            example(&mut condition.stimuli, &plan.stimulus);
            if let Some(choice) = plan.correct {
                condition.correct.insert(responses.code(choice).to_owned());
            }
            for (name, value) in &plan.extra {
                seen.field(name, value, plan.condition);
            }
        }
    }
}

impl Seen {
    fn metric(&mut self, metric: &contract::task::Metric, with: Option<&str>) {
        if self.metrics.iter().all(|(name, _)| *name != metric.name) {
            let written = Written {
                unit: metric.unit.clone(),
                rules: metric.rules.clone(),
                with: with.map(Into::into),
            };
            self.metrics.push((metric.name.clone(), written));
        }
    }

    fn condition(&mut self, name: &str, with: Option<&str>) -> &mut Condition {
        let at = self.conditions.iter().position(|(known, _)| known == name);
        let at = at.unwrap_or_else(|| {
            let new = Condition { with: with.map(Into::into), ..Condition::default() };
            self.conditions.push((name.into(), new));
            self.conditions.len() - 1
        });
        &mut self.conditions[at].1
    }

    fn row(&mut self, trial: &Trial) {
        let condition = self.condition(&trial.condition, None);
        example(&mut condition.stimuli, &trial.stimulus);
        condition.correct.extend(trial.correct_code.clone());
        for (name, value) in &trial.extra {
            self.field(name, value, &trial.condition);
        }
        self.actions |= !trial.actions.is_empty();
    }

    fn field(&mut self, name: &str, value: &Extra, condition: &str) {
        if COMMON.contains(&name) {
            return;
        }
        let field = self.fields.entry(name.into()).or_default();
        let (kind, text) = match value {
            Extra::Flag(flag) => ("true or false", flag.to_string()),
            Extra::Int(number) => ("whole number", number.to_string()),
            Extra::Number(_) => ("number", String::new()),
            Extra::Text(text) => ("text", text.clone()),
        };
        field.kinds.insert(kind);
        field.conditions.insert(condition.into());
        // Stamps are of one simulated session and explain nothing
        if !name.ends_with("_us") {
            example(&mut field.examples, &text);
        }
    }
}

fn example(examples: &mut Vec<String>, text: &str) {
    let new = !text.is_empty() && examples.iter().all(|known| known != text);
    if new && examples.len() < EXAMPLES {
        examples.push(text.into());
    }
}
