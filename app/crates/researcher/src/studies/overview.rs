//! One study: its key numbers, what to do next, its status.

use super::{status_tag, status_word};
use crate::frame::{may, study_page};
use contract::measure::SessionFilter;
use contract::permission::Permission;
use contract::study::StudyView;
use contract::{ListQuery, Locale};
use leptos::prelude::*;
use platform::RequestCx;
use ui::facts::Section;
use ui::icon::IconName;
use ui::{
    ButtonKind, Choice, Code, Crumb, Fact, Facts, Figure, Figures, Form, Hidden, LinkButton,
    PageHeader, Select, TextInput, Time, number, t,
};

#[component]
pub fn StudyPage() -> impl IntoView {
    study_page(|cx, study| async move {
        let l = cx.locale;
        let one = ListQuery { per_page: Some(1), ..ListQuery::default() };
        let batteries = measures::batteries(&cx.ctx, &cx.actor, study.id, &one).await?;
        let filter = SessionFilter::default();
        let sessions = measures::sessions(&cx.ctx, &cx.actor, study.id, &one, &filter).await?;
        let batteries = batteries.pagination.total;
        let sessions = sessions.pagination.total;
        let id = study.id;
        let at = move |place: &str| format!("/studies/{id}{place}");
        let crumbs = vec![Crumb::new(t(l, "studies-title"), "/studies")];
        let status = study.status;
        let manage = may(&cx, Some(study.id), Permission::StudyManage);
        let languages = study
            .languages
            .iter()
            .map(|language| match language {
                Locale::En => "English",
                Locale::Fr => "Français",
            })
            .collect::<Vec<_>>()
            .join(", ");
        let count = move |n: u64| number::whole(l, i64::try_from(n).unwrap_or(i64::MAX));
        let may_add = may(&cx, Some(id), Permission::ParticipantManage);
        let steps = next_steps(&cx, &study, batteries);
        let status_form = manage.then(|| status_form(l, &study));
        let lead = (!study.description.is_empty()).then(|| {
            let text = study.description.clone();
            view! { <p class="lead">{text}</p> }
        });
        let StudyView { code, name, time_zone, created_at, .. } = study;
        let (participants, sites) = (u64::from(study.participants), u64::from(study.sites));
        Ok(view! {
            <PageHeader title=name crumbs
                beside=move || status_tag(l, status).into_any()>
                {may_add.then(|| view! {
                    <LinkButton href=at("/participants/new") kind=ButtonKind::Primary icon=IconName::Plus>
                        {t(l, "study-step-participant")}
                    </LinkButton>
                })}
            </PageHeader>
            {lead}
            <Figures>
                <Figure label=t(l, "study-participants") value=count(participants)
                    href=at("/participants")/>
                <Figure label=t(l, "nav-sessions") value=count(sessions) href=at("/sessions")/>
                <Figure label=t(l, "nav-batteries") value=count(batteries) href=at("/batteries")/>
                <Figure label=t(l, "study-sites") value=count(sites) href=at("/sites")/>
            </Figures>
            {steps}
            <Section title=t(l, "nav-overview")>
                <Facts>
                    <Fact term=t(l, "study-code")><Code value=code/></Fact>
                    <Fact term=t(l, "study-languages")>{languages}</Fact>
                    <Fact term=t(l, "study-time-zone")>{time_zone}</Fact>
                    <Fact term=t(l, "study-created")><Time at=created_at/></Fact>
                </Facts>
            </Section>
            {status_form}
        }
        .into_any())
    })
}

/// What is still missing before the first session can be run, in order.
fn next_steps(cx: &RequestCx, study: &StudyView, batteries: u64) -> Option<impl IntoView + use<>> {
    let l = cx.locale;
    let may = |permission| may(cx, Some(study.id), permission);
    let steps = [
        (study.sites == 0, Permission::StudyManage, "site", "/sites"),
        (batteries == 0, Permission::BatteryManage, "battery", "/batteries/new"),
        (
            study.participants == 0,
            Permission::ParticipantManage,
            "participant",
            "/participants/new",
        ),
    ];
    let items = steps
        .into_iter()
        .filter(|(missing, permission, ..)| *missing && may(*permission))
        .map(|(_, _, step, place)| {
            let key = ["study-step-", step].concat();
            let text = t(l, &[&key, "-text"].concat());
            let href = format!("/studies/{}{place}", study.id);
            view! { <li><a href=href>{t(l, &key)}</a><p class="muted">{text}</p></li> }
        })
        .collect::<Vec<_>>();
    (!items.is_empty()).then(|| {
        view! {
            <Section title=t(l, "study-overview-next")><ol class="steps">{items}</ol></Section>
        }
    })
}

fn status_form(l: Locale, study: &StudyView) -> Option<impl IntoView + use<>> {
    let id = study.id;
    let choices = study
        .status
        .next()
        .iter()
        .map(|status| Choice::new(status.as_str(), status_word(l, *status)))
        .collect::<Vec<_>>();
    (!choices.is_empty()).then(|| {
        view! {
            <Section title=t(l, "study-status-change")>
                <Form action="/_fn/change_study_status" submit=t(l, "study-status-change") kind=ButtonKind::Secondary>
                    <Hidden name="study" value=id.to_string()/>
                    <Select name="status" label=t(l, "study-status") choices/>
                    <TextInput name="reason" label=t(l, "study-status-reason")
                        hint=t(l, "study-status-reason-hint") note=t(l, "field-optional")/>
                </Form>
            </Section>
        }
    })
}
