//! One session.

use super::words::{flag_word, status_tag};
use super::{plots, scores, timing};
use crate::frame::{id_in_path, study_page};
use crate::tasks::Tasks;
use contract::ids::Session;
use contract::measure::{SessionDetail, SessionRecord};
use leptos::prelude::*;
use ui::facts::Section;
use ui::icon::IconName;
use ui::{Code, Crumb, Fact, Facts, LinkButton, Notice, PageHeader, Time, Tone, number, t};

#[component]
pub fn SessionPage() -> impl IntoView {
    let id = id_in_path::<Session>("session");
    study_page(|cx, study| async move {
        let l = cx.locale;
        let id = id?;
        let session = measures::session(&cx.ctx, &cx.actor, study.id, id).await?;
        let record = measures::record(&cx.ctx, &cx.actor, study.id, id).await?;
        let SessionDetail { summary, modules, timing: report, seed, scoring_version, .. } = session;
        let crumbs = vec![
            Crumb::new(t(l, "studies-title"), "/studies"),
            Crumb::new(study.code.clone(), format!("/studies/{}", study.id)),
            Crumb::new(t(l, "sessions-title"), format!("/studies/{}/sessions", study.id)),
        ];
        let file = |format: &str| {
            format!("/api/studies/{}/sessions/{id}/download?format={format}", study.id)
        };
        let (csv, json) = (file("csv"), file("json"));
        let participant = format!("/studies/{}/participants/{}", study.id, summary.participant_id);
        let title = ui::t!(
            l,
            "session-title",
            code = summary.participant_code.clone(),
            battery = summary.battery_name.clone()
        );
        let marks = (!summary.flags.is_empty()).then(|| {
            let items = summary
                .flags
                .iter()
                .map(|flag| view! { <li>{flag_word(l, flag)}</li> })
                .collect::<Vec<_>>();
            view! { <Notice tone=Tone::Attention title=t(l, "session-marks-title")><ul>{items}</ul></Notice> }
        });
        let tasks = Tasks::load(&cx)?;
        let status = summary.status;
        let parts = modules
            .iter()
            .map(|module| {
                let trials = record
                    .trials
                    .iter()
                    .filter(|trial| trial.module == module.module)
                    .collect::<Vec<_>>();
                module_part(l, &tasks, module, &trials)
            })
            .collect::<Vec<_>>();
        let timing = report.as_ref().map(|report| timing::section(l, report));
        let trials = trials_section(l, &tasks, &record);
        Ok(view! {
            <PageHeader title crumbs beside=move || status_tag(l, status).into_any()>
                <LinkButton href=csv icon=IconName::Download>{t(l, "session-download-csv")}</LinkButton>
                <LinkButton href=json icon=IconName::Download>{t(l, "session-download-json")}</LinkButton>
            </PageHeader>
            {marks}
            <Section title=t(l, "session-facts")>
                <Facts>
                    <Fact term=t(l, "session-participant")>
                        <a href=participant><Code value=summary.participant_code/></a>
                    </Fact>
                    <Fact term=t(l, "session-started")>
                        {summary.started_at.map(|at| view! { <Time at/> })}
                    </Fact>
                    <Fact term=t(l, "session-completed")>
                        {summary.completed_at.map(|at| view! { <Time at/> })}
                    </Fact>
                    <Fact term=t(l, "session-attempt")>{number::whole(l, i64::from(summary.attempt))}</Fact>
                    <Fact term=t(l, "session-battery-version")>
                        {number::whole(l, i64::from(summary.battery_version))}
                    </Fact>
                    <Fact term=t(l, "session-scoring")>
                        {scoring_version.map(|version| view! { <Code value=version/> })}
                    </Fact>
                    <Fact term=t(l, "session-seed")>
                        {seed.map(|seed| view! { <Code value=seed.0.to_string()/> })}
                    </Fact>
                </Facts>
            </Section>
            {parts}
            {timing}
            {trials}
        }
        .into_any())
    })
}

fn module_part(
    l: contract::Locale,
    tasks: &Tasks,
    module: &contract::measure::SessionModule,
    trials: &[&contract::task::Trial],
) -> AnyView {
    let title = tasks.name(&module.task_id);
    let scores = scores::part(l, module);
    let plots = plots::part(l, trials);
    view! {
        <Section title>
            {scores}
            {plots}
        </Section>
    }
    .into_any()
}

/// Every trial, in the order in which it was run.
fn trials_section(
    l: contract::Locale,
    tasks: &Tasks,
    record: &SessionRecord,
) -> impl IntoView + use<> {
    let table = plots::trial_table(l, tasks, &record.trials);
    view! { <Section title=t(l, "session-trials-title") lead=t(l, "session-trials-lead")>{table}</Section> }
}
