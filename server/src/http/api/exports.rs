//! Study data as files.

use crate::http::error::{ErrorBody, HttpError};
use crate::http::extract::{ApiPath, ApiQuery, Cx};
use crate::state::AppState;
use ::exports::Export;
use axum::Json;
use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use contract::Id;
use contract::export::{ColumnInfo, ExportQuery};
use contract::ids::Study;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The addresses of exports.
pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(full)).routes(routes!(csv)).routes(routes!(columns))
}

/// The whole study as JSON
///
/// Streamed, as it is at one moment: design, participants by code (no contact data), visits,
/// batteries, assignments, and sessions with everything that they recorded. The export is an entry
/// in the audit trail before its first byte. A body that breaks off is an export that failed.
#[utoipa::path(get, path = "/exports/studies/{study}/full", tag = "exports",
    params(("study" = Uuid, Path)),
    responses(
        (status = 200, description = "the document", content_type = "application/json"),
        (status = 403, body = ErrorBody, description = "needs export.run"),
        (status = 404, body = ErrorBody),
        (status = 503, body = ErrorBody, description = "exports_busy")))]
async fn full(Cx(cx): Cx, ApiPath(study): ApiPath<Id<Study>>) -> Result<Response, HttpError> {
    Ok(file(::exports::full(&cx.ctx, &cx.actor, study).await?))
}

/// One table of a study as CSV
///
/// UTF-8, a header row, CRLF, rows in a fixed order, streamed. Text that a spreadsheet would take
/// for a formula begins with an apostrophe; numbers, negative ones too, are numbers.
#[utoipa::path(get, path = "/exports/studies/{study}/csv", tag = "exports",
    params(("study" = Uuid, Path), ExportQuery),
    responses(
        (status = 200, description = "the file", content_type = "text/csv"),
        (status = 403, body = ErrorBody, description = "needs export.run"),
        (status = 404, body = ErrorBody),
        (status = 422, body = ErrorBody, description = "unknown table"),
        (status = 503, body = ErrorBody, description = "exports_busy")))]
async fn csv(
    Cx(cx): Cx,
    ApiPath(study): ApiPath<Id<Study>>,
    ApiQuery(query): ApiQuery<ExportQuery>,
) -> Result<Response, HttpError> {
    Ok(file(::exports::table(&cx.ctx, &cx.actor, study, query.table).await?))
}

/// What the columns of a table hold
#[utoipa::path(get, path = "/exports/columns", tag = "exports", params(ExportQuery),
    responses((status = 200, body = Vec<ColumnInfo>)))]
async fn columns(ApiQuery(query): ApiQuery<ExportQuery>) -> Json<&'static [ColumnInfo]> {
    Json(::exports::columns(query.table))
}

/// An export as a download.
pub(super) fn file(export: Export) -> Response {
    // File names hold letters, digits, `-`, `_` and `.` only
    let disposition = format!("attachment; filename=\"{}\"", export.file_name);
    let headers = [
        (header::CONTENT_TYPE, export.content_type.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, Body::from_stream(export.body)).into_response()
}
