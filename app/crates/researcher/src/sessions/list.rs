//! The sessions of a study: search, status, sort and page in the address.

use super::words::{flag_word, status_tag, status_word};
use crate::frame::{list_query, query_text, study_page};
use chrono::NaiveDate;
use contract::measure::{SESSION_SORTS, SessionFilter, SessionStatus, SessionSummary};
use contract::{ListQuery, Locale, Order};
use leptos::prelude::*;
use ui::icon::IconName;
use ui::{
    Choice, Code, Column, Crumb, DataTable, EmptyState, Filters, Hidden, ListLinks, PageHeader,
    Row, Select, StatusTag, TextInput, Time, Tone, Width, number, t,
};

#[component]
pub fn SessionsPage() -> impl IntoView {
    study_page(|cx, study| async move {
        let l = cx.locale;
        let query = readable(list_query());
        let filter = filter_from_address();
        let list = measures::sessions(&cx.ctx, &cx.actor, study.id, &query, &filter).await?;
        let here = format!("/studies/{}/sessions", study.id);
        let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
        let battery = filter.battery.map_or_else(String::new, |id| id.to_string());
        let (from, to) = (day(filter.start_date), day(filter.end_date));
        let links = ListLinks::new(here.clone(), &query)
            .with("flag", filter.flag.as_deref().unwrap_or_default())
            .with("battery", &battery)
            .with("start_date", &from)
            .with("end_date", &to);
        let every = ListQuery { per_page: Some(ListQuery::MAX_PER_PAGE), ..ListQuery::default() };
        let batteries = measures::batteries(&cx.ctx, &cx.actor, study.id, &every).await?;
        let batteries = std::iter::once(Choice::new("", t(l, "filter-all")))
            .chain(batteries.data.into_iter().map(|b| Choice::new(b.id.to_string(), b.name)))
            .collect::<Vec<_>>();
        let flag = filter.flag.clone();
        let crumbs = vec![
            Crumb::new(t(l, "studies-title"), "/studies"),
            Crumb::new(study.code.clone(), format!("/studies/{}", study.id)),
        ];
        let columns = vec![
            Column::text(t(l, "session-participant")).sortable("participant"),
            Column::text(t(l, "session-battery")).sortable("battery"),
            Column::text(t(l, "session-status")).sortable("status"),
            Column::text(t(l, "session-started")).sortable("started"),
            Column::number(t(l, "session-trials")).sortable("trials"),
            Column::text(t(l, "session-marks")),
        ];
        let rows = list.data.into_iter().map(|row| table_row(l, &here, row)).collect::<Vec<_>>();
        let (title, text) = if links.is_filtered() {
            (t(l, "sessions-none-found-title"), t(l, "sessions-none-found-text"))
        } else {
            (t(l, "sessions-none-title"), t(l, "sessions-none-text"))
        };
        let empty = move || {
            let (title, text) = (title.clone(), text.clone());
            view! { <EmptyState title text icon=IconName::Session/> }.into_any()
        };
        let statuses = std::iter::once(Choice::new("", t(l, "filter-all")))
            .chain(
                SessionStatus::ALL
                    .iter()
                    .map(|status| Choice::new(status.as_str(), status_word(l, *status))),
            )
            .collect::<Vec<_>>();
        let status = links.status().unwrap_or_default();
        let filter_links = links.clone();
        Ok(view! {
            <PageHeader title=t(l, "sessions-title") crumbs/>
            <Filters links=filter_links search=t(l, "sessions-search")>
                <Select name="status" label=t(l, "session-status") choices=statuses value=status/>
                <Select name="battery" label=t(l, "session-battery") choices=batteries
                    value=battery/>
                <TextInput name="start_date" kind="date" label=t(l, "sessions-from") value=from
                    width=Width::Short/>
                <TextInput name="end_date" kind="date" label=t(l, "sessions-to") value=to
                    width=Width::Short/>
                {flag.map(|flag| view! { <Hidden name="flag" value=flag/> })}
            </Filters>
            <DataTable caption=t(l, "sessions-title") columns rows links
                pagination=list.pagination empty/>
        }
        .into_any())
    })
}

/// What else the address asks for. What cannot be read counts as not said, and days the wrong way
/// round are taken the right way.
fn filter_from_address() -> SessionFilter {
    let day = |name| query_text(name).and_then(|text| text.parse::<NaiveDate>().ok());
    let (from, to) = (day("start_date"), day("end_date"));
    let (start_date, end_date) = match (from, to) {
        (Some(from), Some(to)) if to < from => (Some(to), Some(from)),
        both => both,
    };
    SessionFilter {
        participant: None,
        battery: query_text("battery").and_then(|text| text.parse().ok()),
        start_date,
        end_date,
        flag: query_text("flag"),
    }
}

/// An address that somebody cut or mistyped still shows the list.
fn readable(mut query: ListQuery) -> ListQuery {
    query.sort = query.sort.filter(|sort| SESSION_SORTS.contains(&sort.as_str()));
    if query.sort.is_none() {
        query.sort = Some("created".into());
        query.order = Some(Order::Desc);
    }
    query.status = query.status.filter(|text| text.parse::<SessionStatus>().is_ok());
    query
}

fn table_row(l: Locale, here: &str, row: SessionSummary) -> Row {
    let marks = row
        .flags
        .iter()
        .map(|flag| view! { <StatusTag tone=Tone::Attention word=flag_word(l, flag)/> })
        .collect_view();
    Row::link(format!("{here}/{}", row.id))
        .cell(view! { <Code value=row.participant_code/> })
        .cell(row.battery_name)
        .cell(status_tag(l, row.status))
        .cell(row.started_at.map(|at| view! { <Time at/> }))
        .cell(number::whole(l, i64::from(row.trials)))
        .cell(view! { <span class="tags">{marks}</span> })
}
