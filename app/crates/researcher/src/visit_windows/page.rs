//! The visit windows: on a line of days, as a list, and the form that adds one.

use crate::frame::{may, study_page};
use contract::ids::Battery;
use contract::measure::{BatteryStatus, BatterySummary};
use contract::permission::Permission;
use contract::study::StudyView;
use contract::visit::VisitWindow;
use contract::{ApiError, Id, ListQuery, Locale};
use leptos::prelude::*;
use platform::RequestCx;
use ui::chart::{PlannedWindow, WindowTimeline};
use ui::facts::Section;
use ui::field::Width;
use ui::icon::IconName;
use ui::{
    Choice, Column, Crumb, DataTable, EmptyState, Form, Hidden, PageHeader, Row, Select, TextInput,
    number, t,
};

#[component]
pub fn VisitWindowsPage() -> impl IntoView {
    study_page(|cx, study| async move {
        let l = cx.locale;
        let windows = schedule::windows(&cx.ctx, &cx.actor, study.id).await?;
        let batteries = batteries(&cx, study.id).await?;
        let crumbs = vec![
            Crumb::new(t(l, "studies-title"), "/studies"),
            Crumb::new(study.code.clone(), format!("/studies/{}", study.id)),
        ];
        let may_add = may(&cx, Some(study.id), Permission::StudyManage);
        let picture = picture(l, &windows);
        let table = table(l, &study, &windows, &batteries, may_add);
        let form = may_add.then(|| form(l, &study, &batteries));
        Ok(view! {
            <PageHeader title=t(l, "windows-title") crumbs lead=t(l, "windows-lead")/>
            {picture}
            {table}
            {form}
        }
        .into_any())
    })
}

/// The newest batteries of the study; what is done at a visit is one of them.
async fn batteries(
    cx: &RequestCx,
    study: Id<contract::ids::Study>,
) -> Result<Vec<BatterySummary>, ApiError> {
    let all = ListQuery { per_page: Some(ListQuery::MAX_PER_PAGE), ..ListQuery::default() };
    Ok(measures::batteries(&cx.ctx, &cx.actor, study, &all).await?.data)
}

fn picture(l: Locale, windows: &[VisitWindow]) -> Option<impl IntoView + use<>> {
    let last = windows.iter().map(|window| window.target_day + window.days_after).max()?;
    let planned = windows
        .iter()
        .map(|window| PlannedWindow {
            name: window.name.clone(),
            target_day: window.target_day,
            opens: window.target_day - window.days_before,
            closes: window.target_day + window.days_after,
        })
        .collect::<Vec<_>>();
    let title = ui::t!(l, "windows-finding", count = windows.len(), day = last);
    Some(view! {
        <Section title=t(l, "windows-picture")>
            <WindowTimeline title windows=planned/>
            <p class="muted">{t(l, "windows-picture-key")}</p>
        </Section>
    })
}

fn table(
    l: Locale,
    study: &StudyView,
    windows: &[VisitWindow],
    batteries: &[BatterySummary],
    may_add: bool,
) -> impl IntoView + use<> {
    let columns = vec![
        Column::text(t(l, "window-name")),
        Column::number(t(l, "window-target-day")).unit(t(l, "window-days")),
        Column::text(t(l, "window-span")),
        Column::text(t(l, "window-battery")),
    ];
    let rows = windows
        .iter()
        .map(|window| {
            Row::new()
                .cell(window.name.clone())
                .cell(number::whole(l, i64::from(window.target_day)))
                .cell(span(l, window))
                .cell(window.battery_id.map(|id| battery_link(study, batteries, id)))
        })
        .collect::<Vec<_>>();
    let text = t(l, if may_add { "windows-none-text" } else { "windows-none-text-reader" });
    let empty = move || {
        view! { <EmptyState title=t(l, "windows-none-title") text=text.clone() icon=IconName::Visit/> }
            .into_any()
    };
    view! { <DataTable caption=t(l, "windows-title") columns rows empty/> }
}

/// `day 21 to day 35 (7 before, 7 after)`; one day alone where the window has no more.
fn span(l: Locale, window: &VisitWindow) -> String {
    let (before, after) = (window.days_before, window.days_after);
    if before == 0 && after == 0 {
        return t(l, "window-span-exact");
    }
    let (first, last) = (window.target_day - before, window.target_day + after);
    ui::t!(l, "window-span-days", first = first, last = last, before = before, after = after)
}

fn battery_link(study: &StudyView, batteries: &[BatterySummary], id: Id<Battery>) -> AnyView {
    let name =
        batteries.iter().find(|battery| battery.id == id).map(|battery| battery.name.clone());
    let href = format!("/studies/{}/batteries/{id}", study.id);
    view! { <a href=href>{name.unwrap_or_else(|| id.to_string())}</a> }.into_any()
}

fn form(l: Locale, study: &StudyView, batteries: &[BatterySummary]) -> impl IntoView + use<> {
    let choices = std::iter::once(Choice::new("", t(l, "window-no-battery")))
        .chain(
            batteries
                .iter()
                .filter(|battery| battery.status != BatteryStatus::Retired)
                .map(|battery| Choice::new(battery.id.to_string(), battery.name.clone())),
        )
        .collect::<Vec<_>>();
    let (study, days) = (study.id.to_string(), t(l, "window-days"));
    view! {
        <Section title=t(l, "windows-new") lead=t(l, "windows-new-lead")>
            <Form action="/_fn/create_visit_window" submit=t(l, "window-create")>
                <Hidden name="study" value=study/>
                <TextInput name="name" label=t(l, "window-name") hint=t(l, "window-name-hint")
                    width=Width::Medium/>
                <TextInput name="target_day" kind="number" step="1" min="-365" max="7300"
                    label=t(l, "window-target-day") hint=t(l, "window-target-day-hint")
                    unit=days.clone() width=Width::Short/>
                <TextInput name="days_before" kind="number" step="1" min="0" max="365" value="0"
                    label=t(l, "window-days-before") hint=t(l, "window-days-before-hint")
                    unit=days.clone() width=Width::Short/>
                <TextInput name="days_after" kind="number" step="1" min="0" max="365" value="0"
                    label=t(l, "window-days-after") hint=t(l, "window-days-after-hint")
                    unit=days width=Width::Short/>
                <Select name="battery_id" label=t(l, "window-battery")
                    hint=t(l, "window-battery-hint") note=t(l, "field-optional") choices/>
            </Form>
        </Section>
    }
}
