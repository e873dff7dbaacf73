//! The batteries of a study.

use super::{status_tag, status_word};
use crate::frame::{list_query, may, study_page};
use crate::tasks::Tasks;
use contract::ListQuery;
use contract::measure::{BATTERY_SORTS, BatteryStatus};
use contract::permission::Permission;
use leptos::prelude::*;
use ui::icon::IconName;
use ui::{
    ButtonKind, Choice, Column, Crumb, DataTable, EmptyState, Filters, LinkButton, ListLinks,
    PageHeader, Row, Select, number, t,
};

#[component]
pub fn BatteriesPage() -> impl IntoView {
    study_page(|cx, study| async move {
        let l = cx.locale;
        let query = readable(list_query());
        let list = measures::batteries(&cx.ctx, &cx.actor, study.id, &query).await?;
        let here = format!("/studies/{}/batteries", study.id);
        let links = ListLinks::new(here.clone(), &query);
        let names = Tasks::load(&cx)?;
        let may_add = may(&cx, Some(study.id), Permission::BatteryManage);
        let crumbs = vec![
            Crumb::new(t(l, "studies-title"), "/studies"),
            Crumb::new(study.code.clone(), format!("/studies/{}", study.id)),
        ];
        let columns = vec![
            Column::text(t(l, "battery-name")).sortable("name"),
            Column::text(t(l, "battery-status")).sortable("status"),
            Column::text(t(l, "battery-tasks")),
            Column::number(t(l, "battery-minutes")).unit("min").sortable("minutes"),
            Column::number(t(l, "battery-sessions")),
            Column::number(t(l, "battery-version")),
        ];
        let rows = list
            .data
            .into_iter()
            .map(|row| {
                let tasks =
                    row.tasks.iter().map(|task| names.name(task)).collect::<Vec<_>>().join(", ");
                Row::link(format!("{here}/{}", row.id))
                    .cell(row.name)
                    .cell(status_tag(l, row.status))
                    .cell(tasks)
                    .cell(number::decimal(l, row.estimated_minutes, 0))
                    .cell(number::whole(l, row.sessions))
                    .cell(number::whole(l, i64::from(row.version)))
            })
            .collect::<Vec<_>>();
        let (title, text) = if links.is_filtered() {
            (t(l, "batteries-none-found-title"), t(l, "batteries-none-found-text"))
        } else {
            (t(l, "batteries-none-title"), t(l, "batteries-none-text"))
        };
        let empty = move || {
            let (title, text) = (title.clone(), text.clone());
            view! { <EmptyState title text icon=IconName::Battery/> }.into_any()
        };
        let statuses = std::iter::once(Choice::new("", t(l, "filter-all")))
            .chain(
                BatteryStatus::ALL
                    .iter()
                    .map(|status| Choice::new(status.as_str(), status_word(l, *status))),
            )
            .collect::<Vec<_>>();
        let (status, filter_links) = (links.status().unwrap_or_default(), links.clone());
        Ok(view! {
            <PageHeader title=t(l, "batteries-title") crumbs>
                {may_add.then(|| view! {
                    <LinkButton href=format!("{here}/new") kind=ButtonKind::Primary icon=IconName::Plus>
                        {t(l, "batteries-new")}
                    </LinkButton>
                })}
            </PageHeader>
            <Filters links=filter_links search=t(l, "batteries-search")>
                <Select name="status" label=t(l, "battery-status") choices=statuses value=status/>
            </Filters>
            <DataTable caption=t(l, "batteries-title") columns rows links
                pagination=list.pagination empty/>
        }
        .into_any())
    })
}

/// An address that somebody cut or mistyped still shows the list.
fn readable(mut query: ListQuery) -> ListQuery {
    query.sort = query.sort.filter(|sort| BATTERY_SORTS.contains(&sort.as_str()));
    query.sort.get_or_insert_with(|| "name".to_owned());
    query.status = query.status.filter(|text| text.parse::<BatteryStatus>().is_ok());
    query
}
