//! The table itself.

use super::{ListLinks, sorting};
use crate::erased;
use crate::{
    i18n::t,
    icon::{Icon, IconName},
    islands::{DensitySwitch, DensityWords},
    locale::use_locale,
    number,
};
use contract::{Locale, Order, Pagination};
use leptos::prelude::*;

/// One column.
#[derive(Debug, Clone)]
pub struct Column {
    head: String,
    unit: Option<String>,
    sort: Option<&'static str>,
    numeric: bool,
}

impl Column {
    /// Text, left aligned.
    pub fn text(head: impl Into<String>) -> Self {
        Self { head: head.into(), unit: None, sort: None, numeric: false }
    }

    /// Numbers, right aligned with figures of one width.
    pub fn number(head: impl Into<String>) -> Self {
        Self { numeric: true, ..Self::text(head) }
    }

    /// With its unit in the head.
    #[must_use]
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    /// Sortable by `key`, the word in the address.
    #[must_use]
    pub fn sortable(mut self, key: &'static str) -> Self {
        self.sort = Some(key);
        self
    }
}

/// One row: as many cells as there are columns. The first one names the row.
#[derive(Default)]
pub struct Row {
    cells: Vec<AnyView>,
    href: Option<String>,
    marked: bool,
}

impl Row {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A row whose first cell links to `href`.
    pub fn link(href: impl Into<String>) -> Self {
        Self { href: Some(href.into()), ..Self::default() }
    }

    /// Adds a cell.
    #[must_use]
    pub fn cell(mut self, content: impl IntoView + 'static) -> Self {
        self.cells.push(content.into_any());
        self
    }

    /// Marks the row as one that needs somebody; say why in a cell as well.
    #[must_use]
    pub fn marked(mut self, marked: bool) -> Self {
        self.marked = marked;
        self
    }
}

/// A table with sticky head, sort links and paging links; on a phone every row is a card with the
/// heads as labels, and a form sorts it. Without rows it shows `empty`.
#[component]
pub fn DataTable(
    /// What the table holds, said by screen readers before it; shown with `show_caption`.
    #[prop(into)]
    caption: String,
    columns: Vec<Column>,
    rows: Vec<Row>,
    /// Needed for sort and paging links.
    #[prop(optional, into)]
    links: Option<ListLinks>,
    #[prop(optional, into)] pagination: Option<Pagination>,
    #[prop(optional)] show_caption: bool,
    /// Stays a table on a phone, scrolled sideways: for many numbers.
    #[prop(optional)]
    wide: bool,
    /// Why there are no rows and what to do: an [`EmptyState`].
    #[prop(optional, into)]
    empty: Option<ViewFn>,
) -> impl IntoView {
    let locale = use_locale();
    if rows.is_empty() {
        return match empty {
            Some(empty) => empty.run(),
            None => view! { <p class="muted">{t(locale, "table-empty")}</p> }.into_any(),
        };
    }
    let heads =
        columns.iter().map(|column| head(locale, column, links.as_ref()).into_any()).collect_view();
    let body = rows.into_iter().map(|row| body_row(row, &columns)).collect_view();
    let sorting = links.as_ref().filter(|_| !wide).and_then(|links| {
        let choices =
            columns.iter().filter_map(|column| Some((column.sort?, column.head.as_str())));
        sorting::form(locale, links, &choices.collect::<Vec<_>>())
    });
    let class = if wide { "table-frame table-wide" } else { "table-frame table-cards" };
    let caption_class = if show_caption { "table-caption" } else { "visually-hidden" };
    let foot = links.zip(pagination).map(|(links, page)| paging(locale, &links, page).into_any());
    view! {
        <div class="table-block">
            {sorting}
            // Focusable, so that the keyboard can scroll it
            <div class=class role="region" aria-label=caption.clone() tabindex="0">
                <table class="table" role="table">
                    <caption class=caption_class>{caption.clone()}</caption>
                    <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
                    <tbody role="rowgroup">{body}</tbody>
                </table>
            </div>
            {foot}
        </div>
    }
    .into_any()
}

