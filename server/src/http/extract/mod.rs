//! Extractors whose rejections are the one error body.

mod cx;
mod fields;
mod json;
mod params;

pub use cx::Cx;
pub use fields::Fields;
pub use json::{ApiJson, FormOrJson, wrong_field};
pub use params::{ApiPath, ApiQuery};
