//! The visits: on a line of days, as a table, and the form that records one.

use super::Subject;
use crate::participants::words::{visit_tone, visit_word};
use contract::permission::Permission;
use contract::visit::{Visit, VisitStatus};
use contract::{ApiError, Locale};
use leptos::prelude::*;
use ui::chart::{TimelineVisit, VisitTimeline};
use ui::{
    ButtonKind, Choice, Column, DataTable, EmptyState, Form, IconName, Radios, Row, Section,
    Select, StatusTag, TextInput, Width, datetime, t,
};

pub(super) struct Visits {
    visits: Vec<Visit>,
    /// The design has visits that this participant does not.
    unplanned: bool,
}

impl Visits {
    pub(super) async fn load(subject: &Subject) -> Result<Self, ApiError> {
        let (ctx, who, study) = (&subject.cx.ctx, &subject.cx.actor, subject.study.id);
        let participant = subject.participant.summary.id;
        let visits = schedule::visits(ctx, who, study, participant).await?;
        let windows = schedule::windows(ctx, who, study).await?;
        let enrolled = subject.participant.summary.status
            == contract::participant::ParticipantStatus::Enrolled;
        let unplanned = enrolled && windows.len() > visits.len();
        Ok(Self { visits, unplanned })
    }

    pub(super) fn list(&self) -> &[Visit] {
        &self.visits
    }

    pub(super) fn section(&self, subject: &Subject) -> impl IntoView + use<> {
        let l = subject.cx.locale;
        let may_manage = subject.may(Permission::ParticipantManage);
        let plan = (self.unplanned && may_manage).then(|| {
            let hidden = subject.hidden();
            view! {
                <Form action="/_fn/plan_visits" submit=t(l, "visits-plan") kind=ButtonKind::Secondary>
                    {hidden}
                </Form>
            }
        });
        let timeline = (!self.visits.is_empty()).then(|| {
            let visits =
                self.visits.iter().map(|visit| timeline_visit(l, visit)).collect::<Vec<_>>();
            view! { <VisitTimeline title=self.finding(l) today=subject.today visits/> }
        });
        let record = may_manage.then(|| self.record_form(subject));
        let table = table(l, &self.visits);
        view! {
            <Section title=t(l, "visits-title") id="visits" lead=t(l, "visits-lead")>
                {timeline}
                {table}
                {plan}
                {record}
            </Section>
        }
    }

    /// What the timeline says, in a sentence.
    fn finding(&self, l: Locale) -> String {
        let with = |status| self.visits.iter().find(|visit| visit.status == status);
        let day = |date| datetime::date_short(l, date);
        if let Some(visit) = with(VisitStatus::Overdue) {
            let (name, end) = (visit.name.clone(), day(visit.window_end));
            ui::t!(l, "visits-finding-overdue", name = name, date = end)
        } else if let Some(visit) = with(VisitStatus::Due) {
            let (name, end) = (visit.name.clone(), day(visit.window_end));
            ui::t!(l, "visits-finding-due", name = name, date = end)
        } else if let Some(visit) = with(VisitStatus::Upcoming) {
            let (name, start) = (visit.name.clone(), day(visit.window_start));
            ui::t!(l, "visits-finding-next", name = name, date = start)
        } else {
            t(l, "visits-finding-none")
        }
    }

    fn record_form(&self, subject: &Subject) -> Option<impl IntoView + use<>> {
        let l = subject.cx.locale;
        // The one that waits longest stands first; a missed one can still be corrected
        let choices = self
            .visits
            .iter()
            .filter(|visit| visit.status.is_open() || visit.status == VisitStatus::Missed)
            .map(|visit| {
                let date = datetime::date_short(l, visit.scheduled_date);
                let status = visit_word(l, visit.status);
                let label = format!("{} · {date} · {status}", visit.name);
                Choice::new(format!("{}:{}", visit.id, visit.version), label)
            })
            .collect::<Vec<_>>();
        let outcomes = ["completed", "missed"]
            .map(|word| Choice::new(word, t(l, &["visit-outcome-", word].concat())))
            .to_vec();
        let (hidden, today) = (subject.hidden(), subject.today.to_string());
        (!choices.is_empty()).then(|| {
            view! {
                <h3>{t(l, "visit-record")}</h3>
                <Form action="/_fn/record_visit" submit=t(l, "visit-record") kind=ButtonKind::Secondary
                    id="record-visit">
                    {hidden}
                    <Select name="visit" label=t(l, "visit-which") choices/>
                    <Radios name="outcome" label=t(l, "visit-outcome") choices=outcomes
                        value="completed"/>
                    <TextInput name="actual_date" kind="date" width=Width::Medium
                        label=t(l, "visit-actual-date") hint=t(l, "visit-actual-date-hint")
                        value=today/>
                    <TextInput name="reason" id="visit-reason" label=t(l, "visit-reason")
                        hint=t(l, "visit-reason-hint") note=t(l, "field-optional")/>
                </Form>
            }
        })
    }
}

fn timeline_visit(l: Locale, visit: &Visit) -> TimelineVisit {
    TimelineVisit {
        label: visit.name.clone(),
        opens: visit.window_start,
        closes: visit.window_end,
        target: visit.scheduled_date,
        done: visit.actual_date,
        status: visit_word(l, visit.status),
        tone: visit_tone(visit.status),
    }
}

fn table(l: Locale, visits: &[Visit]) -> impl IntoView + use<> {
    let columns = vec![
        Column::text(t(l, "timeline-visit")),
        Column::text(t(l, "timeline-status")),
        Column::text(t(l, "timeline-target")),
        Column::text(t(l, "visit-window")),
        Column::text(t(l, "timeline-done")),
        Column::text(t(l, "visit-reason")),
    ];
    let day = |date| datetime::date_short(l, date);
    let rows = visits
        .iter()
        .map(|visit| {
            let (tone, word) = (visit_tone(visit.status), visit_word(l, visit.status));
            Row::new()
                .cell(visit.name.clone())
                .cell(view! { <StatusTag tone word/> })
                .cell(day(visit.scheduled_date))
                .cell(format!("{} – {}", day(visit.window_start), day(visit.window_end)))
                .cell(visit.actual_date.map(day))
                .cell(visit.reason.clone())
                .marked(visit.status == VisitStatus::Overdue)
        })
        .collect::<Vec<_>>();
    let empty = move || {
        view! {
            <EmptyState title=t(l, "visits-none-title") text=t(l, "visits-none-text")
                icon=IconName::Visit/>
        }
        .into_any()
    };
    view! { <DataTable caption=t(l, "visits-title") columns rows empty/> }
}
