//! What the log says of a whole study day, and what it does not say.

use crate::app::PASSWORD;
use crate::whole_line::{app_with_mail, line_by_hand};
use serde_json::Value;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use testkit::SmtpSink;
use tracing_subscriber::fmt::MakeWriter;

/// Keeps what is written.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Kept {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn the_log_of_a_study_day_names_requests_and_nobody() {
    let kept = Kept::default();
    // The one thread of this test runs the server too
    let log = metricis::telemetry::subscriber("debug", kept.clone());
    let _here = tracing::subscriber::set_default(log);
    let sink = SmtpSink::start().await.unwrap();
    let app = app_with_mail(&sink).await;
    let secrets = line_by_hand(&app, &sink).await;

    let text = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
    let lines: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    let requests: Vec<&Value> = lines.iter().filter(|line| line["event"] == "request").collect();
    assert!(requests.len() > 40, "{}", requests.len());
    for line in &requests {
        for name in ["timestamp", "level", "correlation_id", "request_id", "path", "method"] {
            assert!(line[name].as_str().is_some_and(|text| !text.is_empty()), "{name}: {line}");
        }
        for name in ["status_code", "duration_ms"] {
            assert!(line[name].is_number(), "{name}: {line}");
        }
        assert!(!line["path"].as_str().unwrap().contains('?'), "{line}");
    }
    assert!(lines.iter().any(|line| line["event"] == "mail_sent"));
    let tokens = secrets.tokens.iter().map(String::as_str);
    let told = ["@example.org", "Xanthippe", "Quarles", "argon2", PASSWORD, "eyJ"];
    for secret in tokens.chain(told) {
        assert!(secret.len() > 2);
        let line = text.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "the log must not hold {secret}");
    }
}
