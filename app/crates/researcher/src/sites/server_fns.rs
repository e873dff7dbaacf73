//! What the forms about sites post to.

use leptos::prelude::*;
use ui::ServerError;

/// Adds a site to a study.
#[server(prefix = "/_fn", endpoint = "create_site")]
pub async fn create_site(
    study: String,
    code: String,
    name: String,
    time_zone: String,
) -> Result<(), ServerError> {
    use contract::study::CreateSite;
    let cx = crate::frame::request()?;
    let id = crate::frame::id_in_form(&study)?;
    let new = CreateSite { code, name, time_zone: Some(time_zone) };
    ::studies::site::create(&cx.ctx, &cx.actor, id, &new).await?;
    leptos_axum::redirect(&format!("/studies/{id}/sites"));
    Ok(())
}
