//! What the forms about studies post to.

use leptos::prelude::*;
use ui::ServerError;

/// Creates a study and opens it. `languages` is a comma list of `en` and `fr`.
#[server(prefix = "/_fn", endpoint = "create_study")]
pub async fn create_study(
    code: String,
    name: String,
    description: String,
    integration_mode: String,
    languages: String,
    time_zone: String,
) -> Result<(), ServerError> {
    use contract::study::CreateStudy;
    use contract::{ApiError, Locale};
    let cx = crate::frame::request()?;
    let integration_mode = integration_mode.parse().map_err(|_| {
        ApiError::field("integration_mode", "choice", "must be metricis or redcap.")
    })?;
    let languages = languages.split(',').filter_map(Locale::from_tag).collect();
    let new = CreateStudy {
        code,
        name,
        description,
        languages,
        time_zone,
        integration_mode: Some(integration_mode),
    };
    let study = ::studies::study::create(&cx.ctx, &cx.actor, &new).await?;
    leptos_axum::redirect(&format!("/studies/{}", study.id));
    Ok(())
}

/// Changes the status of a study.
#[server(prefix = "/_fn", endpoint = "change_study_status")]
pub async fn change_study_status(
    study: String,
    status: String,
    reason: String,
) -> Result<(), ServerError> {
    use contract::ApiError;
    use contract::study::ChangeStudyStatus;
    let cx = crate::frame::request()?;
    let id = crate::frame::id_in_form(&study)?;
    let status = status
        .parse()
        .map_err(|_| ApiError::field("status", "choice", "must be one of the listed states."))?;
    let reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    ::studies::study::change_status(&cx.ctx, &cx.actor, id, &ChangeStudyStatus { status, reason })
        .await?;
    leptos_axum::redirect(&format!("/studies/{id}"));
    Ok(())
}
