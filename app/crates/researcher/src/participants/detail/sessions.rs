//! The runs of this participant.

use super::Subject;
use crate::participants::words::session_tag;
use contract::measure::SessionFilter;
use contract::permission::Permission;
use contract::{ApiError, ListQuery};
use leptos::prelude::*;
use ui::{Column, DataTable, EmptyState, IconName, LinkButton, Row, Section, Time, number, t};

/// The newest runs; the list of sessions has them all.
const SHOWN: u32 = 20;

pub(super) async fn section(subject: &Subject) -> Result<Option<AnyView>, ApiError> {
    if !subject.may(Permission::SessionRead) {
        return Ok(None);
    }
    let l = subject.cx.locale;
    let study = subject.study.id;
    let newest = ListQuery { per_page: Some(SHOWN), ..ListQuery::default() };
    let filter = SessionFilter {
        participant: Some(subject.participant.summary.id),
        ..SessionFilter::default()
    };
    let page =
        measures::sessions(&subject.cx.ctx, &subject.cx.actor, study, &newest, &filter).await?;
    let columns = vec![
        Column::text(t(l, "participant-session-begun")),
        Column::text(t(l, "assignment-battery")),
        Column::text(t(l, "assignment-status")),
        Column::number(t(l, "participant-session-trials")),
        Column::number(t(l, "participant-session-marks")),
    ];
    let more = page.pagination.has_next.then(|| {
        let code = &subject.participant.summary.participant_code;
        let href = format!("/studies/{study}/sessions?search={code}");
        view! { <LinkButton href icon=IconName::Session>{t(l, "participant-sessions-all")}</LinkButton> }
    });
    let rows = page
        .data
        .into_iter()
        .map(|session| {
            let marks = i64::try_from(session.flags.len()).unwrap_or(i64::MAX);
            let at = session.started_at.unwrap_or(session.created_at);
            Row::link(format!("/studies/{study}/sessions/{}", session.id))
                .cell(view! { <Time at/> })
                .cell(session.battery_name)
                .cell(session_tag(l, session.status))
                .cell(number::whole(l, i64::from(session.trials)))
                .cell(number::whole(l, marks))
                .marked(marks > 0)
        })
        .collect::<Vec<_>>();
    let empty = move || {
        view! {
            <EmptyState title=t(l, "participant-sessions-none-title")
                text=t(l, "participant-sessions-none-text") icon=IconName::Session/>
        }
        .into_any()
    };
    Ok(Some(
        view! {
            <Section title=t(l, "nav-sessions") id="sessions">
                <DataTable caption=t(l, "nav-sessions") columns rows empty/>
                {more}
            </Section>
        }
        .into_any(),
    ))
}
