//! `summaries.csv`: one row a metric of a module of a session.

use super::column;
use crate::cell::Row;
use crate::sink::{Sink, Stop};
use contract::Id;
use contract::export::ColumnInfo;
use contract::ids::Study;
use contract::task::{Estimate, ModuleSummary};
use futures::TryStreamExt;
use serde_json::Value;
use sqlx::types::Json;
use sqlx::{Postgres, Transaction};

pub(super) const COLUMNS: &[ColumnInfo] = &[
    column("participant_code", "", "Pseudonym of the participant."),
    column("session_id", "", "Identifier (UUID) of the session."),
    column("completed_at", "", "When the session was submitted and scored, UTC."),
    column("battery_name", "", "Name of the battery."),
    column("battery_version", "", "Version of the battery that was run."),
    column("module", "", "Index of the module in the battery, from 0."),
    column("task_id", "", "The task."),
    column("task_version", "", "Version of the task."),
    column("scoring_version", "", "Version of the scoring rules."),
    column("metric", "", "Name of the metric."),
    column("value", "", "Its value, in the unit beside it; empty when not estimable."),
    column("unit", "", "Unit of the value."),
    column("not_estimable", "", "Why there is no value; empty when there is one."),
    column("n_used", "count", "Trials that the value rests on."),
    column("rules", "", "Ids of the rules that chose those trials, separated by spaces."),
    column("valid", "", "1 when the module may be interpreted (rule R7)."),
    column("module_flags", "", "Why not, and what else is odd, separated by spaces."),
    column("differs", "", "1 when the browser had computed something else."),
];

pub(super) async fn write(
    tx: &mut Transaction<'static, Postgres>,
    study: Id<Study>,
    sink: &mut Sink,
) -> Result<(), Stop> {
    let mut rows = sqlx::query!(
        r#"select p.participant_code, s.id, s.completed_at, b.name as battery_name,
                  s.battery_version, m.module, m.differing,
                  m.summary as "summary: Json<ModuleSummary>"
           from app.assessment_session s
           join app.module_summary m
               on m.study_id = s.study_id and m.session_id = s.id
               and m.scoring_version = s.scoring_version
           join app.participant p on p.study_id = s.study_id and p.id = s.participant_id
           join app.battery b on b.study_id = s.study_id and b.id = s.battery_id
           where s.study_id = $1
           order by s.created_at, s.id, m.module"#,
        study.uuid(),
    )
    .fetch(&mut **tx);
    let mut row = Row::default();
    while let Some(s) = rows.try_next().await? {
        let summary = s.summary.0;
        for metric in &summary.metrics {
            row.clear();
            row.text(&s.participant_code)
                .text(&s.id.to_string())
                .time(s.completed_at)
                .text(&s.battery_name)
                .int(s.battery_version)
                .int(s.module)
                .text(&summary.task_id)
                .text(&summary.task_version)
                .text(&summary.scoring_version)
                .text(&metric.name)
                .maybe_number(metric.estimate.value())
                .text(&metric.unit)
                .text(&reason(metric.estimate))
                .int(metric.n_used)
                .text(&metric.rules.join(" "))
                .flag(summary.valid)
                .text(&summary.flags.join(" "))
                .flag(s.differing.contains(&metric.name));
            sink.row(&row).await?;
            sink.count("summaries");
        }
    }
    Ok(())
}

/// The stable word of why there is no value.
fn reason(estimate: Estimate) -> String {
    match estimate {
        Estimate::Value { .. } => String::new(),
        Estimate::NotEstimable { reason } => match serde_json::to_value(reason) {
            Ok(Value::String(word)) => word,
            _ => "unknown".to_owned(),
        },
    }
}
