//! Forms: as they open, and with everything wrong.

use crate::erased;
use crate::{
    Checkbox, Choice, Form, Radios, Section, Select, TextArea, TextInput, Width, form::ErrorSummary,
};
use contract::{ApiError, FieldError};
use leptos::prelude::*;

/// A form in both states.
#[component]
pub fn Forms() -> impl IntoView {
    let error = ApiError::fields(vec![
        FieldError {
            field: "wrong-code".into(),
            rule: "required".into(),
            message: "Fill this in.".into(),
            params: std::collections::BTreeMap::new(),
        },
        FieldError {
            field: "wrong-age".into(),
            rule: "range".into(),
            message: "Choose a value between 18 and 90.".into(),
            params: std::collections::BTreeMap::new(),
        },
    ]);
    erased(view! {
        <div class="columns">
            <Section title="A form">
                <Form action="/_fn/gallery" submit="Create the study" cancel="/gallery">
                    <TextInput name="code" label="Code" hint="Shown to people, e.g. NEURO-2024-001" verbatim=true width=Width::Medium/>
                    <TextInput name="email" label="E-mail" kind="email" autocomplete="off" note="optional"/>
                    <TextInput name="trials" label="Trials" kind="number" value="60" unit="per block" width=Width::Tiny min="10" max="400"/>
                    <Select name="zone" label="Time zone" choices=vec![Choice::new("Europe/Paris", "Europe/Paris"), Choice::new("America/Toronto", "America/Toronto")]/>
                    <Radios name="mode" label="Who runs the schedule" value="metricis" choices=vec![
                        Choice::new("metricis", "Metricis").hint("Visits, windows and randomization are kept here"),
                        Choice::new("redcap", "REDCap").hint("Visits are read from a REDCap project"),
                    ]/>
                    <Checkbox name="demo" label="Send a link by e-mail now" checked=true/>
                    <TextArea name="notes" label="Notes" value="</textarea> & \"quotes\" stay what they are" rows=3/>
                </Form>
            </Section>
            <Section title="The same, refused">
                <form class="form" method="post" action="/_fn/gallery">
                    <ErrorSummary error=Some(error)/>
                    <div class="form-fields">
                        <TextInput name="wrong-code" label="Code" error="Fill this in."/>
                        <TextInput name="wrong-age" label="Age" value="7" unit="years" width=Width::Tiny hint="On the day of consent" error="Choose a value between 18 and 90."/>
                        <TextInput name="fixed" label="Site" value="Lyon"/>
                        <Checkbox name="agree" label="The participant has signed" error="Needed before a task can be assigned."/>
                    </div>
                </form>
            </Section>
        </div>
    })
}
