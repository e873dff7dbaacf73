//! The battery builder: ordered tasks with their parameters, in the browser.
//!
//! It writes the modules as JSON into the hidden field `modules` of the form around it; the
//! server checks them against each task's own schema and names fields such as
//! `modules[1].params.trials`, which are the fields here.

use contract::measure::ModuleInput;
use contract::task::{ParamInfo, ParamType, TaskInfo};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ui::use_ready;

/// The words of [`BatteryBuilder`], in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuilderWords {
    pub add: String,
    pub choose: String,
    pub up: String,
    pub down: String,
    pub remove: String,
    pub params: String,
    pub empty: String,
    /// `{min} to {max}`.
    pub between: String,
    pub total: String,
    pub minutes: String,
    pub yes: String,
}

/// One task in the battery being built.
#[derive(Clone)]
struct Module {
    /// Tells rows apart while they move.
    key: u32,
    task: TaskInfo,
    /// Values as typed, in the order of the task's parameters.
    values: RwSignal<Vec<String>>,
}

impl Module {
    fn new(key: u32, task: TaskInfo, given: &Map<String, Value>) -> Self {
        let values = task.params.iter().map(|param| text_of(param, given.get(&param.name))).collect();
        Self { key, task, values: RwSignal::new(values) }
    }

    /// What is sent. A number that cannot be read is sent as typed: the server says what is
    /// allowed.
    fn input(&self) -> ModuleInput {
        let values = self.values.get();
        let params = self
            .task
            .params
            .iter()
            .zip(values)
            .map(|(param, text)| (param.name.clone(), value_of(&param.kind, &text)))
            .collect();
        ModuleInput { task_id: self.task.id.clone(), params }
    }
}

fn text_of(param: &ParamInfo, given: Option<&Value>) -> String {
    if let Some(value) = given {
        return match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
    }
    match &param.kind {
        ParamType::Int { default, .. } => default.to_string(),
        ParamType::Number { default, .. } => Value::from(*default).to_string(),
        ParamType::Flag { default } => default.to_string(),
        ParamType::Choice { default, .. } => default.clone(),
    }
}

fn value_of(kind: &ParamType, text: &str) -> Value {
    let text = text.trim();
    match kind {
        ParamType::Int { .. } => text.parse::<i64>().map_or_else(|_| text.into(), Value::from),
        ParamType::Number { .. } => text.parse::<f64>().map_or_else(|_| text.into(), Value::from),
        ParamType::Flag { .. } => Value::from(text == "true"),
        ParamType::Choice { .. } => text.into(),
    }
}

/// Orders tasks and sets their parameters. Works by keyboard alone: every move is a button.
#[island]
pub fn BatteryBuilder(
    tasks: Vec<TaskInfo>,
    initial: Vec<ModuleInput>,
    words: BuilderWords,
) -> impl IntoView {
    let ready = use_ready();
    let options = tasks
        .iter()
        .map(|task| view! { <option value=task.id.clone()>{task.name.clone()}</option> })
        .collect_view();
    let chosen = RwSignal::new(tasks.first().map(|task| task.id.clone()).unwrap_or_default());
    let find = move |id: &str| tasks.iter().find(|task| task.id == id).cloned();
    let first = (0u32..)
        .zip(initial)
        .filter_map(|(key, given)| Some(Module::new(key, find(&given.task_id)?, &given.params)))
        .collect::<Vec<_>>();
    let next_key = StoredValue::new(u32::try_from(first.len()).unwrap_or(0));
    let modules = RwSignal::new(first);
    let add = move |_| {
        if let Some(task) = find(&chosen.get_untracked()) {
            let key = next_key.get_value();
            next_key.set_value(key + 1);
            modules.update(|all| all.push(Module::new(key, task, &Map::new())));
        }
    };
    let json = move || {
        let all = modules.get().iter().map(Module::input).collect::<Vec<_>>();
        serde_json::to_string(&all).unwrap_or_default()
    };
    let total = {
        let words = words.clone();
        move || {
            let minutes = modules.with(|all| all.iter().map(|module| module.task.minutes).sum::<f64>());
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "minutes are few")]
            let whole = minutes.ceil() as u32;
            [words.total.as_str(), " ", &whole.to_string(), " ", &words.minutes].concat()
        }
    };
    let BuilderWords { empty, choose, add: add_word, .. } = words.clone();
    let numbered = move || modules.get().into_iter().enumerate().collect::<Vec<_>>();
    let none = move || !modules.with(Vec::is_empty);
    view! {
        <div class="builder" data-ready=move || ready.get()>
            <input type="hidden" name="modules" value=json prop:value=json/>
            <p class="field-error" id="f-modules-error" data-error-for="modules" hidden=true></p>
            <p class="muted" hidden=none>{empty}</p>
            <ol class="builder-modules">
                <For each=numbered
                    key=|(index, module)| (*index, module.key)
                    children=move |(index, module)| row(index, &module, modules, &words)/>
            </ol>
            <div class="builder-add">
                <label class="field-label" for="builder-task">{choose}</label>
                <select class="input" id="builder-task"
                    on:change=move |event| chosen.set(event_target_value(&event))>{options}</select>
                <button class="button" type="button" on:click=add>{add_word}</button>
            </div>
            <p class="builder-total" role="status">{total}</p>
        </div>
    }
}

