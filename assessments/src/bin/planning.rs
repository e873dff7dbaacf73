//! The program of the tasks of planning. The page starts it, also again after another program.

use task_engine::tasks::PLANNING;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
pub fn run() {
    assessments::start(PLANNING);
}

fn main() {}
