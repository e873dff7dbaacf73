//! What is to do today.

use crate::frame::own_page;
use crate::task::page::again_path;
use crate::task::{KeptRun, KeptWords, WaitingRuns, WaitingWords};
use contract::Locale;
use contract::measure::{AssignmentStatus, OwnAssignment};
use contract::run_store::done_page;
use leptos::prelude::*;
use ui::datetime::{about_minutes, day_in_words};
use ui::{ButtonKind, LinkButton, PatientPage, StatusTag, Tone, t};

#[component]
pub fn TodayPage() -> impl IntoView {
    own_page(|cx, who| async move {
        let l = cx.locale;
        let all = measures::own_assignments(&cx.ctx, &who).await?;
        let (open, done): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|assignment| assignment.status.is_open());
        let (now, later): (Vec<_>, Vec<_>) = open.into_iter().partition(|task| task.can_start);
        let (title, lead) = match now.len() {
            0 => (t(l, "patient-today-nothing"), t(l, "patient-today-nothing-text")),
            1 => (t(l, "patient-today-one"), t(l, "patient-today-lead")),
            count => (ui::t!(l, "patient-today-many", count = count), t(l, "patient-today-lead")),
        };
        let first = now.first().map(|task| task.id);
        let cards = now.into_iter().map(|task| {
            let main = Some(task.id) == first;
            card(l, &task, main)
        });
        let cards = cards.collect_view();
        Ok(view! {
            <PatientPage title lead>
                <WaitingRuns words=WaitingWords::of(l) reload=true/>
                <div class="task-list">{cards}</div>
                {list(l, t(l, "patient-later"), &later)}
                {list(l, t(l, "patient-done"), &done)}
            </PatientPage>
        }
        .into_any())
    })
}

/// One task that can be done now: what, how long, until when, and the button.
fn card(l: Locale, task: &OwnAssignment, main: bool) -> impl IntoView + use<> {
    let until = task.due_to.map(|day| {
        let day = day_in_words(l, day, task.today);
        view! { <p>{ui::t!(l, "patient-until", day = day)}</p> }
    });
    let names = task.tasks.iter().map(|task| task.name.clone()).collect::<Vec<_>>().join(" · ");
    let kind = if main { ButtonKind::Primary } else { ButtonKind::Secondary };
    let href = format!("/portal/tasks/{}", task.id);
    let open = view! { <LinkButton href kind>{t(l, "patient-open")}</LinkButton> };
    let open = if task.begun {
        view! {
            <KeptRun done_page=done_page(task.id) again=again_path(task) main words=KeptWords::of(l)>
                {open}
            </KeptRun>
        }
        .into_any()
    } else {
        open.into_any()
    };
    view! {
        <section class="task-card">
            <h2>{task.battery_name.clone()}</h2>
            <p class="muted">{names}</p>
            <p>{ui::t!(l, "patient-takes", time = about_minutes(l, minutes(task)))}</p>
            {until}
            {task.is_late().then(|| view! {
                <StatusTag tone=Tone::Attention word=t(l, "patient-late")/>
            })}
            {open}
        </section>
    }
}

fn list(l: Locale, title: String, tasks: &[OwnAssignment]) -> Option<impl IntoView + use<>> {
    let items = tasks
        .iter()
        .map(|task| {
            let note = match (task.status, task.due_from) {
                (AssignmentStatus::Completed, _) => t(l, "patient-is-done"),
                (_, Some(day)) if day > task.today => {
                    let day = day_in_words(l, day, task.today);
                    ui::t!(l, "patient-from", day = day)
                }
                _ => t(l, "patient-not-now"),
            };
            view! { <li><strong>{task.battery_name.clone()}</strong><span class="muted">{note}</span></li> }
        })
        .collect::<Vec<_>>();
    (!items.is_empty()).then(|| {
        view! { <section class="task-later"><h2>{title}</h2><ul>{items}</ul></section> }
    })
}

/// Whole minutes, never less than one.
pub(crate) fn minutes(task: &OwnAssignment) -> u32 {
    let minutes = task.estimated_minutes.ceil().clamp(1.0, 600.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 1 to 600 just above"
    )]
    let whole = minutes as u32;
    whole
}
