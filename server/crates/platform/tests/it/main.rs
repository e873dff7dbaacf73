//! Platform against a real Postgres and a real mail server.

mod audit;
mod audit_tampering;
mod database;
mod embedded;
mod jobs;
mod mail;
