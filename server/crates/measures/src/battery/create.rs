//! A new battery.

use super::modules;
use crate::record::study_open;
use crate::{MeasureError, library};
use contract::Id;
use contract::ids::{Battery, Study};
use contract::measure::{BatteryDetail, CreateBattery};
use contract::permission::Permission;
use platform::audit::Entry;
use platform::{Actor, Ctx, require};
use serde_json::json;

/// Adds a battery to `study`, as its version 1.
///
/// # Errors
/// 422 naming every field at fault, parameters of tasks included; 409 for a name already taken or
/// an archived study.
pub async fn create_battery(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    new: &CreateBattery,
) -> Result<BatteryDetail, MeasureError> {
    let auth = require(who, Permission::BatteryManage, study)?;
    new.check()?;
    let prepared = library::prepare(&new.modules)?;
    let minutes: f64 = prepared.iter().map(|module| module.minutes).sum();
    let mut tx = ctx.write(who, Some(study)).await?;
    study_open(&mut tx, study).await?;
    let id: Id<Battery> = ctx.new_id();
    let (name, description) = (new.name.trim(), new.description.trim());
    sqlx::query!(
        "insert into app.battery
             (study_id, id, name, description, status, version, estimated_minutes, created_at,
              updated_at)
         values ($1, $2, $3, $4, $5, 1, $6, $7, $7)",
        study.uuid(),
        id.uuid(),
        name,
        description,
        new.status.as_str(),
        minutes,
        ctx.clock.now(),
    )
    .execute(tx.conn())
    .await?;
    modules::insert(&mut tx, auth, id, 1, &prepared).await?;
    let entry = Entry::new("battery.create", id).new_values(&json!({
        "name": name,
        "description": description,
        "status": new.status,
        "version": 1,
        "modules": modules::prepared_values(&prepared),
    }));
    tx.commit(entry).await?;
    super::read::read(ctx, study, id).await
}
