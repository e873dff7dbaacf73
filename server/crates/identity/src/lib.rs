#![doc = include_str!("../README.md")]

mod account;
mod attempt;
pub mod client;
mod crypto_provider;
pub mod error;
pub mod jwt;
pub mod login;
pub mod magic_link;
pub mod member;
pub mod own;
mod password;
mod password_rules;
pub mod portal_session;
mod refresh;
pub mod session;
mod study_token;
pub mod users;

pub use attempt::prune as prune_login_failures;
pub use error::IdentityError;
pub use jwt::JwtKeys;
pub use portal_session::{PortalSessionInfo, portal_actor};
pub use refresh::refresh;
pub use session::{SessionInfo, bearer_actor, session_actor};
pub use study_token::StudyToken;
