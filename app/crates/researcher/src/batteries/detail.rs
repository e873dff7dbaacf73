//! One battery: what is in it, and the form that changes it.

use super::builder::{BatteryBuilder, BuilderWords};
use super::{crumbs, status_tag, status_word};
use crate::frame::{id_in_path, may, study_page};
use crate::tasks::Tasks;
use contract::ids::Battery;
use contract::measure::{BatteryStatus, ModuleInput};
use contract::permission::Permission;
use leptos::prelude::*;
use ui::facts::Section;
use ui::{
    Choice, Column, DataTable, Fact, Facts, Form, Hidden, Notice, PageHeader, Row, Select,
    TextArea, TextInput, Time, Tone, number, t,
};

#[component]
pub fn BatteryPage() -> impl IntoView {
    let id = id_in_path::<Battery>("battery");
    study_page(|cx, study| async move {
        let l = cx.locale;
        let battery = measures::battery(&cx.ctx, &cx.actor, study.id, id?).await?;
        let tasks = Tasks::load(&cx)?;
        let summary = battery.summary;
        let columns = vec![
            Column::number(t(l, "battery-position")),
            Column::text(t(l, "battery-task")),
            Column::text(t(l, "builder-params")),
            Column::number(t(l, "battery-minutes")).unit("min"),
        ];
        let rows = battery
            .modules
            .iter()
            .map(|module| {
                let params = tasks
                    .params(&module.task_id, &module.params)
                    .into_iter()
                    .map(|(label, value)| {
                        view! { <div><dt>{label}</dt><dd>{value}</dd></div> }
                    })
                    .collect_view();
                Row::new()
                    .cell(number::whole(l, i64::from(module.position)))
                    .cell(tasks.name(&module.task_id))
                    .cell(view! { <dl class="params">{params}</dl> })
                    .cell(number::decimal(l, module.minutes, 1))
            })
            .collect::<Vec<_>>();
        let initial = battery
            .modules
            .into_iter()
            .map(|module| ModuleInput { task_id: module.task_id, params: module.params })
            .collect::<Vec<_>>();
        let status = summary.status;
        let run = summary.sessions > 0;
        let (title, minutes, version) =
            (summary.name.clone(), summary.estimated_minutes, summary.version);
        let (sessions, updated_at) = (summary.sessions, summary.updated_at);
        let form = may(&cx, Some(study.id), Permission::BatteryManage).then(|| {
            let statuses = BatteryStatus::ALL
                .iter()
                .filter(|next| **next == status || status.may_become(**next))
                .map(|next| Choice::new(next.as_str(), status_word(l, *next)))
                .collect::<Vec<_>>();
            view! {
                <Section title=t(l, "battery-change")>
                    {run.then(|| view! {
                        <Notice tone=Tone::Info title=t(l, "battery-has-sessions")>
                            {t(l, "battery-new-version")}
                        </Notice>
                    })}
                    <Form action="/_fn/update_battery" submit=t(l, "form-save")>
                        <Hidden name="study" value=study.id.to_string()/>
                        <Hidden name="battery" value=summary.id.to_string()/>
                        <Hidden name="revision" value=summary.revision.to_string()/>
                        <TextInput name="name" label=t(l, "battery-name") value=summary.name.clone()/>
                        <TextArea name="description" label=t(l, "battery-description")
                            note=t(l, "field-optional") rows=2 value=summary.description.clone()/>
                        <Select name="status" label=t(l, "battery-status") choices=statuses
                            value=status.as_str()/>
                        <h3>{t(l, "battery-tasks")}</h3>
                        <BatteryBuilder tasks=tasks.into_all() initial words=BuilderWords::of(l)/>
                    </Form>
                </Section>
            }
        });
        Ok(view! {
            <PageHeader title crumbs=crumbs(l, &study)
                beside=move || status_tag(l, status).into_any()/>
            <Section title=t(l, "battery-tasks")>
                <Facts>
                    <Fact term=t(l, "battery-minutes")>{number::with_unit(l, minutes, 0, "min")}</Fact>
                    <Fact term=t(l, "battery-sessions")>{number::whole(l, sessions)}</Fact>
                    <Fact term=t(l, "battery-version")>{number::whole(l, i64::from(version))}</Fact>
                    <Fact term=t(l, "battery-updated")><Time at=updated_at/></Fact>
                </Facts>
                <DataTable caption=t(l, "battery-tasks") columns rows/>
            </Section>
            {form}
        }
        .into_any())
    })
}
