//! Notices on a page.

use crate::erased;
use crate::icon::{Icon, IconName};
use leptos::prelude::*;

/// What a notice, a tag or a figure is about. Colour never says it alone: each tone has its mark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Neutral,
    Info,
    Good,
    Attention,
    Bad,
}

impl Tone {
    /// The class of this tone, e.g. `tone-good`.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "tone-neutral",
            Self::Info => "tone-info",
            Self::Good => "tone-good",
            Self::Attention => "tone-attention",
            Self::Bad => "tone-bad",
        }
    }

    const fn icon(self) -> IconName {
        match self {
            Self::Neutral | Self::Info => IconName::Info,
            Self::Good => IconName::Good,
            Self::Attention => IconName::Attention,
            Self::Bad => IconName::Bad,
        }
    }
}

/// A notice with a mark, an optional title and text.
#[component]
pub fn Notice(
    #[prop(optional)] tone: Tone,
    #[prop(optional, into)] title: Option<String>,
    /// `status` is announced politely, `alert` at once; none for what was there from the start.
    #[prop(optional)]
    role: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    erased(view! {
        <div class=format!("notice {}", tone.class()) role=role>
            <Icon name=tone.icon()/>
            <div class="notice-body">
                {title.map(|title| view! { <p class="notice-title">{title}</p> })}
                {children()}
            </div>
        </div>
    })
}
