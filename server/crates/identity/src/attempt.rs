//! Counting wrong passwords, so that guessing one account's password stops soon and nobody else
//! notices.
//!
//! Unknown addresses are counted like known ones and locked like them: the answers and their
//! times do not say which addresses have an account.

use crate::error::IdentityError;
use crate::password::Slot;
use chrono::{DateTime, TimeDelta, Utc};
use contract::Id;
use contract::identity::{Password, UserView};
use contract::ids::{LoginCounter, User};
use platform::audit::Entry;
use platform::{Actor, Ctx, Failure};
use serde::Serialize;

/// Wrong passwords within [`WINDOW`] that lock an address.
const LIMIT: i64 = 10;
const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// How long the lock holds.
const LOCK: TimeDelta = TimeDelta::minutes(15);

/// Whose password is tried, and against what.
pub(crate) struct Attempt<'a> {
    pub(crate) email: &'a str,
    /// The account that may sign in, and the hash of its password; none for unknown addresses
    /// and disabled accounts.
    pub(crate) account: Option<(&'a UserView, &'a str)>,
    pub(crate) password: &'a Password,
}

/// Tries a password: `Ok` when it is right.
///
/// One of the two hashing slots is held from reading the counter to writing it, so that a flood
/// of parallel guesses gets no further than the counter allows.
///
/// # Errors
/// [`IdentityError::InvalidCredentials`]; [`IdentityError::Locked`], also for a right password.
pub(crate) async fn verify(ctx: &Ctx, attempt: Attempt<'_>) -> Result<(), IdentityError> {
    let subject = ctx.keyring.blind_index("login", attempt.email);
    let slot = Slot::take().await?;
    let now = ctx.clock.now();
    if let Some(until) = locked_until(ctx, &subject, now).await? {
        return Err(IdentityError::Locked { minutes: minutes_left(until, now) });
    }
    let stored = attempt.account.map(|(_, hash)| hash);
    if slot.verify(attempt.password, stored).await? {
        clear(ctx, attempt.email).await?;
        return Ok(());
    }
    if let Some((counter, until)) = count(ctx, &subject, now).await? {
        let user = attempt.account.map(|(user, _)| user.id);
        record_lock(ctx, counter, Locked { user, locked_until: until }).await?;
    }
    Err(IdentityError::InvalidCredentials)
}

async fn locked_until(
    ctx: &Ctx,
    subject: &[u8],
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, Failure> {
    let until = sqlx::query_scalar!(
        r#"select locked_until as "until!" from app.login_failure
           where subject = $1 and locked_until > $2"#,
        subject,
        now
    )
    .fetch_optional(ctx.db())
    .await?;
    Ok(until)
}

fn minutes_left(until: DateTime<Utc>, now: DateTime<Utc>) -> u32 {
    let seconds = (until - now).num_seconds().max(0);
    u32::try_from(seconds.div_euclid(60) + 1).unwrap_or(u32::MAX)
}

/// Counts a wrong password. Some when this one locks the address: the counter and the end.
async fn count(
    ctx: &Ctx,
    subject: &[u8],
    now: DateTime<Utc>,
) -> Result<Option<(Id<LoginCounter>, DateTime<Utc>)>, Failure> {
    let until = now + LOCK;
    // A locked address starts from nothing when the lock ends
    let row = sqlx::query!(
        r#"insert into app.login_failure as f (subject, id, failed_at, updated_at)
           values ($1, $2, array[$3::timestamptz], $3)
           on conflict (subject) do update
           set (failed_at, locked_until, updated_at) = (
               select case when count(*) + 1 >= $6 then '{}'::timestamptz[]
                      else coalesce(array_agg(t), '{}') || $3::timestamptz end,
                   case when count(*) + 1 >= $6 then $5::timestamptz else f.locked_until end,
                   $3::timestamptz
               from unnest(f.failed_at) as t
               where t > $4
           )
           returning id, locked_until is not distinct from $5 as "locked!""#,
        subject,
        ctx.new_id::<LoginCounter>().uuid(),
        now,
        now - WINDOW,
        until,
        LIMIT
    )
    .fetch_one(ctx.db())
    .await?;
    Ok(row.locked.then(|| (Id::from_uuid(row.id), until)))
}

/// Forgets the wrong passwords of an address: a right one was given, or a new one was set.
pub(crate) async fn clear(ctx: &Ctx, email: &str) -> Result<(), Failure> {
    let subject = ctx.keyring.blind_index("login", email);
    sqlx::query!("delete from app.login_failure where subject = $1", subject)
        .execute(ctx.db())
        .await?;
    Ok(())
}

#[derive(Serialize)]
struct Locked {
    user: Option<Id<User>>,
    locked_until: DateTime<Utc>,
}

async fn record_lock(ctx: &Ctx, counter: Id<LoginCounter>, values: Locked) -> Result<(), Failure> {
    tracing::warn!(event = "login.locked", user.id = ?values.user);
    let tx = ctx.write(&Actor::System { name: "login" }, None).await?;
    tx.commit(Entry::new("login_counter.lock", counter).new_values(&values)).await
}

/// Clears away counters that no longer matter; run it now and then. Returns how many.
///
/// # Errors
/// [`Failure::Database`].
pub async fn prune(ctx: &Ctx) -> Result<u64, Failure> {
    let stale = ctx.clock.now() - WINDOW - LOCK;
    let done = sqlx::query!("delete from app.login_failure where updated_at < $1", stale)
        .execute(ctx.db())
        .await?;
    Ok(done.rows_affected())
}
