//! The portal of participants.

use crate::erased;
use crate::{
    Icon, IconName, LinkButton, NavLink, Notice, PatientPage, PatientShell, Progress, Tone,
    button::ButtonKind, datetime, page::use_page, use_locale,
};
use chrono::TimeDelta;
use leptos::prelude::*;

/// Today, as a participant sees it.
#[component]
pub fn GalleryPatient() -> impl IntoView {
    let locale = use_locale();
    let page = use_page();
    let due = datetime::deadline(locale, page.now + TimeDelta::hours(31), page.now, page.zone);
    let nav = vec![
        NavLink::new("/gallery/patient", "Today", IconName::Home),
        NavLink::new("/portal/visits", "Visits", IconName::Visit),
        NavLink::new("/portal/help", "Help", IconName::Help),
    ];
    erased(view! {
        <PatientShell nav>
            <PatientPage title="Today" lead="You have one set of tasks to do."
                action=|| view! { <LinkButton href="/gallery" kind=ButtonKind::Primary>"Start"</LinkButton> }
                second=|| view! { <LinkButton href="/gallery" kind=ButtonKind::Quiet>"Not now"</LinkButton> }>
                <Progress step=2 steps=3 minutes=6/>
                <div class="task-card">
                    <h2>"Quick responses"</h2>
                    <p>"You press a button as soon as you see a shape. It shows us how fast you react today."</p>
                    <ul class="task-facts">
                        <li><Icon name=IconName::Clock/>{datetime::about_minutes(locale, 6)}</li>
                        <li><Icon name=IconName::Visit/>{due}</li>
                    </ul>
                </div>
                <ol class="steps">
                    <li>"Sit where nobody disturbs you."</li>
                    <li>"Hold the phone upright."</li>
                    <li>"Turn up the brightness."</li>
                </ol>
                <Notice tone=Tone::Attention>"We could not save this yet. Keep this page open, we will try again."</Notice>
            </PatientPage>
        </PatientShell>
    })
}
