//! Laws and examples of the task engine.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod ant_tests;
mod arranging;
mod attention_tests;
mod ax_cpt_tests;
mod battery_laws;
mod card_sort_tests;
mod chance;
mod choice_rt_tests;
mod cpt_tests;
mod delay_discounting_tests;
mod desk;
mod detection;
mod divided_attention_tests;
mod flanker_scores;
mod go_nogo_tests;
mod golden;
mod interruptions;
mod laws;
mod letter_number_tests;
mod nback_tests;
mod onsets;
mod parameters;
mod plans;
mod programs;
mod pvt_tests;
mod resuming;
mod reversal_learning_tests;
mod sart_tests;
mod simon_tests;
mod simple_rt_scores;
mod spans_tests;
mod statistics;
mod stop_signal_tests;
mod stories;
mod stroop_tests;
mod support;
mod task_docs;
mod task_switching_tests;
mod texts;
mod timing;
mod tower_tests;
mod validity;
mod vigilance_tests;
