//! Logs: one JSON object a line on standard error, with `timestamp`, `level`, `event` and what
//! the event brings. No e-mail address, token, name or free text of a participant goes in.

use tracing::Subscriber;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt;

/// Starts logging; a second call in the same process changes nothing.
pub fn start(level: &str) {
    let _ = subscriber(level, std::io::stderr).try_init();
}

/// The log as the process writes it, to `writer`.
pub fn subscriber<W>(level: &str, writer: W) -> impl Subscriber + Send + Sync + use<W>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter =
        EnvFilter::try_new(format!("{level},sqlx=warn,hyper=warn,leptos=warn,tachys=warn"))
            .unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_target(false)
        .with_writer(writer)
        .finish()
}
