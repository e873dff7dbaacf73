//! What staff change: the link to the portal, the status, the fields.

use super::Subject;
use crate::participants::fields::{code_input, contact_inputs, language_radios, site_select};
use crate::participants::status_word;
use contract::participant::ParticipantStatus;
use contract::study::SiteView;
use leptos::prelude::*;
use ui::{ButtonKind, Choice, Form, Hidden, Notice, Section, Select, TextInput, Tone, Width, t};

pub(super) fn link_section(subject: &Subject, sent: bool) -> impl IntoView + use<> {
    let l = subject.cx.locale;
    let notice = sent.then(|| {
        let mail = subject.cx.demo.then(|| {
            view! { <p><a href="/demo/mail">{t(l, "demo-mail")}</a></p> }
        });
        view! {
            <Notice tone=Tone::Good title=t(l, "link-sent-title") role="status">
                <p>{t(l, "link-sent-text")}</p>
                {mail}
            </Notice>
        }
    });
    let action = if subject.participant.summary.status == ParticipantStatus::Withdrawn {
        view! { <p>{t(l, "link-withdrawn")}</p> }.into_any()
    } else if subject.participant.contact.email {
        let hidden = subject.hidden();
        view! {
            <Form action="/_fn/send_participant_link" submit=t(l, "link-send")
                kind=ButtonKind::Secondary id="send-link">
                {hidden}
            </Form>
        }
        .into_any()
    } else {
        view! { <p>{t(l, "link-no-email")}</p> }.into_any()
    };
    view! {
        <Section title=t(l, "link-title") id="link" lead=t(l, "link-lead")>
            {notice}
            {action}
        </Section>
    }
}

pub(super) fn status_section(subject: &Subject) -> impl IntoView + use<> {
    let l = subject.cx.locale;
    let summary = &subject.participant.summary;
    let choices = ParticipantStatus::ALL
        .iter()
        .filter(|next| {
            let undone = **next == ParticipantStatus::Screened && summary.enrollment_date.is_some();
            summary.status.may_become(**next) && !undone
        })
        .map(|next| Choice::new(next.as_str(), status_word(l, *next)))
        .collect::<Vec<_>>();
    let (hidden, version) = (subject.hidden(), subject.participant.version.to_string());
    let today = subject.today.to_string();
    view! {
        <Section title=t(l, "participant-status-change")>
            <Form action="/_fn/change_participant_status" submit=t(l, "participant-status-change")
                kind=ButtonKind::Secondary id="change-status">
                {hidden}
                <Hidden name="version" value=version/>
                <Select name="status" label=t(l, "participant-status") choices/>
                <TextInput name="date" kind="date" width=Width::Medium
                    label=t(l, "participant-status-since") hint=t(l, "participant-status-date-hint")
                    value=today/>
                <TextInput name="reason" id="status-reason" label=t(l, "participant-status-reason")
                    hint=t(l, "participant-status-reason-hint")/>
            </Form>
        </Section>
    }
}

pub(super) fn edit_section(subject: &Subject, sites: &[SiteView]) -> impl IntoView + use<> {
    let l = subject.cx.locale;
    let participant = &subject.participant;
    let summary = &participant.summary;
    let site = sites.iter().find(|site| site.id == summary.site_id);
    let (hidden, version) = (subject.hidden(), participant.version.to_string());
    let code = code_input(l, &summary.participant_code);
    let site = site_select(l, sites, site);
    let language = language_radios(l, &subject.study.languages, summary.language);
    let contact = contact_inputs(l, participant.contact);
    view! {
        <Section title=t(l, "participant-edit")>
            <Form action="/_fn/update_participant" submit=t(l, "form-save")
                kind=ButtonKind::Secondary id="edit-participant">
                {hidden}
                <Hidden name="version" value=version/>
                {code}
                {site}
                {language}
                {contact}
            </Form>
        </Section>
    }
}
