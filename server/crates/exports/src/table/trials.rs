//! `trials.csv`: one row a trial, session by session, oldest first.

use super::column;
use super::sessions::device_word;
use crate::cell::Row;
use crate::sink::{Sink, Stop};
use chrono::{DateTime, Utc};
use contract::Id;
use contract::export::ColumnInfo;
use contract::ids::Study;
use contract::task::{Item, Micros, OnsetMethod, Phase, Quality, Trial};
use futures::TryStreamExt;
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

pub(crate) const COLUMNS: &[ColumnInfo] = &[
    column("participant_code", "", "Pseudonym of the participant."),
    column("session_id", "", "Identifier (UUID) of the session."),
    column("session_status", "", "launched, running, completed, stopped or interrupted."),
    column("started_at", "", "When the browser fetched the tasks, UTC."),
    column("battery_name", "", "Name of the battery."),
    column("battery_version", "", "Version of the battery that was run."),
    column("seq", "", "Position in the session's one sequence of trials and events, from 1."),
    column("clock_epoch", "", "Page load, from 0; stamps of different loads do not compare."),
    column("module", "", "Index of the module in the battery, from 0."),
    column("task_id", "", "The task."),
    column("block", "", "Index of the block within the task, from 0."),
    column("attempt", "", "How often the block had been started before."),
    column("trial", "", "Order within the attempt, from 0, as it was run."),
    column("plan", "", "Position of the planned trial in the block's list, from 0."),
    column("phase", "", "practice or test."),
    column("condition", "", "Experimental cell."),
    column("stimulus", "", "What was shown, in the task's own notation."),
    column("correct_code", "", "Code of the right response; empty where none is right."),
    column("resp_code", "", "Code of the given response; empty when there was none."),
    column("rt_ms", "ms", "Response minus onset; negative only for anticipations."),
    column("correct", "", "1 right, 0 wrong, empty where there is neither."),
    column("omission", "", "1 when a response was due and did not come in time."),
    column("anticipation", "", "1 when the response came before anybody could have reacted."),
    column("interrupted", "", "1 when stopped before its end; does not count."),
    column("onset_method", "", "1 frame callback, 2 next frame, 3 presentation time."),
    column("onset_us", "us", "Onset since the page was loaded."),
    column("ts_resp_us", "us", "Time stamp of the response since the page was loaded."),
    column("ts_handler_us", "us", "When the page heard of the response."),
    column("raf_n_us", "us", "Time stamp of the frame that showed the stimulus."),
    column("cb_end_us", "us", "End of that frame's callback."),
    column("post_us", "us", "A task that ran after the paint."),
    column("raf_n1_us", "us", "Time stamp of the next frame."),
    column("pres_on_us", "us", "Presentation time of the onset frame."),
    column("pres_off_us", "us", "Presentation time of the frame that took the stimulus away."),
    column("frames_plan", "count", "Frames the stimulus was to be shown; empty: until response."),
    column("frames_shown", "count", "Frames it was shown."),
    column("t_ms", "ms", "Refresh interval in force."),
    column("iti_plan_ms", "ms", "Pause before the trial, planned."),
    column("iti_shown_ms", "ms", "Pause before the trial, as it was."),
    column("n_presses", "count", "Presses within the trial, the scored one included."),
    column("quality", "", "Quality bits Q0 to Q15 as one number; 0 is clean."),
    column("quality_flags", "", "The same in words, separated by spaces."),
    column("device", "", "What the response was made with."),
    column(
        "x",
        "",
        "Where, in thousandths of the stage's short side from its centre, right positive.",
    ),
    column("y", "", "The same, down positive."),
    column("extra", "", "The task's own fields, as JSON."),
    column("actions", "", "Presses other than the scored one, as JSON."),
];

/// Sessions that are looked up at a time.
const PAGE: i64 = 500;

/// What every row says of its session.
pub(crate) struct Head {
    pub(crate) id: Uuid,
    pub(crate) participant_code: String,
    pub(crate) status: String,
    pub(crate) started_at: Option<DateTime<Utc>>,
    pub(crate) battery_name: String,
    pub(crate) battery_version: i32,
    pub(crate) created_at: DateTime<Utc>,
}

pub(super) async fn write(
    tx: &mut Transaction<'static, Postgres>,
    study: Id<Study>,
    sink: &mut Sink,
) -> Result<(), Stop> {
    let mut after: Option<(DateTime<Utc>, Uuid)> = None;
    loop {
        let heads = heads(tx, study, after).await?;
        let Some(last) = heads.last() else {
            return Ok(());
        };
        after = Some((last.created_at, last.id));
        for head in &heads {
            session(tx, study, head, sink).await?;
        }
    }
}

