//! The list of participants: search, filters, sort and page in the address.

use super::words::language_name;
use super::{status_tag, status_word};
use crate::frame::{list_query, may, query_text, study_page};
use contract::ids::Site;
use contract::participant::{
    PARTICIPANT_SORTS, ParticipantCounts, ParticipantFilter, ParticipantStatus, ParticipantSummary,
};
use contract::permission::Permission;
use contract::study::{SiteView, StudyView};
use contract::{Id, ListQuery, Locale};
use leptos::prelude::*;
use ui::{
    ButtonKind, Choice, Code, Column, Crumb, DataTable, EmptyState, Figure, Figures, Filters,
    IconName, LinkButton, ListLinks, PageHeader, Row, Select, Time, datetime, number, t,
};

#[component]
pub fn ParticipantsPage() -> impl IntoView {
    study_page(|cx, study| async move {
        let l = cx.locale;
        let query = readable(list_query());
        let site = query_text("site").and_then(|text| text.parse::<Id<Site>>().ok());
        let filter = ParticipantFilter { site };
        let list = ::participants::list(&cx.ctx, &cx.actor, study.id, &query, &filter).await?;
        let counts = ::participants::counts(&cx.ctx, &cx.actor, study.id, None).await?;
        let sites = ::studies::site::list(&cx.ctx, &cx.actor, study.id).await?;

        let here = format!("/studies/{}/participants", study.id);
        let may_add = may(&cx, Some(study.id), Permission::ParticipantManage);
        let links = ListLinks::new(here.clone(), &query)
            .with("site", &site.map(|site| site.to_string()).unwrap_or_default());
        let columns = vec![
            Column::text(t(l, "participant-code")).sortable("code"),
            Column::text(t(l, "participant-status")).sortable("status"),
            Column::text(t(l, "participant-site")).sortable("site"),
            Column::text(t(l, "participant-enrolled")).sortable("enrolled"),
            Column::text(t(l, "participant-language")),
            Column::text(t(l, "participant-created")).sortable("created"),
        ];
        let rows = list.data.into_iter().map(|row| table_row(l, &here, row)).collect::<Vec<_>>();
        let filtered = links.is_filtered();
        let new = format!("{here}/new");
        let new_from_empty = new.clone();
        let empty = move || nothing(l, filtered, may_add.then(|| new_from_empty.clone()));
        Ok(view! {
            <PageHeader title=t(l, "participants-title") crumbs=crumbs(l, &study)>
                {may_add.then(|| view! {
                    <LinkButton href=new kind=ButtonKind::Primary icon=IconName::Plus>
                        {t(l, "participants-new")}
                    </LinkButton>
                })}
            </PageHeader>
            {(counts.total() > 0).then(|| figures(l, &here, counts))}
            {filters(l, &links, &sites, site)}
            <DataTable caption=t(l, "participants-title") columns rows links
                pagination=list.pagination empty/>
        }
        .into_any())
    })
}

/// The way to the pages of this folder.
pub(super) fn crumbs(l: Locale, study: &StudyView) -> Vec<Crumb> {
    vec![
        Crumb::new(t(l, "studies-title"), "/studies"),
        Crumb::new(study.code.clone(), format!("/studies/{}", study.id)),
    ]
}

/// An address that somebody cut or mistyped still shows the list.
fn readable(mut query: ListQuery) -> ListQuery {
    query.sort = query.sort.filter(|sort| PARTICIPANT_SORTS.contains(&sort.as_str()));
    query.sort.get_or_insert_with(|| "code".to_owned());
    query.status = query.status.filter(|text| text.parse::<ParticipantStatus>().is_ok());
    query.search =
        query.search.map(|text| text.chars().filter(|c| !c.is_control()).take(40).collect());
    query
}

fn table_row(l: Locale, here: &str, row: ParticipantSummary) -> Row {
    Row::link(format!("{here}/{}", row.id))
        .cell(view! { <Code value=row.participant_code/> })
        .cell(status_tag(l, row.status))
        .cell(row.site_code)
        .cell(row.enrollment_date.map(|date| datetime::date_short(l, date)))
        .cell(language_name(row.language))
        .cell(view! { <Time at=row.created_at/> })
}

fn figures(l: Locale, here: &str, counts: ParticipantCounts) -> impl IntoView + use<> {
    let all = ParticipantStatus::ALL
        .iter()
        .map(|status| {
            view! {
                <Figure label=status_word(l, *status) value=number::whole(l, counts.of(*status))
                    href=format!("{here}?status={status}")/>
            }
        })
        .collect_view();
    view! { <Figures>{all}</Figures> }
}

fn filters(
    l: Locale,
    links: &ListLinks,
    sites: &[SiteView],
    site: Option<Id<Site>>,
) -> impl IntoView + use<> {
    let any = || Choice::new("", t(l, "filter-all"));
    let statuses = std::iter::once(any())
        .chain(
            ParticipantStatus::ALL
                .iter()
                .map(|status| Choice::new(status.as_str(), status_word(l, *status))),
        )
        .collect::<Vec<_>>();
    let places = std::iter::once(any())
        .chain(sites.iter().map(|site| Choice::new(site.id.to_string(), site.code.clone())))
        .collect::<Vec<_>>();
    let (links, status) = (links.clone(), links.status().unwrap_or_default());
    let site = site.map(|site| site.to_string()).unwrap_or_default();
    view! {
        <Filters links search=t(l, "participants-search")>
            <Select name="status" label=t(l, "participant-status") choices=statuses
                value=status/>
            <Select name="site" label=t(l, "participant-site") choices=places
                value=site/>
        </Filters>
    }
}

fn nothing(l: Locale, filtered: bool, new: Option<String>) -> AnyView {
    if filtered {
        return view! {
            <EmptyState title=t(l, "participants-none-found-title")
                text=t(l, "participants-none-found-text") icon=IconName::Search/>
        }
        .into_any();
    }
    view! {
        <EmptyState title=t(l, "participants-none-title") text=t(l, "participants-none-text")
            icon=IconName::Participant>
            {new.map(|href| view! {
                <LinkButton href kind=ButtonKind::Primary icon=IconName::Plus>
                    {t(l, "participants-new")}
                </LinkButton>
            })}
        </EmptyState>
    }
    .into_any()
}
