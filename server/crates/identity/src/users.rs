//! Accounts, as an administrator sees them.

use crate::account::{self, AccountRow};
use crate::attempt;
use crate::error::IdentityError;
use crate::password::Slot;
use crate::password_rules::{self, Owner};
use crate::session;
use contract::identity::{
    Password, RegisterUser, RegisteredUser, USER_SORTS, UpdateUser, UserStatus, UserView,
};
use contract::ids::User;
use contract::page::Order;
use contract::permission::{Permission, SystemRole};
use contract::{ApiError, Id, ListQuery, Page};
use platform::audit::Entry;
use platform::policy::require_system;
use platform::{Actor, AuditedTx, Ctx, Denied, Failure};
use serde::Serialize;

/// One page of all accounts; `search` looks in name and address.
///
/// # Errors
/// [`IdentityError::Denied`] without [`Permission::UserManage`]; 422 for an unknown sort column
/// or status.
pub async fn list(
    ctx: &Ctx,
    who: &Actor,
    query: &ListQuery,
) -> Result<Page<UserView>, IdentityError> {
    require_system(who, Permission::UserManage)?;
    let (limit, offset) = query.window()?;
    let sort = sort(query)?;
    let status = status(query)?;
    let search = query.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let total = sqlx::query_scalar!(
        r#"select count(*) as "total!" from app.staff_user
           where ($1::text is null or status = $1)
               and ($2 = '' or position($2 in lower(name)) > 0
                    or position($2 in lower(email)) > 0)"#,
        status,
        search
    )
    .fetch_one(ctx.db())
    .await?;
    let rows = sqlx::query_as!(
        AccountRow,
        r#"select u.id, u.email, u.name, u.role, u.status, u.locale, u.must_change_password,
               u.created_at, u.last_login_at
           from app.staff_user u
           cross join lateral (
               select case $3
                   when 'email' then lower(u.email)
                   when 'role' then u.role
                   when 'status' then u.status
                   when 'created' then to_char(u.created_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS')
                   when 'last_login'
                       then coalesce(to_char(u.last_login_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS'), '')
                   else lower(u.name)
               end as key
           ) k
           where ($1::text is null or u.status = $1)
               and ($2 = '' or position($2 in lower(u.name)) > 0
                    or position($2 in lower(u.email)) > 0)
           order by case when not $4 then k.key end, case when $4 then k.key end desc, u.id
           limit $5 offset $6"#,
        status,
        search,
        sort,
        query.order == Some(Order::Desc),
        limit,
        offset
    )
    .fetch_all(ctx.db())
    .await?;
    let data = rows.into_iter().map(UserView::try_from).collect::<Result<_, _>>()?;
    Ok(Page::new(data, query, u64::try_from(total).unwrap_or_default()))
}

fn sort(query: &ListQuery) -> Result<&'static str, ApiError> {
    let Some(wanted) = query.sort.as_deref() else { return Ok("name") };
    USER_SORTS.iter().find(|column| **column == wanted).copied().ok_or_else(|| {
        let message = format!("must be one of {}.", USER_SORTS.join(", "));
        ApiError::field("sort", "unknown", message)
    })
}

fn status(query: &ListQuery) -> Result<Option<&'static str>, ApiError> {
    let Some(wanted) = query.status.as_deref().filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    match wanted.parse::<UserStatus>() {
        Ok(status) => Ok(Some(status.as_str())),
        Err(_) => Err(ApiError::field("status", "unknown", "must be active or disabled.")),
    }
}

/// One account.
///
/// # Errors
/// [`IdentityError::UserNotFound`]; [`IdentityError::Denied`] without [`Permission::UserManage`].
pub async fn get(ctx: &Ctx, who: &Actor, user: Id<User>) -> Result<UserView, IdentityError> {
    require_system(who, Permission::UserManage)?;
    let row = sqlx::query_as!(
        AccountRow,
        r#"select id, email, name, role, status, locale, must_change_password, created_at,
               last_login_at
           from app.staff_user where id = $1"#,
        user.uuid()
    )
    .fetch_optional(ctx.db())
    .await?;
    Ok(row.ok_or(IdentityError::UserNotFound)?.try_into()?)
}

/// Makes an account. Its password, given or made here, must be changed at the first sign-in.
///
/// # Errors
/// [`IdentityError::EmailTaken`]; 422 for what breaks a rule; [`IdentityError::Denied`] without
/// [`Permission::UserManage`].
pub async fn register(
    ctx: &Ctx,
    who: &Actor,
    new: &RegisterUser,
) -> Result<RegisteredUser, IdentityError> {
    require_system(who, Permission::UserManage)?;
    create(ctx, who, new, true).await
}

/// Makes an account whose given password stays good: for the demonstration and for the command
/// line, where nobody else has seen it.
///
/// # Errors
/// As [`register`]; [`IdentityError::Denied`] for everybody but the system itself.
pub async fn register_settled(
    ctx: &Ctx,
    who: &Actor,
    new: &RegisterUser,
) -> Result<RegisteredUser, IdentityError> {
    if !matches!(who, Actor::System { .. }) {
        return Err(Denied::NotAllowed.into());
    }
    create(ctx, who, new, new.password.is_none()).await
}

/// What the audit trail keeps of an account.
#[derive(Serialize)]
struct Values<'a> {
    email: &'a str,
    name: &'a str,
    role: SystemRole,
    status: UserStatus,
    locale: contract::Locale,
}

