//! A file under way to the reader.

use futures::Stream;
use platform::Failure;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::sync::mpsc::{self, Receiver};

/// A file: its head is known, its content comes piece by piece.
#[derive(Debug)]
pub struct Export {
    /// e.g. `NEURO-2024-001_trials_20261120T1315Z.csv`: safe for every file system.
    pub file_name: String,
    /// e.g. `text/csv; charset=utf-8`.
    pub content_type: &'static str,
    pub body: Body,
}

/// A piece of a file; none at its end.
pub(crate) type Piece = Result<Option<Vec<u8>>, Failure>;

/// The content, in pieces of some 64 kB. Ends with an error when the export broke off; then the
/// file must not look complete (a chunked HTTP body is cut).
#[derive(Debug)]
pub struct Body {
    pieces: Receiver<Piece>,
    ended: bool,
}

impl Body {
    pub(crate) const fn new(pieces: Receiver<Piece>) -> Self {
        Self { pieces, ended: false }
    }

    /// A body that is there already.
    pub(crate) fn ready(content: Vec<u8>) -> Self {
        let (sender, pieces) = mpsc::channel(2);
        // The channel has room for both
        let _ = sender.try_send(Ok(Some(content)));
        let _ = sender.try_send(Ok(None));
        Self::new(pieces)
    }
}

impl Stream for Body {
    type Item = Result<Vec<u8>, Failure>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let piece = ready!(self.pieces.poll_recv(cx));
        self.ended = !matches!(piece, Some(Ok(Some(_))));
        Poll::Ready(match piece {
            Some(Ok(Some(bytes))) => Some(Ok(bytes)),
            Some(Ok(None)) => None,
            Some(Err(failure)) => Some(Err(failure)),
            // Gone without a word: the file is not whole
            None => Some(Err(Failure::other("the export broke off"))),
        })
    }
}

/// `code` and `what` as a file name: letters, digits, `-`, `_` and `.` only.
pub(crate) fn file_name(
    code: &str,
    what: &str,
    at: chrono::DateTime<chrono::Utc>,
    ending: &str,
) -> String {
    let plain = |text: &str| -> String {
        text.chars()
            .map(
                |c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' },
            )
            .collect()
    };
    format!("{}_{}_{}.{ending}", plain(code), plain(what), at.format("%Y%m%dT%H%MZ"))
}
