//! How a list is sorted on a phone, where its heads are out of sight.

use super::ListLinks;
use super::links::order_word;
use crate::erased;
use crate::{
    button::Button,
    field::{Choice, Hidden, Select},
    i18n::t,
    icon::{Icon, IconName},
};
use contract::{Locale, Order};
use leptos::prelude::*;

/// A plain form of what to sort by (`columns`: word in the address, head) and which way, folded
/// under a line that says how the list is sorted now. Nothing where no column can be sorted by.
pub(super) fn form(
    locale: Locale,
    links: &ListLinks,
    columns: &[(&'static str, &str)],
) -> Option<impl IntoView + use<>> {
    if columns.is_empty() {
        return None;
    }
    let now = columns.iter().find(|(key, _)| links.sorted_by(key).is_some());
    let order_name = |order| t(locale, ["table-order-", order_word(order)].concat().as_str());
    let summary = match now {
        Some((_, head)) => crate::t!(
            locale,
            "table-sorted",
            column = (*head).to_owned(),
            order = order_name(links.order()),
        ),
        None => t(locale, "table-sorted-usual"),
    };
    // What a list begins with may be no column of it, such as when a record was made
    let usual = now.is_none().then(|| Choice::new("", t(locale, "table-sort-usual")));
    let by = usual
        .into_iter()
        .chain(columns.iter().map(|(key, head)| Choice::new(*key, *head)))
        .collect::<Vec<_>>();
    let orders = [Order::Asc, Order::Desc]
        .map(|order| Choice::new(order_word(order), order_name(order)))
        .to_vec();
    let (by_now, order_now) = (now.map_or("", |(key, _)| key), order_word(links.order()));
    let kept = links
        .kept_when_sorting()
        .into_iter()
        .map(|(name, value)| view! { <Hidden name value/> })
        .collect_view();
    Some(erased(view! {
        <details class="sorting">
            <summary><Icon name=IconName::Sort/><span>{summary}</span></summary>
            <form class="sorting-form" method="get" action=links.path().to_owned()>
                {kept}
                <Select name="sort" id="sort-by" label=t(locale, "table-sort-by") choices=by value=by_now/>
                <Select name="order" id="sort-order" label=t(locale, "table-sort-order") choices=orders value=order_now/>
                <Button>{t(locale, "table-sort")}</Button>
            </form>
        </details>
    }))
}
