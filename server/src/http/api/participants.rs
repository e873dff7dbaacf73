//! Participants of a study, and how to reach them.

use crate::http::error::{ErrorBody, HttpError};
use crate::http::extract::{ApiJson, ApiPath, ApiQuery, Cx};
use crate::state::AppState;
use axum::Json;
use axum::http::{HeaderName, StatusCode, header};
use contract::ids::{Participant, Study};
use contract::participant::{
    ChangeParticipantStatus, Contact, CreateParticipant, LinkSent, ParticipantDetail,
    ParticipantFilter, ParticipantSummary, UpdateParticipant,
};
use contract::{ApiError, Id, ListQuery, Page};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The addresses of participants.
pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(list_by_query))
        .routes(routes!(get, update))
        .routes(routes!(change_status))
        .routes(routes!(reveal_contact))
        .routes(routes!(send_link))
}

/// Lists the participants of a study
///
/// Without contact data. Sorts by `code` (default), `status`, `site`, `enrolled` or `created`;
/// `search` looks for a part of the code.
#[utoipa::path(get, path = "/studies/{study}/participants", tag = "participants",
    params(("study" = Uuid, Path), ListQuery, ParticipantFilter),
    responses(
        (status = 200, body = Page<ParticipantSummary>),
        (status = 404, body = ErrorBody, description = "no such study, or not yours"),
        (status = 422, body = ErrorBody, description = "unknown column or status, page out of range")))]
async fn list(
    Cx(cx): Cx,
    ApiPath(study): ApiPath<Id<Study>>,
    ApiQuery(query): ApiQuery<ListQuery>,
    ApiQuery(filter): ApiQuery<ParticipantFilter>,
) -> Result<Json<Page<ParticipantSummary>>, HttpError> {
    Ok(Json(participants::list(&cx.ctx, &cx.actor, study, &query, &filter).await?))
}

/// The study that a list without a study in its path is about.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OfStudy {
    #[param(value_type = Uuid, required = true)]
    study_id: Option<Id<Study>>,
}

/// Lists the participants of the study `study_id`
#[utoipa::path(get, path = "/participants", tag = "participants",
    params(OfStudy, ListQuery, ParticipantFilter),
    responses(
        (status = 200, body = Page<ParticipantSummary>),
        (status = 404, body = ErrorBody, description = "no such study, or not yours"),
        (status = 422, body = ErrorBody, description = "no study_id, unknown column or status")))]
async fn list_by_query(
    Cx(cx): Cx,
    ApiQuery(of): ApiQuery<OfStudy>,
    ApiQuery(query): ApiQuery<ListQuery>,
    ApiQuery(filter): ApiQuery<ParticipantFilter>,
) -> Result<Json<Page<ParticipantSummary>>, HttpError> {
    let study = of
        .study_id
        .ok_or_else(|| ApiError::field("study_id", "required", "must name the study."))?;
    Ok(Json(participants::list(&cx.ctx, &cx.actor, study, &query, &filter).await?))
}

/// Adds a participant
///
/// With an `enrollment_date` the participant is enrolled and the visits are planned.
#[utoipa::path(post, path = "/studies/{study}/participants", tag = "participants",
    params(("study" = Uuid, Path)), request_body = CreateParticipant,
    responses(
        (status = 201, body = ParticipantDetail),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody,
            description = "participant_code_taken, study_not_enrolling, study_archived"),
        (status = 422, body = ErrorBody)))]
async fn create(
    Cx(cx): Cx,
    ApiPath(study): ApiPath<Id<Study>>,
    ApiJson(new): ApiJson<CreateParticipant>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<ParticipantDetail>), HttpError> {
    let participant = schedule::create_participant(&cx.ctx, &cx.actor, study, &new).await?;
    let location = format!("/api/studies/{study}/participants/{}", participant.summary.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(participant)))
}

