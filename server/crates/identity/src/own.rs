//! What members of staff do with their own account.

use crate::attempt::{self, Attempt};
use crate::error::IdentityError;
use crate::password::Slot;
use crate::password_rules::{self, Owner};
use crate::{account, session};
use contract::identity::ChangePassword;
use contract::{ApiError, Locale};
use platform::audit::Entry;
use platform::{Actor, Ctx};

/// Chooses a new password. All other sessions of the account end. This is the one thing that an
/// account with a temporary password may do.
///
/// # Errors
/// 422 on `current_password` when it is wrong (it counts like a failed sign-in) or on
/// `new_password` when it breaks a rule; [`IdentityError::Locked`].
pub async fn change_password(
    ctx: &Ctx,
    who: &Actor,
    change: &ChangePassword,
) -> Result<(), IdentityError> {
    let staff = who.staff()?;
    change.check()?;
    let row = sqlx::query!("select email from app.staff_user where id = $1", staff.user.uuid())
        .fetch_one(ctx.db())
        .await?;
    let (user, stored) = account::find_by_email(ctx, &row.email)
        .await?
        .filter(|(user, _)| user.id == staff.user)
        .ok_or(IdentityError::UserNotFound)?;
    let attempt = Attempt {
        email: &user.email,
        account: Some((&user, &stored)),
        password: &change.current_password,
    };
    attempt::verify(ctx, attempt).await.map_err(|error| match error {
        IdentityError::InvalidCredentials => {
            ApiError::field("current_password", "wrong", "is not your present password.").into()
        }
        other => other,
    })?;
    if change.new_password == change.current_password {
        let error = ApiError::field("new_password", "same", "must differ from the present one.");
        return Err(error.into());
    }
    let owner = Owner { email: &user.email, name: &user.name };
    password_rules::check("new_password", &change.new_password, &owner)?;
    let hash = Slot::take().await?.hash(&change.new_password).await?;
    let mut tx = ctx.write(who, None).await?;
    // Only over the password that was proven above: of two changes at once, one wins
    let changed = sqlx::query!(
        "update app.staff_user
         set password_hash = $2, must_change_password = false, updated_at = $3
         where id = $1 and password_hash = $4 and status = 'active'",
        staff.user.uuid(),
        hash,
        ctx.clock.now(),
        stored
    )
    .execute(tx.conn())
    .await?;
    if changed.rows_affected() == 0 {
        return Err(IdentityError::InvalidCredentials);
    }
    let ended = session::end_all(&mut tx, staff.user, Some(staff.session)).await?;
    let values = session::Ended { ended };
    tx.commit(Entry::new("user.change_password", staff.user).new_values(&values)).await?;
    Ok(())
}

/// Chooses the language of the pages.
///
/// # Errors
/// [`IdentityError::Denied`] for others than staff.
pub async fn set_locale(ctx: &Ctx, who: &Actor, locale: Locale) -> Result<(), IdentityError> {
    let staff = who.staff()?;
    let mut tx = ctx.write(who, None).await?;
    sqlx::query!(
        "update app.staff_user set locale = $2, updated_at = $3 where id = $1",
        staff.user.uuid(),
        locale.tag(),
        ctx.clock.now()
    )
    .execute(tx.conn())
    .await?;
    let entry = Entry::new("user.set_locale", staff.user);
    tx.commit(entry.new_values(&serde_json::json!({ "locale": locale }))).await?;
    Ok(())
}
