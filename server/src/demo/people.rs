//! The logins of the demonstration: accounts, and their passwords in a file of the owner's only.

use super::file::DemoUser;
use super::story::{STAFF, StaffMember};
use contract::identity::{Password, RegisterUser};
use contract::{ApiError, ListQuery, Locale};
use platform::{Actor, Ctx, Failure, secrets};
use secrecy::ExposeSecret;
use std::path::Path;

/// The password of each login: drawn once for this data directory.
pub(super) fn passwords(data_dir: &Path) -> Result<Vec<(&'static StaffMember, String)>, Failure> {
    let names: Vec<String> = STAFF.iter().map(|member| format!("DEMO_{}", member.role)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let drawn = secrets::load_or_create(data_dir, &names)?;
    Ok(STAFF
        .iter()
        .zip(names)
        .map(|(member, name)| {
            let secret = drawn.get(name).map(|secret| secret.expose_secret()).unwrap_or_default();
            // Long enough to be good, short enough to be typed.
            (member, secret.chars().filter(char::is_ascii_alphanumeric).take(16).collect())
        })
        .collect())
}

/// Registers the four accounts.
pub(super) async fn register(
    ctx: &Ctx,
    who: &Actor,
    passwords: &[(&'static StaffMember, String)],
) -> Result<Vec<DemoUser>, ApiError> {
    let mut users = Vec::new();
    for (member, password) in passwords {
        let new = RegisterUser {
            email: member.email.to_owned(),
            name: member.name.to_owned(),
            role: member.role,
            locale: Locale::En,
            password: Some(Password::new(password.clone())),
        };
        let registered = identity::users::register_settled(ctx, who, &new).await?;
        users.push(DemoUser {
            id: registered.user.id,
            role: member.role,
            email: member.email.to_owned(),
            password: password.clone(),
        });
    }
    Ok(users)
}

/// The four accounts of an earlier start.
pub(super) async fn known(
    ctx: &Ctx,
    who: &Actor,
    passwords: &[(&'static StaffMember, String)],
) -> Result<Vec<DemoUser>, ApiError> {
    let all = ListQuery { per_page: Some(200), ..ListQuery::default() };
    let accounts = identity::users::list(ctx, who, &all).await?.data;
    Ok(passwords
        .iter()
        .filter_map(|(member, password)| {
            let account = accounts.iter().find(|account| account.email == member.email)?;
            Some(DemoUser {
                id: account.id,
                role: member.role,
                email: member.email.to_owned(),
                password: password.clone(),
            })
        })
        .collect())
}
