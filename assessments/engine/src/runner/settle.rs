//! From raw stamps to a trial row: onset, RT and flags are decided here and nowhere else.

use super::{
    course::{BLOCK_TIME, Course},
    frames::is_late,
    running::{Flip, Running},
};
use crate::{Press, script::Ends, time::frames_between};
use contract::task::{
    Action, Device, Extra, Interruption, Micros, OnsetMethod, Phase, Pointer, Quality, Trial,
};

/// A handler later than this after its event is flagged Q3.
const HANDLER_LAG: Micros = Micros(10_000);
/// A presentation time this long after the frame is not believed.
const PRESENTATION_MAX: Micros = Micros(1_000_000);

/// The row of a trial, without its place in the run (see `Course::complete`).
///
/// Onset: the presentation time (method 3), else `max(post, raf_n1 − T)` (2), else
/// `max(cb_end, raf_n)` (1). RT is `ts_resp − onset`; negative ones stay and are anticipations, as
/// all below the task's limit. Frames shown: between the two presentation times, else between the
/// two frame times, divided by T.
pub(super) fn settle(trial: &Running, course: &Course, why: Option<Interruption>) -> Box<Trial> {
    let interval = trial.display.interval;
    let stamps = trial.stamps;
    let onset = onset(&stamps.on, interval);
    let told = trial.plan.script.ends == Ends::WhenTold;
    let mut quality = trial.quality | timing_flags(trial);
    if let Some(why) = why {
        quality |= why.quality();
    }
    let response = trial.response.filter(|_| why.is_none());
    // Where many presses make the answer, the last one is among the others
    let unscored = trial.response.filter(|_| why.is_some() && !told);
    let rt = response.zip(onset).map(|(press, (onset, _))| press.stamp - onset);
    let choice = response.map(|press| press.choice);
    let in_time = rt.is_none_or(|rt| rt.0 >= 0);
    let frames_shown = frames_shown(trial);
    let responses = course.responses();
    // One by one: `collect` brings a sort of its own, for a handful of fields
    let mut extra = std::collections::BTreeMap::<String, Extra>::new();
    for (name, value) in &trial.plan.extra {
        extra.insert((*name).into(), value.clone());
    }
    if let (Some(first), Some(target)) = (trial.first, stamps.on.raf) {
        let lead_includes_rest = trial.plan.script.lead_includes_rest;
        let from = trial.rest.filter(|_| lead_includes_rest).map_or(first, |rest| rest.since);
        extra.insert("lead_us".into(), Extra::Int((target - from).0));
    }
    if trial.early_presses > 0 {
        extra.insert("early_presses".into(), Extra::Int(trial.early_presses.into()));
    }
    if trial.false_start {
        extra.insert("false_start".into(), Extra::Flag(true));
    }
    if let Some((at, method)) = self::onset(&stamps.signal, interval) {
        extra.insert("signal_onset_us".into(), Extra::Int(at.0));
        extra.insert("signal_method".into(), Extra::Int(u8::from(method).into()));
        if let Some(soa) = distance(&stamps.on, &stamps.signal, interval) {
            extra.insert("signal_soa_us".into(), Extra::Int(soa.0));
        }
    }
    if course.current_block().is_some_and(|block| block.limit_ms > 0.0) {
        extra.insert(BLOCK_TIME.into(), Extra::Int(trial.block_time_after().0));
        if stamps.on.raf.is_some() {
            let at = trial.block_time_at_target().0;
            extra.insert("time_on_task_us".into(), Extra::Int(at));
        }
    }
    let judged =
        if told { trial.verdict == Some(true) } else { choice == trial.plan.correct && in_time };
    let iti_shown = trial.rest.zip(trial.first).map(|(rest, first)| (first - rest.since).ms());
    let action = |press: &Press| Action {
        at_us: press.stamp,
        code: responses.code(press.choice).into(),
        pointer: place(*press),
    };
    Box::new(Trial {
        seq: 0,
        clock_epoch: 0,
        module: 0,
        task_id: String::new(),
        block: 0,
        attempt: 0,
        trial: 0,
        plan: trial.turn.plan,
        phase: Phase::Test,
        condition: trial.plan.condition.into(),
        stimulus: trial.plan.stimulus.clone(),
        correct_code: trial.plan.correct.map(|choice| responses.code(choice).into()),
        resp_code: choice.map(|choice| responses.code(choice).into()),
        pointer: response.map(|press| press.pointer),
        raf_n_us: stamps.on.raf,
        cb_end_us: stamps.on.cb_end,
        post_us: stamps.on.post,
        raf_n1_us: stamps.on.raf_n1,
        pres_on_us: stamps.on.pres,
        pres_off_us: stamps.off.pres.filter(|off| stamps.on.pres.is_none_or(|on| *off >= on)),
        onset_us: onset.map(|(at, _)| at),
        onset_method: onset.map(|(_, method)| method),
        frames_plan: trial.target_frames,
        frames_shown,
        ts_resp_us: response.map(|press| press.stamp),
        ts_handler_us: response.map(|press| press.handler),
        rt_ms: rt.map(Micros::ms),
        correct: (why.is_none() && !trial.plan.open).then_some(judged && !trial.false_start),
        omission: why.is_none()
            && choice.is_none()
            && (trial.plan.correct.is_some() || trial.plan.open || told),
        anticipation: trial.false_start
            || rt.is_some_and(|rt| rt.ms() < trial.plan.script.anticipation_ms),
        n_presses: trial.n_presses,
        quality,
        t_ms: interval.ms(),
        iti_plan_ms: trial.rest.map(|rest| rest.plan_ms),
        iti_shown_ms: iti_shown,
        interrupted: why.is_some(),
        extra,
        // The answer to a trial that does not count is kept as one press more
        actions: trial.presses.iter().chain(&unscored).map(action).collect(),
    })
}

