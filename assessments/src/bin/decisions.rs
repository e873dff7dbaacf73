//! The program of the tasks of learning and decisions. The page starts it, also again after another program.

use task_engine::tasks::DECISIONS;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
pub fn run() {
    assessments::start(DECISIONS);
}

fn main() {}
