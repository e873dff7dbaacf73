//! What the form about accounts posts to.

use leptos::prelude::*;
use ui::ServerError;

/// Registers a member of staff with a temporary password, to be changed at the first sign-in.
#[server(prefix = "/_fn", endpoint = "register_user")]
pub async fn register_user(
    name: String,
    email: String,
    role: String,
    password: String,
) -> Result<(), ServerError> {
    use contract::ApiError;
    use contract::identity::{Password, RegisterUser};
    let cx = crate::frame::request()?;
    let role = role
        .parse()
        .map_err(|_| ApiError::field("role", "choice", "must be one of the listed roles."))?;
    let new = RegisterUser {
        email,
        name,
        role,
        locale: cx.locale,
        password: Some(Password::new(password)),
    };
    identity::users::register(&cx.ctx, &cx.actor, &new).await?;
    leptos_axum::redirect("/users");
    Ok(())
}
