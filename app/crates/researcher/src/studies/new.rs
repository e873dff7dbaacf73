//! The form that creates a study.

use crate::frame::staff_page;
use contract::Locale;
use contract::permission::Permission;
use leptos::prelude::*;
use platform::policy::require_system;
use ui::field::Width;
use ui::{Choice, Crumb, Form, PageHeader, Radios, Select, TextArea, TextInput, t};

#[component]
pub fn NewStudyPage() -> impl IntoView {
    staff_page(|cx| async move {
        require_system(&cx.actor, Permission::StudyCreate)?;
        let l = cx.locale;
        let crumbs = vec![Crumb::new(t(l, "studies-title"), "/studies")];
        let modes = vec![
            Choice::new("metricis", t(l, "study-mode-metricis"))
                .hint(t(l, "study-mode-metricis-hint")),
            Choice::new("redcap", t(l, "study-mode-redcap")).hint(t(l, "study-mode-redcap-hint")),
        ];
        let languages = vec![
            Choice::new("en", "English"),
            Choice::new("fr", "Français"),
            Choice::new("en,fr", "English, Français"),
        ];
        let zone = match l {
            Locale::En => "America/Toronto",
            Locale::Fr => "Europe/Paris",
        };
        let zones =
            ::studies::time_zone::all().map(|name| Choice::new(name, name)).collect::<Vec<_>>();
        Ok(view! {
            <PageHeader title=t(l, "studies-new") crumbs/>
            <Form action="/_fn/create_study" submit=t(l, "study-create") cancel="/studies">
                <TextInput name="code" label=t(l, "study-code") hint=t(l, "study-code-hint")
                    verbatim=true width=Width::Medium/>
                <TextInput name="name" label=t(l, "study-name")/>
                <TextArea name="description" label=t(l, "study-description")
                    note=t(l, "field-optional")/>
                <Radios name="integration_mode" label=t(l, "study-mode") choices=modes
                    value="metricis"/>
                <Select name="languages" label=t(l, "study-languages")
                    hint=t(l, "study-languages-hint") choices=languages value="en"/>
                <Select name="time_zone" label=t(l, "study-time-zone")
                    hint=t(l, "study-time-zone-hint") choices=zones value=zone/>
            </Form>
        }
        .into_any())
    })
}
