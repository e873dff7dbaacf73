//! Configurations and trial rows to test with.

use contract::{
    Id, Locale,
    task::{
        Device, Item, Micros, OnsetMethod, Phase, Pointer, Quality, RunConfig, RunModule, Seed,
        Trial,
    },
};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use task_engine::tasks;

/// A module of a task with these parameters.
pub(crate) fn module(task: &str, params: Value) -> RunModule {
    let spec = tasks::latest(task).unwrap();
    let Value::Object(params) = params else { panic!("parameters are an object") };
    RunModule {
        module_id: Id::from_uuid("0198c0de-0000-7000-8000-000000000001".parse().unwrap()),
        task_id: spec.id.into(),
        task_version: spec.version.into(),
        params,
        strings: tasks::strings(Locale::En, spec),
        minutes: 2.0,
    }
}

/// A run of these modules.
pub(crate) fn config(seed: u64, modules: Vec<RunModule>) -> RunConfig {
    RunConfig {
        session_id: Id::from_uuid("0198c0de-0000-7000-8000-000000000002".parse().unwrap()),
        upload_key: "key".into(),
        locale: Locale::En,
        seed: Seed(seed),
        modules,
        strings: tasks::common_strings(Locale::En),
        scoring_version: task_engine::SCORING_VERSION.into(),
        server_time_ms: 1_700_000_000_000.0,
        acknowledged: 0,
        return_to: "/portal".into(),
    }
}

/// Both tasks with their default parameters.
pub(crate) fn both(seed: u64) -> RunConfig {
    let none = || Value::Object(Map::new());
    config(seed, vec![module("simple_rt", none()), module("flanker", none())])
}

/// The trials among the items.
pub(crate) fn trials(items: &[Item]) -> Vec<&Trial> {
    items.iter().filter_map(Item::trial).collect()
}

/// A test trial as a browser would have stored it: onset at `index` seconds, response `rt_ms`
/// later (none: no response), right or wrong.
pub(crate) fn row(
    task: &str,
    index: u32,
    condition: &str,
    rt_ms: Option<f64>,
    right: bool,
) -> Trial {
    let onset = Micros(i64::from(index + 1) * 1_000_000);
    let [correct, wrong] = if task == "flanker" { ["left", "right"] } else { ["press", "other"] };
    let response = rt_ms.map(|ms| onset + Micros::from_ms(ms));
    Trial {
        seq: index + 1,
        clock_epoch: 0,
        module: 0,
        task_id: task.into(),
        block: 1,
        attempt: 0,
        trial: index,
        plan: index,
        phase: Phase::Test,
        condition: condition.into(),
        stimulus: "X".into(),
        correct_code: Some(correct.into()),
        resp_code: rt_ms.map(|_| if right { correct } else { wrong }.into()),
        pointer: rt_ms.map(|_| Pointer { device: Device::Keyboard, x: 0, y: 0 }),
        raf_n_us: Some(onset - Micros(16_667)),
        cb_end_us: Some(onset - Micros(16_300)),
        post_us: None,
        raf_n1_us: Some(onset),
        pres_on_us: Some(onset),
        pres_off_us: None,
        onset_us: Some(onset),
        onset_method: Some(OnsetMethod::Presented),
        frames_plan: None,
        frames_shown: None,
        ts_resp_us: response,
        ts_handler_us: response,
        rt_ms: response.map(|at| (at - onset).ms()),
        correct: Some(rt_ms.is_some() && right),
        omission: rt_ms.is_none(),
        anticipation: rt_ms.is_some_and(|ms| ms < 150.0),
        n_presses: u32::from(rt_ms.is_some()),
        quality: Quality::NONE,
        t_ms: 16.667,
        iti_plan_ms: None,
        iti_shown_ms: None,
        interrupted: false,
        extra: BTreeMap::new(),
        actions: Vec::new(),
    }
}

/// Rows as items.
pub(crate) fn items(rows: Vec<Trial>) -> Vec<Item> {
    rows.into_iter().map(|row| Item::Trial(Box::new(row))).collect()
}

/// `a` and `b` differ by less than `within`.
#[track_caller]
pub(crate) fn close(a: f64, b: f64, within: f64) {
    assert!((a - b).abs() < within, "{a} is not within {within} of {b}");
}
