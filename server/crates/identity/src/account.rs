//! Accounts as rows.

use chrono::{DateTime, Utc};
use contract::identity::{UserStatus, UserView};
use contract::ids::User;
use contract::permission::SystemRole;
use contract::{Id, Locale};
use platform::{Ctx, Failure};
use sqlx::PgConnection;
use uuid::Uuid;

/// A row of `app.staff_user`, without its password.
pub(crate) struct AccountRow {
    pub(crate) id: Uuid,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) role: String,
    pub(crate) status: String,
    pub(crate) locale: String,
    pub(crate) must_change_password: bool,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) last_login_at: Option<DateTime<Utc>>,
}

impl TryFrom<AccountRow> for UserView {
    type Error = Failure;

    fn try_from(row: AccountRow) -> Result<Self, Failure> {
        Ok(Self {
            id: Id::from_uuid(row.id),
            email: row.email,
            name: row.name,
            role: word::<SystemRole>(&row.role)?,
            status: word::<UserStatus>(&row.status)?,
            locale: Locale::from_tag(&row.locale).unwrap_or_default(),
            must_change_password: row.must_change_password,
            created_at: row.created_at,
            last_login_at: row.last_login_at,
        })
    }
}

/// Reads a word that a check constraint keeps within the enumeration.
pub(crate) fn word<T: core::str::FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure::other(format!("unknown word in the database: {text}")))
}

/// The account with an address, and the hash of its password.
pub(crate) async fn find_by_email(
    ctx: &Ctx,
    email: &str,
) -> Result<Option<(UserView, String)>, Failure> {
    let row = sqlx::query!(
        r#"select id, email, name, role, status, locale, must_change_password, created_at,
               last_login_at, password_hash
           from app.staff_user where lower(email) = lower($1)"#,
        email.trim()
    )
    .fetch_optional(ctx.db())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let user = AccountRow {
        id: row.id,
        email: row.email,
        name: row.name,
        role: row.role,
        status: row.status,
        locale: row.locale,
        must_change_password: row.must_change_password,
        created_at: row.created_at,
        last_login_at: row.last_login_at,
    };
    Ok(Some((user.try_into()?, row.password_hash)))
}

/// The account, locked until the transaction ends.
pub(crate) async fn lock(
    conn: &mut PgConnection,
    user: Id<User>,
) -> Result<Option<UserView>, Failure> {
    sqlx::query_as!(
        AccountRow,
        r#"select id, email, name, role, status, locale, must_change_password, created_at,
               last_login_at
           from app.staff_user where id = $1 for update"#,
        user.uuid()
    )
    .fetch_optional(conn)
    .await?
    .map(UserView::try_from)
    .transpose()
}