/// One participant
///
/// Says which contact data are on file, not what they are.
#[utoipa::path(get, path = "/studies/{study}/participants/{id}", tag = "participants",
    params(("study" = Uuid, Path), ("id" = Uuid, Path)),
    responses(
        (status = 200, body = ParticipantDetail),
        (status = 404, body = ErrorBody, description = "also for a participant of another study")))]
async fn get(
    Cx(cx): Cx,
    ApiPath((study, id)): ApiPath<(Id<Study>, Id<Participant>)>,
) -> Result<Json<ParticipantDetail>, HttpError> {
    Ok(Json(participants::get(&cx.ctx, &cx.actor, study, id).await?))
}

/// Changes a participant
///
/// What is absent stays; an empty contact field is removed. `version` is that of the state which
/// the change was made from.
#[utoipa::path(patch, path = "/studies/{study}/participants/{id}", tag = "participants",
    params(("study" = Uuid, Path), ("id" = Uuid, Path)), request_body = UpdateParticipant,
    responses(
        (status = 200, body = ParticipantDetail),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody,
            description = "participant_changed (by somebody else), participant_code_taken"),
        (status = 422, body = ErrorBody)))]
async fn update(
    Cx(cx): Cx,
    ApiPath((study, id)): ApiPath<(Id<Study>, Id<Participant>)>,
    ApiJson(change): ApiJson<UpdateParticipant>,
) -> Result<Json<ParticipantDetail>, HttpError> {
    Ok(Json(participants::update(&cx.ctx, &cx.actor, study, id, &change).await?))
}

/// Changes a participant's status
///
/// `enrolled` sets the enrollment date and plans the visits; `withdrawn` needs a reason, keeps
/// all data and ends the participant's portal sessions.
#[utoipa::path(post, path = "/studies/{study}/participants/{id}/status", tag = "participants",
    params(("study" = Uuid, Path), ("id" = Uuid, Path)), request_body = ChangeParticipantStatus,
    responses(
        (status = 200, body = ParticipantDetail),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody,
            description = "status_not_allowed, participant_changed, study_not_enrolling"),
        (status = 422, body = ErrorBody)))]
async fn change_status(
    Cx(cx): Cx,
    ApiPath((study, id)): ApiPath<(Id<Study>, Id<Participant>)>,
    ApiJson(change): ApiJson<ChangeParticipantStatus>,
) -> Result<Json<ParticipantDetail>, HttpError> {
    Ok(Json(schedule::change_status(&cx.ctx, &cx.actor, study, id, &change).await?))
}

/// Shows a participant's contact data
///
/// A POST, because every look is an entry in the audit trail.
#[utoipa::path(post, path = "/studies/{study}/participants/{id}/contact", tag = "participants",
    params(("study" = Uuid, Path), ("id" = Uuid, Path)),
    responses(
        (status = 200, body = Contact),
        (status = 403, body = ErrorBody, description = "needs contact.read"),
        (status = 404, body = ErrorBody)))]
async fn reveal_contact(
    Cx(cx): Cx,
    ApiPath((study, id)): ApiPath<(Id<Study>, Id<Participant>)>,
) -> Result<([(HeaderName, &'static str); 1], Json<Contact>), HttpError> {
    let contact = participants::reveal_contact(&cx.ctx, &cx.actor, study, id).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(contact)))
}

/// Sends a participant a sign-in link by e-mail
#[utoipa::path(post, path = "/studies/{study}/participants/{id}/link", tag = "participants",
    params(("study" = Uuid, Path), ("id" = Uuid, Path)),
    responses(
        (status = 202, body = LinkSent, description = "the mail is in the queue"),
        (status = 404, body = ErrorBody),
        (status = 409, body = ErrorBody,
            description = "no_email_address, participant_withdrawn, study_archived")))]
async fn send_link(
    Cx(cx): Cx,
    ApiPath((study, id)): ApiPath<(Id<Study>, Id<Participant>)>,
) -> Result<(StatusCode, Json<LinkSent>), HttpError> {
    let sent = participants::link::send_link(&cx.ctx, &cx.actor, study, id).await?;
    Ok((StatusCode::ACCEPTED, Json(sent)))
}
