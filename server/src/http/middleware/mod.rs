//! One concern a file. [`crate::http::router`] says in which order they stand.

pub mod client_ip;
pub mod origin_check;
pub mod rate_limit;
pub mod refusal;
pub mod request_id;
pub mod security_headers;
pub mod session;
pub mod trace;
