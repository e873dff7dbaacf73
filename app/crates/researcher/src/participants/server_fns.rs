//! What the forms and islands about participants post to.

use contract::participant::Contact;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use ui::ServerError;

/// The fields of a participant, as the forms send them: an empty one says nothing.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ParticipantFields {
    pub participant_code: String,
    pub site_id: String,
    pub language: String,
    pub email: String,
    pub phone: String,
    pub given_name: String,
    pub family_name: String,
}

/// Boxes that are ticked to remove what is on file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RemoveContact {
    pub remove_email: Option<String>,
    pub remove_phone: Option<String>,
    pub remove_given_name: Option<String>,
    pub remove_family_name: Option<String>,
}

/// Adds a participant and opens the page.
#[server(prefix = "/_fn", endpoint = "create_participant")]
pub async fn create_participant(
    study: String,
    enrollment_date: String,
    #[server(flatten)] fields: ParticipantFields,
) -> Result<(), ServerError> {
    use contract::participant::CreateParticipant;
    let cx = crate::frame::request()?;
    let study = crate::frame::id_in_form(&study)?;
    let new = CreateParticipant {
        site_id: parse::site(&fields.site_id)?,
        language: parse::language(&fields.language)?,
        enrollment_date: parse::date("enrollment_date", &enrollment_date)?,
        contact: parse::contact(&fields, &RemoveContact::default()),
        participant_code: fields.participant_code,
    };
    let made = schedule::create_participant(&cx.ctx, &cx.actor, study, &new)
        .await
        .map_err(parse::form_fields)?;
    leptos_axum::redirect(&parse::page(study, made.summary.id, ""));
    Ok(())
}

/// Changes a participant's fields.
#[server(prefix = "/_fn", endpoint = "update_participant")]
pub async fn update_participant(
    study: String,
    participant: String,
    version: String,
    #[server(flatten)] fields: ParticipantFields,
    #[server(flatten)] remove: RemoveContact,
) -> Result<(), ServerError> {
    use contract::participant::UpdateParticipant;
    let cx = crate::frame::request()?;
    let study = crate::frame::id_in_form(&study)?;
    let id = crate::frame::id_in_form(&participant)?;
    let change = UpdateParticipant {
        version: parse::version(&version)?,
        site_id: Some(parse::site(&fields.site_id)?),
        language: Some(parse::language(&fields.language)?),
        contact: parse::contact(&fields, &remove),
        participant_code: Some(fields.participant_code),
    };
    ::participants::update(&cx.ctx, &cx.actor, study, id, &change)
        .await
        .map_err(parse::form_fields)?;
    leptos_axum::redirect(&parse::page(study, id, ""));
    Ok(())
}

/// Moves a participant to another status.
#[server(prefix = "/_fn", endpoint = "change_participant_status")]
pub async fn change_participant_status(
    study: String,
    participant: String,
    version: String,
    status: String,
    date: String,
    reason: String,
) -> Result<(), ServerError> {
    use contract::ApiError;
    use contract::participant::ChangeParticipantStatus;
    let cx = crate::frame::request()?;
    let study = crate::frame::id_in_form(&study)?;
    let id = crate::frame::id_in_form(&participant)?;
    let change = ChangeParticipantStatus {
        version: parse::version(&version)?,
        status: status
            .parse()
            .map_err(|_| ApiError::field("status", "required", "must be one of those listed."))?,
        date: parse::needed_date("date", &date)?,
        reason: Some(reason),
    };
    schedule::change_status(&cx.ctx, &cx.actor, study, id, &change).await?;
    leptos_axum::redirect(&parse::page(study, id, ""));
    Ok(())
}

/// Sends the participant a sign-in link by mail.
#[server(prefix = "/_fn", endpoint = "send_participant_link")]
pub async fn send_participant_link(study: String, participant: String) -> Result<(), ServerError> {
    let cx = crate::frame::request()?;
    let study = crate::frame::id_in_form(&study)?;
    let id = crate::frame::id_in_form(&participant)?;
    ::participants::link::send_link(&cx.ctx, &cx.actor, study, id).await?;
    leptos_axum::redirect(&parse::page(study, id, "?link=sent#link"));
    Ok(())
}

/// Shows the contact data. Every call is an entry in the audit trail.
#[server(prefix = "/_fn", endpoint = "reveal_contact")]
pub async fn reveal_contact(study: String, participant: String) -> Result<Contact, ServerError> {
    let cx = crate::frame::request()?;
    let study = crate::frame::id_in_form(&study)?;
    let id = crate::frame::id_in_form(&participant)?;
    Ok(::participants::reveal_contact(&cx.ctx, &cx.actor, study, id).await?)
}

/// Plans the visits that the participant does not have yet.
#[server(prefix = "/_fn", endpoint = "plan_visits")]
pub async fn plan_visits(study: String, participant: String) -> Result<(), ServerError> {
    let cx = crate::frame::request()?;
    let study = crate::frame::id_in_form(&study)?;
    let id = crate::frame::id_in_form(&participant)?;
    schedule::plan(&cx.ctx, &cx.actor, study, id).await?;
    leptos_axum::redirect(&parse::page(study, id, "#visits"));
    Ok(())
}

