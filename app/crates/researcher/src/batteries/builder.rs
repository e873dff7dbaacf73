//! The battery builder: ordered tasks with their parameters, in the browser.
//!
//! It writes the modules as JSON into the hidden field `modules` of the form around it; the
//! server checks them against each task's own schema and names fields such as
//! `modules[1].params.trials`, which are the fields here. How long the tasks take depends on their
//! parameters and is asked of the server after every change.

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
    /// In place of the total while a value is out of range.
    pub unknown: String,
    /// `{task}: number {n} of {of}`, announced after a move.
    pub moved: String,
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
        let values =
            task.params.iter().map(|param| text_of(param, given.get(&param.name))).collect();
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

/// The modules being built and what the server says of them; cheap to copy into handlers.
#[derive(Clone, Copy)]
struct Builder {
    modules: RwSignal<Vec<Module>>,
    /// Minutes of each module; none until the server has said, or while a value is out of range.
    minutes: RwSignal<Option<Vec<f64>>>,
    /// What was moved where, for who listens.
    said: RwSignal<String>,
}

impl Builder {
    /// Where the module stands now; it keeps its row, its values and its open parameters when it
    /// moves.
    fn index_of(self, key: u32) -> Memo<usize> {
        Memo::new(move |_| {
            self.modules.with(|all| all.iter().position(|module| module.key == key).unwrap_or(0))
        })
    }

    /// Moves a module by one place, says where it is, and keeps the focus on the button.
    fn shift(self, key: u32, up: bool, name: &str, moved: &str) {
        let at = self.index_of(key).get_untracked();
        let len = self.modules.with_untracked(Vec::len);
        let to = if up { at.checked_sub(1) } else { Some(at + 1) };
        let Some(to) = to.filter(|to| *to < len) else { return };
        self.modules.update(|all| all.swap(at, to));
        let said = moved
            .replace("{task}", name)
            .replace("{n}", &(to + 1).to_string())
            .replace("{of}", &len.to_string());
        self.said.set(said);
        // At either end the button of this direction is off
        let up = if up { to > 0 } else { to + 1 == len };
        focus(&button_id(if up { "up" } else { "down" }, key));
    }

    /// Takes a module out; the focus goes to the next one, or to where tasks are added.
    fn remove(self, key: u32) {
        let at = self.index_of(key).get_untracked();
        self.modules.update(|all| all.retain(|module| module.key != key));
        let next = self.modules.with_untracked(|all| all.get(at).or(all.last()).map(|m| m.key));
        focus(&next.map_or_else(|| "builder-task".to_owned(), |key| button_id("remove", key)));
    }
}

fn button_id(what: &str, key: u32) -> String {
    ["builder-", what, "-", &key.to_string()].concat()
}

/// Moves the focus when the page shows the change.
fn focus(id: &str) {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        let id = id.to_owned();
        request_animation_frame(move || {
            let element = ui::islands::dom::document().and_then(|page| page.get_element_by_id(&id));
            if let Some(element) = element.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
                ui::islands::dom::focus(&element);
            }
        });
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = id;
}

