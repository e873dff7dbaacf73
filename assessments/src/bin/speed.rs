//! The program of the tasks of speed and sustained attention. The page starts it, also again after another program.

use task_engine::tasks::SPEED;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
pub fn run() {
    assessments::start(SPEED);
}

fn main() {}
