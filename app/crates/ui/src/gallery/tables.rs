//! Tables: filled, empty, with filters and paging.

use crate::erased;
use crate::{
    Choice, Column, DataTable, EmptyState, Filters, IconName, LinkButton, ListLinks, Row, Select,
    StatusTag, Time, Tone, button::ButtonKind, datetime::TimeStyle, number, page::use_page,
    use_locale,
};
use chrono::TimeDelta;
use contract::{ListQuery, Order, Page};
use leptos::prelude::*;

const PEOPLE: [(&str, &str, Tone, &str, u32, f64, i64); 6] = [
    ("P-0001", "Enrolled", Tone::Good, "Lyon", 12, 398.4, 2),
    ("P-0002", "Enrolled", Tone::Good, "Toronto", 9, 431.9, 26),
    ("P-0003", "Screening", Tone::Info, "Lyon", 0, f64::NAN, 51),
    ("P-0004", "Overdue", Tone::Attention, "Toronto", 4, 1_204.5, 240),
    ("P-0005", "Withdrawn", Tone::Neutral, "Lyon", 2, 502.0, 900),
    ("P-0006", "Failed", Tone::Bad, "Toronto", 7, 417.2, 4_000),
];

/// A list with everything around it, and an empty one.
#[component]
pub fn Tables() -> impl IntoView {
    let locale = use_locale();
    let now = use_page().now;
    let query = ListQuery {
        page: Some(2),
        per_page: Some(6),
        sort: Some("code".into()),
        order: Some(Order::Asc),
        search: Some("P-00".into()),
        status: None,
    };
    let links = ListLinks::new("/gallery", &query);
    let rows = PEOPLE
        .into_iter()
        .map(|(code, status, tone, site, sessions, median, hours)| {
            Row::link("/gallery")
                .marked(tone == Tone::Attention)
                .cell(view! { <code>{code}</code> })
                .cell(view! { <StatusTag tone word=status/> })
                .cell(site)
                .cell(number::whole(locale, i64::from(sessions)))
                .cell(number::decimal(locale, median, 1))
                .cell(view! { <Time at={now - TimeDelta::hours(hours)} style=TimeStyle::Both/> })
        })
        .collect();
    let columns = vec![
        Column::text("Code").sortable("code"),
        Column::text("Status").sortable("status"),
        Column::text("Site"),
        Column::number("Sessions").sortable("sessions"),
        Column::number("Median RT").unit("ms"),
        Column::text("Last seen"),
    ];
    let pagination = Page::<()>::new(Vec::new(), &query, 24).pagination;
    erased(view! {
        <div class="stack">
            <Filters links=links.clone() search="Code">
                <Select name="status" label="Status" choices=vec![Choice::new("", "All"), Choice::new("enrolled", "Enrolled")]/>
            </Filters>
            <DataTable caption="Participants" columns rows links=links pagination=pagination/>
            <DataTable caption="Sessions" columns=vec![Column::text("Session")] rows=Vec::new()
                empty=move || view! {
                    <EmptyState title="No sessions yet" icon=IconName::Session
                        text="A session appears here as soon as a participant finishes a task. Assign a battery to begin.">
                        <LinkButton href="/gallery" kind=ButtonKind::Primary>"Assign a battery"</LinkButton>
                    </EmptyState>
                }/>
        </div>
    })
}