impl<'a> From<&'a UserView> for Values<'a> {
    fn from(user: &'a UserView) -> Self {
        Self {
            email: &user.email,
            name: &user.name,
            role: user.role,
            status: user.status,
            locale: user.locale,
        }
    }
}

async fn create(
    ctx: &Ctx,
    who: &Actor,
    new: &RegisterUser,
    must_change_password: bool,
) -> Result<RegisteredUser, IdentityError> {
    new.check()?;
    let (email, name) = (new.email.trim(), new.name.trim());
    let (password, temporary_password) = match &new.password {
        Some(given) => {
            password_rules::check("password", given, &Owner { email, name })?;
            (given.clone(), None)
        }
        None => {
            let made = password_rules::temporary();
            (made.clone(), Some(made))
        }
    };
    let hash = Slot::take().await?.hash(&password).await?;
    let user = UserView {
        id: ctx.new_id(),
        email: email.to_owned(),
        name: name.to_owned(),
        role: new.role,
        status: UserStatus::Active,
        locale: new.locale,
        must_change_password,
        created_at: ctx.clock.now(),
        last_login_at: None,
    };
    let mut tx = ctx.write(who, None).await?;
    sqlx::query!(
        "insert into app.staff_user (id, email, name, role, status, password_hash,
             must_change_password, locale, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)",
        user.id.uuid(),
        user.email,
        user.name,
        user.role.as_str(),
        user.status.as_str(),
        hash,
        user.must_change_password,
        user.locale.tag(),
        user.created_at
    )
    .execute(tx.conn())
    .await
    .map_err(|error| {
        let failure = Failure::from(error);
        match failure.constraint() {
            Some("staff_user_email_key") => IdentityError::EmailTaken,
            _ => failure.into(),
        }
    })?;
    tx.commit(Entry::new("user.create", user.id).new_values(&Values::from(&user))).await?;
    // The address may have been guessed at before it had an account
    attempt::clear(ctx, &user.email).await?;
    Ok(RegisteredUser { user, temporary_password })
}