/// Records what became of a visit. `visit` is `<id>:<version>`, `outcome` is `completed` or
/// `missed`.
#[server(prefix = "/_fn", endpoint = "record_visit")]
pub async fn record_visit(
    study: String,
    participant: String,
    visit: String,
    #[server(default)] outcome: String,
    actual_date: String,
    reason: String,
) -> Result<(), ServerError> {
    use contract::ApiError;
    use contract::visit::{CompleteVisit, MissVisit};
    let cx = crate::frame::request()?;
    let study = crate::frame::id_in_form(&study)?;
    let id = crate::frame::id_in_form(&participant)?;
    let (visit, version) = visit.split_once(':').unwrap_or((visit.as_str(), ""));
    let visit = crate::frame::id_in_form(visit)?;
    let version = parse::version(version)?;
    match outcome.as_str() {
        "completed" => {
            let actual_date = parse::needed_date("actual_date", &actual_date)?;
            let outcome = CompleteVisit { version, actual_date, reason: Some(reason) };
            schedule::complete(&cx.ctx, &cx.actor, study, visit, &outcome).await?;
        }
        "missed" => {
            let outcome = MissVisit { version, reason };
            schedule::miss(&cx.ctx, &cx.actor, study, visit, &outcome).await?;
        }
        _ => {
            let message = "must be completed or missed.";
            return Err(ApiError::field("outcome", "required", message).into());
        }
    }
    leptos_axum::redirect(&parse::page(study, id, "#visits"));
    Ok(())
}

/// Gives the participant a battery.
#[server(prefix = "/_fn", endpoint = "assign_battery")]
pub async fn assign_battery(
    study: String,
    participant: String,
    battery_id: String,
    visit_id: String,
    due_from: String,
    due_to: String,
) -> Result<(), ServerError> {
    use contract::ApiError;
    use contract::measure::CreateAssignment;
    let cx = crate::frame::request()?;
    let study = crate::frame::id_in_form(&study)?;
    let id = crate::frame::id_in_form(&participant)?;
    let new = CreateAssignment {
        participant_id: id,
        battery_id: battery_id
            .parse()
            .map_err(|_| ApiError::field("battery_id", "required", "must be chosen."))?,
        visit_id: Some(visit_id.as_str())
            .filter(|text| !text.is_empty())
            .map(crate::frame::id_in_form)
            .transpose()?,
        due_from: parse::date("due_from", &due_from)?,
        due_to: parse::date("due_to", &due_to)?,
    };
    measures::assign(&cx.ctx, &cx.actor, study, &new).await?;
    leptos_axum::redirect(&parse::page(study, id, "#assignments"));
    Ok(())
}

/// Takes an assignment back.
#[server(prefix = "/_fn", endpoint = "cancel_assignment")]
pub async fn cancel_assignment(
    study: String,
    participant: String,
    assignment: String,
    reason: String,
) -> Result<(), ServerError> {
    use contract::measure::CancelAssignment;
    let cx = crate::frame::request()?;
    let study = crate::frame::id_in_form(&study)?;
    let id = crate::frame::id_in_form(&participant)?;
    let assignment = crate::frame::id_in_form(&assignment)?;
    measures::cancel(&cx.ctx, &cx.actor, study, assignment, &CancelAssignment { reason }).await?;
    leptos_axum::redirect(&parse::page(study, id, "#assignments"));
    Ok(())
}

/// From the text of a form to values.
#[cfg(feature = "ssr")]
mod parse {
    use super::{ParticipantFields, RemoveContact};
    use chrono::NaiveDate;
    use contract::ids::{Participant, Site, Study};
    use contract::participant::ContactChange;
    use contract::{ApiError, Id, Locale};

    pub(super) fn site(text: &str) -> Result<Id<Site>, ApiError> {
        text.parse().map_err(|_| ApiError::field("site_id", "required", "must be chosen."))
    }

    pub(super) fn language(text: &str) -> Result<Locale, ApiError> {
        Locale::from_tag(text)
            .ok_or_else(|| ApiError::field("language", "required", "must be chosen."))
    }

    pub(super) fn version(text: &str) -> Result<i64, ApiError> {
        text.parse().map_err(|_| ApiError::field("version", "unknown", "must be a number."))
    }

    pub(super) fn date(field: &str, text: &str) -> Result<Option<NaiveDate>, ApiError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        text.parse()
            .map(Some)
            .map_err(|_| ApiError::field(field, "date", "must be a date such as 2026-03-01."))
    }

    pub(super) fn needed_date(field: &str, text: &str) -> Result<NaiveDate, ApiError> {
        date(field, text)?.ok_or_else(|| ApiError::field(field, "required", "must be filled in."))
    }

    pub(super) fn contact(fields: &ParticipantFields, remove: &RemoveContact) -> ContactChange {
        let change = |text: &str, remove: &Option<String>| {
            if remove.is_some() {
                Some(String::new())
            } else {
                Some(text.trim().to_owned()).filter(|text| !text.is_empty())
            }
        };
        ContactChange {
            email: change(&fields.email, &remove.remove_email),
            phone: change(&fields.phone, &remove.remove_phone),
            given_name: change(&fields.given_name, &remove.remove_given_name),
            family_name: change(&fields.family_name, &remove.remove_family_name),
        }
    }

    /// The error with the names that the fields have in the form.
    pub(super) fn form_fields(error: impl Into<ApiError>) -> ApiError {
        let mut error = error.into();
        for field in &mut error.fields {
            if let Some(name) = field.field.strip_prefix("contact.") {
                field.field = name.to_owned();
            }
        }
        error
    }

    pub(super) fn page(study: Id<Study>, id: Id<Participant>, place: &str) -> String {
        format!("/studies/{study}/participants/{id}{place}")
    }
}
