//! HTTP: the routes, the layers around them, pages, REST and static files.

pub mod api;
pub mod assess;
pub mod assets;
pub mod cookies;
pub mod error;
pub mod extract;
pub mod forms;
pub mod health;
pub mod middleware;
pub mod openapi;
pub mod pages;
pub mod router;
