//! What the forms about one's own account post to.

use leptos::prelude::*;
#[cfg(feature = "ssr")]
use platform::RequestCx;
use ui::ServerError;

/// Changes the own password.
#[server(prefix = "/_fn", endpoint = "change_password")]
pub async fn change_password(
    current_password: String,
    new_password: String,
) -> Result<(), ServerError> {
    use contract::identity::{ChangePassword, Password};
    let cx: RequestCx = ui::frame::request()?;
    let change = ChangePassword {
        current_password: Password::new(current_password),
        new_password: Password::new(new_password),
    };
    identity::own::change_password(&cx.ctx, &cx.actor, &change).await?;
    leptos_axum::redirect("/dashboard");
    Ok(())
}

/// Ends one of the own sessions.
#[server(prefix = "/_fn", endpoint = "revoke_session")]
pub async fn revoke_session(session: String) -> Result<(), ServerError> {
    use contract::ApiError;
    let cx: RequestCx = ui::frame::request()?;
    let id = session
        .parse()
        .map_err(|_| ApiError::field("session", "type", "must be the id of a session."))?;
    identity::session::revoke(&cx.ctx, &cx.actor, id).await?;
    leptos_axum::redirect("/account");
    Ok(())
}

/// Ends all own sessions but this one.
#[server(prefix = "/_fn", endpoint = "revoke_other_sessions")]
pub async fn revoke_other_sessions() -> Result<(), ServerError> {
    let cx: RequestCx = ui::frame::request()?;
    identity::session::revoke_others(&cx.ctx, &cx.actor).await?;
    leptos_axum::redirect("/account");
    Ok(())
}
