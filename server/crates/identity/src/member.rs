//! Members of studies.

use crate::account::word;
use crate::error::IdentityError;
use chrono::{DateTime, Utc};
use contract::Id;
use contract::identity::{AddMember, MemberView, UserStatus};
use contract::ids::{Study, User};
use contract::permission::{Permission, StudyRole, SystemRole};
use platform::audit::Entry;
use platform::{Actor, AuditedTx, Ctx, Failure, require};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

struct MemberRow {
    user_id: Uuid,
    email: String,
    name: String,
    system_role: String,
    role: String,
    status: String,
    since: DateTime<Utc>,
}

impl TryFrom<MemberRow> for MemberView {
    type Error = Failure;

    fn try_from(row: MemberRow) -> Result<Self, Failure> {
        Ok(Self {
            user_id: Id::from_uuid(row.user_id),
            email: row.email,
            name: row.name,
            system_role: word::<SystemRole>(&row.system_role)?,
            role: word::<StudyRole>(&row.role)?,
            status: word::<UserStatus>(&row.status)?,
            since: row.since,
        })
    }
}

/// The members of a study, by name.
///
/// # Errors
/// [`IdentityError::Denied`] without [`Permission::StudyRead`].
pub async fn list(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
) -> Result<Vec<MemberView>, IdentityError> {
    require(who, Permission::StudyRead, study)?;
    let rows = sqlx::query_as!(
        MemberRow,
        "select m.user_id, u.email, u.name, u.role as system_role, m.role, u.status, m.since
         from app.study_member m join app.staff_user u on u.id = m.user_id
         where m.study_id = $1 and m.removed_at is null
         order by lower(u.name), u.id",
        study.uuid()
    )
    .fetch_all(ctx.db())
    .await?;
    Ok(rows.into_iter().map(MemberView::try_from).collect::<Result<_, _>>()?)
}

#[derive(Serialize)]
struct Values {
    user: Id<User>,
    role: Option<StudyRole>,
}

