//! The task library, and the batteries of a study.

use crate::http::error::{ErrorBody, HttpError};
use crate::http::extract::{ApiJson, ApiPath, ApiQuery, Cx};
use crate::state::AppState;
use axum::Json;
use axum::http::{HeaderName, StatusCode, header};
use contract::ids::{Battery, Study};
use contract::measure::{BatteryDetail, BatterySummary, CreateBattery, UpdateBattery};
use contract::task::TaskInfo;
use contract::{Id, ListQuery, Page};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The addresses of the task library and of batteries.
pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(modules))
        .routes(routes!(list, create))
        .routes(routes!(get, update))
}

/// Lists the task library
///
/// Every task with its parameters: type, default, limits, unit and meaning, in the language of
/// the request.
#[utoipa::path(get, path = "/modules", tag = "batteries",
    responses((status = 200, body = Vec<TaskInfo>), (status = 401, body = ErrorBody)))]
async fn modules(Cx(cx): Cx) -> Result<Json<Vec<TaskInfo>>, HttpError> {
    Ok(Json(measures::catalogue(&cx.actor, cx.locale)?))
}

/// Lists the batteries of a study
///
/// Sorts by `name` (default), `status`, `minutes`, `created` or `updated`; `search` looks in the
/// names.
#[utoipa::path(get, path = "/studies/{study}/batteries", tag = "batteries",
    params(("study" = Uuid, Path), ListQuery),
    responses(
        (status = 200, body = Page<BatterySummary>),
        (status = 404, body = ErrorBody, description = "no such study, or not yours"),
        (status = 422, body = ErrorBody, description = "unknown column or status")))]
async fn list(
    Cx(cx): Cx,
    ApiPath(study): ApiPath<Id<Study>>,
    ApiQuery(query): ApiQuery<ListQuery>,
) -> Result<Json<Page<BatterySummary>>, HttpError> {
    Ok(Json(measures::batteries(&cx.ctx, &cx.actor, study, &query).await?))
}

/// Adds a battery
///
/// Parameters are checked against the task's own schema; a broken one is named like
/// `modules[1].params.trials`. Defaults are written out.
#[utoipa::path(post, path = "/studies/{study}/batteries", tag = "batteries",
    params(("study" = Uuid, Path)), request_body = CreateBattery,
    responses(
        (status = 201, body = BatteryDetail),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "battery_name_taken, study_archived"),
        (status = 422, body = ErrorBody, description = "unknown task, parameter out of range")))]
async fn create(
    Cx(cx): Cx,
    ApiPath(study): ApiPath<Id<Study>>,
    ApiJson(new): ApiJson<CreateBattery>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<BatteryDetail>), HttpError> {
    let battery = measures::create_battery(&cx.ctx, &cx.actor, study, &new).await?;
    let location = format!("/api/studies/{study}/batteries/{}", battery.summary.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(battery)))
}

/// One battery with its modules
#[utoipa::path(get, path = "/studies/{study}/batteries/{id}", tag = "batteries",
    params(("study" = Uuid, Path), ("id" = Uuid, Path)),
    responses((status = 200, body = BatteryDetail), (status = 404, body = ErrorBody)))]
async fn get(
    Cx(cx): Cx,
    ApiPath((study, id)): ApiPath<(Id<Study>, Id<Battery>)>,
) -> Result<Json<BatteryDetail>, HttpError> {
    Ok(Json(measures::battery(&cx.ctx, &cx.actor, study, id).await?))
}

/// Changes a battery
///
/// What is absent stays. Modules that participants have run stay as they are: the change then
/// makes a new version. `revision` is that of the state which the change was made from.
#[utoipa::path(patch, path = "/studies/{study}/batteries/{id}", tag = "batteries",
    params(("study" = Uuid, Path), ("id" = Uuid, Path)), request_body = UpdateBattery,
    responses(
        (status = 200, body = BatteryDetail),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody,
            description = "battery_changed (by somebody else), battery_name_taken, \
                           battery_status_not_allowed, study_archived"),
        (status = 422, body = ErrorBody)))]
async fn update(
    Cx(cx): Cx,
    ApiPath((study, id)): ApiPath<(Id<Study>, Id<Battery>)>,
    ApiJson(change): ApiJson<UpdateBattery>,
) -> Result<Json<BatteryDetail>, HttpError> {
    Ok(Json(measures::update_battery(&cx.ctx, &cx.actor, study, id, &change).await?))
}
