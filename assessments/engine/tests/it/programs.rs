//! One run by several programs, each with its own tasks.

use super::{
    desk::Desk,
    support::{config, module},
};
use contract::task::{EventKind, Item, RunConfig};
use serde_json::json;
use task_engine::{
    Input, RunError, Runner, ScreenKind,
    simulate::{self, Setup},
    spec::Group,
    tasks,
};

fn mixed() -> RunConfig {
    let simple = || module("simple_rt", json!({ "practice_trials": 0, "trials": 5 }));
    let flanker = module("flanker", json!({ "practice_trials": 0, "trials": 8, "blocks": 1 }));
    config(1, vec![simple(), flanker, simple()])
}

fn program(items: &[Item], group: Group) -> Runner {
    Runner::resume_with(&mixed(), items, tasks::of(group)).unwrap()
}

#[test]
fn every_task_is_in_the_program_of_its_group() {
    for group in Group::ALL {
        assert!(tasks::of(group).iter().map(|spec| spec.id).is_sorted(), "{}", group.word());
        for spec in tasks::of(group) {
            assert_eq!((spec.group, tasks::group_of(spec.id)), (group, Some(group)), "{}", spec.id);
        }
    }
    let count: usize = Group::ALL.iter().map(|group| tasks::of(*group).len()).sum();
    assert_eq!(count, tasks::all().len());
    assert!(tasks::all().iter().map(|spec| spec.id).is_sorted());
}

#[test]
fn a_program_hands_over_when_the_next_module_is_not_its_own() {
    let mut desk = Desk::over(program(&[], Group::Speed), false);
    assert_eq!(desk.runner.others(), [Group::Conflict]);
    desk.reach_trials();
    (0..5).for_each(|_| desk.answer(250));
    let page = desk.screens.last().unwrap();
    assert_eq!((page.kind, page.progress.module), (ScreenKind::ModuleEnd, 2));
    assert!(desk.handed.is_empty(), "the page is read first");
    desk.tell(Input::Continue);
    assert_eq!(desk.handed, [Group::Conflict]);
    assert!(matches!(desk.events().last(), Some(EventKind::ModuleEnded { module: 0 })));
    desk.frames(10);
    desk.tell(Input::Continue);
    assert_eq!(desk.handed.len(), 1);

    let items = desk.items.clone();
    assert_eq!(program(&items, Group::Speed).elsewhere(), Some(Group::Conflict));
    let next = program(&items, Group::Conflict);
    assert_eq!((next.elsewhere(), next.others()), (None, vec![Group::Speed]));
    let desk = Desk::over(next, false);
    assert_eq!(desk.screens[0].kind, ScreenKind::Instructions, "as if nothing had happened");
    assert_eq!(desk.items[0].clock_epoch(), 1);
}

/// Every program runs its part; together they store what one program would have, but for the page
/// loads; a program that is opened at the wrong time says who should be.
#[test]
fn three_programs_in_turn_do_the_run_of_one() {
    let whole = simulate::run(&mixed(), 1, &Setup::honest(30.0)).unwrap();
    let mut items = Vec::new();
    let mut summaries = Vec::new();
    for (turn, group) in [Group::Speed, Group::Conflict, Group::Speed].into_iter().enumerate() {
        for other in Group::ALL {
            let runner = program(&items, other);
            assert_eq!(runner.elsewhere().is_none(), other == group, "turn {turn} {other:?}");
        }
        let log = simulate::go_on_with(
            &mixed(),
            items,
            1,
            &Setup::honest(30.0),
            tasks::of(group),
            &mut |runner, item| {
                let _ = (runner, item);
            },
        )
        .unwrap();
        assert_eq!(log.complete, turn == 2);
        items = log.items;
        summaries = log.summaries;
        assert_eq!(log.timing.reloads, 0);
    }
    let stimuli = |items: &[Item]| -> Vec<String> {
        items.iter().filter_map(Item::trial).map(|t| t.stimulus.clone()).collect()
    };
    assert_eq!(stimuli(&items), stimuli(&whole.items));
    let modules: Vec<u32> = summaries.iter().map(|summary| summary.module).collect();
    assert_eq!(modules, [0, 2], "each scores its own");
    let all: Vec<_> =
        (0..).zip(&mixed().modules).map(|(i, m)| tasks::score(i, m, &items)).collect();
    assert!(all.iter().all(|summary| summary.as_ref().is_ok_and(|s| s.metrics.len() > 5)));
    assert!(Runner::resume(&mixed(), &items).unwrap().is_complete());
}

#[test]
fn a_page_killed_before_a_module_s_end_was_recorded_records_it_and_hands_over() {
    let log = simulate::run(&mixed(), 1, &Setup::honest(30.0)).unwrap();
    let end = |item: &Item| matches!(item, Item::Event(e) if matches!(e.what, EventKind::BlockEnded { .. }));
    let cut = log.items.iter().position(end).unwrap();
    let items = &log.items[..cut];
    assert_eq!(program(items, Group::Conflict).elsewhere(), Some(Group::Speed));
    let desk = Desk::over(program(items, Group::Speed), false);
    assert_eq!(desk.handed, [Group::Conflict]);
    assert!(matches!(desk.events().last(), Some(EventKind::ModuleEnded { module: 0 })));
    let items: Vec<Item> = items.iter().chain(&desk.items).cloned().collect();
    assert_eq!(program(&items, Group::Conflict).elsewhere(), None);
    assert_eq!(program(&items, Group::Speed).elsewhere(), Some(Group::Conflict));
}

#[test]
fn a_program_knows_its_own_versions_only() {
    let mut run = mixed();
    run.modules[0].task_version = "0".into();
    let error = Runner::with(&run, tasks::of(Group::Speed)).err();
    assert!(matches!(error, Some(RunError::UnknownTask { .. })));
    assert!(Runner::with(&run, tasks::of(Group::Conflict)).is_ok(), "not its own");
}