/// Asks the server for the minutes whenever the modules have been left alone for a moment.
#[cfg(feature = "hydrate")]
fn ask_for_minutes(json: Memo<String>, minutes: RwSignal<Option<Vec<f64>>>) {
    use gloo::timers::callback::Timeout;
    let waiting = StoredValue::new_local(None::<Timeout>);
    Effect::new(move || {
        let modules = json.get();
        let ask = Timeout::new(250, move || {
            leptos::task::spawn_local(async move {
                let answer = super::server_fns::estimate_battery(modules.clone()).await;
                // An answer to what is not there any more says nothing
                if json.try_get_untracked() == Some(modules) {
                    minutes.set(answer.ok().flatten());
                }
            });
        });
        // The question before this one is dropped unasked
        waiting.set_value(Some(ask));
    });
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
    let builder =
        // Empty until the server has answered for the first time
        Builder { modules, minutes: RwSignal::new(Some(Vec::new())), said: RwSignal::new(String::new()) };
    let add = move |_| {
        if let Some(task) = find(&chosen.get_untracked()) {
            let key = next_key.get_value();
            next_key.set_value(key + 1);
            modules.update(|all| all.push(Module::new(key, task, &Map::new())));
        }
    };
    let json = Memo::new(move |_| {
        let all = modules.get().iter().map(Module::input).collect::<Vec<_>>();
        serde_json::to_string(&all).unwrap_or_default()
    });
    #[cfg(feature = "hydrate")]
    ask_for_minutes(json, builder.minutes);
    let BuilderWords { empty, choose, add: add_word, total, minutes, unknown, .. } = words.clone();
    let total = move || match builder.minutes.get() {
        _ if modules.with(Vec::is_empty) => String::new(),
        Some(each) if each.is_empty() => String::new(),
        Some(each) => {
            let sum = in_words(each.iter().sum::<f64>().ceil());
            [&total, " ", &sum, " ", &minutes].concat()
        }
        None => unknown.clone(),
    };
    let none = move || !modules.with(Vec::is_empty);
    view! {
        <div class="builder" data-ready=move || ready.get()>
            <input type="hidden" name="modules" value=json prop:value=json/>
            <p class="field-error" id="f-modules-error" data-error-for="modules" hidden=true></p>
            <p class="muted" hidden=none>{empty}</p>
            <ol class="builder-modules">
                <For each=move || modules.get()
                    key=|module| module.key
                    children=move |module| row(&module, builder, &words)/>
            </ol>
            <p class="visually-hidden" role="status">{move || builder.said.get()}</p>
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

/// A few minutes, without digits that nobody plans by.
fn in_words(minutes: f64) -> String {
    if minutes.fract() == 0.0 { format!("{minutes:.0}") } else { format!("{minutes:.1}") }
}

fn row(module: &Module, builder: Builder, words: &BuilderWords) -> AnyView {
    let key = module.key;
    let index = builder.index_of(key);
    let name = module.task.name.clone();
    let say = |word: &str| [word, ": ", &name].concat();
    let (up, down, remove) = (say(&words.up), say(&words.down), say(&words.remove));
    let last = move || builder.modules.with(|all| index.get() + 1 >= all.len());
    let shift = {
        let (name, moved) = (name.clone(), words.moved.clone());
        move |up: bool| builder.shift(key, up, &name, &moved)
    };
    let shift_down = shift.clone();
    let fields = module
        .task
        .params
        .iter()
        .enumerate()
        .map(|(at, param)| field(index, at, param, module.values, words))
        .collect_view();
    let task_field = move || ["modules[", &index.get().to_string(), "].task_id"].concat();
    let unit = words.minutes.clone();
    let minutes = move || {
        let minutes = builder.minutes.with(|each| each.as_ref()?.get(index.get()).copied())?;
        Some([&in_words((minutes * 10.0).round() / 10.0), "\u{202f}", &unit].concat())
    };
    view! {
        <li class="builder-module card">
            <div class="builder-head">
                <div>
                    <h3>{name.clone()}</h3>
                    <p class="muted">{module.task.summary.clone()}</p>
                    <p class="muted">{minutes}</p>
                    <p class="field-error" data-error-for=task_field hidden=true></p>
                </div>
                <div class="builder-moves">
                    <button class="button button-quiet" type="button" aria-label=up
                        id=button_id("up", key) disabled=move || index.get() == 0
                        on:click=move |_| shift(true)>"↑"</button>
                    <button class="button button-quiet" type="button" aria-label=down
                        id=button_id("down", key) disabled=last
                        on:click=move |_| shift_down(false)>"↓"</button>
                    <button class="button button-quiet" type="button" aria-label=remove
                        id=button_id("remove", key)
                        on:click=move |_| builder.remove(key)>"×"</button>
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
    index: Memo<usize>,
    at: usize,
    param: &ParamInfo,
    values: RwSignal<Vec<String>>,
    words: &BuilderWords,
) -> AnyView {
    let name = {
        let param = param.name.clone();
        Memo::new(move |_| ["modules[", &index.get().to_string(), "].params.", &param].concat())
    };
    let id = move || name.with(|name| ["f-", name].concat());
    let hint_id = move || [&id(), "-hint"].concat();
    let error_id = move || [&id(), "-error"].concat();
    let value = move || values.with(|all| all.get(at).cloned().unwrap_or_default());
    let set = move |text: String| {
        values.update(|all| {
            if let Some(value) = all.get_mut(at) {
                *value = text;
            }
        });
    };
    let between =
        |min: String, max: String| words.between.replace("{min}", &min).replace("{max}", &max);
    let number = |allowed: String, step: &'static str| {
        let hint = [param.meaning.as_str(), " ", &allowed].concat();
        let unit = (!param.unit.is_empty())
            .then(|| view! { <span class="input-unit">{param.unit.clone()}</span> });
        view! {
            <p class="field-hint" id=hint_id>{hint}</p>
            <p class="field-error" id=error_id data-error-for=name hidden=true></p>
            <div class="input-line">
                <input class="input input-short" id=id type="number" step=step
                    aria-describedby=hint_id prop:value=value value=value
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
                <input type="checkbox" id=id prop:checked=move || value() == "true"
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
                <select class="input" id=id
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
