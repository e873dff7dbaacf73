//! Batteries: list, create, change. The builder orders tasks and sets their parameters.

pub mod builder;
#[cfg(feature = "ssr")]
pub mod detail;
#[cfg(feature = "ssr")]
pub mod list;
#[cfg(feature = "ssr")]
pub mod new;
pub mod server_fns;

#[cfg(feature = "ssr")]
pub use {detail::BatteryPage, list::BatteriesPage, new::NewBatteryPage};

#[cfg(feature = "ssr")]
mod words {
    use super::builder::BuilderWords;
    use contract::Locale;
    use contract::measure::BatteryStatus;
    use contract::study::StudyView;
    use leptos::prelude::*;
    use ui::{Crumb, StatusTag, Tone, t};

    pub(super) fn status_word(l: Locale, status: BatteryStatus) -> String {
        t(l, &["battery-status-", status.as_str()].concat())
    }

    pub(super) fn status_tag(l: Locale, status: BatteryStatus) -> impl IntoView {
        let tone = match status {
            BatteryStatus::Active => Tone::Good,
            BatteryStatus::Draft | BatteryStatus::Retired => Tone::Info,
        };
        view! { <StatusTag tone word=status_word(l, status)/> }
    }

    /// The way to the pages of this folder.
    pub(super) fn crumbs(l: Locale, study: &StudyView) -> Vec<Crumb> {
        vec![
            Crumb::new(t(l, "studies-title"), "/studies"),
            Crumb::new(study.code.clone(), format!("/studies/{}", study.id)),
            Crumb::new(t(l, "batteries-title"), format!("/studies/{}/batteries", study.id)),
        ]
    }

    impl BuilderWords {
        pub(super) fn of(l: Locale) -> Self {
            Self {
                add: t(l, "builder-add"),
                choose: t(l, "builder-choose"),
                up: t(l, "builder-up"),
                down: t(l, "builder-down"),
                remove: t(l, "builder-remove"),
                params: t(l, "builder-params"),
                empty: t(l, "builder-empty"),
                between: t(l, "builder-between"),
                total: t(l, "builder-total"),
                minutes: t(l, "builder-minutes"),
                unknown: t(l, "builder-unknown"),
                moved: t(l, "builder-moved"),
                yes: t(l, "builder-yes"),
            }
        }
    }
}
#[cfg(feature = "ssr")]
use words::{crumbs, status_tag, status_word};
