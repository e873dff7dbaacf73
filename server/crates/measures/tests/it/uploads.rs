//! Batches of items: repeated, missing, changed, broken.

use crate::world::{World, at, batch, fields, reason};
use contract::ApiError;
use contract::task::{EventBatch, Item, Micros};

#[tokio::test]
async fn a_batch_sent_twice_is_stored_once() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (log, _) = run.log();
    let before = w.actions().await.len();
    for _ in 0..3 {
        assert_eq!(w.append(&run, &log.items[..6]).await.unwrap(), 6);
    }
    assert_eq!(w.chunks(run.config.session_id).await, 1);
    assert_eq!(w.actions().await.len(), before + 1, "nothing happened, nothing is in the trail");
    // Cut otherwise after a lost answer: what is there is compared, the rest is stored
    assert_eq!(w.append(&run, &log.items[2..9]).await.unwrap(), 9);
    assert_eq!(w.append(&run, &log.items[..12]).await.unwrap(), 12);
    let record =
        measures::record(&w.db.ctx, &w.coordinator, w.study, run.config.session_id).await.unwrap();
    assert_eq!(record.trials.len() + record.events.len(), 12);
}

#[tokio::test]
async fn many_senders_of_the_same_batch_store_it_once() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (log, _) = run.log();
    let sending = (0..8).map(|_| w.append(&run, &log.items[..6]));
    for acknowledged in futures::future::join_all(sending).await {
        assert_eq!(acknowledged.unwrap(), 6);
    }
    assert_eq!(w.chunks(run.config.session_id).await, 1);
}

#[tokio::test]
async fn a_gap_is_refused_and_the_answer_says_what_is_missing() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (log, _) = run.log();
    w.append(&run, &log.items[..4]).await.unwrap();
    let error = ApiError::from(w.append(&run, &log.items[7..9]).await.unwrap_err());
    assert_eq!((error.code.status(), error.reason.as_str()), (409, "items_missing"));
    let params = &error.fields[0].params;
    assert_eq!((params["expected"].as_str(), params["last"].as_str()), ("5", "7"));
    assert_eq!(w.chunks(run.config.session_id).await, 1);
}

#[tokio::test]
async fn an_item_that_changed_is_refused_and_the_first_one_stays() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (log, _) = run.log();
    w.append(&run, &log.items[..12]).await.unwrap();
    let mut changed = log.items[..14].to_vec();
    let trial = changed.iter_mut().rev().skip(2).find_map(|item| match item {
        Item::Trial(trial) => Some(trial),
        Item::Event(_) => None,
    });
    let trial = trial.unwrap();
    trial.condition = "nicer".into();
    let seq = trial.seq;
    let error = ApiError::from(w.append(&run, &changed).await.unwrap_err());
    assert_eq!((error.code.status(), error.reason.as_str()), (409, "item_conflict"));
    assert_eq!(error.fields[0].params["seq"], seq.to_string());
    let record =
        measures::record(&w.db.ctx, &w.coordinator, w.study, run.config.session_id).await.unwrap();
    assert_eq!(record.trials.len() + record.events.len(), 12, "nothing half-written");
    assert!(record.trials.iter().all(|trial| trial.condition != "nicer"));
}

#[tokio::test]
async fn an_impossible_reaction_time_is_named_by_item_and_field() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (log, _) = run.log();
    let index = log.items.iter().position(|i| i.trial().is_some_and(|t| t.rt_ms.is_some()));
    let index = index.unwrap();
    for (rt, rule) in [(-20.0, "negative"), (f64::NAN, "finite"), (f64::INFINITY, "finite")] {
        let mut items = log.items[..=index].to_vec();
        let Some(Item::Trial(trial)) = items.last_mut() else { panic!("a trial") };
        trial.rt_ms = Some(rt);
        if rt < 0.0 {
            trial.ts_resp_us = trial.onset_us.map(|onset| onset - Micros(20_000));
            trial.anticipation = false;
        }
        let error = w.append(&run, &items).await.unwrap_err();
        assert_eq!(fields(error), [at(&format!("items[{index}].rt_ms"), rule)]);
    }
    assert_eq!(w.chunks(run.config.session_id).await, 0);
}

#[tokio::test]
async fn a_clock_that_jumps_back_between_two_batches_is_refused() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (log, _) = run.log();
    let trials: Vec<usize> = (0..log.items.len())
        .filter(|i| log.items[*i].trial().is_some_and(|t| t.onset_us.is_some()))
        .collect();
    let second = trials[1];
    w.append(&run, &log.items[..second]).await.unwrap();
    let mut item = log.items[second].clone();
    let Item::Trial(trial) = &mut item else { panic!("a trial") };
    let back = Micros(60_000_000);
    for stamp in [
        &mut trial.raf_n_us,
        &mut trial.cb_end_us,
        &mut trial.post_us,
        &mut trial.raf_n1_us,
        &mut trial.pres_on_us,
        &mut trial.pres_off_us,
        &mut trial.onset_us,
        &mut trial.ts_resp_us,
        &mut trial.ts_handler_us,
    ] {
        *stamp = stamp.map(|stamp| Micros((stamp - back).0.max(0)));
    }
    trial.ts_resp_us = trial.rt_ms.map(Micros::from_ms);
    trial.onset_us = Some(Micros(0));
    let error = w.append(&run, &[item]).await.unwrap_err();
    assert_eq!(fields(error), [at("items[0].onset_us", "backwards")]);
}

#[tokio::test]
async fn empty_and_oversized_batches_are_refused() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (log, _) = run.log();
    let session = run.config.session_id;
    let empty = EventBatch { first_seq: 1, items: Vec::new() };
    let error = measures::append(&w.db.ctx, &run.key, session, &empty).await.unwrap_err();
    assert_eq!(fields(error), [at("items", "length")]);
    let mut items = vec![log.items[0].clone(); 501];
    for (seq, item) in (1..).zip(&mut items) {
        let Item::Event(event) = item else { panic!("a session begins with an event") };
        event.seq = seq;
    }
    let error = measures::append(&w.db.ctx, &run.key, session, &batch(&items)).await.unwrap_err();
    assert_eq!(fields(error), [at("items", "length")]);
}

#[tokio::test]
async fn after_the_end_nothing_new_is_taken() {
    let w = World::new().await;
    let run = w.running("P-001").await;
    let (log, submit) = run.log();
    w.append(&run, &log.items[..6]).await.unwrap();
    let session = run.config.session_id;
    let ended = measures::end(&w.db.ctx, &run.key, session).await.unwrap();
    assert_eq!(ended.status, contract::measure::SessionStatus::Stopped);
    assert_eq!(measures::end(&w.db.ctx, &run.key, session).await.unwrap(), ended);
    // What it holds is acknowledged again, for a browser that lost the answer
    assert_eq!(w.append(&run, &log.items[..6]).await.unwrap(), 6);
    let error = ApiError::from(w.append(&run, &log.items[6..8]).await.unwrap_err());
    assert_eq!((error.code.status(), error.reason.as_str()), (409, "session_ended"));
    assert_eq!(reason(w.submit(&run, &submit).await.unwrap_err()), "session_ended");
    assert_eq!(w.chunks(session).await, 1);
    // The participant can begin again
    let launched = w.launch(&run.who, run.assignment).await;
    assert_ne!(launched.session_id, session);
}