/// Changes name, role, language or status of an account. Disabling ends all its sessions.
///
/// # Errors
/// [`IdentityError::UserNotFound`]; [`IdentityError::LastAdmin`] when nobody would be left who may
/// manage accounts; [`IdentityError::Denied`] without [`Permission::UserManage`].
pub async fn update(
    ctx: &Ctx,
    who: &Actor,
    user: Id<User>,
    change: &UpdateUser,
) -> Result<UserView, IdentityError> {
    require_system(who, Permission::UserManage)?;
    change.check()?;
    let mut tx = ctx.write(who, None).await?;
    // All administrators in one order, so that two who disable each other do not both succeed
    let admins = lock_active_admins(&mut tx).await?;
    let old = account::lock(tx.conn(), user).await?.ok_or(IdentityError::UserNotFound)?;
    let new = UserView {
        name: change.name.as_deref().map_or_else(|| old.name.clone(), |n| n.trim().to_owned()),
        role: change.role.unwrap_or(old.role),
        locale: change.locale.unwrap_or(old.locale),
        status: change.status.unwrap_or(old.status),
        ..old.clone()
    };
    let stays_admin = new.role == SystemRole::Admin && new.status == UserStatus::Active;
    if admins == [user] && !stays_admin {
        return Err(IdentityError::LastAdmin);
    }
    sqlx::query!(
        "update app.staff_user set name = $2, role = $3, locale = $4, status = $5, updated_at = $6
         where id = $1",
        user.uuid(),
        new.name,
        new.role.as_str(),
        new.locale.tag(),
        new.status.as_str(),
        ctx.clock.now()
    )
    .execute(tx.conn())
    .await?;
    if new.status == UserStatus::Disabled {
        session::end_all(&mut tx, user, None).await?;
    }
    let entry = Entry::new("user.update", user);
    tx.commit(entry.old(&Values::from(&old)).new_values(&Values::from(&new))).await?;
    Ok(new)
}

async fn lock_active_admins(tx: &mut AuditedTx) -> Result<Vec<Id<User>>, Failure> {
    let ids = sqlx::query_scalar!(
        "select id from app.staff_user where role = 'admin' and status = 'active'
         order by id for update"
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(ids.into_iter().map(Id::from_uuid).collect())
}

/// Gives an account a new temporary password, to be changed at the next sign-in. Ends all its
/// sessions and its lock.
///
/// # Errors
/// [`IdentityError::UserNotFound`]; [`IdentityError::Denied`] without [`Permission::UserManage`].
pub async fn reset_password(
    ctx: &Ctx,
    who: &Actor,
    user: Id<User>,
) -> Result<RegisteredUser, IdentityError> {
    require_system(who, Permission::UserManage)?;
    let password: Password = password_rules::temporary();
    let hash = Slot::take().await?.hash(&password).await?;
    let mut tx = ctx.write(who, None).await?;
    let old = account::lock(tx.conn(), user).await?.ok_or(IdentityError::UserNotFound)?;
    sqlx::query!(
        "update app.staff_user
         set password_hash = $2, must_change_password = true, updated_at = $3 where id = $1",
        user.uuid(),
        hash,
        ctx.clock.now()
    )
    .execute(tx.conn())
    .await?;
    let ended = session::end_all(&mut tx, user, None).await?;
    tx.commit(Entry::new("user.reset_password", user).new_values(&session::Ended { ended }))
        .await?;
    attempt::clear(ctx, &old.email).await?;
    Ok(RegisteredUser {
        user: UserView { must_change_password: true, ..old },
        temporary_password: Some(password),
    })
}

/// Ends all sessions of an account. Returns how many.
///
/// # Errors
/// [`IdentityError::UserNotFound`]; [`IdentityError::Denied`] without [`Permission::UserManage`].
pub async fn end_sessions(ctx: &Ctx, who: &Actor, user: Id<User>) -> Result<u32, IdentityError> {
    require_system(who, Permission::UserManage)?;
    let mut tx = ctx.write(who, None).await?;
    account::lock(tx.conn(), user).await?.ok_or(IdentityError::UserNotFound)?;
    let ended = session::end_all(&mut tx, user, None).await?;
    tx.commit(Entry::new("user.end_sessions", user).new_values(&session::Ended { ended })).await?;
    Ok(ended)
}