/// The next sessions that have recorded something.
async fn heads(
    tx: &mut Transaction<'static, Postgres>,
    study: Id<Study>,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<Head>, Stop> {
    Ok(sqlx::query_as!(
        Head,
        r#"select s.id, p.participant_code, s.status, s.started_at, b.name as battery_name,
                  s.battery_version, s.created_at
           from app.assessment_session s
           join app.participant p on p.study_id = s.study_id and p.id = s.participant_id
           join app.battery b on b.study_id = s.study_id and b.id = s.battery_id
           where s.study_id = $1 and s.acknowledged > 0
             and ($2::timestamptz is null or (s.created_at, s.id) > ($2, $3))
           order by s.created_at, s.id
           limit $4"#,
        study.uuid(),
        after.map(|(at, _)| at),
        after.map(|(_, id)| id),
        PAGE,
    )
    .fetch_all(&mut **tx)
    .await?)
}

async fn session(
    tx: &mut Transaction<'static, Postgres>,
    study: Id<Study>,
    head: &Head,
    sink: &mut Sink,
) -> Result<(), Stop> {
    let mut chunks = sqlx::query_scalar!(
        r#"select items::text as "items!"
           from app.session_chunk
           where study_id = $1 and session_id = $2
           order by first_seq"#,
        study.uuid(),
        head.id,
    )
    .fetch(&mut **tx);
    let mut row = Row::default();
    while let Some(text) = chunks.try_next().await? {
        let items: Vec<Item> = serde_json::from_str(&text)?;
        for trial in items.iter().filter_map(Item::trial) {
            row.clear();
            fill(&mut row, head, trial)?;
            sink.row(&row).await?;
            sink.count("trials");
        }
    }
    Ok(())
}

/// The cells of one trial, in the order of [`COLUMNS`].
pub(crate) fn fill(row: &mut Row, head: &Head, trial: &Trial) -> serde_json::Result<()> {
    let stamp = |stamp: Option<Micros>| stamp.map(|Micros(us)| us);
    row.text(&head.participant_code)
        .text(&head.id.to_string())
        .text(&head.status)
        .time(head.started_at)
        .text(&head.battery_name)
        .int(head.battery_version)
        .int(trial.seq)
        .int(trial.clock_epoch)
        .int(trial.module)
        .text(&trial.task_id)
        .int(trial.block)
        .int(trial.attempt)
        .int(trial.trial)
        .int(trial.plan)
        .text(match trial.phase {
            Phase::Practice => "practice",
            Phase::Test => "test",
        })
        .text(&trial.condition)
        .text(&trial.stimulus)
        .maybe_text(trial.correct_code.as_deref())
        .maybe_text(trial.resp_code.as_deref())
        .maybe_number(trial.rt_ms)
        .maybe_flag(trial.correct)
        .flag(trial.omission)
        .flag(trial.anticipation)
        .flag(trial.interrupted)
        .maybe_int(trial.onset_method.map(|method: OnsetMethod| u8::from(method)))
        .maybe_int(stamp(trial.onset_us))
        .maybe_int(stamp(trial.ts_resp_us))
        .maybe_int(stamp(trial.ts_handler_us))
        .maybe_int(stamp(trial.raf_n_us))
        .maybe_int(stamp(trial.cb_end_us))
        .maybe_int(stamp(trial.post_us))
        .maybe_int(stamp(trial.raf_n1_us))
        .maybe_int(stamp(trial.pres_on_us))
        .maybe_int(stamp(trial.pres_off_us))
        .maybe_int(trial.frames_plan)
        .maybe_int(trial.frames_shown)
        .number(trial.t_ms)
        .maybe_number(trial.iti_plan_ms)
        .maybe_number(trial.iti_shown_ms)
        .int(trial.n_presses)
        .int(trial.quality.0)
        .text(&quality_words(trial.quality));
    match trial.pointer {
        Some(at) => row.text(device_word(at.device)).int(at.x).int(at.y),
        None => row.empty().empty().empty(),
    };
    if trial.extra.is_empty() {
        row.empty();
    } else {
        row.text(&serde_json::to_string(&trial.extra)?);
    }
    if trial.actions.is_empty() {
        row.empty();
    } else {
        row.text(&serde_json::to_string(&trial.actions)?);
    }
    Ok(())
}

fn quality_words(quality: Quality) -> String {
    let words: Vec<_> = Quality::NAMED
        .iter()
        .filter(|(flag, _)| quality.0 & flag.0 != 0)
        .map(|(_, word)| *word)
        .collect();
    words.join(" ")
}
