//! What holds for every session, whoever takes part on whatever screen.

use super::support::{both, trials};
use contract::task::{
    Device, EventBatch, EventKind, Interruption, Item, Micros, Phase, Pointer, Quality,
};
use proptest::prelude::*;
use task_engine::{
    Choice, Cue, Display, Effect, Input, Press, Runner,
    simulate::{self, Kind, Log, Participant, Setup},
};

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

/// Anything that could come from a browser, and much that could not.
fn inputs() -> impl Strategy<Value = Input> {
    let stamp = || prop_oneof![4 => 0_i64..20_000_000, 1 => any::<i64>()].prop_map(Micros);
    let cue = || (0_u32..40).prop_map(Cue);
    let why = prop_oneof![
        Just(Interruption::Hidden),
        Just(Interruption::Asked),
        Just(Interruption::PageHide)
    ];
    let display = (stamp(), any::<bool>()).prop_map(|(interval, element_timing)| Display {
        interval,
        element_timing,
        standing: Quality::NONE,
    });
    let press = (any::<u8>(), stamp(), stamp()).prop_map(|(choice, stamp, handler)| {
        let pointer = Pointer { device: Device::Mouse, x: i32::MIN, y: i32::MAX };
        Press { choice: Choice(choice), stamp, handler, pointer, quality: Quality::NONE }
    });
    prop_oneof![
        1 => (any::<f64>(), display.clone())
            .prop_map(|(time_origin_ms, display)| Input::Begin { time_origin_ms, display }),
        6 => Just(Input::Ready),
        30 => stamp().prop_map(|raf| Input::Frame { raf }),
        4 => (cue(), stamp(), prop::option::of(stamp()))
            .prop_map(|(cue, cb_end, post)| Input::Stamps { cue, cb_end, post }),
        4 => (cue(), stamp()).prop_map(|(cue, at)| Input::Presented { cue, at }),
        8 => press.prop_map(Input::Press),
        8 => Just(Input::Continue),
        2 => why.prop_map(Input::Interrupt),
        4 => (0_u32..60).prop_map(|seq| Input::Stored { seq }),
        1 => display.prop_map(Input::Display),
        1 => any::<u32>().prop_map(|bits| Input::Flag(Quality(bits))),
        1 => stamp().prop_map(|duration| Input::LongTask { duration }),
        1 => Just(Input::Leave),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, ..ProptestConfig::default() })]

    /// No sequence of inputs makes the machine fail, skip a number or flip outside a frame; the
    /// same inputs give the same effects; and what it stored can be resumed.
    #[test]
    fn no_input_breaks_the_machine(inputs in prop::collection::vec(inputs(), 1..400), element_timing: bool) {
        let run = both(1);
        let display = Display { interval: Micros(16_667), element_timing, standing: Quality::NONE };
        let live = || {
            let mut runner = Runner::new(&run).unwrap();
            let begin = Input::Begin { time_origin_ms: 0.0, display };
            let mut effects = Vec::new();
            let mut clock = 0;
            for (at, input) in (0..).zip(core::iter::once(&begin).chain(&inputs)) {
                let mut input = *input;
                // Most frames follow one another, up to a second apart; some come from anywhere
                if let Input::Frame { raf } = &mut input
                    && (0..20_000_000).contains(&raf.0)
                {
                    clock += raf.0 / 20;
                    *raf = Micros(clock);
                }
                let out = runner.step(Micros(at * 1000), input);
                let flips = out.iter().filter(|e| matches!(e, Effect::Show { .. })).count();
                assert!(flips <= usize::from(matches!(input, Input::Frame { .. })));
                effects.extend(out);
            }
            (runner.position(), effects)
        };
        let (position, effects) = live();
        prop_assert_eq!((&position, &effects), (&live().0, &live().1));
        let items: Vec<Item> = effects
            .into_iter()
            .filter_map(|effect| if let Effect::Store(item) = effect { Some(*item) } else { None })
            .collect();
        let seqs: Vec<u32> = items.iter().map(Item::seq).collect();
        prop_assert_eq!(&seqs, &(1..=u32::try_from(seqs.len()).unwrap()).collect::<Vec<_>>());
        for trial in trials(&items) {
            prop_assert!(trial.correct != Some(true) || trial.ts_resp_us >= trial.onset_us);
        }
        prop_assert_eq!(Runner::resume(&run, &items).unwrap().position(), position);
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
