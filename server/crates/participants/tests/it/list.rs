use crate::world::{World, field, new_site, new_study};
use contract::participant::{CreateParticipant, ParticipantFilter, ParticipantSummary};
use contract::{ListQuery, Order, Page};
use participants::ParticipantError;

/// 1,000 participants at two sites, written straight into the table in an order of their own; the
/// trigger counts them as it would any others.
async fn a_thousand(world: &World) {
    sqlx::query(
        "insert into app.participant
             (study_id, id, participant_code, site_id, status, status_date, status_reason,
              enrollment_date, language, created_at, updated_at)
         select $1, gen_random_uuid(), 'P-' || lpad(n::text, 4, '0'),
                case when n % 4 = 0 then $3::uuid else $2::uuid end, s.status,
                date '2026-01-01' + n % 50, case when s.status = 'withdrawn' then 'Moved' end,
                case when s.status <> 'screened' then date '2025-06-01' + (n * 37) % 200 end,
                'en', timestamptz '2026-01-01 00:00Z' + make_interval(mins => (n * 7919) % 1000),
                now()
         from generate_series(1, 1000) as n,
              lateral (select (array['screened', 'enrolled', 'enrolled', 'completed',
                                     'withdrawn'])[n % 5 + 1] as status) as s",
    )
    .bind(world.study.uuid())
    .bind(world.kiritimati.uuid())
    .bind(world.niue.uuid())
    .execute(&world.db.owner)
    .await
    .unwrap();
}

async fn list(
    world: &World,
    query: ListQuery,
) -> Result<Page<ParticipantSummary>, ParticipantError> {
    list_filtered(world, query, ParticipantFilter::default()).await
}

async fn list_filtered(
    world: &World,
    query: ListQuery,
    filter: ParticipantFilter,
) -> Result<Page<ParticipantSummary>, ParticipantError> {
    participants::list(&world.db.ctx, &world.coordinator, world.study, &query, &filter).await
}

fn codes(page: &Page<ParticipantSummary>) -> Vec<&str> {
    page.data.iter().map(|row| row.participant_code.as_str()).collect()
}

