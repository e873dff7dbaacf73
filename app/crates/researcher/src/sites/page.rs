//! The list of sites and the form that adds one.

use crate::frame::{may, study_page};
use contract::permission::Permission;
use contract::study::SiteStatus;
use leptos::prelude::*;
use ui::facts::Section;
use ui::field::Width;
use ui::icon::IconName;
use ui::{
    Choice, Code, Column, Crumb, DataTable, EmptyState, Form, Hidden, PageHeader, Row, Select,
    StatusTag, TextInput, Tone, t,
};

#[component]
pub fn SitesPage() -> impl IntoView {
    study_page(|cx, study| async move {
        let l = cx.locale;
        let sites = ::studies::site::list(&cx.ctx, &cx.actor, study.id).await?;
        let crumbs = vec![
            Crumb::new(t(l, "studies-title"), "/studies"),
            Crumb::new(study.code.clone(), format!("/studies/{}", study.id)),
        ];
        let columns = vec![
            Column::text(t(l, "site-code")),
            Column::text(t(l, "site-name")),
            Column::text(t(l, "site-time-zone")),
            Column::text(t(l, "site-status")),
        ];
        let rows = sites
            .into_iter()
            .map(|site| {
                let tone = match site.status {
                    SiteStatus::Active => Tone::Good,
                    SiteStatus::Inactive => Tone::Info,
                };
                let word = t(l, &["site-status-", site.status.as_str()].concat());
                Row::new()
                    .cell(view! { <Code value=site.code/> })
                    .cell(site.name)
                    .cell(site.time_zone)
                    .cell(view! { <StatusTag tone word/> })
            })
            .collect::<Vec<_>>();
        let zones =
            ::studies::time_zone::all().map(|name| Choice::new(name, name)).collect::<Vec<_>>();
        let form = may(&cx, Some(study.id), Permission::StudyManage).then(|| {
            view! {
                <Section title=t(l, "sites-new")>
                    <Form action="/_fn/create_site" submit=t(l, "site-create")>
                        <Hidden name="study" value=study.id.to_string()/>
                        <TextInput name="code" label=t(l, "site-code") hint=t(l, "site-code-hint")
                            verbatim=true width=Width::Medium/>
                        <TextInput name="name" label=t(l, "site-name")/>
                        <Select name="time_zone" label=t(l, "site-time-zone")
                            hint=t(l, "site-time-zone-hint") choices=zones
                            value=study.time_zone.clone()/>
                    </Form>
                </Section>
            }
        });
        let empty = move || {
            view! {
                <EmptyState title=t(l, "sites-none-title") text=t(l, "sites-none-text")
                    icon=IconName::Site/>
            }
            .into_any()
        };
        Ok(view! {
            <PageHeader title=t(l, "sites-title") crumbs/>
            <DataTable caption=t(l, "sites-title") columns rows empty/>
            {form}
        }
        .into_any())
    })
}
