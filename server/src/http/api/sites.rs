//! Sites of a study.

use crate::http::error::{ErrorBody, HttpError};
use crate::http::extract::{ApiJson, ApiPath, Cx};
use crate::state::AppState;
use axum::Json;
use axum::http::{HeaderName, StatusCode, header};
use contract::Id;
use contract::ids::{Site, Study};
use contract::study::{CreateSite, SiteView, UpdateSite};
use studies::site;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The addresses of sites.
pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(get, update))
}

/// Lists the sites of a study, by code
#[utoipa::path(get, path = "/studies/{study}/sites", tag = "sites",
    params(("study" = Uuid, Path)),
    responses((status = 200, body = Vec<SiteView>), (status = 404, body = ErrorBody)))]
async fn list(
    Cx(cx): Cx,
    ApiPath(study): ApiPath<Id<Study>>,
) -> Result<Json<Vec<SiteView>>, HttpError> {
    Ok(Json(site::list(&cx.ctx, &cx.actor, study).await?))
}

/// Adds a site
///
/// Without a `time_zone` (IANA name) it takes the study's.
#[utoipa::path(post, path = "/studies/{study}/sites", tag = "sites",
    params(("study" = Uuid, Path)), request_body = CreateSite,
    responses(
        (status = 201, body = SiteView),
        (status = 403, body = ErrorBody, description = "needs study.manage"),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "site_code_taken, study_archived"),
        (status = 422, body = ErrorBody)))]
async fn create(
    Cx(cx): Cx,
    ApiPath(study): ApiPath<Id<Study>>,
    ApiJson(new): ApiJson<CreateSite>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<SiteView>), HttpError> {
    let site = site::create(&cx.ctx, &cx.actor, study, &new).await?;
    let location = format!("/api/studies/{study}/sites/{}", site.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(site)))
}

/// One site
#[utoipa::path(get, path = "/studies/{study}/sites/{site}", tag = "sites",
    params(("study" = Uuid, Path), ("site" = Uuid, Path)),
    responses(
        (status = 200, body = SiteView),
        (status = 404, body = ErrorBody, description = "also for a site of another study")))]
async fn get(
    Cx(cx): Cx,
    ApiPath((study, id)): ApiPath<(Id<Study>, Id<Site>)>,
) -> Result<Json<SiteView>, HttpError> {
    Ok(Json(site::get(&cx.ctx, &cx.actor, study, id).await?))
}

/// Changes a site
///
/// What is absent stays; the code does.
#[utoipa::path(patch, path = "/studies/{study}/sites/{site}", tag = "sites",
    params(("study" = Uuid, Path), ("site" = Uuid, Path)), request_body = UpdateSite,
    responses(
        (status = 200, body = SiteView),
        (status = 403, body = ErrorBody, description = "needs study.manage"),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody, description = "study_archived"),
        (status = 422, body = ErrorBody)))]
async fn update(
    Cx(cx): Cx,
    ApiPath((study, id)): ApiPath<(Id<Study>, Id<Site>)>,
    ApiJson(change): ApiJson<UpdateSite>,
) -> Result<Json<SiteView>, HttpError> {
    Ok(Json(site::update(&cx.ctx, &cx.actor, study, id, &change).await?))
}
