//! The program of the scores: loaded when the last task of a run is done.

use wasm_bindgen::prelude::wasm_bindgen;

/// Scores of all modules of a run, a list of `ModuleSummary` as JSON text, from its configuration
/// and its items (a list), both as JSON text; none when they cannot be read.
#[wasm_bindgen]
pub fn summaries(config: &str, items: &str) -> Option<String> {
    assessments::summaries(config, items)
}

fn main() {}
