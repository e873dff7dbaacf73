//! One table of a study as CSV.

mod participants;
mod sessions;
mod summaries;
pub(crate) mod trials;

use crate::export::{Export, file_name};
use crate::sink::{Job, Sink, Stop, start};
use crate::{ExportError, cell::Row};
use contract::Id;
use contract::export::{ColumnInfo, ExportTable};
use contract::ids::Study;
use contract::permission::Permission;
use platform::{Actor, Ctx, Failure, require};
use serde_json::json;
use sqlx::{Postgres, Transaction};

/// The columns of a table, in order, with their units and meanings.
#[must_use]
pub const fn columns(table: ExportTable) -> &'static [ColumnInfo] {
    match table {
        ExportTable::Trials => trials::COLUMNS,
        ExportTable::Sessions => sessions::COLUMNS,
        ExportTable::Summaries => summaries::COLUMNS,
        ExportTable::Participants => participants::COLUMNS,
    }
}

/// One table of `study` as CSV: UTF-8, a header row, CRLF, rows in a fixed order.
///
/// # Errors
/// [`ExportError::Denied`] without the permission `export.run`; [`ExportError::Busy`] when several
/// exports are running.
pub async fn table(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    table: ExportTable,
) -> Result<Export, ExportError> {
    require(who, Permission::ExportRun, study)?;
    let code = study_code(ctx, study).await?;
    let what = json!({"format": "csv", "table": table});
    let body = start(ctx, who, study, what, Job::Table(table)).await?;
    Ok(Export {
        file_name: file_name(&code, table.as_str(), ctx.clock.now(), "csv"),
        content_type: "text/csv; charset=utf-8",
        body,
    })
}

/// The code of a study, for file names.
pub(crate) async fn study_code(ctx: &Ctx, study: Id<Study>) -> Result<String, ExportError> {
    sqlx::query_scalar!("select code from app.study where id = $1", study.uuid())
        .fetch_optional(ctx.db())
        .await?
        .ok_or(ExportError::StudyNotFound)
}

/// Everything that an export reads, it reads as it was at one moment.
pub(crate) async fn snapshot(ctx: &Ctx) -> Result<Transaction<'static, Postgres>, Failure> {
    Ok(ctx.db().begin_with("begin isolation level repeatable read read only").await?)
}

pub(crate) async fn write(
    ctx: &Ctx,
    study: Id<Study>,
    table: ExportTable,
    sink: &mut Sink,
) -> Result<(), Stop> {
    sink.row(&header(columns(table))).await?;
    let mut tx = snapshot(ctx).await?;
    match table {
        ExportTable::Trials => trials::write(&mut tx, study, sink).await,
        ExportTable::Sessions => sessions::write(&mut tx, study, sink).await,
        ExportTable::Summaries => summaries::write(&mut tx, study, sink).await,
        ExportTable::Participants => participants::write(&mut tx, study, sink).await,
    }
}

pub(crate) fn header(columns: &[ColumnInfo]) -> Row {
    let mut row = Row::default();
    for column in columns {
        row.text(column.name);
    }
    row
}

/// Shorthand for the lists of columns.
pub(crate) const fn column(
    name: &'static str,
    unit: &'static str,
    meaning: &'static str,
) -> ColumnInfo {
    ColumnInfo { name, unit, meaning }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_column_is_named_once_in_snake_case_and_explained() {
        for table in ExportTable::ALL {
            let columns = columns(*table);
            let names: BTreeSet<_> = columns.iter().map(|column| column.name).collect();
            assert_eq!(names.len(), columns.len(), "{table}");
            for column in columns {
                let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
                assert!(column.name.chars().all(plain), "{}", column.name);
                assert!(column.meaning.ends_with('.'), "{}: {}", column.name, column.meaning);
            }
        }
    }
}