fn row(
    index: usize,
    module: &Module,
    modules: RwSignal<Vec<Module>>,
    words: &BuilderWords,
) -> AnyView {
    let name = module.task.name.clone();
    let say = |word: &str| [word, ": ", &name].concat();
    let (up, down, remove) = (say(&words.up), say(&words.down), say(&words.remove));
    let last = move || modules.with(|all| index + 1 >= all.len());
    let swap = move |a: usize, b: usize| modules.update(|all| {
        if a < all.len() && b < all.len() {
            all.swap(a, b);
        }
    });
    let take = move |_| modules.update(|all| {
        if index < all.len() {
            all.remove(index);
        }
    });
    let fields = module
        .task
        .params
        .iter()
        .enumerate()
        .map(|(at, param)| field(index, at, param, module.values, words))
        .collect_view();
    let task_field = ["modules[", &index.to_string(), "].task_id"].concat();
    view! {
        <li class="builder-module card">
            <div class="builder-head">
                <div>
                    <h3>{name.clone()}</h3>
                    <p class="muted">{module.task.summary.clone()}</p>
                    <p class="field-error" data-error-for=task_field hidden=true></p>
                </div>
                <div class="builder-moves">
                    <button class="button button-quiet" type="button" aria-label=up disabled=index == 0
                        on:click=move |_| swap(index, index.wrapping_sub(1))>"↑"</button>
                    <button class="button button-quiet" type="button" aria-label=down disabled=last
                        on:click=move |_| swap(index, index + 1)>"↓"</button>
                    <button class="button button-quiet" type="button" aria-label=remove
                        on:click=take>"×"</button>
                </div>
            </div>
            <details class="fold">
                <summary>{words.params.clone()}</summary>
                <div class="form-fields form-columns">{fields}</div>
            </details>
        </li>
    }
    .into_any()
}

/// One parameter: its label, what it does, what is allowed, and the control.
fn field(
    index: usize,
    at: usize,
    param: &ParamInfo,
    values: RwSignal<Vec<String>>,
    words: &BuilderWords,
) -> AnyView {
    let name = ["modules[", &index.to_string(), "].params.", &param.name].concat();
    let id = ["f-", &name].concat();
    let hint_id = [&id, "-hint"].concat();
    let error_id = [&id, "-error"].concat();
    let value = move || values.with(|all| all.get(at).cloned().unwrap_or_default());
    let set = move |text: String| {
        values.update(|all| {
            if let Some(value) = all.get_mut(at) {
                *value = text;
            }
        });
    };
    let between = |min: String, max: String| {
        words.between.replace("{min}", &min).replace("{max}", &max)
    };
    let number = |allowed: String, step: &'static str| {
        let hint = [param.meaning.as_str(), " ", &allowed].concat();
        let unit = (!param.unit.is_empty())
            .then(|| view! { <span class="input-unit">{param.unit.clone()}</span> });
        view! {
            <p class="field-hint" id=hint_id.clone()>{hint}</p>
            <p class="field-error" id=error_id.clone() data-error-for=name.clone() hidden=true></p>
            <div class="input-line">
                <input class="input input-short" id=id.clone() type="number" step=step
                    aria-describedby=hint_id.clone() prop:value=value value=value
                    on:input=move |event| set(event_target_value(&event))/>
                {unit}
            </div>
        }
        .into_any()
    };
    let control = match &param.kind {
        ParamType::Int { min, max, .. } => number(between(min.to_string(), max.to_string()), "1"),
        ParamType::Number { min, max, .. } => {
            let text = |number: f64| Value::from(number).to_string();
            number(between(text(*min), text(*max)), "any")
        }
        ParamType::Flag { .. } => view! {
            <p class="field-hint" id=hint_id>{param.meaning.clone()}</p>
            <label class="check">
                <input type="checkbox" id=id.clone() prop:checked=move || value() == "true"
                    on:change=move |event| set(event_target_checked(&event).to_string())/>
                <span>{words.yes.clone()}</span>
            </label>
        }
        .into_any(),
        ParamType::Choice { options, .. } => {
            let options = options
                .iter()
                .map(|option| {
                    let this = option.clone();
                    let selected = move || value() == this;
                    view! { <option value=option.clone() selected=selected>{option.clone()}</option> }
                })
                .collect_view();
            view! {
                <p class="field-hint" id=hint_id>{param.meaning.clone()}</p>
                <p class="field-error" id=error_id data-error-for=name hidden=true></p>
                <select class="input" id=id.clone()
                    on:change=move |event| set(event_target_value(&event))>{options}</select>
            }
            .into_any()
        }
    };
    view! {
        <div class="field">
            <label class="field-label" for=id>{param.label.clone()}</label>
            {control}
        </div>
    }
    .into_any()
}
