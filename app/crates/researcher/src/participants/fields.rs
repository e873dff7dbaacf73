//! Fields that the forms of this folder share.

use super::words::language_name;
use contract::study::{SiteStatus, SiteView};
use contract::{Locale, participant::ContactPresence};
use leptos::prelude::*;
use ui::{Checkbox, Choice, Radios, Select, TextInput, Width, t};

/// The sites that take participants, and the one that is chosen already.
pub(super) fn site_select(
    l: Locale,
    sites: &[SiteView],
    chosen: Option<&SiteView>,
) -> impl IntoView + use<> {
    let choices = sites
        .iter()
        .filter(|site| {
            site.status == SiteStatus::Active || chosen.is_some_and(|chosen| chosen.id == site.id)
        })
        .map(|site| Choice::new(site.id.to_string(), format!("{} · {}", site.code, site.name)))
        .collect::<Vec<_>>();
    let value = chosen.map(|site| site.id.to_string()).unwrap_or_default();
    view! {
        <Select name="site_id" label=t(l, "participant-site") choices value
            hint=t(l, "participant-site-hint")/>
    }
}

pub(super) fn language_radios(
    l: Locale,
    languages: &[Locale],
    chosen: Locale,
) -> impl IntoView + use<> {
    let choices = Locale::ALL
        .into_iter()
        .filter(|language| languages.contains(language) || *language == chosen)
        .map(|language| Choice::new(language.tag(), language_name(language)))
        .collect::<Vec<_>>();
    view! {
        <Radios name="language" label=t(l, "participant-language") choices value=chosen.tag()
            hint=t(l, "participant-language-hint")/>
    }
}

pub(super) fn code_input(l: Locale, value: &str) -> impl IntoView + use<> {
    view! {
        <TextInput name="participant_code" label=t(l, "participant-code")
            hint=t(l, "participant-code-hint") value=value.to_owned() verbatim=true
            autocomplete="off" width=Width::Medium/>
    }
}

/// E-mail, phone and names. What is on file is not shown: an empty field leaves it as it is, and
/// a box removes it.
pub(super) fn contact_inputs(l: Locale, on_file: ContactPresence) -> impl IntoView + use<> {
    let fields = [
        ("email", "email", "participant-email", on_file.email),
        ("phone", "tel", "participant-phone", on_file.phone),
        ("given_name", "text", "participant-given-name", on_file.given_name),
        ("family_name", "text", "participant-family-name", on_file.family_name),
    ];
    fields
        .into_iter()
        .map(|(name, kind, key, on_file)| {
            let note =
                t(l, if on_file { "participant-contact-keep" } else { "field-optional" });
            let remove = on_file.then(|| {
                let label = ui::t!(l, "participant-contact-remove", what = t(l, key));
                view! { <Checkbox name=["remove_", name].concat() label/> }
            });
            view! {
                <TextInput name label=t(l, key) kind note autocomplete="off" verbatim={kind == "email"}/>
                {remove}
            }
        })
        .collect_view()
}
