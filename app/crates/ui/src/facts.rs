//! Facts as terms with values, and key figures.

use crate::erased;
use crate::notice::Tone;
use leptos::prelude::*;

/// A list of [`Fact`]s.
#[component]
pub fn Facts(children: Children) -> impl IntoView {
    erased(view! { <dl class="facts">{children()}</dl> })
}

/// One term and its value.
#[component]
pub fn Fact(
    #[prop(into)] term: String,
    /// The whole line: for long values.
    #[prop(optional)]
    wide: bool,
    children: Children,
) -> impl IntoView {
    erased(
        view! { <div class="fact" class:fact-wide=wide><dt>{term}</dt><dd>{children()}</dd></div> },
    )
}

/// A row of [`Figure`]s.
#[component]
pub fn Figures(children: Children) -> impl IntoView {
    erased(view! { <ul class="figures">{children()}</ul> })
}

/// One key figure: what, how many, and a line that puts it into place. Loud (`tone`) only while
/// there is something to be loud about.
#[component]
pub fn Figure(
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    #[prop(optional, into)] unit: Option<String>,
    #[prop(optional, into)] note: Option<String>,
    #[prop(optional)] tone: Tone,
    /// Where the figure leads.
    #[prop(optional, into)]
    href: Option<String>,
) -> impl IntoView {
    let label = match href {
        Some(href) => view! { <a class="figure-label" href=href>{label}</a> }.into_any(),
        None => view! { <span class="figure-label">{label}</span> }.into_any(),
    };
    erased(view! {
        <li class=format!("figure {}", tone.class())>
            {label}
            <span class="figure-value">
                {value}
                {unit.map(|unit| view! { <span class="figure-unit">{unit}</span> })}
            </span>
            {note.map(|note| view! { <span class="figure-note">{note}</span> })}
        </li>
    })
}

/// A part of a page with its own heading.
#[component]
pub fn Section(
    #[prop(into)] title: String,
    /// An id to link to.
    #[prop(optional, into)]
    id: Option<String>,
    /// One line under the heading.
    #[prop(optional, into)]
    lead: Option<String>,
    /// Beside the heading: a link or a button.
    #[prop(optional, into)]
    action: Option<ViewFn>,
    /// Without the card around it: for tables that fill the page.
    #[prop(optional)]
    bare: bool,
    children: Children,
) -> impl IntoView {
    let class = if bare { "section section-bare" } else { "section card" };
    erased(view! {
        <section class=class id=id>
            <div class="section-head">
                <h2>{title}</h2>
                {action.map(|action| view! { <div class="section-action">{action.run()}</div> })}
            </div>
            {lead.map(|lead| view! { <p class="section-lead">{lead}</p> })}
            {children()}
        </section>
    })
}

/// Lines where content will be, while it is on its way. `label` says so to those who listen.
#[component]
pub fn Skeleton(#[prop(into)] label: String, #[prop(default = 3)] lines: usize) -> impl IntoView {
    let lines = (0..lines).map(|_| view! { <span class="skeleton-line"></span> }).collect_view();
    erased(view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">{label}</span>
            {lines}
        </div>
    })
}
