//! `sessions.csv`: one row a session, with its timing report, oldest first.

use super::column;
use crate::cell::Row;
use crate::sink::{Sink, Stop};
use contract::Id;
use contract::export::ColumnInfo;
use contract::ids::Study;
use contract::task::{Device, TimingReport};
use futures::TryStreamExt;
use sqlx::types::Json;
use sqlx::{Postgres, Transaction};

pub(super) const COLUMNS: &[ColumnInfo] = &[
    column("session_id", "", "Identifier (UUID) of the session."),
    column("participant_code", "", "Pseudonym of the participant."),
    column("battery_name", "", "Name of the battery."),
    column("battery_version", "", "Version of the battery that was run."),
    column("attempt", "", "1 for the first run of the assignment."),
    column("status", "", "launched, running, completed, stopped or interrupted."),
    column("language", "", "Language of the texts: en or fr."),
    column("created_at", "", "When the launch link was made, UTC."),
    column("started_at", "", "When the browser fetched the tasks, UTC."),
    column("completed_at", "", "When the session was submitted and scored, UTC."),
    column("trials", "count", "Trials stored, practice and interrupted ones included."),
    column("flags", "", "Marks of the session, separated by spaces."),
    column("seed", "", "Seed of every random choice; 64 bits, unsigned."),
    column("scoring_version", "", "Version of the scoring rules."),
    column("refresh_hz", "Hz", "Refresh rate of the screen, measured."),
    column("refresh_mad_ms", "ms", "Median absolute deviation of the refresh intervals."),
    column("refresh_variable", "", "1 when the refresh rate was not steady."),
    column("clock_step_us", "us", "Smallest step of the browser's clock."),
    column("cross_origin_isolated", "", "1 when the page was isolated (finest clock)."),
    column("frames_total", "count", "Animation frames during blocks."),
    column("frames_late", "count", "Of those, more than 1.5 intervals after the one before."),
    column("frames_dropped", "count", "Frames estimated to be missing in between."),
    column("longest_gap_ms", "ms", "Longest time between two frames."),
    column("onsets_by_callback", "count", "Trials with onset method 1 (frame callback)."),
    column("onsets_by_frame", "count", "Trials with onset method 2 (next frame)."),
    column("onsets_by_presentation", "count", "Trials with onset method 3 (presentation time)."),
    column("trials_clean", "count", "Trials without any of the quality bits 0 to 8."),
    column("trials_interrupted", "count", "Trials stopped before their end."),
    column("focus_losses", "count", "How often the window lost the focus."),
    column("visibility_losses", "count", "How often the page was hidden."),
    column("reloads", "count", "Page loads beyond the first."),
    column("handler_lag_median_ms", "ms", "Median lag of the responses' handlers."),
    column("handler_lag_max_ms", "ms", "Largest lag of a response's handler."),
    column("input_devices", "", "What responses were made with, separated by spaces."),
    column("device_platform", "", "Platform as the browser names it."),
    column("device_pixel_ratio", "", "Device pixels for each CSS pixel."),
    column("screen_width", "px", "Width of the screen in CSS pixels."),
    column("screen_height", "px", "Height of the screen in CSS pixels."),
];

pub(super) async fn write(
    tx: &mut Transaction<'static, Postgres>,
    study: Id<Study>,
    sink: &mut Sink,
) -> Result<(), Stop> {
    let mut rows = sqlx::query!(
        r#"select s.id, p.participant_code, b.name as battery_name, s.battery_version, s.attempt,
                  s.status, s.language, s.created_at, s.started_at, s.completed_at, s.trials,
                  s.flags, s.seed, s.scoring_version, s.timing as "timing: Json<TimingReport>"
           from app.assessment_session s
           join app.participant p on p.study_id = s.study_id and p.id = s.participant_id
           join app.battery b on b.study_id = s.study_id and b.id = s.battery_id
           where s.study_id = $1
           order by s.created_at, s.id"#,
        study.uuid(),
    )
    .fetch(&mut **tx);
    let mut row = Row::default();
    while let Some(s) = rows.try_next().await? {
        row.clear();
        row.text(&s.id.to_string())
            .text(&s.participant_code)
            .text(&s.battery_name)
            .int(s.battery_version)
            .int(s.attempt)
            .text(&s.status)
            .maybe_text(s.language.as_deref())
            .time(Some(s.created_at))
            .time(s.started_at)
            .time(s.completed_at)
            .int(s.trials)
            .text(&s.flags.join(" "));
        match s.seed {
            // Beyond what a spreadsheet's numbers hold, and digits only: never a formula
            Some(seed) => row.text(&seed.cast_unsigned().to_string()),
            None => row.empty(),
        };
        row.maybe_text(s.scoring_version.as_deref());
        timing(&mut row, s.timing.as_deref());
        sink.row(&row).await?;
        sink.count("sessions");
    }
    Ok(())
}

fn timing(row: &mut Row, timing: Option<&TimingReport>) {
    let Some(t) = timing else {
        for _ in COLUMNS.iter().skip_while(|column| column.name != "refresh_hz") {
            row.empty();
        }
        return;
    };
    row.number(t.refresh.hz)
        .number(t.refresh.mad_ms)
        .flag(t.refresh.variable)
        .number(t.clock_step_us)
        .flag(t.cross_origin_isolated)
        .int(t.frames_total)
        .int(t.frames_late)
        .int(t.frames_dropped)
        .number(t.longest_gap_ms);
    for onsets in t.onset_methods {
        row.int(onsets);
    }
    let devices: Vec<_> = t.input_devices.iter().map(|device| device_word(*device)).collect();
    row.int(t.trials_clean)
        .int(t.trials_interrupted)
        .int(t.focus_losses)
        .int(t.visibility_losses)
        .int(t.reloads)
        .number(t.handler_lag_median_ms)
        .number(t.handler_lag_max_ms)
        .text(&devices.join(" "))
        .text(&t.device.platform)
        .number(t.device.device_pixel_ratio)
        .int(t.device.screen_width)
        .int(t.device.screen_height);
}

pub(super) const fn device_word(device: Device) -> &'static str {
    match device {
        Device::Keyboard => "keyboard",
        Device::Mouse => "mouse",
        Device::Touch => "touch",
        Device::Pen => "pen",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_without_a_report_has_as_many_cells_as_one_with() {
        let mut with = Row::default();
        timing(&mut with, Some(&report()));
        let mut without = Row::default();
        timing(&mut without, None);
        assert_eq!(with.len(), without.len());
        let head = COLUMNS.iter().position(|column| column.name == "refresh_hz").unwrap();
        assert_eq!(head + with.len(), COLUMNS.len());
    }

    fn report() -> TimingReport {
        serde_json::from_value(serde_json::json!({
            "refresh": {"hz": 60.0, "t_ms": 16.7, "mad_ms": 0.01, "n": 120, "n_late": 0,
                        "variable": false},
            "clock_step_us": 5.0, "cross_origin_isolated": true, "frames_total": 310,
            "frames_late": 2, "frames_dropped": 2, "longest_gap_ms": 33.4,
            "onset_methods": [0, 1, 20], "trials_total": 21, "trials_clean": 19,
            "trials_interrupted": 0, "focus_losses": 0, "visibility_losses": 0, "reloads": 0,
            "handler_lag_max_ms": 3.0, "handler_lag_median_ms": 0.8,
            "input_devices": ["touch"], "device": {}
        }))
        .unwrap()
    }
}
