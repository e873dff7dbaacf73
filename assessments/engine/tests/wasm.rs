//! The golden sessions in WASM. Built for wasm32 only; run by a WASM test runner.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "shared/golden.rs"]
mod golden;

use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn golden_sessions_are_the_same_in_wasm() {
    for (made, known) in golden::hashes() {
        assert_eq!(made, known);
    }
}

#[wasm_bindgen_test]
fn a_golden_session_of_each_task_is_the_same_in_wasm() {
    let (made, known): (Vec<String>, Vec<String>) = golden::task_hashes().into_iter().unzip();
    assert_eq!(made, known);
}