fn sorted_by(sort: &str, order: Order) -> ListQuery {
    ListQuery { sort: Some(sort.into()), order: Some(order), ..ListQuery::default() }
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_repetition_in_every_order() {
    let world = World::new().await;
    a_thousand(&world).await;
    for sort in contract::participant::PARTICIPANT_SORTS {
        for order in [Order::Asc, Order::Desc] {
            let mut seen = std::collections::BTreeSet::new();
            for page in 1..=5 {
                let query =
                    ListQuery { page: Some(page), per_page: Some(200), ..sorted_by(sort, order) };
                let page = list(&world, query).await.unwrap();
                assert_eq!((page.data.len(), page.pagination.total), (200, 1000));
                seen.extend(page.data.iter().map(|row| row.id));
            }
            assert_eq!(seen.len(), 1000, "{sort} {order:?}");
        }
    }
}

#[tokio::test]
async fn each_column_sorts_both_ways() {
    let world = World::new().await;
    a_thousand(&world).await;
    let first = async |sort: &str, order| {
        let page = list(&world, sorted_by(sort, order)).await.unwrap();
        assert_eq!(page.data.len(), 50);
        page.data
    };
    assert_eq!(first("code", Order::Asc).await[0].participant_code, "P-0001");
    assert_eq!(first("code", Order::Desc).await[0].participant_code, "P-1000");
    assert_eq!(first("status", Order::Asc).await[0].status.as_str(), "completed");
    assert_eq!(first("status", Order::Desc).await[0].status.as_str(), "withdrawn");
    assert_eq!(first("site", Order::Asc).await[0].site_code, "KIR");
    assert_eq!(first("site", Order::Desc).await[0].site_code, "NIU");
    let oldest = first("enrolled", Order::Asc).await;
    let newest = first("enrolled", Order::Desc).await;
    assert!(oldest.is_sorted_by_key(|row| row.enrollment_date));
    assert!(newest.iter().rev().is_sorted_by_key(|row| row.enrollment_date));
    assert!(newest[0].enrollment_date > oldest[0].enrollment_date);
    assert!(first("created", Order::Asc).await.is_sorted_by_key(|row| row.created_at));
    assert!(first("created", Order::Desc).await.iter().rev().is_sorted_by_key(|r| r.created_at));
}

#[tokio::test]
async fn search_and_filters_narrow_the_list_and_its_total() {
    let world = World::new().await;
    a_thousand(&world).await;
    let search = |text: &str| ListQuery { search: Some(text.into()), ..ListQuery::default() };
    let found = list(&world, search(" p-004 ")).await.unwrap();
    assert_eq!(found.pagination.total, 10);
    assert_eq!(codes(&found)[..2], ["P-0040", "P-0041"]);
    assert_eq!(list(&world, search("%")).await.unwrap().pagination.total, 0);
    assert_eq!(list(&world, search("_")).await.unwrap().pagination.total, 0);

    let withdrawn = ListQuery { status: Some("withdrawn".into()), ..ListQuery::default() };
    let page = list(&world, withdrawn.clone()).await.unwrap();
    assert_eq!(page.pagination.total, 200);
    assert!(page.data.iter().all(|row| row.status.as_str() == "withdrawn"));

    let niue = ParticipantFilter { site: Some(world.niue) };
    let both = list_filtered(&world, withdrawn.clone(), niue.clone()).await.unwrap();
    assert_eq!(both.pagination.total, 50);
    let all = ListQuery { search: Some("24".into()), ..withdrawn };
    let narrow = list_filtered(&world, all, niue).await.unwrap();
    // Withdrawn at Niue is every twentieth, from 4 on
    assert_eq!(codes(&narrow)[..4], ["P-0024", "P-0124", "P-0224", "P-0244"]);
    assert_eq!(narrow.pagination.total, 11);

    let empty = ListQuery { status: Some(String::new()), ..search("") };
    assert_eq!(list(&world, empty).await.unwrap().pagination.total, 1000);
}

#[tokio::test]
async fn the_last_page_is_short_and_beyond_it_is_nothing() {
    let world = World::new().await;
    a_thousand(&world).await;
    let at = |page| ListQuery { page: Some(page), per_page: Some(150), ..ListQuery::default() };
    let last = list(&world, at(7)).await.unwrap();
    assert_eq!(
        (last.data.len(), last.pagination.has_next, last.pagination.has_prev),
        (100, false, true)
    );
    let beyond = list(&world, at(8)).await.unwrap();
    assert_eq!((beyond.data.len(), beyond.pagination.total), (0, 1000));
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_by_name() {
    let world = World::new().await;
    let cases = [
        (ListQuery { sort: Some("email".into()), ..ListQuery::default() }, ("sort", "unknown")),
        (ListQuery { status: Some("gone".into()), ..ListQuery::default() }, ("status", "unknown")),
        (
            ListQuery { search: Some("x".repeat(41)), ..ListQuery::default() },
            ("search", "too_long"),
        ),
        (
            ListQuery { search: Some("P\0".into()), ..ListQuery::default() },
            ("search", "control_characters"),
        ),
        (ListQuery { page: Some(0), ..ListQuery::default() }, ("page", "range")),
        (ListQuery { per_page: Some(201), ..ListQuery::default() }, ("per_page", "range")),
    ];
    for (query, (name, rule)) in cases {
        let refused = list(&world, query).await.unwrap_err();
        assert_eq!(field(refused), (name.to_owned(), rule.to_owned()));
    }
}

#[tokio::test]
async fn the_list_of_one_study_never_shows_another_ones() {
    let world = World::new().await;
    world.add("P-001").await;
    let other = new_study(&world.db, "NEURO-002").await;
    let site = new_site(&world.db, other, "LYO", "Europe/Paris").await;
    let new = CreateParticipant { site_id: site, ..world.new_participant("X-001") };
    participants::create(&world.db.ctx, &world.db.system, other, &new).await.unwrap();
    assert_eq!(codes(&list(&world, ListQuery::default()).await.unwrap()), ["P-001"]);
    let foreign_site = ParticipantFilter { site: Some(site) };
    let none = list_filtered(&world, ListQuery::default(), foreign_site).await.unwrap();
    assert_eq!((none.data.len(), none.pagination.total), (0, 0));
}

#[tokio::test]
async fn no_order_sorts_the_whole_study() {
    let world = World::new().await;
    a_thousand(&world).await;
    sqlx::query("analyze app.participant").execute(&world.db.owner).await.unwrap();
    // What the list asks, in the orders that have to come from an index
    let code = r#"lower(p.participant_code) collate "C""#;
    let orders = [
        code.to_owned(),
        format!("{code} desc"),
        format!("p.status, {code}"),
        format!("p.enrollment_date, {code}"),
        format!("p.enrollment_date desc nulls last, {code}"),
        "p.created_at desc, p.id desc".to_owned(),
    ];
    for order in orders {
        let plan: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
            "explain (costs off) select p.id, s.code from app.participant p
             join app.site s on s.study_id = p.study_id and s.id = p.site_id
             where p.study_id = '{}' order by {order} limit 50",
            world.study
        )))
        .fetch_all(&world.db.owner)
        .await
        .unwrap();
        let plan = plan.join("\n");
        assert!(!plan.contains("Sort"), "{order}:\n{plan}");
    }
}
