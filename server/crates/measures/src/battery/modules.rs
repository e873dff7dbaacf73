//! Rows of `app.battery_module`.

use crate::MeasureError;
use crate::library::Prepared;
use crate::record::study_for;
use contract::Id;
use contract::ids::{Battery, BatteryModule, Study};
use contract::permission::Permission;
use platform::{AuditedTx, Authorized};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sqlx::types::Json;
use sqlx::{PgExecutor, Postgres};
use uuid::Uuid;

/// A module as it is kept.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Stored {
    pub(crate) id: Id<BatteryModule>,
    pub(crate) position: i32,
    pub(crate) task_id: String,
    pub(crate) task_version: String,
    pub(crate) params: Map<String, Value>,
}

/// The modules of one version of a battery, in order.
pub(crate) async fn stored(
    db: impl PgExecutor<'_, Database = Postgres>,
    study: Id<Study>,
    battery: Id<Battery>,
    version: i32,
) -> Result<Vec<Stored>, MeasureError> {
    let rows = sqlx::query!(
        r#"select id, position, task_id, task_version,
                  params as "params: Json<Map<String, Value>>"
           from app.battery_module
           where study_id = $1 and battery_id = $2 and version = $3 and replaced_at is null
           order by position"#,
        study.uuid(),
        battery.uuid(),
        version,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Stored {
            id: Id::from_uuid(row.id),
            position: row.position,
            task_id: row.task_id,
            task_version: row.task_version,
            params: row.params.0,
        })
        .collect())
}

/// Writes the modules of one version.
pub(crate) async fn insert(
    tx: &mut AuditedTx,
    auth: Authorized,
    battery: Id<Battery>,
    version: i32,
    modules: &[Prepared],
) -> Result<(), MeasureError> {
    let study = study_for(auth, Permission::BatteryManage)?;
    let now = tx.ctx().clock.now();
    let ids: Vec<Uuid> =
        modules.iter().map(|_| tx.ctx().new_id::<BatteryModule>().uuid()).collect();
    let tasks: Vec<String> = modules.iter().map(|m| m.task_id.to_owned()).collect();
    let versions: Vec<String> = modules.iter().map(|m| m.task_version.to_owned()).collect();
    let params: Vec<Value> = modules.iter().map(|m| Value::Object(m.params.clone())).collect();
    sqlx::query!(
        "insert into app.battery_module
             (study_id, id, battery_id, version, position, task_id, task_version, params,
              created_at)
         select $1, m.id, $2, $3, m.position, m.task_id, m.task_version, m.params, $4
         from unnest($5::uuid[], $6::text[], $7::text[], $8::jsonb[])
             with ordinality as m (id, task_id, task_version, params, position)",
        study.uuid(),
        battery.uuid(),
        version,
        now,
        &ids,
        &tasks,
        &versions,
        &params,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Marks the modules of a version that nobody has run as replaced.
pub(crate) async fn replace(
    tx: &mut AuditedTx,
    auth: Authorized,
    battery: Id<Battery>,
    version: i32,
) -> Result<(), MeasureError> {
    let study = study_for(auth, Permission::BatteryManage)?;
    let now = tx.ctx().clock.now();
    sqlx::query!(
        "update app.battery_module set replaced_at = $4
         where study_id = $1 and battery_id = $2 and version = $3 and replaced_at is null",
        study.uuid(),
        battery.uuid(),
        version,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// For the audit trail.
pub(crate) fn prepared_values(modules: &[Prepared]) -> Value {
    modules
        .iter()
        .map(|m| json!({"task_id": m.task_id, "task_version": m.task_version, "params": m.params}))
        .collect()
}

/// For the audit trail.
pub(crate) fn stored_values(modules: &[Stored]) -> Value {
    modules
        .iter()
        .map(|m| json!({"task_id": m.task_id, "task_version": m.task_version, "params": m.params}))
        .collect()
}

/// Whether the two are the same tasks with the same parameters in the same order.
pub(crate) fn same(stored: &[Stored], prepared: &[Prepared]) -> bool {
    stored.len() == prepared.len()
        && stored.iter().zip(prepared).all(|(old, new)| {
            old.task_id == new.task_id
                && old.task_version == new.task_version
                && old.params == new.params
        })
}
