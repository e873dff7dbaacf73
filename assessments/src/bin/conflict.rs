//! The program of the tasks of conflict and control. The page starts it, also again after another program.

use task_engine::tasks::CONFLICT;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
pub fn run() {
    assessments::start(CONFLICT);
}

fn main() {}
