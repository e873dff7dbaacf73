//! What tasks share in which one key answers some stimuli and not the others: most of them
//! (go/no-go, not-X, SART) or few (vigilance).
//!
//! A press at a stimulus that asks for one is a hit, no press an omission; a press at one of the
//! others is a commission (false alarm). For signal detection, the stimuli to press at are the
//! signals. A press counts whatever its RT, so that the denominators are the stimuli shown; RT
//! metrics leave out presses that no one could have made in reaction (rule R2).

mod order;
mod tally;

pub(super) use order::{alternate, apart, gos_before, letters, shares};
pub(super) use tally::{OMISSIONS, Stream, axis, is_go, pressed};

use crate::{
    Choice, Responses, Scene,
    params::{ParamError, ParamKind, ParamSpec, Params},
    responses::{ResponseOption, Zone},
    scene::{Ink, Shape},
    spec::{Block, words},
    tasks::parts::{self, Practice},
};
use contract::task::Phase;

/// The one answer.
pub(super) const PRESS: Choice = Choice(0);

/// Any key, or a touch anywhere.
pub(super) fn responses() -> Responses {
    Responses {
        options: vec![ResponseOption::new("press", &["Space", "Enter"], Some(Zone::ALL))],
        any_key: true,
        ..Responses::default()
    }
}

/// Pause after a practice trial and its feedback, milliseconds; the test has none.
pub(super) const REST: f64 = 500.0;

/// Practice with a pause after each trial, then the test in `blocks` streams.
pub(super) fn blocks(practice: Practice, trials: u32, blocks: u32) -> Vec<Block> {
    let stream = |block: Block| if block.phase == Phase::Test { block.stream() } else { block };
    parts::blocks(practice, trials, blocks).into_iter().map(stream).collect()
}

/// One minute of reading, half a minute a rest, and `seconds` a trial (practice: 1.3 s of feedback
/// and pause more).
pub(super) fn minutes(practice: Practice, trials: u32, blocks: u32, seconds: f64) -> f64 {
    let test = f64::from(trials) * seconds;
    let practice = f64::from(practice.trials) * (seconds + 1.3);
    let rests = f64::from(blocks.saturating_sub(1)) * 30.0;
    1.0 + (test + practice + rests) / 60.0
}

/// A letter or digit in the middle, `h` thousandths of the stage high.
pub(super) fn glyph(text: &str, h: i32) -> Scene {
    Scene::new(text).with(Shape::Text(text.into()), [0, 0, 600, h], Ink::Ink)
}

pub(super) const fn stimulus(default: i64, source: Option<&'static str>) -> ParamSpec {
    ParamSpec {
        name: "stimulus",
        kind: ParamKind::Int { default, min: 50, max: 2000 },
        unit: "ms",
        label: words("Time shown", "Durée d’affichage"),
        meaning: words(
            "How long each sign is shown.",
            "Durée pendant laquelle chaque signe est montré.",
        ),
        source,
    }
}

pub(super) const fn soa(default: i64, source: Option<&'static str>) -> ParamSpec {
    ParamSpec {
        name: "soa",
        kind: ParamKind::Int { default, min: 400, max: 6000 },
        unit: "ms",
        label: words("Time between signs", "Temps entre les signes"),
        meaning: words(
            "From the onset of one sign to the onset of the next. Presses until then belong to the first.",
            "De l’apparition d’un signe à celle du suivant. Les appuis jusque-là appartiennent au premier.",
        ),
        source,
    }
}

/// The sign must be gone before the next one comes.
pub(super) fn check_stimulus(params: &Params, soa: &'static str) -> Option<ParamError> {
    let limit = params.int(soa);
    let message = || format!("must be below {soa}, {limit}.");
    (params.int("stimulus") >= limit).then(|| ParamError::new("stimulus", "order", message()))
}

/// RTs below the limit for anticipations must leave room for others.
pub(super) fn check_anticipation(params: &Params, soa: &'static str) -> Option<ParamError> {
    let limit = params.int(soa);
    let message = || format!("must be below {soa}, {limit}.");
    (params.int("anticipation") >= limit)
        .then(|| ParamError::new("anticipation", "order", message()))
}

/// `percent` of `count` must be whole in each of `blocks` parts.
pub(super) fn check_share(
    param: &'static str,
    count: u32,
    percent: u32,
    blocks: u32,
) -> Option<ParamError> {
    let blocks = blocks.max(1);
    let whole = count.is_multiple_of(blocks) && (count / blocks * percent).is_multiple_of(100);
    let message =
        || format!("must give whole numbers of {percent} % in each of {blocks} equal parts.");
    (!whole).then(|| ParamError::new(param, "multiple", message()))
}

/// A whole number, such as of milliseconds, as one to reckon with.
#[expect(clippy::cast_precision_loss, reason = "counts and milliseconds below 2^53")]
pub(super) const fn milliseconds(whole: i64) -> f64 {
    whole as f64
}
