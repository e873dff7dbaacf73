//! The writing side of an export: a task that reads rows and sends pieces, as fast as the reader
//! takes them.

use crate::export::{Body, Piece};
use crate::{ExportError, cell::Row};
use contract::Id;
use contract::export::ExportTable;
use contract::ids::Study;
use platform::audit::Entry;
use platform::{Actor, Ctx, Failure};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{self, Sender};

/// Exports that may run at the same time: each holds a database connection.
static RUNNING: Semaphore = Semaphore::const_new(4);

/// Bytes of one piece.
const PIECE: usize = 64 * 1024;

/// A reader who takes no piece for this long is gone.
const PATIENCE: Duration = Duration::from_secs(60);

/// Why writing stopped.
pub(crate) enum Stop {
    /// The reader closed the connection or does not take anything any more.
    Gone,
    Failure(Failure),
}

impl<E: Into<Failure>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failure(error.into())
    }
}

/// Collects bytes and sends them in pieces; counts rows by name.
pub(crate) struct Sink {
    pieces: Sender<Piece>,
    buffer: Vec<u8>,
    rows: BTreeMap<&'static str, u64>,
}

impl Sink {
    pub(crate) async fn text(&mut self, text: &str) -> Result<(), Stop> {
        self.bytes(text.as_bytes()).await
    }

    pub(crate) async fn row(&mut self, row: &Row) -> Result<(), Stop> {
        self.bytes(&row.line()).await
    }

    async fn bytes(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= PIECE { self.flush().await } else { Ok(()) }
    }

    async fn flush(&mut self) -> Result<(), Stop> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.buffer, Vec::with_capacity(PIECE + PIECE / 4));
        self.pieces.send_timeout(Ok(Some(piece)), PATIENCE).await.map_err(|_| Stop::Gone)
    }

    /// One more row of the table `name`.
    pub(crate) fn count(&mut self, name: &'static str) {
        *self.rows.entry(name).or_default() += 1;
    }
}

/// What an export writes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Job {
    Full,
    Table(ExportTable),
}

/// Starts an export: adds the audit entry `export.run`, then fills the body in a task of its own,
/// then adds `export.end` with the number of rows and whether all of it went out.
pub(crate) async fn start(
    ctx: &Ctx,
    who: &Actor,
    study: Id<Study>,
    what: Value,
    job: Job,
) -> Result<Body, ExportError> {
    let permit = RUNNING.try_acquire().map_err(|_| ExportError::Busy)?;
    let tx = ctx.write(who, Some(study)).await?;
    tx.commit(Entry::new("export.run", study).new_values(&what)).await?;
    let (pieces, body) = mpsc::channel(4);
    let (ctx, who) = (ctx.clone(), who.clone());
    tokio::spawn(async move {
        let _permit = permit;
        let mut sink = Sink { pieces, buffer: Vec::with_capacity(PIECE), rows: BTreeMap::new() };
        let mut result = match job {
            Job::Full => crate::full::write(&ctx, study, &mut sink).await,
            Job::Table(table) => crate::table::write(&ctx, study, table, &mut sink).await,
        };
        if result.is_ok() {
            result = sink.flush().await;
        }
        let end = json!({"export": what, "rows": sink.rows, "complete": result.is_ok()});
        let end = finish(&ctx, &who, study, &end).await;
        let last = match (result, end) {
            (Err(Stop::Gone), _) => return,
            (Ok(()), Ok(())) => Ok(None),
            (Err(Stop::Failure(failure)), _) | (Ok(()), Err(failure)) => {
                tracing::error!(event = "export_failed", error = %failure);
                Err(Failure::other("the export broke off"))
            }
        };
        // A reader who is gone by now needs no end
        let _ = sink.pieces.send_timeout(last, PATIENCE).await;
    });
    Ok(Body::new(body))
}

async fn finish(ctx: &Ctx, who: &Actor, study: Id<Study>, end: &Value) -> Result<(), Failure> {
    let tx = ctx.write(who, Some(study)).await?;
    tx.commit(Entry::new("export.end", study).new_values(end)).await
}
