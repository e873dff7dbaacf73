//! The program of the tasks of memory. The page starts it, also again after another program.

use task_engine::tasks::MEMORY;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
pub fn run() {
    assessments::start(MEMORY);
}

fn main() {}
