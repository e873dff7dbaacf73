//! `/api/health…`: is it alive, and what it depends on.

use crate::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use std::time::Instant;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The health addresses.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(health))
        .routes(routes!(database))
        .routes(routes!(redis))
        .routes(routes!(detailed))
}

#[derive(Serialize, ToSchema)]
struct Health {
    status: &'static str,
    environment: &'static str,
    version: &'static str,
}

/// Is the process alive?
#[utoipa::path(get, path = "/health", tag = "health", responses((status = 200, body = Health)))]
async fn health(State(state): State<AppState>) -> Json<Health> {
    Json(overall(&state))
}

fn overall(state: &AppState) -> Health {
    Health {
        status: "healthy",
        environment: state.config.environment.as_str(),
        version: env!("CARGO_PKG_VERSION"),
    }
}

#[derive(Serialize, ToSchema)]
struct Dependency {
    /// `healthy`, `unhealthy` or `disabled`.
    status: &'static str,
    /// Time of the round trip in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    latency_ms: Option<f64>,
}

/// Does the database answer?
#[utoipa::path(get, path = "/health/db", tag = "health",
    responses((status = 200, body = Dependency), (status = 503, body = Dependency)))]
async fn database(State(state): State<AppState>) -> (StatusCode, Json<Dependency>) {
    let dependency = ask_database(&state).await;
    let status = if dependency.status == "healthy" {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, Json(dependency))
}

async fn ask_database(state: &AppState) -> Dependency {
    let started = Instant::now();
    match platform::db::ping(state.ctx.db()).await {
        Ok(()) => Dependency {
            status: "healthy",
            latency_ms: Some(started.elapsed().as_secs_f64() * 1000.0),
        },
        Err(error) => {
            tracing::error!(event = "database_unhealthy", %error);
            Dependency { status: "unhealthy", latency_ms: None }
        }
    }
}

/// Redis is not used; answers `disabled`.
#[utoipa::path(get, path = "/health/redis", tag = "health", responses((status = 200, body = Dependency)))]
async fn redis() -> Json<Dependency> {
    Json(Dependency { status: "disabled", latency_ms: None })
}

#[derive(Serialize, ToSchema)]
struct Detailed {
    #[serde(flatten)]
    health: Health,
    database: Dependency,
    redis: Dependency,
    /// Background work that waits or has failed for good.
    jobs: Jobs,
}

#[derive(Serialize, ToSchema)]
struct Jobs {
    waiting: i64,
    dead: i64,
}

/// Everything at once.
#[utoipa::path(get, path = "/health/detailed", tag = "health",
    responses((status = 200, body = Detailed), (status = 503, body = Detailed)))]
async fn detailed(State(state): State<AppState>) -> (StatusCode, Json<Detailed>) {
    let database = ask_database(&state).await;
    let (waiting, dead) = platform::jobs::counts(state.ctx.db()).await.unwrap_or_default();
    let mut health = overall(&state);
    let mut status = StatusCode::OK;
    if database.status != "healthy" {
        health.status = "unhealthy";
        status = StatusCode::SERVICE_UNAVAILABLE;
    }
    let redis = Dependency { status: "disabled", latency_ms: None };
    (status, Json(Detailed { health, database, redis, jobs: Jobs { waiting, dead } }))
}
