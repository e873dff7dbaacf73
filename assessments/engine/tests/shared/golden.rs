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

fn run_of(seed: u64, locale: Locale) -> RunConfig {
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
        modules: vec![module("simple_rt"), module("flanker")],
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
            let log = simulate::run(&run_of(*seed, Locale::Fr), *seed, &setup).unwrap();
            let mut hash = Fnv::default();
            hash.write(&serde_json::to_vec(&log.items).unwrap());
            hash.write(&serde_json::to_vec(&log.summaries).unwrap());
            hash.write(&serde_json::to_vec(&log.timing).unwrap());
            (hash.hex(), *known)
        })
        .collect()
}
