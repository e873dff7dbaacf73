//! Every page of both portals. All are rendered whole (`SsrMode::Async`): status, redirects and
//! cookies are known before the first byte leaves.

use account::{AccountPage, LoginPage, PasswordPage};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, path};
use patient::{DonePage, HelpPage, PortalLoginPage, TaskPage, TodayPage, VerifyPage};
use researcher::batteries::{BatteriesPage, BatteryPage, NewBatteryPage};
use researcher::dashboard::DashboardPage;
use researcher::participants::{NewParticipantPage, ParticipantPage, ParticipantsPage};
use researcher::sessions::{SessionPage, SessionsPage};
use researcher::sites::SitesPage;
use researcher::studies::{NewStudyPage, StudiesPage, StudyPage};
use researcher::users::{NewUserPage, UsersPage};
use researcher::visit_windows::VisitWindowsPage;

use crate::demo_mail::DemoMailPage;
use crate::errors::UnknownPage;
use crate::home::{GalleryPage, HomePage};

/// The routes. Runs once at start to list them, and once a request.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title text="Metricis"/>
        <Router>
            <FlatRoutes fallback=|| view! { <UnknownPage/> }>
                <Route path=path!("/login") view=LoginPage ssr=SsrMode::Async/>
                <Route path=path!("/password") view=PasswordPage ssr=SsrMode::Async/>
                <Route path=path!("/account") view=AccountPage ssr=SsrMode::Async/>
                <Route path=path!("/dashboard") view=DashboardPage ssr=SsrMode::Async/>
                <Route path=path!("/users") view=UsersPage ssr=SsrMode::Async/>
                <Route path=path!("/users/new") view=NewUserPage ssr=SsrMode::Async/>
                <Route path=path!("/studies") view=StudiesPage ssr=SsrMode::Async/>
                <Route path=path!("/studies/new") view=NewStudyPage ssr=SsrMode::Async/>
                <Route path=path!("/studies/:study") view=StudyPage ssr=SsrMode::Async/>
                <Route path=path!("/studies/:study/sites") view=SitesPage ssr=SsrMode::Async/>
                <Route path=path!("/studies/:study/visit-windows") view=VisitWindowsPage ssr=SsrMode::Async/>
                <Route path=path!("/studies/:study/participants") view=ParticipantsPage ssr=SsrMode::Async/>
                <Route path=path!("/studies/:study/participants/new") view=NewParticipantPage ssr=SsrMode::Async/>
                <Route path=path!("/studies/:study/participants/:participant") view=ParticipantPage ssr=SsrMode::Async/>
                <Route path=path!("/studies/:study/batteries") view=BatteriesPage ssr=SsrMode::Async/>
                <Route path=path!("/studies/:study/batteries/new") view=NewBatteryPage ssr=SsrMode::Async/>
                <Route path=path!("/studies/:study/batteries/:battery") view=BatteryPage ssr=SsrMode::Async/>
                <Route path=path!("/studies/:study/sessions") view=SessionsPage ssr=SsrMode::Async/>
                <Route path=path!("/studies/:study/sessions/:session") view=SessionPage ssr=SsrMode::Async/>
                <Route path=path!("/demo/mail") view=DemoMailPage ssr=SsrMode::Async/>
                <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
                <Route path=path!("/gallery") view=GalleryPage ssr=SsrMode::Async/>
                <Route path=path!("/portal/login") view=PortalLoginPage ssr=SsrMode::Async/>
                <Route path=path!("/portal/verify") view=VerifyPage ssr=SsrMode::Async/>
                <Route path=path!("/portal") view=TodayPage ssr=SsrMode::Async/>
                <Route path=path!("/portal/help") view=HelpPage ssr=SsrMode::Async/>
                <Route path=path!("/portal/tasks/:assignment") view=TaskPage ssr=SsrMode::Async/>
                <Route path=path!("/portal/tasks/:assignment/done") view=DonePage ssr=SsrMode::Async/>
            </FlatRoutes>
        </Router>
    }
}
