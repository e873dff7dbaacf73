//! A mail server that keeps what it is given.

use mailparse::{MailHeaderMap, ParsedMail};
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Listens on a free port of this machine until it is dropped.
pub struct SmtpSink {
    address: SocketAddr,
    shared: Arc<Mutex<Shared>>,
    accepting: JoinHandle<()>,
}

#[derive(Default)]
struct Shared {
    received: Vec<Received>,
    /// Replies to coming recipients, instead of accepting them.
    refusals: VecDeque<String>,
}

/// One message, as it came over the wire.
#[derive(Debug, Clone)]
pub struct Received {
    /// Sender and recipients of the envelope, without `<>`.
    pub from: String,
    pub to: Vec<String>,
    /// Header and body as sent, with CRLF line ends.
    pub raw: Vec<u8>,
}

impl SmtpSink {
    /// Starts to listen.
    ///
    /// # Errors
    /// When there is no free port.
    pub async fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Mutex::new(Shared::default()));
        let accepting = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Ok(Self { address, shared, accepting })
    }

    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Refuses the next recipient with this reply, e.g. `451 4.7.1 try again later`. Several calls
    /// queue up.
    pub fn refuse_next(&self, reply: &str) {
        lock(&self.shared).refusals.push_back(reply.to_owned());
    }

    /// All messages so far, in order of arrival.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        lock(&self.shared).received.clone()
    }

    /// The one message that has arrived since the last call. Anything else fails the test.
    #[must_use]
    #[expect(clippy::panic, reason = "a test without its message has failed")]
    pub fn take_one(&self) -> Received {
        let mut received = std::mem::take(&mut lock(&self.shared).received);
        match (received.pop(), received.len()) {
            (Some(message), 0) => message,
            (_, others) => panic!("one message was expected, not {}", others + 1),
        }
    }
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Received {
    /// The header called `name`, decoded.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        self.parsed()?.headers.get_first_value(name)
    }

    /// The subject, decoded; empty where there is none.
    #[must_use]
    pub fn subject(&self) -> String {
        self.header("Subject").unwrap_or_default()
    }

    /// The plain text, decoded (quoted-printable, Base64); empty where there is none.
    #[must_use]
    pub fn text(&self) -> String {
        self.part("text/plain").unwrap_or_default()
    }

    /// The HTML, decoded.
    #[must_use]
    pub fn html(&self) -> Option<String> {
        self.part("text/html")
    }

    /// The web addresses in the plain text, in order.
    #[must_use]
    pub fn links(&self) -> Vec<String> {
        self.text()
            .split_whitespace()
            .map(|word| word.trim_matches(['<', '>', '(', ')', '.', ',', '"']))
            .filter(|word| word.starts_with("http://") || word.starts_with("https://"))
            .map(str::to_owned)
            .collect()
    }

    fn part(&self, mime: &str) -> Option<String> {
        fn find(mail: &ParsedMail<'_>, mime: &str) -> Option<String> {
            if mail.ctype.mimetype == mime {
                return mail.get_body().ok().map(|text| text.replace("\r\n", "\n"));
            }
            mail.subparts.iter().find_map(|part| find(part, mime))
        }
        find(&self.parsed()?, mime)
    }

    fn parsed(&self) -> Option<ParsedMail<'_>> {
        mailparse::parse_mail(&self.raw).ok()
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(listener: TcpListener, shared: Arc<Mutex<Shared>>) {
    while let Ok((stream, _)) = listener.accept().await {
        // A client that breaks off has nothing more to say.
        tokio::spawn(converse(stream, Arc::clone(&shared)));
    }
}

/// RFC 5321, as much of it as a client needs that sends mail.
async fn converse(stream: TcpStream, shared: Arc<Mutex<Shared>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut message = Received { from: String::new(), to: Vec::new(), raw: Vec::new() };
    let mut line = Vec::new();
    let mut reply = "220 sink.metricis.test ESMTP".to_owned();
    loop {
        stream.get_mut().write_all(format!("{reply}\r\n").as_bytes()).await?;
        line.clear();
        if reply.starts_with("221") || stream.read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        let command = String::from_utf8_lossy(&line).trim_end().to_owned();
        let verb = command.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        reply = match verb.as_str() {
            "EHLO" => "250-sink.metricis.test\r\n250-8BITMIME\r\n250 SMTPUTF8".to_owned(),
            "MAIL" => {
                message.from = address(&command);
                "250 2.1.0 ok".to_owned()
            }
            "RCPT" => {
                let refusal = lock(&shared).refusals.pop_front();
                refusal.unwrap_or_else(|| {
                    message.to.push(address(&command));
                    "250 2.1.5 ok".to_owned()
                })
            }
            "DATA" if message.to.is_empty() => "503 5.5.1 no recipient".to_owned(),
            "DATA" => {
                stream.get_mut().write_all(b"354 go on\r\n").await?;
                message.raw = data(&mut stream).await?;
                let empty = Received { from: String::new(), to: Vec::new(), raw: Vec::new() };
                lock(&shared).received.push(std::mem::replace(&mut message, empty));
                "250 2.0.0 kept".to_owned()
            }
            "RSET" => {
                message.to.clear();
                "250 2.0.0 ok".to_owned()
            }
            "HELO" | "NOOP" => "250 2.0.0 ok".to_owned(),
            "QUIT" => "221 2.0.0 bye".to_owned(),
            _ => "502 5.5.2 not here".to_owned(),
        };
    }
}

/// What stands between `<` and `>`.
fn address(command: &str) -> String {
    let inner = command.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inner.map_or("", |(address, _)| address).to_owned()
}

/// Up to the line with a dot alone; a doubled dot at the start of a line is one.
async fn data(stream: &mut BufReader<TcpStream>) -> std::io::Result<Vec<u8>> {
    let mut data = Vec::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        match line.as_slice() {
            b".\r\n" => return Ok(data),
            [b'.', rest @ ..] => data.extend_from_slice(rest),
            whole => data.extend_from_slice(whole),
        }
    }
}
