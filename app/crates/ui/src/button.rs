//! Buttons, and links that look like them.

use crate::erased;
use crate::icon::{Icon, IconName};
use leptos::prelude::*;

/// How much a button asks for attention. A page has one primary button.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ButtonKind {
    Primary,
    #[default]
    Secondary,
    /// Text only, for actions of little weight.
    Quiet,
    /// What cannot be taken back.
    Danger,
}

impl ButtonKind {
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Secondary => "button",
            Self::Quiet => "button button-quiet",
            Self::Danger => "button button-danger",
        }
    }
}

/// A button; inside a form it submits unless `kind_of` says `button`.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    /// `submit` (default), `button` or `reset`.
    #[prop(default = "submit")]
    kind_of: &'static str,
    /// Name and value that the form sends when this button is pressed.
    #[prop(optional, into)]
    name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    /// `form` attribute: id of a form elsewhere on the page.
    #[prop(optional, into)]
    form: Option<String>,
    #[prop(optional)] icon: Option<IconName>,
    #[prop(optional)] disabled: bool,
    children: Children,
) -> impl IntoView {
    erased(view! {
        <button class=kind.class() type=kind_of name=name value=value form=form disabled=disabled>
            {icon.map(|name| view! { <Icon name/> })}
            <span>{children()}</span>
        </button>
    })
}

/// A link that looks like a button: for going somewhere, not for changing something.
#[component]
pub fn LinkButton(
    #[prop(into)] href: String,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] icon: Option<IconName>,
    /// Offers the target as a download.
    #[prop(optional)]
    download: bool,
    children: Children,
) -> impl IntoView {
    erased(view! {
        <a class=kind.class() href=href download=download.then_some("")>
            {icon.map(|name| view! { <Icon name/> })}
            <span>{children()}</span>
        </a>
    })
}
