//! Extractors whose rejections are the one error body.

mod cx;
mod json;
mod params;

pub use cx::Cx;
pub use json::{ApiJson, FormOrJson};
pub use params::{ApiPath, ApiQuery};
