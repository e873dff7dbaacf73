//! What holds for every session, whoever takes part on whatever screen.

use super::support::{both, trials};
use contract::task::{EventBatch, EventKind, Interruption, Item, Phase};
use proptest::prelude::*;
use task_engine::simulate::{self, Kind, Log, Participant, Setup};

fn setups() -> impl Strategy<Value = Setup> {
    let kinds = prop_oneof![
        Just(Kind::Honest),
        Just(Kind::Careless),
        Just(Kind::FastGuesser),
        Just(Kind::OneKey)
    ];
    let rates = prop_oneof![Just(30.0), Just(60.0), Just(59.94), Just(90.0), Just(144.0)];
    let interruption = prop_oneof![Just(Interruption::Hidden), Just(Interruption::Blur)];
    (
        kinds,
        6.0..85.0,
        rates,
        any::<bool>(),
        0.0..0.05,
        prop::option::of((0_u32..100, interruption)),
    )
        .prop_map(|(kind, age, hz, element_timing, late_frames, interrupt_after)| Setup {
            participant: Participant::new(kind, age),
            hz,
            element_timing,
            late_frames,
            interrupt_after,
            ..Setup::honest(age)
        })
}

/// Checks every law on one log.
fn check(log: &Log) -> Result<(), TestCaseError> {
    prop_assert!(log.complete);
    let seqs: Vec<u32> = log.items.iter().map(Item::seq).collect();
    prop_assert_eq!(&seqs, &(1..=u32::try_from(seqs.len()).unwrap()).collect::<Vec<_>>());
    for trial in trials(&log.items) {
        let rt = trial.rt_ms.unwrap_or(0.0);
        prop_assert!(rt.is_finite());
        prop_assert!(rt >= 0.0 || trial.anticipation, "negative and no anticipation: {rt}");
        prop_assert!(rt >= 0.0 || trial.correct == Some(false), "a hit before the onset");
        prop_assert_eq!(trial.interrupted, trial.correct.is_none());
        if trial.correct == Some(true) {
            prop_assert_eq!(&trial.resp_code, &trial.correct_code);
            prop_assert!(trial.ts_resp_us >= trial.onset_us);
        }
        if trial.interrupted {
            continue;
        }
        prop_assert!(trial.onset_us.is_some() && trial.raf_n1_us > trial.raf_n_us);
        prop_assert!(trial.pres_off_us.is_none() || trial.pres_off_us >= trial.pres_on_us);
    }
    for (module, planned) in [(0, 20), (1, 96)] {
        let done = trials(&log.items)
            .iter()
            .filter(|t| t.module == module && t.phase == Phase::Test && !t.interrupted)
            .count();
        prop_assert_eq!(done, planned);
    }
    let sent: Vec<&[Item]> = log.items.chunks(200).collect();
    for items in sent {
        let batch = EventBatch { first_seq: items[0].seq(), items: items.to_vec() };
        prop_assert_eq!(batch.validate(), Ok(()));
    }
    for summary in &log.summaries {
        for metric in &summary.metrics {
            prop_assert!(metric.estimate.value().is_none_or(f64::is_finite), "{}", metric.name);
            prop_assert!(!metric.rules.is_empty());
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_session_keeps_the_laws(seed: u64, person: u64, setup in setups()) {
        let run = both(seed);
        let log = simulate::run(&run, person, &setup).unwrap();
        check(&log)?;
        let submit = log.submit(&run, &setup);
        prop_assert_eq!(submit.validate(), Ok(()));
        // The same seeds give the same session, to the last bit
        prop_assert_eq!(simulate::run(&run, person, &setup).unwrap(), log);
    }

    /// The list of trials depends on the session's seed, not on who takes part.
    #[test]
    fn what_is_shown_follows_from_the_seed_alone(seed: u64) {
        let run = both(seed);
        let shown = |person: u64| -> Vec<String> {
            let log = simulate::run(&run, person, &Setup::honest(30.0)).unwrap();
            trials(&log.items)
                .iter()
                .filter(|t| t.phase == Phase::Test)
                .map(|t| format!("{}{:?}", t.stimulus, t.extra.get("foreperiod_ms")))
                .collect()
        };
        prop_assert_eq!(shown(1), shown(2));
    }
}

#[test]
fn a_session_survives_json() {
    let log = simulate::run(&both(1), 1, &Setup::honest(30.0)).unwrap();
    let text = serde_json::to_string(&log.items).unwrap();
    let back: Vec<Item> = serde_json::from_str(&text).unwrap();
    assert_eq!(text, serde_json::to_string(&back).unwrap());
    for (index, summary) in (0..).zip(&log.summaries) {
        let again = task_engine::tasks::score(index, &both(1).modules[index as usize], &back);
        assert_eq!(again.as_ref(), Ok(summary), "scores come from whole numbers, bit by bit");
    }
}

#[test]
fn blocks_and_modules_are_begun_and_ended_once() {
    let log = simulate::run(&both(1), 1, &Setup::honest(30.0)).unwrap();
    let count = |wanted: fn(&EventKind) -> bool| {
        let events =
            log.items.iter().filter(|item| matches!(item, Item::Event(e) if wanted(&e.what)));
        events.count()
    };
    let begun = count(|e| matches!(e, EventKind::BlockStarted { .. }));
    let ended = count(|e| matches!(e, EventKind::BlockEnded { .. }));
    assert_eq!((begun, ended), (5, 5), "two of practice, one of simple RT, two of the flanker");
    assert_eq!(count(|e| matches!(e, EventKind::ModuleStarted { .. })), 2);
    assert_eq!(count(|e| matches!(e, EventKind::ModuleEnded { .. })), 2);
    assert_eq!(count(|e| matches!(e, EventKind::SessionEnded)), 1);
}
