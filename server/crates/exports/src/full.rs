//! A whole study as one JSON document, written while it is read.
//!
//! Rows become JSON in the database; what was recorded goes out to the letter. Contact data of
//! participants is no part of it.

use crate::ExportError;
use crate::export::{Export, file_name};
use crate::sink::{Job, Sink, Stop, start};
use crate::table::{snapshot, study_code};
use chrono::{DateTime, SecondsFormat, Utc};
use contract::Id;
use contract::ids::Study;
use contract::permission::Permission;
use futures::{Stream, TryStreamExt};
use platform::{Actor, Ctx, require};
use serde_json::json;
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

/// The whole study as JSON: design, participants by code, visits, batteries, assignments and
/// sessions with everything they recorded.
///
/// # Errors
/// [`ExportError::Denied`] without the permission `export.run`; [`ExportError::Busy`] when several
/// exports are running.
pub async fn full(ctx: &Ctx, who: &Actor, study: Id<Study>) -> Result<Export, ExportError> {
    require(who, Permission::ExportRun, study)?;
    let code = study_code(ctx, study).await?;
    let what = json!({"format": "json", "table": "full"});
    let body = start(ctx, who, study, what, Job::Full).await?;
    Ok(Export {
        file_name: file_name(&code, "full", ctx.clock.now(), "json"),
        content_type: "application/json",
        body,
    })
}

pub(crate) async fn write(ctx: &Ctx, study: Id<Study>, sink: &mut Sink) -> Result<(), Stop> {
    let mut tx = snapshot(ctx).await?;
    let at = ctx.clock.now().to_rfc3339_opts(SecondsFormat::Millis, true);
    sink.text(&format!(
        "{{\n\"format\":\"metricis-study\",\n\"format_version\":1,\n\"exported_at\":\"{at}\",\n"
    ))
    .await?;
    let head = sqlx::query_scalar!(
        r#"select (to_jsonb(s) - 'created_by')::text as "json!"
           from app.study s where s.id = $1"#,
        study.uuid(),
    )
    .fetch_one(&mut *tx)
    .await?;
    sink.text(&format!("\"study\":{head}")).await?;
    design(&mut tx, study, sink).await?;
    people(&mut tx, study, sink).await?;
    sessions(&mut tx, study, sink).await?;
    sink.text("\n}\n").await
}

/// Sites, visit windows and batteries of all versions.
async fn design(
    tx: &mut Transaction<'static, Postgres>,
    study: Id<Study>,
    sink: &mut Sink,
) -> Result<(), Stop> {
    let rows = sqlx::query_scalar!(
        r#"select (to_jsonb(s) - 'study_id')::text as "json!"
           from app.site s where s.study_id = $1 order by lower(s.code)"#,
        study.uuid(),
    )
    .fetch(&mut **tx);
    array(sink, "sites", rows).await?;
    let rows = sqlx::query_scalar!(
        r#"select (to_jsonb(w) - 'study_id')::text as "json!"
           from app.visit_window w where w.study_id = $1 order by w.position"#,
        study.uuid(),
    )
    .fetch(&mut **tx);
    array(sink, "visit_windows", rows).await?;
    let rows = sqlx::query_scalar!(
        r#"select ((to_jsonb(b) - 'study_id') || jsonb_build_object('modules', (
                      select coalesce(jsonb_agg(
                                 to_jsonb(m) - 'study_id' - 'battery_id' - 'replaced_at'
                                 order by m.version, m.position), '[]')
                      from app.battery_module m
                      where m.study_id = b.study_id and m.battery_id = b.id
                        and m.replaced_at is null)))::text as "json!"
           from app.battery b where b.study_id = $1 order by b.created_at, b.id"#,
        study.uuid(),
    )
    .fetch(&mut **tx);
    array(sink, "batteries", rows).await
}

/// Participants, visits and assignments.
async fn people(
    tx: &mut Transaction<'static, Postgres>,
    study: Id<Study>,
    sink: &mut Sink,
) -> Result<(), Stop> {
    let rows = sqlx::query_scalar!(
        r#"select (to_jsonb(p) - 'study_id' - 'version')::text as "json!"
           from app.participant p where p.study_id = $1
           order by lower(p.participant_code) collate "C""#,
        study.uuid(),
    )
    .fetch(&mut **tx);
    array(sink, "participants", rows).await?;
    let rows = sqlx::query_scalar!(
        r#"select (to_jsonb(v) - 'study_id' - 'version')::text as "json!"
           from app.scheduled_visit v where v.study_id = $1
           order by v.scheduled_date, v.id"#,
        study.uuid(),
    )
    .fetch(&mut **tx);
    array(sink, "visits", rows).await?;
    let rows = sqlx::query_scalar!(
        r#"select (to_jsonb(a) - 'study_id')::text as "json!"
           from app.assignment a where a.study_id = $1 order by a.created_at, a.id"#,
        study.uuid(),
    )
    .fetch(&mut **tx);
    array(sink, "assignments", rows).await
}