fn onset(flip: &Flip, interval: Micros) -> Option<(Micros, OnsetMethod)> {
    let raf_n = flip.raf?;
    Some(if let Some(at) = presented(flip, interval) {
        (at, OnsetMethod::Presented)
    } else if let Some(next) = flip.raf_n1 {
        (flip.post.unwrap_or(raf_n).max(next - interval), OnsetMethod::Frame)
    } else {
        (flip.cb_end.unwrap_or(raf_n).max(raf_n), OnsetMethod::Callback)
    })
}

/// The presentation time, if it can be true.
fn presented(flip: &Flip, interval: Micros) -> Option<Micros> {
    let earliest = flip.raf? - interval;
    flip.pres.filter(|at| *at >= earliest && *at <= earliest + PRESENTATION_MAX)
}

/// From one onset to the other: both presented, or both by their frames, never one of each.
fn distance(from: &Flip, to: &Flip, interval: Micros) -> Option<Micros> {
    match (presented(from, interval), presented(to, interval)) {
        (Some(from), Some(to)) => Some(to - from),
        _ => Some(to.raf? - from.raf?),
    }
}

fn frames_shown(trial: &Running) -> Option<u32> {
    let interval = trial.display.interval;
    let stamps = &trial.stamps;
    let shown = presented(&stamps.on, interval).zip(stamps.off.pres).filter(|(on, off)| off >= on);
    let (on, off) = shown.or_else(|| stamps.on.raf.zip(stamps.off.raf))?;
    Some(frames_between(on, off, interval))
}

/// Q1, Q2, Q3 and Q15.
fn timing_flags(trial: &Running) -> Quality {
    let (stamps, interval) = (&trial.stamps, trial.display.interval);
    let mut flags = Quality::NONE;
    if stamps.on.raf.is_none() {
        return flags;
    }
    for flip in [&stamps.on, &stamps.signal] {
        let Some(raf_n) = flip.raf else {
            continue;
        };
        let next_late = flip.raf_n1.is_some_and(|next| is_late(next - raf_n, interval));
        let callback_long =
            flip.cb_end.is_some_and(|end| (end - raf_n).0.saturating_mul(2) > interval.0);
        if next_late || callback_long {
            flags |= Quality::ONSET_LATE;
        }
        if trial.display.element_timing && presented(flip, interval).is_none() {
            flags |= Quality::PRESENTATION_MISSING;
        }
    }
    if trial.target_frames.is_some() && frames_shown(trial) != trial.target_frames {
        flags |= Quality::DURATION_WRONG;
    }
    if trial.response.is_some_and(|press| press.handler - press.stamp > HANDLER_LAG) {
        flags |= Quality::HANDLER_LAG;
    }
    flags
}

/// Keys have no place worth storing with every extra press.
fn place(press: Press) -> Option<Pointer> {
    (press.pointer.device != Device::Keyboard).then_some(press.pointer)
}
