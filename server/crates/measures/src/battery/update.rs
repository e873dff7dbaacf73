//! A change of a battery.

use super::modules::{self, Stored};
use crate::MeasureError;
use crate::library::{self, Prepared};
use crate::record::{study_open, word};
use contract::ids::{Battery, Study};
use contract::measure::{BatteryDetail, BatteryStatus, UpdateBattery};
use contract::permission::Permission;
use contract::{ApiError, Id};
use platform::audit::Entry;
use platform::{Actor, AuditedTx, Authorized, Ctx, require};
use serde_json::json;

/// Changes a battery. Modules that participants have run stay as they are: the change then makes
/// a new version, which the next session runs.
///
/// # Errors
/// 422 naming every field at fault; 409 when somebody else changed the battery in between, when
/// the name is taken, or for a status that cannot follow.
pub async fn update_battery(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    id: Id<Battery>,
    change: &UpdateBattery,
) -> Result<BatteryDetail, MeasureError> {
    let auth = require(who, Permission::BatteryManage, study)?;
    change.check()?;
    let wanted = change.modules.as_deref().map(library::prepare).transpose()?;
    let mut tx = ctx.write(who, Some(study)).await?;
    study_open(&mut tx, study).await?;
    let old = Kept::lock(&mut tx, study, id, change.revision).await?;
    let wanted = wanted.filter(|wanted| !modules::same(&old.modules, wanted));
    let new = old.changed(change, wanted.as_deref());
    if new.status != old.status {
        old.check_status(&mut tx, study, id, new.status).await?;
    }
    let left = wanted.as_ref().map_or(old.modules.len(), Vec::len);
    if new.status == BatteryStatus::Active && left == 0 {
        let message = "must hold at least one task before the battery becomes active.";
        return Err(ApiError::field("modules", "required", message).into());
    }
    let version = match &wanted {
        Some(wanted) => {
            let version = next_version(&mut tx, auth, study, id, old.version).await?;
            modules::insert(&mut tx, auth, id, version, wanted).await?;
            version
        }
        None => old.version,
    };
    sqlx::query!(
        "update app.battery
         set name = $3, description = $4, status = $5, version = $6, estimated_minutes = $7,
             revision = revision + 1, updated_at = $8
         where study_id = $1 and id = $2",
        study.uuid(),
        id.uuid(),
        new.name,
        new.description,
        new.status.as_str(),
        version,
        new.minutes,
        ctx.clock.now(),
    )
    .execute(tx.conn())
    .await?;
    let mut before = json!({
        "name": old.name, "description": old.description, "status": old.status,
        "version": old.version,
    });
    let mut after = json!({
        "name": new.name, "description": new.description, "status": new.status,
        "version": version,
    });
    if let Some(wanted) = &wanted
        && let (Some(before), Some(after)) = (before.as_object_mut(), after.as_object_mut())
    {
        before.insert("modules".into(), modules::stored_values(&old.modules));
        after.insert("modules".into(), modules::prepared_values(wanted));
    }
    tx.commit(Entry::new("battery.update", id).old(&before).new_values(&after)).await?;
    super::read::read(ctx, study, id).await
}

/// The version that takes the new modules: the present one while nobody has run it, else the next.
async fn next_version(
    tx: &mut AuditedTx,
    auth: Authorized,
    study: Id<Study>,
    id: Id<Battery>,
    version: i32,
) -> Result<i32, MeasureError> {
    let run = sqlx::query_scalar!(
        r#"select exists (
               select from app.assessment_session
               where study_id = $1 and battery_id = $2 and battery_version = $3
                 and status <> 'launched'
           ) as "run!""#,
        study.uuid(),
        id.uuid(),
        version,
    )
    .fetch_one(tx.conn())
    .await?;
    if run {
        return Ok(version.saturating_add(1));
    }
    modules::replace(tx, auth, id, version).await?;
    Ok(version)
}

/// What the change leaves.
struct New {
    name: String,
    description: String,
    status: BatteryStatus,
    minutes: f64,
}

/// The battery before the change, locked.
struct Kept {
    name: String,
    description: String,
    status: BatteryStatus,
    version: i32,
    minutes: f64,
    modules: Vec<Stored>,
}

impl Kept {
    async fn lock(
        tx: &mut AuditedTx,
        study: Id<Study>,
        id: Id<Battery>,
        revision: i64,
    ) -> Result<Self, MeasureError> {
        let row = sqlx::query!(
            "select name, description, status, version, revision, estimated_minutes
             from app.battery
             where study_id = $1 and id = $2
             for update",
            study.uuid(),
            id.uuid(),
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or(MeasureError::BatteryNotFound)?;
        if row.revision != revision {
            return Err(MeasureError::BatteryChanged);
        }
        let modules = modules::stored(tx.conn(), study, id, row.version).await?;
        Ok(Self {
            name: row.name,
            description: row.description,
            status: word(&row.status)?,
            version: row.version,
            minutes: row.estimated_minutes,
            modules,
        })
    }

    fn changed(&self, change: &UpdateBattery, wanted: Option<&[Prepared]>) -> New {
        let text = |new: &Option<String>, old: &str| {
            new.as_deref().map_or_else(|| old.to_owned(), |new| new.trim().to_owned())
        };
        New {
            name: text(&change.name, &self.name),
            description: text(&change.description, &self.description),
            status: change.status.unwrap_or(self.status),
            minutes: wanted.map_or(self.minutes, |w| w.iter().map(|module| module.minutes).sum()),
        }
    }

    /// Whether the battery may take the status `next`: never a draft again once it was given to
    /// somebody.
    async fn check_status(
        &self,
        tx: &mut AuditedTx,
        study: Id<Study>,
        id: Id<Battery>,
        next: BatteryStatus,
    ) -> Result<(), MeasureError> {
        let refused = MeasureError::BatteryStatusNotAllowed { from: self.status, to: next };
        if !self.status.may_become(next) {
            return Err(refused);
        }
        if next == BatteryStatus::Draft {
            let given = sqlx::query_scalar!(
                r#"select exists (
                       select from app.assignment where study_id = $1 and battery_id = $2
                   ) as "given!""#,
                study.uuid(),
                id.uuid(),
            )
            .fetch_one(tx.conn())
            .await?;
            if given {
                return Err(refused);
            }
        }
        Ok(())
    }
}
