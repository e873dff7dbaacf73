//! See `tests/shared/golden.rs`, which the WASM tests share.

#[path = "../shared/golden.rs"]
mod sessions;

#[test]
fn golden_sessions_are_the_same_to_the_last_byte() {
    let (made, known): (Vec<String>, Vec<&str>) = sessions::hashes().into_iter().unzip();
    assert_eq!(made, known);
}

#[test]
fn a_golden_session_of_each_task() {
    let (made, known): (Vec<String>, Vec<String>) = sessions::task_hashes().into_iter().unzip();
    assert_eq!(made, known);
}

/// The order of trials of a known seed, readable.
#[test]
fn golden_sequence_of_the_flanker() {
    let run = super::support::config(
        7,
        vec![super::support::module(
            "flanker",
            serde_json::json!({ "practice_trials": 0, "trials": 24 }),
        )],
    );
    let setup = task_engine::simulate::Setup::honest(30.0);
    let log = task_engine::simulate::run(&run, 7, &setup).unwrap();
    let shown: Vec<&str> =
        super::support::trials(&log.items).iter().map(|t| t.stimulus.as_str()).collect();
    insta::assert_snapshot!(shown.join(" "));
}
