//! Batteries that the participant has been given, and the form that gives one.

use super::Subject;
use crate::participants::words::assignment_tag;
use contract::measure::{AssignmentFilter, AssignmentView, BatterySummary};
use contract::permission::Permission;
use contract::visit::Visit;
use contract::{ApiError, ListQuery, Locale, Order};
use leptos::prelude::*;
use ui::{
    ButtonKind, Choice, Column, ConfirmDialog, DataTable, EmptyState, Form, Hidden, IconName,
    LinkButton, Row, Section, Select, TextInput, Time, Width, datetime, number, t,
};

pub(super) struct Assignments {
    given: Vec<AssignmentView>,
    /// What may be given now.
    batteries: Vec<BatterySummary>,
}

impl Assignments {
    pub(super) async fn load(subject: &Subject) -> Result<Self, ApiError> {
        let (ctx, who, study) = (&subject.cx.ctx, &subject.cx.actor, subject.study.id);
        let newest = ListQuery {
            per_page: Some(ListQuery::MAX_PER_PAGE),
            sort: Some("created".into()),
            order: Some(Order::Desc),
            ..ListQuery::default()
        };
        let filter = AssignmentFilter {
            participant: Some(subject.participant.summary.id),
            ..AssignmentFilter::default()
        };
        let given = measures::assignments(ctx, who, study, &newest, &filter).await?.data;
        let active = ListQuery {
            per_page: Some(ListQuery::MAX_PER_PAGE),
            sort: Some("name".into()),
            status: Some("active".into()),
            ..ListQuery::default()
        };
        let batteries = if subject.may(Permission::AssignmentManage) {
            measures::batteries(ctx, who, study, &active).await?.data
        } else {
            Vec::new()
        };
        Ok(Self { given, batteries })
    }

    pub(super) fn section(&self, subject: &Subject, visits: &[Visit]) -> impl IntoView + use<> {
        let l = subject.cx.locale;
        let may_assign = subject.may(Permission::AssignmentManage);
        let form = may_assign.then(|| {
            let form = self.assign_form(subject, visits);
            view! {
                <h3 id="assign">{t(l, "participant-assign")}</h3>
                {form}
            }
        });
        let table = self.table(subject, may_assign);
        view! {
            <Section title=t(l, "assignments-title") id="assignments">
                {table}
                {form}
            </Section>
        }
    }

    fn table(&self, subject: &Subject, may_assign: bool) -> impl IntoView + use<> {
        let l = subject.cx.locale;
        let mut columns = vec![
            Column::text(t(l, "assignment-battery")),
            Column::text(t(l, "assignment-status")),
            Column::text(t(l, "assignment-due")),
            Column::number(t(l, "assignment-attempts")),
            Column::text(t(l, "assignment-given")),
        ];
        if may_assign {
            columns.push(Column::text(t(l, "assignment-take-back")));
        }
        let rows = self
            .given
            .iter()
            .map(|given| {
                let row = Row::new()
                    .cell(battery_cell(subject, given))
                    .cell(assignment_tag(l, given.status))
                    .cell(due(l, given))
                    .cell(number::whole(l, given.attempts))
                    .cell(view! { <Time at=given.created_at/> });
                if may_assign {
                    row.cell(given.status.is_open().then(|| take_back(subject, given)))
                } else {
                    row
                }
            })
            .collect::<Vec<_>>();
        let empty = move || {
            view! {
                <EmptyState title=t(l, "assignments-none-title") text=t(l, "assignments-none-text")
                    icon=IconName::Battery/>
            }
            .into_any()
        };
        view! { <DataTable caption=t(l, "assignments-title") columns rows empty/> }
    }

    fn assign_form(&self, subject: &Subject, visits: &[Visit]) -> AnyView {
        let l = subject.cx.locale;
        if self.batteries.is_empty() {
            let href = format!("/studies/{}/batteries", subject.study.id);
            return view! {
                <p>{t(l, "assign-no-battery")}</p>
                <LinkButton href icon=IconName::Battery>{t(l, "nav-batteries")}</LinkButton>
            }
            .into_any();
        }
        let choices = self
            .batteries
            .iter()
            .map(|battery| Choice::new(battery.id.to_string(), battery.name.clone()))
            .collect::<Vec<_>>();
        let visit_choices = std::iter::once(Choice::new("", t(l, "assign-no-visit")))
            .chain(
                visits
                    .iter()
                    .filter(|visit| visit.status.is_open())
                    .map(|visit| Choice::new(visit.id.to_string(), visit.name.clone())),
            )
            .collect::<Vec<_>>();
        let visit = (visit_choices.len() > 1).then(|| {
            view! {
                <Select name="visit_id" label=t(l, "assign-visit") choices=visit_choices
                    note=t(l, "field-optional")/>
            }
            .into_any()
        });
        let visit =
            visit.unwrap_or_else(|| view! { <Hidden name="visit_id" value=""/> }.into_any());
        let hidden = subject.hidden();
        view! {
            <Form action="/_fn/assign_battery" submit=t(l, "participant-assign")
                kind=ButtonKind::Secondary columns=true>
                {hidden}
                <Select name="battery_id" label=t(l, "assignment-battery") choices/>
                {visit}
                <TextInput name="due_from" kind="date" width=Width::Medium
                    label=t(l, "assign-due-from") hint=t(l, "assign-due-from-hint")
                    note=t(l, "field-optional")/>
                <TextInput name="due_to" kind="date" width=Width::Medium label=t(l, "assign-due-to")
                    hint=t(l, "assign-due-to-hint") note=t(l, "field-optional")/>
            </Form>
        }
        .into_any()
    }
}

/// The battery's name; leads to the newest run where there is one.
fn battery_cell(subject: &Subject, given: &AssignmentView) -> AnyView {
    let name = given.battery_name.clone();
    match given.last_session {
        Some(session) => {
            let href = format!("/studies/{}/sessions/{session}", subject.study.id);
            view! { <a href=href>{name}</a> }.into_any()
        }
        None => name.into_any(),
    }
}

fn due(l: Locale, given: &AssignmentView) -> String {
    let day = |date| datetime::date_short(l, date);
    match (given.due_from, given.due_to) {
        (Some(from), Some(to)) => format!("{} – {}", day(from), day(to)),
        (Some(from), None) => ui::t!(l, "assignment-due-from", date = day(from)),
        (None, Some(to)) => ui::t!(l, "assignment-due-to", date = day(to)),
        (None, None) => t(l, "assignment-due-any"),
    }
}

fn take_back(subject: &Subject, given: &AssignmentView) -> impl IntoView + use<> {
    let l = subject.cx.locale;
    let title = ui::t!(l, "assignment-take-back-title", battery = given.battery_name.clone());
    // Several such forms stand on one page: each control needs an id of its own
    let id = format!("take-back-{}", given.id);
    let (hidden, assignment) = (subject.hidden(), given.id.to_string());
    view! {
        <ConfirmDialog open=t(l, "assignment-take-back") title close=t(l, "assignment-keep") danger=false>
            <p>{t(l, "assignment-take-back-text")}</p>
            <Form action="/_fn/cancel_assignment" submit=t(l, "assignment-take-back")
                kind=ButtonKind::Danger>
                {hidden}
                <Hidden name="assignment" value=assignment/>
                <TextInput name="reason" id label=t(l, "assignment-reason")
                    hint=t(l, "study-status-reason-hint")/>
            </Form>
        </ConfirmDialog>
    }
}
