//! The server and its own Postgres: neither stays without the other.

use super::{Folder, PATIENCE, Web, send};
use std::time::Duration;

/// The process of the server's Postgres.
fn postgres(folder: &Folder) -> Option<u32> {
    let file = folder.path("data/postgres/postmaster.pid");
    std::fs::read_to_string(file).ok()?.lines().next()?.trim().parse().ok()
}

#[tokio::test]
async fn a_server_that_loses_its_postgres_ends_and_says_what_to_do() {
    let folder = Folder::new("lost");
    let server = Web::start(&folder).await;
    assert_eq!(server.status("/api/health/db").await, 200);

    send("KILL", postgres(&folder).unwrap()).await;
    let (status, log) = server.ended(Duration::from_secs(10)).await;
    assert_eq!(status.code(), Some(1), "{log:#?}");
    let said: Vec<&String> = log.iter().filter(|line| line.starts_with("metricis: ")).collect();
    let [line] = said.as_slice() else { panic!("one line for the person: {log:#?}") };
    for part in ["Postgres has ended", "postgres.log", "Start metricis again"] {
        assert!(line.contains(part), "{line}");
    }
    let noted = log.iter().filter(|line| line.contains(r#""event":"embedded_postgres_died""#));
    assert_eq!(noted.count(), 1, "{log:#?}");

    // Whoever watches over it may start it at once, and a signal still ends it in order.
    let server = Web::start(&folder).await;
    assert_eq!(server.status("/api/health/db").await, 200);
    server.signal("TERM").await;
    let (status, log) = server.ended(PATIENCE).await;
    assert_eq!(status.code(), Some(0), "{log:#?}");
    assert_eq!(postgres(&folder), None, "Postgres has ended in order as well");
}
