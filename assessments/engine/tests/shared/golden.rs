//! Sessions whose every byte is known: the same natively and in WASM.

use contract::{
    Id, Locale,
    task::{Interruption, RunConfig, RunModule, Seed},
};
use task_engine::{
    params::Fnv,
    simulate::{self, Kind, Participant, Setup},
    tasks,
};

fn run_of(seed: u64, locale: Locale, tasks: &[&str]) -> RunConfig {
    let module = |id: &str| {
        let spec = tasks::latest(id).unwrap();
        RunModule {
            module_id: Id::from_uuid("0198c0de-0000-7000-8000-000000000001".parse().unwrap()),
            task_id: spec.id.into(),
            task_version: spec.version.into(),
            params: serde_json::Map::new(),
            strings: tasks::strings(locale, spec),
            minutes: 2.0,
        }
    };
    RunConfig {
        session_id: Id::from_uuid("0198c0de-0000-7000-8000-000000000002".parse().unwrap()),
        upload_key: "key".into(),
        locale,
        seed: Seed(seed),
        modules: tasks.iter().copied().map(module).collect(),
        strings: tasks::common_strings(locale),
        scoring_version: task_engine::SCORING_VERSION.into(),
        server_time_ms: 1_700_000_000_000.0,
        acknowledged: 0,
        return_to: "/portal".into(),
    }
}

/// Seed, participant, screen, and the FNV-1a hash of items and summaries as JSON.
///
/// A change here is a change of the tasks' versions, of the generator's name or of the scoring
/// version: say which, and why.
const GOLDEN: &[(u64, Kind, f64, bool, &str)] = &[
    (1, Kind::Honest, 60.0, true, "d9c1a31311599d0c"),
    (2, Kind::Careless, 59.94, false, "83dc8a0d37f73f7e"),
    (u64::MAX, Kind::FastGuesser, 144.0, true, "1454912bdb6ac37c"),
    (4, Kind::OneKey, 30.0, false, "332cec97a5dda8e9"),
];

/// Task, and the hash of items and summaries of a session of it with its default parameters.
///
/// A change here is a change of the task's version, of the generator's name or of the scoring
/// version: say which, and why.
const TASKS: &[(&str, &str)] = &[
    ("ant", "7b099934ac79ff82"),
    ("ax_cpt", "553ea67b68ac2bdf"),
    ("card_sort", "6586d7e9032d1afa"),
    ("choice_rt", "40920775b1076243"),
    ("corsi", "efa71cb2bbab0e00"),
    ("cpt", "ca10be88a459c163"),
    ("delay_discounting", "2ae8eca79f05f08f"),
    ("digit_span", "db695c8a0f6fe239"),
    ("divided_attention", "4c97e884dea2f66f"),
    ("go_nogo", "3247f9f0fc164128"),
    ("letter_number", "d8dc6b6494bc56b6"),
    ("nback", "bdad84dc3fbf4e85"),
    ("pvt", "224957b4ab783427"),
    ("reversal_learning", "ed3c828185607bb8"),
    ("sart", "37ab55baa2a59f89"),
    ("simon", "196a80d4e8d1b8d9"),
    ("stop_signal", "f12703261127404c"),
    ("stroop", "169888303fd921e0"),
    ("task_switching", "84a24fd7d3923906"),
    ("tower", "433e86dba396bebe"),
    ("vigilance", "859d19226302cb5f"),
];

fn hash_of(log: &simulate::Log) -> Fnv {
    let mut hash = Fnv::default();
    hash.write(&serde_json::to_vec(&log.items).unwrap());
    hash.write(&serde_json::to_vec(&log.summaries).unwrap());
    hash
}

/// Runs one session of each task; the hashes that came out and those that are known, by task.
pub(crate) fn task_hashes() -> Vec<(String, String)> {
    let session = |(task, known): &(&str, &str)| {
        let setup =
            Setup { participant: Participant::new(Kind::Careless, 34.0), ..Setup::honest(34.0) };
        let log = simulate::run(&run_of(7, Locale::En, &[task]), 7, &setup).unwrap();
        (format!("{task} {}", hash_of(&log).hex()), format!("{task} {known}"))
    };
    TASKS.iter().map(session).collect()
}

/// Runs every golden session; the hashes that came out and those that are known.
pub(crate) fn hashes() -> Vec<(String, &'static str)> {
    GOLDEN
        .iter()
        .map(|(seed, kind, hz, element_timing, known)| {
            let setup = Setup {
                participant: Participant::new(*kind, 34.0),
                hz: *hz,
                element_timing: *element_timing,
                interrupt_after: Some((40, Interruption::Hidden)),
                ..Setup::honest(34.0)
            };
            let log =
                simulate::run(&run_of(*seed, Locale::Fr, &["simple_rt", "flanker"]), *seed, &setup)
                    .unwrap();
            let mut hash = hash_of(&log);
            hash.write(&serde_json::to_vec(&log.timing).unwrap());
            (hash.hex(), *known)
        })
        .collect()
}
