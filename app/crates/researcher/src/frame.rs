//! The portal around a page, and what a page asks of its request.

use contract::ids::Study;
use contract::permission::{Permission, allows};
use contract::study::StudyView;
use contract::{ApiError, Id, ListQuery, Order};
use leptos::prelude::*;
use platform::{Actor, RequestCx, StaffActor};
use std::future::Future;
use std::str::FromStr;
use ui::frame::{loaded, or_error};
use ui::icon::IconName;
use ui::{NavGroup, NavLink, StaffShell, StudyChoice, Viewer, t};

pub(crate) use ui::frame::{id_in_form, id_in_path, query_text};

/// The request that a page or a server function serves.
///
/// # Errors
/// An internal error outside of a request.
pub(crate) fn request() -> Result<RequestCx, ApiError> {
    ui::frame::request()
}

/// Paging, sorting and search of a list page, from its address. What cannot be read counts as
/// not said: an address that somebody cut must still show the list.
pub(crate) fn list_query() -> ListQuery {
    ListQuery {
        page: number("page").filter(|page| *page > 0),
        per_page: number("per_page").filter(|rows| (1..=ListQuery::MAX_PER_PAGE).contains(rows)),
        sort: query_text("sort"),
        order: query_text("order").map(|order| match order.as_str() {
            "desc" => Order::Desc,
            _ => Order::Asc,
        }),
        search: query_text("search"),
        status: query_text("status"),
    }
}

fn number<N: FromStr>(name: &str) -> Option<N> {
    query_text(name)?.parse().ok()
}

/// Whether the signed-in person may do `permission` in the study, for showing or hiding a
/// button. The service decides again.
pub(crate) fn may(cx: &RequestCx, study: Option<Id<Study>>, permission: Permission) -> bool {
    cx.actor.staff().is_ok_and(|staff| {
        allows(staff.role, study.and_then(|study| staff.study_role(study)), permission)
    })
}

/// A page outside studies.
pub(crate) fn staff_page<F, Fut>(content: F) -> impl IntoView
where
    F: FnOnce(RequestCx) -> Fut + Send + 'static,
    Fut: Future<Output = Result<AnyView, ApiError>> + Send + 'static,
{
    loaded(async move {
        let cx = request()?;
        let Some(frame) = Frame::load(&cx, None).await? else { return Ok(().into_any()) };
        let view = content(cx).await;
        Ok(frame.around(view))
    })
}

/// A page in the study that the address names.
pub(crate) fn study_page<F, Fut>(content: F) -> impl IntoView
where
    F: FnOnce(RequestCx, StudyView) -> Fut + Send + 'static,
    Fut: Future<Output = Result<AnyView, ApiError>> + Send + 'static,
{
    loaded(async move {
        let cx = request()?;
        let study = match id_in_path::<Study>("study") {
            Ok(id) => ::studies::study::get(&cx.ctx, &cx.actor, id).await.map_err(ApiError::from),
            Err(error) => Err(error),
        };
        let Some(frame) = Frame::load(&cx, study.as_ref().ok()).await? else {
            return Ok(().into_any());
        };
        let view = match study {
            Ok(study) => content(cx, study).await,
            Err(error) => Err(error),
        };
        Ok(frame.around(view))
    })
}

/// What stands around a page.
struct Frame {
    viewer: Viewer,
    nav: Vec<NavGroup>,
    studies: Vec<StudyChoice>,
    search_action: Option<String>,
}

impl Frame {
    /// None when the answer is a redirect: nobody is signed in, or a new password is due.
    async fn load(cx: &RequestCx, study: Option<&StudyView>) -> Result<Option<Self>, ApiError> {
        let Actor::Staff(staff) = &cx.actor else {
            let next = url_encoded(&cx.path_and_query);
            leptos_axum::redirect(&format!("/login?next={next}"));
            return Ok(None);
        };
        if staff.must_change_password {
            leptos_axum::redirect("/password");
            return Ok(None);
        }
        let me = identity::session::me(&cx.ctx, &cx.actor).await?;
        let all = ListQuery { per_page: Some(50), ..ListQuery::default() };
        let studies = ::studies::study::list(&cx.ctx, &cx.actor, &all).await?;
        let choices = studies
            .data
            .into_iter()
            .map(|choice| StudyChoice {
                href: format!("/studies/{}", choice.id),
                current: study.is_some_and(|study| study.id == choice.id),
                code: choice.code,
                name: choice.name,
            })
            .collect();
        Ok(Some(Self {
            viewer: Viewer {
                name: me.user.name,
                role: t(cx.locale, role_key(staff)),
                email: me.user.email,
                session_seconds: cx.session_seconds_left.unwrap_or_default(),
            },
            nav: navigation(cx, staff, study),
            studies: choices,
            search_action: study.map(|study| format!("/studies/{}/participants", study.id)),
        }))
    }

    fn around(self, content: Result<AnyView, ApiError>) -> AnyView {
        let Self { viewer, nav, studies, search_action } = self;
        let content = or_error(content);
        match search_action {
            Some(search_action) => view! {
                <StaffShell viewer nav studies search_action>{content}</StaffShell>
            }
            .into_any(),
            None => view! { <StaffShell viewer nav studies>{content}</StaffShell> }.into_any(),
        }
    }
}

/// Catalogue key of the system role.
const fn role_key(staff: &StaffActor) -> &'static str {
    use contract::permission::SystemRole as R;
    match staff.role {
        R::Admin => "role-admin",
        R::Researcher => "role-researcher",
        R::Coordinator => "role-coordinator",
        R::Viewer => "role-viewer",
    }
}

fn navigation(cx: &RequestCx, staff: &StaffActor, study: Option<&StudyView>) -> Vec<NavGroup> {
    let l = cx.locale;
    let mut links = vec![
        NavLink::new("/dashboard", t(l, "nav-dashboard"), IconName::Dashboard),
        NavLink::new("/studies", t(l, "nav-studies"), IconName::Study),
    ];
    if allows(staff.role, None, Permission::UserManage) {
        links.push(NavLink::new("/users", t(l, "nav-users"), IconName::Users));
    }
    let mut groups = vec![NavGroup { title: None, links }];
    if let Some(study) = study {
        let at = |place: &str| format!("/studies/{}{place}", study.id);
        groups.push(NavGroup {
            title: Some(study.code.clone()),
            links: vec![
                NavLink::new(at(""), t(l, "nav-overview"), IconName::Home),
                NavLink::new(at("/participants"), t(l, "nav-participants"), IconName::Participant),
                NavLink::new(at("/batteries"), t(l, "nav-batteries"), IconName::Battery),
                NavLink::new(at("/sessions"), t(l, "nav-sessions"), IconName::Session),
                NavLink::new(at("/visit-windows"), t(l, "nav-windows"), IconName::Visit),
                NavLink::new(at("/sites"), t(l, "nav-sites"), IconName::Site),
            ],
        });
    }
    groups
}

/// A path and query as one value of a query string.
fn url_encoded(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'/') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}