/// Gives somebody with an account a role in the study.
///
/// # Errors
/// [`IdentityError::UserNotFound`], [`IdentityError::AccountDisabled`],
/// [`IdentityError::AlreadyMember`], [`IdentityError::OwnerOnly`];
/// [`IdentityError::Denied`] without [`Permission::MemberManage`].
pub async fn add(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    new: &AddMember,
) -> Result<MemberView, IdentityError> {
    require(who, Permission::MemberManage, study)?;
    new.check()?;
    if new.role == StudyRole::Owner {
        demand_owner(who, study)?;
    }
    let mut tx = ctx.write(who, Some(study)).await?;
    let account = sqlx::query!(
        "select id, status from app.staff_user where lower(email) = lower($1) for share",
        new.email.trim()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(IdentityError::UserNotFound)?;
    if word::<UserStatus>(&account.status)? == UserStatus::Disabled {
        return Err(IdentityError::AccountDisabled);
    }
    let user = Id::from_uuid(account.id);
    if !insert(&mut tx, study, user, new.role).await? {
        return Err(IdentityError::AlreadyMember);
    }
    let member = one(tx.conn(), study, user).await?.ok_or(IdentityError::MemberNotFound)?;
    let values = Values { user, role: Some(new.role) };
    tx.commit(Entry::new("study.add_member", study).new_values(&values)).await?;
    Ok(member)
}

/// Makes `user` the first owner of a study, in the transaction that makes the study.
///
/// # Errors
/// [`Failure::Database`].
pub async fn make_owner(
    tx: &mut AuditedTx,
    study: Id<Study>,
    user: Id<User>,
) -> Result<(), Failure> {
    insert(tx, study, user, StudyRole::Owner).await?;
    Ok(())
}

/// Writes the membership, or brings an ended one back; false when there is a present one.
async fn insert(
    tx: &mut AuditedTx,
    study: Id<Study>,
    user: Id<User>,
    role: StudyRole,
) -> Result<bool, Failure> {
    let now = tx.ctx().clock.now();
    let done = sqlx::query!(
        "insert into app.study_member as m (study_id, user_id, role, since)
         values ($1, $2, $3, $4)
         on conflict (study_id, user_id) do update
         set role = excluded.role, since = excluded.since, removed_at = null
         where m.removed_at is not null",
        study.uuid(),
        user.uuid(),
        role.as_str(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Gives a member another role.
///
/// # Errors
/// [`IdentityError::MemberNotFound`], [`IdentityError::OwnerOnly`], [`IdentityError::LastOwner`];
/// [`IdentityError::Denied`] without [`Permission::MemberManage`].
pub async fn change_role(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    user: Id<User>,
    role: StudyRole,
) -> Result<MemberView, IdentityError> {
    require(who, Permission::MemberManage, study)?;
    let mut tx = ctx.write(who, Some(study)).await?;
    let old = present_role(&mut tx, who, study, user, Some(role)).await?;
    sqlx::query!(
        "update app.study_member set role = $3 where study_id = $1 and user_id = $2",
        study.uuid(),
        user.uuid(),
        role.as_str()
    )
    .execute(tx.conn())
    .await?;
    let member = one(tx.conn(), study, user).await?.ok_or(IdentityError::MemberNotFound)?;
    let entry = Entry::new("study.change_member_role", study)
        .old(&Values { user, role: Some(old) })
        .new_values(&Values { user, role: Some(role) });
    tx.commit(entry).await?;
    Ok(member)
}

/// Ends a membership.
///
/// # Errors
/// As [`change_role`].
pub async fn remove(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    user: Id<User>,
) -> Result<(), IdentityError> {
    require(who, Permission::MemberManage, study)?;
    let mut tx = ctx.write(who, Some(study)).await?;
    let old = present_role(&mut tx, who, study, user, None).await?;
    sqlx::query!(
        "update app.study_member set removed_at = $3 where study_id = $1 and user_id = $2",
        study.uuid(),
        user.uuid(),
        ctx.clock.now()
    )
    .execute(tx.conn())
    .await?;
    let entry = Entry::new("study.remove_member", study)
        .old(&Values { user, role: Some(old) })
        .new_values(&Values { user, role: None });
    tx.commit(entry).await?;
    Ok(())
}

/// The role that a member has now, after the rules about owners were checked for a change to
/// `next` (none: removal).
async fn present_role(
    tx: &mut AuditedTx,
    who: &Actor,
    study: Id<Study>,
    user: Id<User>,
    next: Option<StudyRole>,
) -> Result<StudyRole, IdentityError> {
    // All owners in one order: two who remove each other do not both succeed
    let owners = sqlx::query_scalar!(
        "select user_id from app.study_member
         where study_id = $1 and role = 'owner' and removed_at is null
         order by user_id for update",
        study.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let role = sqlx::query_scalar!(
        "select role from app.study_member
         where study_id = $1 and user_id = $2 and removed_at is null for update",
        study.uuid(),
        user.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(IdentityError::MemberNotFound)?;
    let old: StudyRole = word(&role)?;
    if old == StudyRole::Owner || next == Some(StudyRole::Owner) {
        demand_owner(who, study)?;
    }
    if owners == [user.uuid()] && next != Some(StudyRole::Owner) {
        return Err(IdentityError::LastOwner);
    }
    Ok(old)
}

/// Owners are made and unmade by owners, administrators and the system.
fn demand_owner(who: &Actor, study: Id<Study>) -> Result<(), IdentityError> {
    if matches!(who, Actor::System { .. }) {
        return Ok(());
    }
    let staff = who.staff()?;
    if staff.role == SystemRole::Admin || staff.study_role(study) == Some(StudyRole::Owner) {
        Ok(())
    } else {
        Err(IdentityError::OwnerOnly)
    }
}

async fn one(
    conn: &mut PgConnection,
    study: Id<Study>,
    user: Id<User>,
) -> Result<Option<MemberView>, Failure> {
    sqlx::query_as!(
        MemberRow,
        "select m.user_id, u.email, u.name, u.role as system_role, m.role, u.status, m.since
         from app.study_member m join app.staff_user u on u.id = m.user_id
         where m.study_id = $1 and m.user_id = $2 and m.removed_at is null",
        study.uuid(),
        user.uuid()
    )
    .fetch_optional(conn)
    .await?
    .map(MemberView::try_from)
    .transpose()
}
