//! Logs: one JSON object a line on standard error, with `timestamp`, `level`, `event` and what
//! the event brings. No e-mail address, token, name or free text of a participant goes in.

use tracing_subscriber::EnvFilter;

/// Starts logging; a second call in the same process changes nothing.
pub fn start(level: &str) {
    let filter = EnvFilter::try_new(format!("{level},sqlx=warn,hyper=warn,leptos=warn,tachys=warn"))
        .unwrap_or_else(|_| EnvFilter::new("info"));
    let format = tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_target(false)
        .with_writer(std::io::stderr);
    let _ = format.try_init();
}
