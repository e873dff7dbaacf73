//! The form that makes a battery.

use super::builder::{BatteryBuilder, BuilderWords};
use super::crumbs;
use crate::frame::study_page;
use crate::tasks::Tasks;
use contract::permission::Permission;
use leptos::prelude::*;
use ui::{Choice, Form, Hidden, PageHeader, Radios, TextArea, TextInput, t};

#[component]
pub fn NewBatteryPage() -> impl IntoView {
    study_page(|cx, study| async move {
        platform::require(&cx.actor, Permission::BatteryManage, study.id)?;
        let l = cx.locale;
        let tasks = Tasks::load(&cx)?.into_all();
        let statuses = vec![
            Choice::new("active", t(l, "battery-status-active")).hint(t(l, "battery-active-hint")),
            Choice::new("draft", t(l, "battery-status-draft")).hint(t(l, "battery-draft-hint")),
        ];
        let back = format!("/studies/{}/batteries", study.id);
        Ok(view! {
            <PageHeader title=t(l, "batteries-new") crumbs=crumbs(l, &study)/>
            <Form action="/_fn/create_battery" submit=t(l, "battery-create") cancel=back>
                <Hidden name="study" value=study.id.to_string()/>
                <TextInput name="name" label=t(l, "battery-name")/>
                <TextArea name="description" label=t(l, "battery-description")
                    note=t(l, "field-optional") rows=2/>
                <h2>{t(l, "battery-tasks")}</h2>
                <BatteryBuilder tasks initial=Vec::new() words=BuilderWords::of(l)/>
                <Radios name="status" label=t(l, "battery-status") choices=statuses value="active"/>
            </Form>
        }
        .into_any())
    })
}
