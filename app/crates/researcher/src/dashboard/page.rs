//! The page that staff see first.

use crate::frame::{may, staff_page};
use crate::studies::status_tag;
use contract::permission::Permission;
use contract::{ApiError, ListQuery};
use leptos::prelude::*;
use platform::RequestCx;
use ui::facts::Section;
use ui::icon::IconName;
use ui::{
    ButtonKind, Code, Column, DataTable, EmptyState, Figure, Figures, LinkButton, PageHeader, Row,
    Tone, number, t,
};

/// One study with what the dashboard says of it.
struct StudyNews {
    study: contract::study::StudyView,
    measures: contract::measure::MeasureCounts,
    enrolled: i64,
}

#[component]
pub fn DashboardPage() -> impl IntoView {
    staff_page(|cx| async move {
        let l = cx.locale;
        let news = news(&cx).await?;
        if news.is_empty() {
            let may_create = may(&cx, None, Permission::StudyCreate);
            return Ok(view! {
                <PageHeader title=t(l, "dashboard-title")/>
                <EmptyState title=t(l, "dashboard-none-title") text=t(l, "dashboard-none-text")
                    icon=IconName::Study>
                    {may_create.then(|| view! {
                        <LinkButton href="/studies/new" kind=ButtonKind::Primary icon=IconName::Plus>
                            {t(l, "studies-new")}
                        </LinkButton>
                    })}
                </EmptyState>
            }
            .into_any());
        }
        let sum = |of: fn(&StudyNews) -> i64| news.iter().map(of).sum::<i64>();
        let late = sum(|news| news.measures.assignments_late);
        let flagged = sum(|news| news.measures.sessions_flagged);
        let running = sum(|news| news.measures.sessions_running);
        let enrolled = sum(|news| news.enrolled);
        let completed = sum(|news| news.measures.sessions_completed);
        let waiting = sum(|news| news.measures.assignments_open);
        // With one study there is one place where they are
        let place = |place: &str| match &*news {
            [only] => Some(format!("/studies/{}/{place}", only.study.id)),
            _ => None,
        };
        let places = ["participants", "sessions", "sessions?status=running"].map(place);
        let table = table(&cx, news);
        let needs = [
            (late, "dashboard-late", Tone::Bad),
            (flagged, "dashboard-flagged", Tone::Attention),
            (running, "dashboard-running", Tone::Info),
        ]
        .into_iter()
        .zip(places)
        .filter(|((count, ..), _)| *count > 0)
        .map(|((count, key, tone), place)| {
            let (label, value) = (t(l, key), number::whole(l, count));
            match place {
                Some(href) => view! { <Figure label value tone href/> }.into_any(),
                None => view! { <Figure label value tone/> }.into_any(),
            }
        })
        .collect::<Vec<_>>();
        let today = if needs.is_empty() {
            view! { <p>{t(l, "dashboard-nothing")}</p> }.into_any()
        } else {
            view! { <Figures>{needs}</Figures> }.into_any()
        };
        Ok(view! {
            <PageHeader title=t(l, "dashboard-title")/>
            <Section title=t(l, "dashboard-today") bare=true>{today}</Section>
            <Section title=t(l, "dashboard-going") bare=true>
                <Figures>
                    <Figure label=t(l, "dashboard-participants")
                        value=number::whole(l, enrolled)/>
                    <Figure label=t(l, "dashboard-sessions")
                        value=number::whole(l, completed)/>
                    <Figure label=t(l, "dashboard-waiting")
                        value=number::whole(l, waiting)/>
                </Figures>
            </Section>
            {table}
        }
        .into_any())
    })
}

async fn news(cx: &RequestCx) -> Result<Vec<StudyNews>, ApiError> {
    let query = ListQuery { per_page: Some(20), ..ListQuery::default() };
    let studies = ::studies::study::list(&cx.ctx, &cx.actor, &query).await?;
    let mut news = Vec::with_capacity(studies.data.len());
    for study in studies.data {
        let measures = measures::counts(&cx.ctx, &cx.actor, study.id).await?;
        let people = ::participants::counts(&cx.ctx, &cx.actor, study.id, None).await?;
        news.push(StudyNews { study, measures, enrolled: people.enrolled });
    }
    Ok(news)
}

fn table(cx: &RequestCx, news: Vec<StudyNews>) -> impl IntoView + use<> {
    let l = cx.locale;
    let columns = vec![
        Column::text(t(l, "study-code")),
        Column::text(t(l, "study-name")),
        Column::text(t(l, "study-status")),
        Column::number(t(l, "dashboard-participants")),
        Column::number(t(l, "dashboard-sessions")),
        Column::number(t(l, "dashboard-waiting")),
        Column::number(t(l, "dashboard-late-short")),
        Column::number(t(l, "dashboard-flagged-short")),
    ];
    // Said only where there is something to do
    let loud = |count: i64| (count > 0).then(|| number::whole(l, count));
    let rows = news
        .into_iter()
        .map(|news| {
            Row::link(format!("/studies/{}", news.study.id))
                .cell(view! { <Code value=news.study.code/> })
                .cell(news.study.name)
                .cell(status_tag(l, news.study.status))
                .cell(number::whole(l, news.enrolled))
                .cell(number::whole(l, news.measures.sessions_completed))
                .cell(number::whole(l, news.measures.assignments_open))
                .cell(loud(news.measures.assignments_late))
                .cell(loud(news.measures.sessions_flagged))
        })
        .collect::<Vec<_>>();
    view! { <DataTable caption=t(l, "studies-title") columns rows/> }
}
