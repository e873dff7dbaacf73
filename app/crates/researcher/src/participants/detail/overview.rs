//! Who this is, by pseudonym.

use super::Subject;
use crate::participants::islands::{RevealContact, RevealWords};
use crate::participants::words::language_name;
use contract::Locale;
use contract::permission::Permission;
use leptos::prelude::*;
use ui::{Code, CopyWords, Fact, Facts, Notice, Section, Time, Tone, datetime, t};

pub(super) fn section(subject: &Subject) -> impl IntoView + use<> {
    let l = subject.cx.locale;
    let participant = &subject.participant;
    let summary = &participant.summary;
    let site = format!("{} · {}", summary.site_code, participant.site_name);
    let enrolled = match summary.enrollment_date {
        Some(date) => datetime::date_short(l, date),
        None => t(l, "participant-not-enrolled"),
    };
    let reason = participant.status_reason.clone().map(|reason| {
        view! { <Fact term=t(l, "participant-status-reason")>{reason}</Fact> }
    });
    let arm = participant.arm.clone().map(|arm| {
        view! { <Fact term=t(l, "participant-arm")>{arm}</Fact> }
    });
    let code = summary.participant_code.clone();
    let copy = CopyWords::of(l, &code);
    let zone = participant.site_time_zone.clone();
    let since = datetime::date_short(l, participant.status_date);
    let (language, created) = (language_name(summary.language), summary.created_at);
    let (on_file, shared, reveal) = (on_file(subject), shared_address(subject), reveal(subject));
    view! {
        <Section title=t(l, "participant-overview")>
            <Facts>
                <Fact term=t(l, "participant-code")><Code value=code copy/></Fact>
                <Fact term=t(l, "participant-site")>
                    {site} <span class="muted">" " {zone}</span>
                </Fact>
                <Fact term=t(l, "participant-enrolled")>{enrolled}</Fact>
                <Fact term=t(l, "participant-status-since")>
                    {since}
                </Fact>
                {reason}
                {arm}
                <Fact term=t(l, "participant-language")>{language}</Fact>
                <Fact term=t(l, "participant-created")><Time at=created/></Fact>
                <Fact term=t(l, "participant-contact")>{on_file}</Fact>
            </Facts>
            {shared}
            {reveal}
        </Section>
    }
}

/// Which contact data there are, not what they are.
fn on_file(subject: &Subject) -> String {
    let l = subject.cx.locale;
    let on_file = subject.participant.contact;
    let names: Vec<_> = [
        (on_file.email, "participant-email"),
        (on_file.phone, "participant-phone"),
        (on_file.given_name, "participant-given-name"),
        (on_file.family_name, "participant-family-name"),
    ]
    .into_iter()
    .filter(|(there, _)| *there)
    .map(|(_, key)| t(l, key))
    .collect();
    if names.is_empty() { t(l, "participant-contact-none") } else { names.join(", ") }
}

fn shared_address(subject: &Subject) -> Option<impl IntoView + use<>> {
    let l = subject.cx.locale;
    let others = &subject.participant.same_email_as;
    let links = others
        .iter()
        .map(|other| {
            let href = format!("/studies/{}/participants/{}", subject.study.id, other.id);
            view! { <li><a href=href>{other.participant_code.clone()}</a></li> }
        })
        .collect_view();
    (!others.is_empty()).then(|| {
        view! {
            <Notice tone=Tone::Info title=t(l, "participant-shared-title")>
                <p>{t(l, "participant-shared-text")}</p>
                <ul>{links}</ul>
            </Notice>
        }
    })
}

fn reveal(subject: &Subject) -> Option<impl IntoView + use<>> {
    let on_file = subject.participant.contact;
    let any = on_file.email || on_file.phone || on_file.given_name || on_file.family_name;
    (any && subject.may(Permission::ContactRead)).then(|| {
        let study = subject.study.id.to_string();
        let participant = subject.participant.summary.id.to_string();
        // An island's own element has no box: the one around it keeps the distance
        view! {
            <div><RevealContact study participant words=words(subject.cx.locale)/></div>
        }
    })
}

fn words(l: Locale) -> RevealWords {
    RevealWords {
        show: t(l, "participant-contact-show"),
        hide: t(l, "participant-contact-hide"),
        busy: t(l, "form-sending"),
        none: t(l, "participant-contact-empty"),
        email: t(l, "participant-email"),
        phone: t(l, "participant-phone"),
        given_name: t(l, "participant-given-name"),
        family_name: t(l, "participant-family-name"),
    }
}
