//! The studies that the reader may open.

use super::status_tag;
use crate::frame::{list_query, may, staff_page};
use contract::permission::Permission;
use leptos::prelude::*;
use ui::icon::IconName;
use ui::{
    ButtonKind, Code, Column, DataTable, EmptyState, Filters, LinkButton, ListLinks, PageHeader,
    Row, number, t,
};

#[component]
pub fn StudiesPage() -> impl IntoView {
    staff_page(|cx| async move {
        let l = cx.locale;
        let query = list_query();
        let page = ::studies::study::list(&cx.ctx, &cx.actor, &query).await?;
        let links = ListLinks::new("/studies", &query);
        let may_create = may(&cx, None, Permission::StudyCreate);
        let columns = vec![
            Column::text(t(l, "study-code")).sortable("code"),
            Column::text(t(l, "study-name")).sortable("name"),
            Column::text(t(l, "study-status")).sortable("status"),
            Column::number(t(l, "study-sites")),
            Column::number(t(l, "study-participants")),
            Column::text(t(l, "study-my-role")),
        ];
        let rows = page
            .data
            .into_iter()
            .map(|study| {
                let role = study.my_role.map_or("none", |role| role.as_str());
                Row::link(format!("/studies/{}", study.id))
                    .cell(view! { <Code value=study.code/> })
                    .cell(study.name)
                    .cell(status_tag(l, study.status))
                    .cell(number::whole(l, i64::from(study.sites)))
                    .cell(number::whole(l, i64::from(study.participants)))
                    .cell(t(l, &["study-role-", role].concat()))
            })
            .collect::<Vec<_>>();
        let filtered = links.is_filtered();
        let empty = move || {
            if filtered {
                view! {
                    <EmptyState title=t(l, "studies-none-found-title")
                        text=t(l, "studies-none-found-text") icon=IconName::Search/>
                }
                .into_any()
            } else {
                view! {
                    <EmptyState title=t(l, "studies-none-title") text=t(l, "studies-none-text")
                        icon=IconName::Study/>
                }
                .into_any()
            }
        };
        Ok(view! {
            <PageHeader title=t(l, "studies-title")>
                {may_create.then(|| view! {
                    <LinkButton href="/studies/new" kind=ButtonKind::Primary icon=IconName::Plus>
                        {t(l, "studies-new")}
                    </LinkButton>
                })}
            </PageHeader>
            <Filters links=links.clone() search=t(l, "studies-search")/>
            <DataTable caption=t(l, "studies-title") columns rows links pagination=page.pagination
                empty/>
        }
        .into_any())
    })
}
