//! One session as a file: for whoever may read it on screen.

use crate::ExportError;
use crate::cell::Row;
use crate::export::{Body, Export, file_name};
use crate::table::trials::{self, Head};
use crate::table::{header, study_code};
use contract::Id;
use contract::export::SessionFormat;
use contract::ids::{Session, Study};
use platform::audit::Entry;
use platform::{Actor, Ctx, Failure};
use serde_json::json;

/// A session's trials as CSV, or all of it as JSON. Who may read the session may take it along;
/// the trail says who did.
///
/// # Errors
/// 404 for a session of another study; [`ExportError::Denied`] without `session.read`.
pub async fn session(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    id: Id<Session>,
    format: SessionFormat,
) -> Result<Export, ExportError> {
    let detail = measures::session(ctx, who, study, id).await?;
    let record = measures::record(ctx, who, study, id).await?;
    let code = study_code(ctx, study).await?;
    let content = match format {
        SessionFormat::Csv => {
            let head = Head {
                id: id.uuid(),
                participant_code: detail.summary.participant_code.clone(),
                status: detail.summary.status.to_string(),
                started_at: detail.summary.started_at,
                battery_name: detail.summary.battery_name.clone(),
                battery_version: detail.summary.battery_version,
                created_at: detail.summary.created_at,
            };
            let mut content = header(trials::COLUMNS).line();
            let mut row = Row::default();
            for trial in &record.trials {
                row.clear();
                trials::fill(&mut row, &head, trial).map_err(Failure::from)?;
                content.extend(row.line());
            }
            content
        }
        SessionFormat::Json => {
            let content = json!({
                "format": "metricis-session",
                "format_version": 1,
                "session": detail,
                "trials": record.trials,
                "events": record.events,
            });
            serde_json::to_vec_pretty(&content).map_err(Failure::from)?
        }
    };
    let tx = ctx.write(who, Some(study)).await?;
    let entry = Entry::new("session.download", id)
        .new_values(&json!({"format": format, "trials": record.trials.len()}));
    tx.commit(entry).await?;
    let what = format!("{}_{}", detail.summary.participant_code, id.uuid().simple());
    let (content_type, ending) = match format {
        SessionFormat::Csv => ("text/csv; charset=utf-8", "csv"),
        SessionFormat::Json => ("application/json", "json"),
    };
    Ok(Export {
        file_name: file_name(&code, &what, ctx.clock.now(), ending),
        content_type,
        body: Body::ready(content),
    })
}
