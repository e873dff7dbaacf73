//! Reading events. An event is written flat, with the fields of its kind beside its own; serde's
//! way to read that keeps every field in a buffer of any type first, which alone makes the program
//! of the task page a tenth larger. So the fields of all kinds are read as what they are.

use super::{Event, EventKind, Interruption, Micros};
use serde::Deserialize;

/// The kinds, by name.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    SessionStarted,
    SessionResumed,
    ModuleStarted,
    BlockStarted,
    BlockEnded,
    Frames,
    ModuleEnded,
    SessionEnded,
    Interrupted,
    Continued,
    Left,
    Refresh,
    LongTask,
}

/// An event with the fields of any kind.
#[derive(Deserialize)]
pub(super) struct Wire {
    seq: u32,
    clock_epoch: u32,
    at_us: Micros,
    kind: Kind,
    time_origin_ms: Option<f64>,
    after_seq: Option<u32>,
    module: Option<u32>,
    task_id: Option<String>,
    task_version: Option<String>,
    params_hash: Option<String>,
    block: Option<u32>,
    attempt: Option<u32>,
    passed: Option<bool>,
    total: Option<u32>,
    late: Option<u32>,
    dropped: Option<u32>,
    longest_gap_us: Option<Micros>,
    why: Option<Interruption>,
    away_ms: Option<f64>,
    t_ms: Option<f64>,
    duration_ms: Option<f64>,
}

/// A field that the kind of the event needs is missing.
#[derive(Debug, thiserror::Error)]
#[error("missing field `{0}`")]
pub(super) struct Missing(&'static str);

impl TryFrom<Wire> for Event {
    type Error = Missing;

    fn try_from(wire: Wire) -> Result<Self, Missing> {
        /// The value of a field, or its name as the error.
        macro_rules! need {
            ($field:ident) => {
                wire.$field.ok_or(Missing(stringify!($field)))?
            };
        }
        let what = match wire.kind {
            Kind::SessionStarted => {
                EventKind::SessionStarted { time_origin_ms: need!(time_origin_ms) }
            }
            Kind::SessionResumed => EventKind::SessionResumed {
                time_origin_ms: need!(time_origin_ms),
                after_seq: need!(after_seq),
            },
            Kind::ModuleStarted => EventKind::ModuleStarted {
                module: need!(module),
                task_id: need!(task_id),
                task_version: need!(task_version),
                params_hash: need!(params_hash),
            },
            Kind::BlockStarted => EventKind::BlockStarted {
                module: need!(module),
                block: need!(block),
                attempt: need!(attempt),
            },
            Kind::BlockEnded => EventKind::BlockEnded {
                module: need!(module),
                block: need!(block),
                attempt: need!(attempt),
                passed: wire.passed,
            },
            Kind::Frames => EventKind::Frames {
                total: need!(total),
                late: need!(late),
                dropped: need!(dropped),
                longest_gap_us: need!(longest_gap_us),
            },
            Kind::ModuleEnded => EventKind::ModuleEnded { module: need!(module) },
            Kind::SessionEnded => EventKind::SessionEnded,
            Kind::Interrupted => EventKind::Interrupted { why: need!(why) },
            Kind::Continued => EventKind::Continued { away_ms: need!(away_ms) },
            Kind::Left => EventKind::Left,
            Kind::Refresh => EventKind::Refresh { t_ms: need!(t_ms) },
            Kind::LongTask => EventKind::LongTask { duration_ms: need!(duration_ms) },
        };
        Ok(Self { seq: wire.seq, clock_epoch: wire.clock_epoch, at_us: wire.at_us, what })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(what: EventKind) {
        let event = Event { seq: 3, clock_epoch: 1, at_us: Micros(1234), what };
        let text = serde_json::to_string(&event).unwrap();
        assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), event, "{text}");
        let kind: EventKind = serde_json::from_str(&text).unwrap();
        assert_eq!(kind, event.what, "the flat reading and serde's own agree");
    }

    #[test]
    fn every_kind_is_read_as_it_is_written() {
        let (module, block, attempt) = (1, 2, 3);
        for what in [
            EventKind::SessionStarted { time_origin_ms: 1.5e12 },
            EventKind::SessionResumed { time_origin_ms: 1.5e12, after_seq: 9 },
            EventKind::ModuleStarted {
                module,
                task_id: "flanker".into(),
                task_version: "1".into(),
                params_hash: "00ff".into(),
            },
            EventKind::BlockStarted { module, block, attempt },
            EventKind::BlockEnded { module, block, attempt, passed: Some(false) },
            EventKind::BlockEnded { module, block, attempt, passed: None },
            EventKind::Frames { total: 60, late: 2, dropped: 1, longest_gap_us: Micros(50_000) },
            EventKind::ModuleEnded { module },
            EventKind::SessionEnded,
            EventKind::Interrupted { why: Interruption::Blur },
            EventKind::Continued { away_ms: 1500.25 },
            EventKind::Left,
            EventKind::Refresh { t_ms: 16.667 },
            EventKind::LongTask { duration_ms: 71.0 },
        ] {
            round_trip(what);
        }
    }

    #[test]
    fn a_missing_field_is_named() {
        let text = r#"{"seq":1,"clock_epoch":0,"at_us":5,"kind":"block_started","module":0}"#;
        let error = serde_json::from_str::<Event>(text).unwrap_err();
        assert!(error.to_string().contains("missing field `block`"), "{error}");
        let text = r#"{"seq":1,"clock_epoch":0,"at_us":5,"kind":"nothing"}"#;
        assert!(serde_json::from_str::<Event>(text).unwrap_err().to_string().contains("nothing"));
    }
}
