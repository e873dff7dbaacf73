//! The table and the JSON.

use serde_json::json;
use std::time::{Duration, Instant};

/// One measured level.
pub(crate) struct Row {
    what: &'static str,
    connections: usize,
    requests: usize,
    errors: usize,
    per_second: f64,
    /// Milliseconds.
    p50: f64,
    p99: f64,
    max: f64,
}

impl Row {
    pub(crate) fn of(
        what: &'static str,
        connections: usize,
        started: Instant,
        (mut times, errors): (Vec<Duration>, usize),
    ) -> Self {
        let seconds = started.elapsed().as_secs_f64();
        times.sort_unstable();
        let at = |share: f64| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                clippy::cast_precision_loss,
                reason = "an index into a list of some ten thousand"
            )]
            let index = ((times.len() as f64 - 1.0) * share).round() as usize;
            times.get(index).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
        };
        #[expect(clippy::cast_precision_loss, reason = "some ten thousand requests")]
        let per_second = times.len() as f64 / seconds;
        Self {
            what,
            connections,
            requests: times.len(),
            errors,
            per_second,
            p50: at(0.5),
            p99: at(0.99),
            max: at(1.0),
        }
    }
}

/// Prints both.
pub(crate) fn print(rows: &[Row], peak_memory_mb: Option<u64>) {
    println!(
        "{:<22} {:>11} {:>9} {:>7} {:>10} {:>9} {:>9} {:>9}",
        "what", "connections", "requests", "errors", "per s", "p50 ms", "p99 ms", "max ms"
    );
    for row in rows {
        println!(
            "{:<22} {:>11} {:>9} {:>7} {:>10.0} {:>9.2} {:>9.2} {:>9.2}",
            row.what,
            row.connections,
            row.requests,
            row.errors,
            row.per_second,
            row.p50,
            row.p99,
            row.max
        );
    }
    if let Some(mb) = peak_memory_mb {
        println!("peak resident memory of the server: {mb} MB");
    }
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            json!({
                "what": row.what, "connections": row.connections, "requests": row.requests,
                "errors": row.errors, "per_second": row.per_second,
                "p50_ms": row.p50, "p99_ms": row.p99, "max_ms": row.max,
            })
        })
        .collect();
    println!("{}", json!({"rows": rows, "peak_memory_mb": peak_memory_mb}));
}
