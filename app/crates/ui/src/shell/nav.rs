//! The navigation on the left.

use crate::icon::{Icon, IconName};
use leptos::prelude::*;

/// One place to go.
#[derive(Debug, Clone)]
pub struct NavLink {
    pub href: String,
    pub label: String,
    pub icon: IconName,
    /// How many things wait there; shown only when there are some.
    pub waiting: Option<String>,
}

impl NavLink {
    pub fn new(href: impl Into<String>, label: impl Into<String>, icon: IconName) -> Self {
        Self { href: href.into(), label: label.into(), icon, waiting: None }
    }

    /// With a count of what waits there.
    #[must_use]
    pub fn waiting(mut self, count: impl Into<String>) -> Self {
        self.waiting = Some(count.into());
        self
    }
}

/// Links under one heading.
#[derive(Debug, Clone)]
pub struct NavGroup {
    /// The study's code and name, or none for places outside studies.
    pub title: Option<String>,
    pub links: Vec<NavLink>,
}

/// The link that `path` stands under: the longest `href` that `path` begins with.
pub(super) fn current<'a>(groups: &'a [NavGroup], path: &str) -> Option<&'a str> {
    groups
        .iter()
        .flat_map(|group| &group.links)
        .map(|link| link.href.as_str())
        .filter(|href| {
            path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
        .max_by_key(|href| href.len())
}

/// The groups as lists.
pub(super) fn groups(groups: &[NavGroup], path: &str) -> impl IntoView + use<> {
    let here = current(groups, path).map(ToOwned::to_owned);
    groups
        .iter()
        .map(|group| {
            let links = group
                .links
                .iter()
                .map(|link| {
                    let current = (here.as_ref() == Some(&link.href)).then_some("page");
                    let NavLink { href, label, icon, waiting } = link.clone();
                    view! {
                        <li>
                            <a class="nav-link" href=href aria-current=current>
                                <Icon name=icon/>
                                <span>{label}</span>
                                {waiting.map(|count| view! { <span class="nav-count">{count}</span> })}
                            </a>
                        </li>
                    }
                })
                .collect_view();
            let title = group.title.clone().map(|title| view! { <p class="nav-title">{title}</p> });
            view! { <div class="nav-group">{title}<ul>{links}</ul></div> }
        })
        .collect_view()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_fitting_link_is_the_current_one() {
        let link = |href: &str| NavLink::new(href, "", IconName::Study);
        let all = [NavGroup {
            title: None,
            links: vec![link("/studies"), link("/studies/1"), link("/studies/1/participants")],
        }];
        assert_eq!(current(&all, "/studies/1/participants/new"), Some("/studies/1/participants"));
        assert_eq!(current(&all, "/studies/12"), Some("/studies"));
        assert_eq!(current(&all, "/users"), None);
    }
}
