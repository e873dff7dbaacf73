//! What every handler shares.

use crate::config::Config;
use crate::http::assets::Assets;
use crate::http::middleware::rate_limit::RateLimits;
use axum::extract::FromRef;
use identity::JwtKeys;
use leptos::prelude::LeptosOptions;
use platform::Ctx;
use std::sync::Arc;

/// Cheap to clone; made once at start.
#[derive(Clone)]
pub struct AppState {
    pub ctx: Ctx,
    pub config: Arc<Config>,
    pub jwt: JwtKeys,
    pub rate_limits: RateLimits,
    pub assets: Arc<Assets>,
    /// This server runs the demonstration.
    pub demo: bool,
    pub leptos_options: LeptosOptions,
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos_options.clone()
    }
}
