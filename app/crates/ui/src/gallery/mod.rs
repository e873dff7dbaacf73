//! Every component in every state, for development and for pictures. Its words are samples, so
//! they are not in the catalogue; it is never reachable in production.

pub mod charts;
pub mod content;
pub mod forms;
pub mod patient;
pub mod tables;

pub use patient::GalleryPatient;

use crate::erased;
use crate::{
    Button, Crumb, IconName, LinkButton, NavGroup, NavLink, PageHeader, StaffShell, StudyChoice,
    Viewer, button::ButtonKind,
};
use leptos::prelude::*;

fn nav() -> Vec<NavGroup> {
    vec![
        NavGroup {
            title: None,
            links: vec![
                NavLink::new("/dashboard", "Dashboard", IconName::Dashboard),
                NavLink::new("/studies", "Studies", IconName::Study),
                NavLink::new("/users", "Users", IconName::Users),
            ],
        },
        NavGroup {
            title: Some("NEURO-2024-001".into()),
            links: vec![
                NavLink::new("/studies/1", "Overview", IconName::Info),
                NavLink::new("/studies/1/sites", "Sites", IconName::Site),
                NavLink::new("/gallery", "Participants", IconName::Participant).waiting("3"),
                NavLink::new("/studies/1/batteries", "Batteries", IconName::Battery),
                NavLink::new("/studies/1/sessions", "Sessions", IconName::Session),
            ],
        },
    ]
}

fn studies() -> Vec<StudyChoice> {
    let choice = |code: &str, name: &str, current| StudyChoice {
        href: "/gallery".into(),
        code: code.into(),
        name: name.into(),
        current,
    };
    vec![
        choice("NEURO-2024-001", "Reaction time in early multiple sclerosis", true),
        choice("SLEEP-2025-014", "Attention after sleep restriction", false),
    ]
}

/// The researcher portal with every component.
#[component]
pub fn GalleryPage() -> impl IntoView {
    let viewer = Viewer {
        name: "Camille Bernard".into(),
        role: "Coordinator".into(),
        email: "camille.bernard@example.org".into(),
        session_seconds: 1_800,
    };
    erased(view! {
        <StaffShell viewer nav=nav() studies=studies() search_action="/gallery">
            <PageHeader title="Participants"
                crumbs=vec![Crumb::new("Studies", "/studies"), Crumb::new("NEURO-2024-001", "/studies/1")]
                lead="Everybody who was screened, at both sites.">
                <LinkButton href="/gallery" kind=ButtonKind::Primary icon=IconName::Plus>"Add a participant"</LinkButton>
            </PageHeader>
            <content::Figures/>
            <tables::Tables/>
            <content::Words/>
            <forms::Forms/>
            <charts::Charts/>
            <section class="section card">
                <h2>"Buttons"</h2>
                <div class="row">
                    <Button kind=ButtonKind::Primary>"Save"</Button>
                    <Button icon=IconName::Download>"Download"</Button>
                    <Button kind=ButtonKind::Quiet>"Cancel"</Button>
                    <Button kind=ButtonKind::Danger>"Withdraw"</Button>
                    <Button kind=ButtonKind::Primary disabled=true>"Saving"</Button>
                </div>
            </section>
        </StaffShell>
    })
}
