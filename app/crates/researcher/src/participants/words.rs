//! Statuses as the same word and mark everywhere.

use contract::Locale;
use contract::measure::{AssignmentStatus, SessionStatus};
use contract::participant::ParticipantStatus;
use contract::visit::VisitStatus;
use leptos::prelude::*;
use ui::{StatusTag, Tone, t};

pub(crate) fn status_word(locale: Locale, status: ParticipantStatus) -> String {
    t(locale, &["status-", status.as_str()].concat())
}

pub(crate) fn status_tag(locale: Locale, status: ParticipantStatus) -> impl IntoView {
    let tone = match status {
        ParticipantStatus::Enrolled => Tone::Good,
        ParticipantStatus::Screened | ParticipantStatus::Completed => Tone::Info,
        ParticipantStatus::Withdrawn => Tone::Neutral,
    };
    view! { <StatusTag tone word=status_word(locale, status)/> }
}

pub(super) fn visit_word(locale: Locale, status: VisitStatus) -> String {
    t(locale, &["status-", status.as_str()].concat())
}

pub(super) const fn visit_tone(status: VisitStatus) -> Tone {
    match status {
        VisitStatus::Upcoming | VisitStatus::Cancelled => Tone::Neutral,
        VisitStatus::Due => Tone::Info,
        VisitStatus::Overdue => Tone::Attention,
        VisitStatus::Missed => Tone::Bad,
        VisitStatus::Completed => Tone::Good,
    }
}

pub(super) fn assignment_tag(locale: Locale, status: AssignmentStatus) -> impl IntoView {
    let tone = match status {
        AssignmentStatus::Assigned | AssignmentStatus::InProgress => Tone::Info,
        AssignmentStatus::Completed => Tone::Good,
        AssignmentStatus::Cancelled => Tone::Neutral,
    };
    let key = ["status-", &status.as_str().replace('_', "-")].concat();
    view! { <StatusTag tone word=t(locale, &key)/> }
}

pub(super) fn session_tag(locale: Locale, status: SessionStatus) -> impl IntoView {
    let tone = match status {
        SessionStatus::Completed => Tone::Good,
        SessionStatus::Launched | SessionStatus::Running => Tone::Info,
        SessionStatus::Stopped | SessionStatus::Interrupted => Tone::Attention,
    };
    view! { <StatusTag tone word=t(locale, &["status-", status.as_str()].concat())/> }
}

/// `English`, `Français`: each language in its own words.
pub(super) const fn language_name(language: Locale) -> &'static str {
    match language {
        Locale::En => "English",
        Locale::Fr => "Français",
    }
}
