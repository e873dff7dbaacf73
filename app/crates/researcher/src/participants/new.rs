//! The form that adds a participant.

use super::fields::{code_input, contact_inputs, language_radios, site_select};
use super::list::crumbs;
use crate::frame::study_page;
use contract::Locale;
use contract::participant::ContactPresence;
use contract::permission::Permission;
use contract::study::SiteStatus;
use leptos::prelude::*;
use platform::require;
use ui::{
    ButtonKind, Crumb, EmptyState, Form, Hidden, IconName, LinkButton, PageHeader, TextInput,
    Width, t,
};

#[component]
pub fn NewParticipantPage() -> impl IntoView {
    study_page(|cx, study| async move {
        require(&cx.actor, Permission::ParticipantManage, study.id)?;
        let l = cx.locale;
        let sites = ::studies::site::list(&cx.ctx, &cx.actor, study.id).await?;
        let list = format!("/studies/{}/participants", study.id);
        let mut way = crumbs(l, &study);
        way.push(Crumb::new(t(l, "participants-title"), list.clone()));
        let first = sites.iter().find(|site| site.status == SiteStatus::Active);
        let form = match first {
            Some(first) => {
                let language = study.languages.first().copied().unwrap_or(Locale::En);
                let language = language_radios(l, &study.languages, language);
                let site = site_select(l, &sites, Some(first));
                view! {
                    <Form action="/_fn/create_participant" submit=t(l, "participant-create")
                        cancel=list>
                        <Hidden name="study" value=study.id.to_string()/>
                        {code_input(l, "")}
                        {site}
                        {language}
                        <TextInput name="enrollment_date" kind="date" width=Width::Medium
                            label=t(l, "participant-enrollment-date")
                            hint=t(l, "participant-enrollment-date-hint")
                            note=t(l, "field-optional")/>
                        <h2>{t(l, "participant-contact")}</h2>
                        <p class="muted">{t(l, "participant-contact-lead")}</p>
                        {contact_inputs(l, ContactPresence::default())}
                    </Form>
                }
                .into_any()
            }
            None => view! {
                <EmptyState title=t(l, "participants-no-site-title")
                    text=t(l, "participants-no-site-text") icon=IconName::Site>
                    <LinkButton href=format!("/studies/{}/sites", study.id) kind=ButtonKind::Primary>
                        {t(l, "sites-new")}
                    </LinkButton>
                </EmptyState>
            }
            .into_any(),
        };
        Ok(view! {
            <PageHeader title=t(l, "participants-new") crumbs=way/>
            {form}
        }
        .into_any())
    })
}
