//! One participant: overview, visits, assignments, sessions, the link to the portal.

mod assignments;
mod manage;
mod overview;
mod sessions;
mod visits;

use super::list::crumbs;
use super::status_tag;
use crate::frame::{id_in_path, may, query_text, study_page};
use chrono::NaiveDate;
use contract::ApiError;
use contract::ids::Participant;
use contract::participant::ParticipantDetail;
use contract::permission::Permission;
use contract::study::StudyView;
use leptos::prelude::*;
use platform::RequestCx;
use ui::{ButtonKind, Crumb, Hidden, IconName, LinkButton, PageHeader, t};

/// What the parts of the page share.
pub(super) struct Subject {
    pub(super) cx: RequestCx,
    pub(super) study: StudyView,
    pub(super) participant: ParticipantDetail,
    /// Today at the participant's site.
    pub(super) today: NaiveDate,
}

impl Subject {
    pub(super) fn may(&self, permission: Permission) -> bool {
        may(&self.cx, Some(self.study.id), permission)
    }

    /// The hidden fields that name the participant in every form of the page.
    pub(super) fn hidden(&self) -> impl IntoView + use<> {
        view! {
            <Hidden name="study" value=self.study.id.to_string()/>
            <Hidden name="participant" value=self.participant.summary.id.to_string()/>
        }
    }
}

#[component]
pub fn ParticipantPage() -> impl IntoView {
    study_page(|cx, study| async move {
        let id = id_in_path::<Participant>("participant")?;
        let link_sent = query_text("link").as_deref() == Some("sent");
        let participant = ::participants::get(&cx.ctx, &cx.actor, study.id, id).await?;
        let today = ::participants::local::date(cx.ctx.clock.now(), &participant.site_time_zone)?;
        let subject = Subject { cx, study, participant, today };
        page(&subject, link_sent).await
    })
}

async fn page(subject: &Subject, link_sent: bool) -> Result<AnyView, ApiError> {
    let l = subject.cx.locale;
    let visits = visits::Visits::load(subject).await?;
    let assignments = assignments::Assignments::load(subject).await?;
    let sessions = sessions::section(subject).await?;
    let sites = ::studies::site::list(&subject.cx.ctx, &subject.cx.actor, subject.study.id).await?;
    let mut way = crumbs(l, &subject.study);
    let list = format!("/studies/{}/participants", subject.study.id);
    way.push(Crumb::new(t(l, "participants-title"), list));
    let status = subject.participant.summary.status;
    let may_manage = subject.may(Permission::ParticipantManage);
    let may_assign = subject.may(Permission::AssignmentManage);
    let assign = may_assign.then(|| {
        view! {
            <LinkButton href="#assign" kind=ButtonKind::Primary icon=IconName::Battery>
                {t(l, "participant-assign")}
            </LinkButton>
        }
    });
    Ok(view! {
        <PageHeader title=subject.participant.summary.participant_code.clone() crumbs=way
            beside=move || status_tag(l, status).into_any()>
            {assign}
        </PageHeader>
        {overview::section(subject)}
        {visits.section(subject)}
        {assignments.section(subject, visits.list())}
        {sessions}
        {may_assign.then(|| manage::link_section(subject, link_sent))}
        {may_manage.then(|| view! {
            <div class="columns">
                {manage::status_section(subject)}
                {manage::edit_section(subject, &sites)}
            </div>
        })}
    }
    .into_any())
}
