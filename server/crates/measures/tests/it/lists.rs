//! Finding sessions.

use crate::world::{World, at, fields};
use chrono::{NaiveDate, TimeDelta};
use contract::ListQuery;
use contract::measure::SessionFilter;
use contract::page::Order;

#[tokio::test]
async fn sessions_are_found_by_code_status_battery_flag_and_day() {
    let w = World::new().await;
    let first = w.running("P-001").await;
    w.db.advance(TimeDelta::days(1));
    let second = w.running("P-002").await;
    w.db.advance(TimeDelta::days(1));
    let third = w.running("Q-003").await;
    let (_, mut submit) = second.log();
    submit.task_summaries.clear();
    w.submit(&second, &submit).await.unwrap();

    let codes = |query: ListQuery, filter: SessionFilter| {
        let w = &w;
        async move {
            let page = measures::sessions(&w.db.ctx, &w.coordinator, w.study, &query, &filter);
            let page = page.await.unwrap();
            let codes: Vec<_> = page.data.into_iter().map(|s| s.participant_code).collect();
            assert_eq!(u64::try_from(codes.len()).unwrap(), page.pagination.total);
            codes
        }
    };
    let any = SessionFilter::default;
    assert_eq!(codes(ListQuery::default(), any()).await, ["Q-003", "P-002", "P-001"]);
    let search = ListQuery {
        search: Some("p-".into()),
        sort: Some("participant".into()),
        order: Some(Order::Asc),
        ..ListQuery::default()
    };
    assert_eq!(codes(search, any()).await, ["P-001", "P-002"]);
    let completed = ListQuery { status: Some("completed".into()), ..ListQuery::default() };
    assert_eq!(codes(completed, any()).await, ["P-002"]);
    let of_battery = SessionFilter { battery: Some(third.battery), ..any() };
    assert_eq!(codes(ListQuery::default(), of_battery).await, ["Q-003"]);
    let flagged = SessionFilter { flag: Some("summary_differs".into()), ..any() };
    assert_eq!(codes(ListQuery::default(), flagged).await, ["P-002"]);
    let of_one = SessionFilter { participant: Some(first.who.participant), ..any() };
    assert_eq!(codes(ListQuery::default(), of_one).await, ["P-001"]);
    let day = |d| NaiveDate::from_ymd_opt(2026, 3, d);
    let days = SessionFilter { start_date: day(1), end_date: day(2), ..any() };
    assert_eq!(codes(ListQuery::default(), days).await, ["P-002", "P-001"]);
    let swapped = SessionFilter { start_date: day(2), end_date: day(1), ..any() };
    let query = ListQuery::default();
    let error = measures::sessions(&w.db.ctx, &w.coordinator, w.study, &query, &swapped).await;
    assert_eq!(fields(error.unwrap_err()), [at("end_date", "before_start")]);
}

#[tokio::test]
async fn every_column_sorts_both_ways() {
    let w = World::new().await;
    for code in ["P-001", "P-002"] {
        w.running(code).await;
        w.db.advance(TimeDelta::hours(1));
    }
    for column in contract::measure::SESSION_SORTS {
        for order in [Order::Asc, Order::Desc] {
            let query = ListQuery {
                sort: Some((*column).into()),
                order: Some(order),
                ..ListQuery::default()
            };
            let filter = SessionFilter::default();
            let page =
                measures::sessions(&w.db.ctx, &w.coordinator, w.study, &query, &filter).await;
            assert_eq!(page.unwrap().data.len(), 2, "{column}");
        }
    }
}
