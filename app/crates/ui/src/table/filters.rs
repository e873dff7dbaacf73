//! Search and filters above a list, as a form whose answer is an address.

use super::ListLinks;
use crate::erased;
use crate::{
    button::Button,
    field::Hidden,
    i18n::t,
    icon::{Icon, IconName},
    locale::use_locale,
};
use leptos::prelude::*;

/// A search field and further filters (`children`, e.g. a `Select name="status"`); sent by GET, so
/// that every view has its address. Keeps sort and rows a page, goes back to page 1.
#[component]
pub fn Filters(
    links: ListLinks,
    /// What is searched, e.g. "Search by code"; no search field without it.
    #[prop(optional, into)]
    search: Option<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let locale = use_locale();
    let kept =
        links.kept().into_iter().map(|(name, value)| view! { <Hidden name value/> }).collect_view();
    let path = links.path().to_owned();
    let clear = links.is_filtered().then(|| {
        view! { <a class="button button-quiet" href=path.clone()>{t(locale, "filter-clear")}</a> }
    });
    let value = links.search();
    erased(view! {
        <form class="filters" method="get" action=path.clone() role="search" aria-label=t(locale, "filter-list")>
            {kept}
            {search.map(|label| view! {
                <div class="filter-search">
                    <label class="field-label" for="filter-search">{label}</label>
                    <span class="search-box">
                        <Icon name=IconName::Search/>
                        <input class="input" id="filter-search" type="search" name="search"
                            value=value autocomplete="off" spellcheck="false"/>
                    </span>
                </div>
            })}
            {children.map(|children| children())}
            <div class="filter-actions">
                <Button>{t(locale, "filter-apply")}</Button>
                {clear}
            </div>
        </form>
    })
}
