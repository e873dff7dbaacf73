//! The page before a task and the page after it.

use super::{KeptRun, KeptWords, WaitingRuns, WaitingWords};
use crate::frame::own_page;
use crate::today::minutes;
use contract::Locale;
use contract::ids::Assignment;
use contract::measure::{AssignmentStatus, OwnAssignment};
use contract::run_store::done_page;
use leptos::prelude::*;
use ui::datetime::about_minutes;
use ui::frame::{id_in_path, query_text};
use ui::{ButtonKind, Form, Hidden, LinkButton, Notice, PatientPage, Time, Tone, t};

/// What the task takes and what helps, with the button that begins it.
#[component]
pub fn TaskPage() -> impl IntoView {
    let id = id_in_path::<Assignment>("assignment");
    let again = query_text("again").is_some();
    own_page(move |cx, who| async move {
        let l = cx.locale;
        let task = measures::own_assignment(&cx.ctx, &who, id?).await?;
        let back = move || {
            view! { <LinkButton href="/portal">{t(l, "patient-back")}</LinkButton> }.into_any()
        };
        if !task.can_start {
            return Ok(view! {
                <PatientPage title=task.battery_name.clone() lead=t(l, "patient-cannot-start")
                    second=back/>
            }
            .into_any());
        }
        let tasks = task
            .tasks
            .iter()
            .map(|task| view! { <li>{task.name.clone()}</li> })
            .collect::<Vec<_>>();
        let lead = ui::t!(l, "patient-takes", time = about_minutes(l, minutes(&task)));
        let title = task.battery_name.clone();
        let what = view! {
                <h2>{t(l, "patient-what")}</h2>
                <ol>{tasks}</ol>
                <h2>{t(l, "patient-before")}</h2>
                <ul>
                    <li>{t(l, "patient-before-quiet")}</li>
                    <li>{t(l, "patient-before-power")}</li>
                    <li>{t(l, "patient-before-hold")}</li>
                </ul>
                <p>{t(l, "patient-stop-any-time")}</p>
        };
        if task.begun && !again {
            // Two choices already: the way back is in the navigation
            return Ok(view! {
                <PatientPage title lead>
                    {what}
                    <KeptRun done_page=done_page(task.id) again=again_path(&task) main=true
                        words=KeptWords::of(l)>
                        <p>{t(l, "patient-begun-before")}</p>
                        {start(l, &task)}
                    </KeptRun>
                </PatientPage>
            }
            .into_any());
        }
        Ok(view! {
            <PatientPage title lead second=back>
                {what}
                {task.begun.then(|| view! { <p>{t(l, "patient-begun-before")}</p> })}
                {start(l, &task)}
            </PatientPage>
        }
        .into_any())
    })
}

/// Where somebody who has begun a task begins it once more.
pub(crate) fn again_path(task: &OwnAssignment) -> String {
    format!("/portal/tasks/{}?again=yes", task.id)
}

/// The button that begins a new run.
fn start(l: Locale, task: &OwnAssignment) -> impl IntoView + use<> {
    let words = if task.begun { t(l, "patient-again") } else { t(l, "patient-start") };
    let id = task.id.to_string();
    view! {
        <Form action="/_fn/portal/start_task" submit=words>
            <Hidden name="assignment" value=id/>
        </Form>
    }
}

/// What was saved, when, and what comes next.
#[component]
pub fn DonePage() -> impl IntoView {
    let id = id_in_path::<Assignment>("assignment");
    own_page(|cx, who| async move {
        let l = cx.locale;
        let task = measures::own_assignment(&cx.ctx, &who, id?).await?;
        let next = measures::own_assignments(&cx.ctx, &who)
            .await?
            .into_iter()
            .filter(|other| other.can_start && other.id != task.id)
            .count();
        let action = move || {
            view! { <LinkButton href="/portal" kind=ButtonKind::Primary>{t(l, "patient-to-today")}</LinkButton> }
                .into_any()
        };
        if task.status != AssignmentStatus::Completed {
            return Ok(view! {
                <PatientPage title=t(l, "patient-saving-title") lead=t(l, "patient-saving-text") action>
                    <WaitingRuns words=WaitingWords::of(l) reload=true/>
                </PatientPage>
            }
            .into_any());
        }
        let comes_next = match next {
            0 => t(l, "patient-next-nothing"),
            count => ui::t!(l, "patient-next-some", count = count),
        };
        Ok(view! {
            <PatientPage title=t(l, "patient-done-title") action>
                <Notice tone=Tone::Good title=task.battery_name.clone()>
                    {t(l, "patient-done-saved")} " "
                    {task.completed_at.map(|at| view! { <Time at/> })}
                </Notice>
                <p>{comes_next}</p>
            </PatientPage>
        }
        .into_any())
    })
}
