//! Platform against a real Postgres and a real mail server.

// `cfg(test)` tells clippy that helpers in these modules are test code as well.
#[cfg(test)]
mod audit;
#[cfg(test)]
mod audit_tampering;
#[cfg(test)]
mod database;
#[cfg(test)]
mod embedded;
#[cfg(test)]
mod jobs;
#[cfg(test)]
mod mail;
