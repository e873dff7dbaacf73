//! Breadcrumb, title and the page's one main action.

use crate::erased;
use crate::{
    i18n::t,
    icon::{Icon, IconName},
    locale::use_locale,
};
use leptos::prelude::*;

/// One step of the way to this page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    pub label: String,
    pub href: String,
}

impl Crumb {
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into() }
    }
}

/// The head of a page. `children` is its one main action: a [`crate::LinkButton`] or a button.
#[component]
pub fn PageHeader(
    #[prop(into)] title: String,
    /// The way here, without this page.
    #[prop(optional)]
    crumbs: Vec<Crumb>,
    /// One sentence under the title.
    #[prop(optional, into)]
    lead: Option<String>,
    /// Beside the title: a status tag, a code.
    #[prop(optional, into)]
    beside: Option<ViewFn>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let locale = use_locale();
    crate::page::name_tab(&title);
    let way = (!crumbs.is_empty()).then(|| {
        let steps = crumbs
            .into_iter()
            .map(|Crumb { label, href }| {
                view! { <li><a href=href>{label}</a><Icon name=IconName::ChevronRight/></li> }
            })
            .collect_view();
        view! {
            <nav class="crumbs" aria-label=t(locale, "breadcrumb")>
                <ol>{steps}</ol>
            </nav>
        }
    });
    erased(view! {
        <header class="page-header">
            {way}
            <div class="page-title-line">
                <div>
                    <div class="page-title">
                        <h1>{title}</h1>
                        {beside.map(|beside| beside.run())}
                    </div>
                    {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
                </div>
                {children.map(|children| view! { <div class="page-action">{children()}</div> })}
            </div>
        </header>
    })
}
