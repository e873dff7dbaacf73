//! The scores of one module: the server's, and where the browser's differ.

use super::words::{flag_word, metric_word, rule_text};
use contract::Locale;
use contract::measure::SessionModule;
use contract::task::{Estimate, Metric, ModuleSummary};
use leptos::prelude::*;
use std::collections::BTreeSet;
use ui::{Column, DataTable, Figure, Figures, Notice, Row, Tone, number, t};

/// The few that people look at first, by task; the others are in the table.
const HEADLINES: &[&str] = &[
    "interference_rt",
    "accuracy",
    "median_rt",
    "mean_rt",
    "sd_rt",
    "lapses",
    "anticipations",
    "omissions",
];

pub(super) fn part(l: Locale, module: &SessionModule) -> AnyView {
    let Some(summary) = &module.summary else {
        return view! { <p>{t(l, "session-not-scored")}</p> }.into_any();
    };
    let figures = HEADLINES
        .iter()
        .filter_map(|name| summary.metric(name))
        .map(|metric| {
            view! { <Figure label=metric_word(l, &metric.name) value=value(l, metric)/> }
        })
        .collect::<Vec<_>>();
    let verdict = (!summary.valid).then(|| {
        let why =
            summary.flags.iter().map(|flag| flag_word(l, flag)).collect::<Vec<_>>().join(", ");
        view! { <Notice tone=Tone::Attention title=t(l, "session-module-not-valid")>{why}</Notice> }
    });
    let differs = (!module.differing.is_empty()).then(|| {
        let what =
            module.differing.iter().map(|name| metric_word(l, name)).collect::<Vec<_>>().join(", ");
        view! { <Notice tone=Tone::Bad title=t(l, "session-differs")>{what}</Notice> }
    });
    view! {
        {verdict}
        {differs}
        <Figures>{figures}</Figures>
        <details class="fold">
            <summary>{t(l, "session-all-scores")}</summary>
            {table(l, summary)}
        </details>
    }
    .into_any()
}

fn table(l: Locale, summary: &ModuleSummary) -> impl IntoView + use<> {
    let columns = vec![
        Column::text(t(l, "score-name")),
        Column::number(t(l, "score-value")),
        Column::number(t(l, "score-n")),
        Column::text(t(l, "score-rules")),
    ];
    let rows = summary
        .metrics
        .iter()
        .map(|metric| {
            Row::new()
                .cell(metric_word(l, &metric.name))
                .cell(value(l, metric))
                .cell(number::whole(l, i64::from(metric.n_used)))
                .cell(rules(l, &metric.rules))
        })
        .collect::<Vec<_>>();
    view! {
        <DataTable caption=t(l, "session-all-scores") columns rows wide=true/>
        {legend(l, summary)}
    }
}

/// The ids of the rules, each with what it does for who points at it.
fn rules(l: Locale, rules: &[String]) -> impl IntoView + use<> {
    let rules = rules
        .iter()
        .map(|rule| {
            let title = rule_text(l, rule);
            view! { <abbr title=title>{rule.clone()}</abbr> " " }
        })
        .collect_view();
    view! { <span class="rules">{rules}</span> }
}

/// What the rules in the table do, in sentences.
fn legend(l: Locale, summary: &ModuleSummary) -> impl IntoView + use<> {
    let used = summary.metrics.iter().flat_map(|metric| &metric.rules).collect::<BTreeSet<_>>();
    let texts = used
        .into_iter()
        .filter_map(|rule| {
            let text = rule_text(l, rule)?;
            Some(view! { <div><dt>{rule.clone()}</dt><dd>{text}</dd></div> })
        })
        .collect::<Vec<_>>();
    (!texts.is_empty()).then(|| {
        view! {
            <h3>{t(l, "score-rules-title")}</h3>
            <dl class="rule-list">{texts}</dl>
        }
    })
}

/// The value with its unit, or why there is none.
fn value(l: Locale, metric: &Metric) -> String {
    match metric.estimate {
        Estimate::Value { value } => match metric.unit.as_str() {
            "ms" => number::with_unit(l, value, 0, "ms"),
            "ms_per_s" => number::with_unit(l, value, 1, "ms/s"),
            "proportion" => number::percent(l, value, 1),
            "count" | "points" => number::decimal(l, value, 0),
            // Rates of discounting begin at 0.00016 a day
            "per_day" => number::decimal(l, value, 5),
            _ => number::decimal(l, value, 3),
        },
        Estimate::NotEstimable { reason } => {
            let word = serde_json::to_value(reason)
                .ok()
                .and_then(|word| word.as_str().map(ToOwned::to_owned))
                .unwrap_or_default();
            t(l, &["not-estimable-", &word].concat())
        }
    }
}