fn head(locale: Locale, column: &Column, links: Option<&ListLinks>) -> impl IntoView + use<> {
    let unit = column.unit.clone().map(|unit| view! { <span class="unit">{unit}</span> });
    let label = column.head.clone();
    let class = column.numeric.then_some("numeric");
    let Some((key, links)) = column.sort.zip(links) else {
        return view! { <th scope="col" role="columnheader" class=class>{label}{unit}</th> }
            .into_any();
    };
    let (sorted, icon, next) = match links.sorted_by(key) {
        None => (None, IconName::Sort, "table-sort-asc"),
        Some(Order::Asc) => (Some("ascending"), IconName::ArrowUp, "table-sort-desc"),
        Some(Order::Desc) => (Some("descending"), IconName::ArrowDown, "table-sort-asc"),
    };
    view! {
        <th scope="col" role="columnheader" class=class aria-sort=sorted>
            <a class="sort" href=links.sort(key)>
                <span>{label}{unit}</span>
                <Icon name=icon/>
                <span class="visually-hidden">{t(locale, next)}</span>
            </a>
        </th>
    }
    .into_any()
}

fn body_row(row: Row, columns: &[Column]) -> impl IntoView + use<> {
    let Row { cells, href, marked } = row;
    let cells = cells
        .into_iter()
        .zip(columns)
        .enumerate()
        .map(|(index, (cell, column))| {
            let class = column.numeric.then_some("numeric");
            let label = match &column.unit {
                Some(unit) => [&column.head, " (", unit, ")"].concat(),
                None => column.head.clone(),
            };
            if index == 0 {
                let cell = match href.clone() {
                    Some(href) => view! { <a class="row-link" href=href>{cell}</a> }.into_any(),
                    None => cell,
                };
                view! { <th scope="row" role="rowheader" class=class data-label=label>{cell}</th> }
                    .into_any()
            } else {
                view! { <td role="cell" class=class data-label=label>{cell}</td> }.into_any()
            }
        })
        .collect_view();
    erased(view! { <tr role="row" class:row-marked=marked>{cells}</tr> })
}

fn paging(locale: Locale, links: &ListLinks, page: Pagination) -> impl IntoView + use<> {
    let total = i64::try_from(page.total).unwrap_or(i64::MAX);
    let first = i64::from(page.page - 1) * i64::from(page.per_page) + 1;
    let last = (first + i64::from(page.per_page) - 1).min(total);
    let count = crate::t!(
        locale,
        "table-range",
        first = number::whole(locale, first.min(total)),
        last = number::whole(locale, last),
        total = number::whole(locale, total),
    );
    let arrow = |to: Option<u32>, key: &'static str, icon: IconName| {
        to.map(|to| {
            let rel = if key == "table-previous" { "prev" } else { "next" };
            view! {
                <a class="button" rel=rel href=links.page(to)>
                    {(rel == "prev").then(|| view! { <Icon name=icon/> })}
                    <span>{t(locale, key)}</span>
                    {(rel == "next").then(|| view! { <Icon name=icon/> })}
                </a>
            }
        })
    };
    let previous =
        arrow(page.has_prev.then(|| page.page - 1), "table-previous", IconName::ChevronLeft);
    let next = arrow(page.has_next.then(|| page.page + 1), "table-next", IconName::ChevronRight);
    let position = (page.total_pages > 1)
        .then(|| crate::t!(locale, "table-page", page = page.page, pages = page.total_pages));
    erased(view! {
        <nav class="paging" aria-label=t(locale, "table-paging")>
            <div class="paging-count">
                <p>{count}</p>
                <DensitySwitch words=DensityWords::of(locale)/>
            </div>
            <div class="paging-links">
                {previous}
                {position.map(|text| view! { <span class="paging-position">{text}</span> })}
                {next}
            </div>
        </nav>
    })
}

/// Why there is nothing here, and what to do about it (`children`: a link or a button).
#[component]
pub fn EmptyState(
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    #[prop(default = IconName::Info)] icon: IconName,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    erased(view! {
        <div class="empty">
            <span class="empty-mark"><Icon name=icon/></span>
            <h2 class="empty-title">{title}</h2>
            <p>{text}</p>
            {children.map(|children| view! { <div class="empty-action">{children()}</div> })}
        </div>
    })
}