/// `"name": [ … ]` from rows that are JSON already.
async fn array(
    sink: &mut Sink,
    name: &'static str,
    mut rows: impl Stream<Item = sqlx::Result<String>> + Unpin,
) -> Result<(), Stop> {
    sink.text(&format!(",\n\"{name}\":[")).await?;
    let mut separator = "\n";
    while let Some(row) = rows.try_next().await? {
        sink.text(separator).await?;
        sink.text(&row).await?;
        sink.count(name);
        separator = ",\n";
    }
    sink.text("]").await
}

/// Sessions that are looked up at a time.
const PAGE: i64 = 100;

/// Sessions with their scores and everything they recorded.
async fn sessions(
    tx: &mut Transaction<'static, Postgres>,
    study: Id<Study>,
    sink: &mut Sink,
) -> Result<(), Stop> {
    sink.text(",\n\"sessions\":[").await?;
    let mut separator = "\n";
    let mut after: Option<(DateTime<Utc>, Uuid)> = None;
    loop {
        let heads = sqlx::query!(
            r#"select s.id, s.created_at,
                      json_build_object(
                          'id', s.id, 'assignment_id', s.assignment_id,
                          'participant_id', s.participant_id, 'battery_id', s.battery_id,
                          'battery_version', s.battery_version, 'attempt', s.attempt,
                          'status', s.status, 'language', s.language, 'flags', s.flags,
                          'seed',
                          case when s.seed < 0 then s.seed::numeric + 18446744073709551616
                               else s.seed end::text, 'scoring_version', s.scoring_version,
                          'created_at', s.created_at, 'started_at', s.started_at,
                          'completed_at', s.completed_at, 'ended_at', s.ended_at,
                          'timing', s.timing,
                          'modules', (
                              select coalesce(json_agg(json_build_object(
                                         'module_id', m.module_id, 'differing', m.differing,
                                         'summary', m.summary,
                                         'browser_summary', m.browser_summary)
                                     order by m.module), '[]')
                              from app.module_summary m
                              where m.study_id = s.study_id and m.session_id = s.id
                                and m.scoring_version = s.scoring_version)
                      )::text as "json!"
               from app.assessment_session s
               where s.study_id = $1
                 and ($2::timestamptz is null or (s.created_at, s.id) > ($2, $3))
               order by s.created_at, s.id
               limit $4"#,
            study.uuid(),
            after.map(|(at, _)| at),
            after.map(|(_, id)| id),
            PAGE,
        )
        .fetch_all(&mut **tx)
        .await?;
        let Some(last) = heads.last() else {
            return sink.text("]").await;
        };
        after = Some((last.created_at, last.id));
        for head in &heads {
            sink.text(separator).await?;
            separator = ",\n";
            // Without the closing brace: the items go in before it
            let open = head.json.trim_end().strip_suffix('}').unwrap_or_default();
            sink.text(open).await?;
            sink.text(", \"items\":[").await?;
            items(tx, study, head.id, sink).await?;
            sink.text("]}").await?;
            sink.count("sessions");
        }
    }
}

/// The items of one session, to the letter.
async fn items(
    tx: &mut Transaction<'static, Postgres>,
    study: Id<Study>,
    session: Uuid,
    sink: &mut Sink,
) -> Result<(), Stop> {
    let mut chunks = sqlx::query_scalar!(
        r#"select items::text as "items!"
           from app.session_chunk
           where study_id = $1 and session_id = $2
           order by first_seq"#,
        study.uuid(),
        session,
    )
    .fetch(&mut **tx);
    let mut separator = "\n";
    while let Some(chunk) = chunks.try_next().await? {
        let inner = chunk.trim();
        let inner = inner.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
        sink.text(separator).await?;
        sink.text(inner.unwrap_or_default()).await?;
        separator = ",\n";
    }
    Ok(())
}
