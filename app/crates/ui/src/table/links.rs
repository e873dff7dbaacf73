//! Addresses of the same list, sorted or paged otherwise.

use contract::{ListQuery, Order};
use std::fmt::Write as _;

/// A list's path and what its address says now. Every view of a list has its own address.
#[derive(Debug, Clone, Default)]
pub struct ListLinks {
    path: String,
    query: ListQuery,
    extra: Vec<(String, String)>,
}

impl ListLinks {
    /// The list at `path`, as `query` asked for it.
    pub fn new(path: impl Into<String>, query: &ListQuery) -> Self {
        Self { path: path.into(), query: query.clone(), extra: Vec::new() }
    }

    /// With a filter of this list alone, kept in every link; nothing for an empty value.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        if !value.is_empty() {
            self.extra.push((name.into(), value.into()));
        }
        self
    }

    /// Path of the list.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the list is sorted by now.
    #[must_use]
    pub fn sorted_by(&self, key: &str) -> Option<Order> {
        (self.query.sort.as_deref() == Some(key)).then(|| self.query.order.unwrap_or_default())
    }

    /// Whether anything is searched or filtered.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        let said = |value: &Option<String>| value.as_ref().is_some_and(|v| !v.is_empty());
        said(&self.query.search) || said(&self.query.status) || !self.extra.is_empty()
    }

    /// What is searched for.
    #[must_use]
    pub fn search(&self) -> Option<String> {
        self.query.search.clone()
    }

    /// The status that is filtered by.
    #[must_use]
    pub fn status(&self) -> Option<String> {
        self.query.status.clone()
    }

    /// The list sorted by `key`; the other way round when it is sorted so already. Back to page 1.
    #[must_use]
    pub fn sort(&self, key: &str) -> String {
        let order = match self.sorted_by(key) {
            Some(Order::Asc) => Order::Desc,
            _ => Order::Asc,
        };
        let query = ListQuery {
            page: None,
            sort: Some(key.into()),
            order: Some(order),
            ..self.query.clone()
        };
        self.address(&query)
    }

    /// The same list at `page`.
    #[must_use]
    pub fn page(&self, page: u32) -> String {
        self.address(&ListQuery { page: Some(page), ..self.query.clone() })
    }

    /// What a filter form has to keep: sort, order, rows a page.
    #[must_use]
    pub fn kept(&self) -> Vec<(&'static str, String)> {
        let mut kept = Vec::new();
        if let Some(sort) = &self.query.sort {
            kept.push(("sort", sort.clone()));
        }
        if let Some(order) = self.query.order {
            kept.push(("order", order_word(order).to_owned()));
        }
        if let Some(per_page) = self.query.per_page {
            kept.push(("per_page", per_page.to_string()));
        }
        kept
    }

    /// What a sort form has to keep: rows a page, search, status and this list's own filters.
    #[must_use]
    pub fn kept_when_sorting(&self) -> Vec<(String, String)> {
        let query = &self.query;
        let said = [
            ("per_page", query.per_page.map(|rows| rows.to_string())),
            ("search", query.search.clone()),
            ("status", query.status.clone()),
        ];
        said.into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?)))
            .filter(|(_, value)| !value.is_empty())
            .chain(self.extra.clone())
            .collect()
    }

    /// The order of the list now; ascending where the address says nothing.
    #[must_use]
    pub fn order(&self) -> Order {
        self.query.order.unwrap_or_default()
    }

    fn address(&self, query: &ListQuery) -> String {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        if let Some(page) = query.page.filter(|page| *page > 1) {
            pairs.push(("page", page.to_string()));
        }
        if let Some(per_page) = query.per_page {
            pairs.push(("per_page", per_page.to_string()));
        }
        if let Some(sort) = &query.sort {
            pairs.push(("sort", sort.clone()));
        }
        if let Some(order) = query.order {
            pairs.push(("order", order_word(order).to_owned()));
        }
        for (name, value) in [("search", &query.search), ("status", &query.status)] {
            if let Some(value) = value.as_ref().filter(|value| !value.is_empty()) {
                pairs.push((name, value.clone()));
            }
        }
        let mut out = self.path.clone();
        let extra = self.extra.iter().map(|(name, value)| (name.as_str(), value.clone()));
        for (index, (name, value)) in pairs.into_iter().chain(extra).enumerate() {
            out.push(if index == 0 { '?' } else { '&' });
            out.push_str(name);
            out.push('=');
            percent_encode(&value, &mut out);
        }
        out
    }
}

pub(super) const fn order_word(order: Order) -> &'static str {
    match order {
        Order::Asc => "asc",
        Order::Desc => "desc",
    }
}

fn percent_encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sort_link_turns_round_and_goes_back_to_the_first_page() {
        let query = ListQuery {
            page: Some(3),
            sort: Some("code".into()),
            search: Some("P 01&x".into()),
            ..ListQuery::default()
        };
        let links = ListLinks::new("/studies/1/participants", &query).with("site", "lyon");
        assert_eq!(
            links.sort("code"),
            "/studies/1/participants?sort=code&order=desc&search=P%2001%26x&site=lyon"
        );
        assert_eq!(
            links.sort("status"),
            "/studies/1/participants?sort=status&order=asc&search=P%2001%26x&site=lyon"
        );
    }

    #[test]
    fn sorting_anew_keeps_what_is_searched_and_filtered_but_not_the_page() {
        let query = ListQuery {
            page: Some(3),
            per_page: Some(20),
            sort: Some("code".into()),
            search: Some("P 01".into()),
            status: Some(String::new()),
            ..ListQuery::default()
        };
        let kept = ListLinks::new("/studies", &query).with("site", "lyon").kept_when_sorting();
        let kept: Vec<_> = kept.iter().map(|(name, value)| (&**name, &**value)).collect();
        assert_eq!(kept, [("per_page", "20"), ("search", "P 01"), ("site", "lyon")]);
    }

    #[test]
    fn a_page_link_keeps_everything_else_and_page_one_is_the_bare_list() {
        let query = ListQuery { per_page: Some(20), ..ListQuery::default() };
        let links = ListLinks::new("/studies", &query);
        assert_eq!(links.page(2), "/studies?page=2&per_page=20");
        assert_eq!(ListLinks::new("/studies", &ListQuery::default()).page(1), "/studies");
    }
}
