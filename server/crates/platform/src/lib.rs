#![doc = include_str!("../README.md")]

pub mod actor;
pub mod audit;
pub mod clock;
pub mod ctx;
pub mod db;
pub mod embedded_postgres;
pub mod error;
pub mod jobs;
pub mod keyring;
pub mod mail;
pub mod policy;
pub mod request;
pub mod secrets;
pub mod token;
pub mod tx;

pub use actor::{Actor, ParticipantActor, StaffActor};
pub use clock::Clock;
pub use ctx::Ctx;
pub use error::Failure;
pub use policy::{Authorized, Denied, require};
pub use request::RequestCx;
pub use tx::AuditedTx;
