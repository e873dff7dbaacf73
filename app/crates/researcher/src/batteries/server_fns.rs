//! What the forms about batteries post to.

use leptos::prelude::*;
use ui::ServerError;

/// Makes a battery and opens it. `modules` is a JSON list of `{task_id, params}`.
#[server(prefix = "/_fn", endpoint = "create_battery")]
pub async fn create_battery(
    study: String,
    name: String,
    description: String,
    status: String,
    modules: String,
) -> Result<(), ServerError> {
    use contract::measure::CreateBattery;
    let cx = crate::frame::request()?;
    let study = crate::frame::id_in_form(&study)?;
    let new = CreateBattery {
        name,
        description,
        status: read::status(&status)?,
        modules: read::modules(&modules)?,
    };
    let made = measures::create_battery(&cx.ctx, &cx.actor, study, &new).await?;
    leptos_axum::redirect(&format!("/studies/{study}/batteries/{}", made.summary.id));
    Ok(())
}

/// Changes a battery, from the state that `revision` numbers.
#[server(prefix = "/_fn", endpoint = "update_battery")]
pub async fn update_battery(
    study: String,
    battery: String,
    revision: i64,
    name: String,
    description: String,
    status: String,
    modules: String,
) -> Result<(), ServerError> {
    use contract::measure::UpdateBattery;
    let cx = crate::frame::request()?;
    let study = crate::frame::id_in_form(&study)?;
    let battery = crate::frame::id_in_form(&battery)?;
    let change = UpdateBattery {
        revision,
        name: Some(name),
        description: Some(description),
        status: Some(read::status(&status)?),
        modules: Some(read::modules(&modules)?),
    };
    measures::update_battery(&cx.ctx, &cx.actor, study, battery, &change).await?;
    leptos_axum::redirect(&format!("/studies/{study}/batteries/{battery}"));
    Ok(())
}

/// How long each of the `modules` takes with its parameters, in minutes; for the builder. None
/// while a value is out of range: that is no mistake before the form is sent.
#[server(prefix = "/_fn", endpoint = "estimate_battery")]
pub async fn estimate_battery(modules: String) -> Result<Option<Vec<f64>>, ServerError> {
    let cx = crate::frame::request()?;
    match measures::estimate(&cx.actor, &read::modules(&modules)?) {
        Ok(minutes) => Ok(Some(minutes)),
        Err(error) if error.code == contract::ErrorCode::Invalid => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[cfg(feature = "ssr")]
mod read {
    use contract::ApiError;
    use contract::measure::{BatteryStatus, ModuleInput};

    pub(super) fn status(text: &str) -> Result<BatteryStatus, ApiError> {
        text.parse()
            .map_err(|_| ApiError::field("status", "choice", "must be draft, active or retired."))
    }

    pub(super) fn modules(text: &str) -> Result<Vec<ModuleInput>, ApiError> {
        serde_json::from_str(text).map_err(|_| {
            ApiError::field("modules", "type", "must be a list of tasks with their parameters.")
        })
    }
}
