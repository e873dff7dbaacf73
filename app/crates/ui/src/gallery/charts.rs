//! Charts over invented but plausible numbers.

use crate::erased;
use crate::{
    Section, Tone,
    chart::{
        Bar, BarChart, Histogram, Mark, PlannedWindow, TimelineVisit, TrialPlot, TrialPoint,
        VisitTimeline, WindowTimeline, bins,
    },
    page::use_page,
};
use chrono::TimeDelta;
use leptos::prelude::*;

/// Reaction times of a made-up session, in milliseconds: a skewed spread, always the same.
fn reaction_times() -> Vec<f64> {
    let mut state = 20_241_120_u32;
    let mut next = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 8) / f64::from(1_u32 << 24)
    };
    (0..96)
        .map(|_| {
            let bell: f64 = (0..6).map(|_| next()).sum::<f64>() / 6.0 - 0.5;
            370.0 + 260.0 * bell - 90.0 * (1.0 - next()).ln()
        })
        .collect()
}

/// Each kind of chart once.
#[component]
pub fn Charts() -> impl IntoView {
    let times = reaction_times();
    let mut sorted = times.clone();
    sorted.sort_by(f64::total_cmp);
    let median = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
    let points = times
        .iter()
        .zip(1_u32..)
        .map(|(time, trial)| TrialPoint {
            trial,
            value: (trial % 31 != 0).then_some(if trial % 3 == 0 { time + 60.0 } else { *time }),
            series: usize::from(trial % 3 == 0),
            open: trial % 17 == 0,
        })
        .collect();
    let bar = |label: &str, value, lo, hi, n| Bar {
        label: label.into(),
        value,
        range: Some((lo, hi)),
        n: Some(n),
    };
    let today = use_page().now.date_naive();
    let visit = |label: &str, from: i64, status: &str, tone, done: Option<i64>| TimelineVisit {
        label: label.into(),
        opens: today + TimeDelta::days(from - 7),
        closes: today + TimeDelta::days(from + 7),
        target: today + TimeDelta::days(from),
        done: done.map(|day| today + TimeDelta::days(day)),
        status: status.into(),
        tone,
    };
    let visits = vec![
        visit("Baseline", -70, "Completed", Tone::Good, Some(-68)),
        visit("Week 4", -40, "Missed", Tone::Bad, None),
        visit("Week 8", -6, "Overdue", Tone::Attention, None),
        visit("Week 12", 22, "Planned", Tone::Neutral, None),
    ];
    let window = |name: &str, target_day: i32, opens: i32, closes: i32| PlannedWindow {
        name: name.into(),
        target_day,
        opens,
        closes,
    };
    let windows = vec![
        window("Screening", -14, -28, -1),
        window("Baseline", 0, 0, 0),
        window("Week 4, with a name that is too long", 28, 21, 35),
        window("Week 52", 364, 350, 392),
    ];
    erased(view! {
        <div class="columns-wide">
            <Section title="Distribution">
                <Histogram title=format!("Half of the responses came within {median:.0} ms") x_label="Reaction time (ms)" y_label="Responses"
                    bins=bins(&times, 25.0) marks=vec![Mark { value: median, label: "Median".into() }]/>
            </Section>
            <Section title="Trial by trial">
                <TrialPlot title="Incongruent trials stay slower throughout" y_label="Reaction time (ms)" points
                    series=vec!["Congruent".into(), "Incongruent".into()] open_label="Wrong response"/>
            </Section>
            <Section title="By condition">
                <BarChart title="Accuracy drops from 97 to 91 percent when the flankers disagree" x_label="Condition" y_label="Correct (%)" max=100.0 digits=1
                    range_label="Lines show the 95 % interval"
                    bars=vec![bar("Congruent", 97.2, 93.1, 98.9, 72), bar("Neutral", 95.0, 90.2, 97.7, 72), bar("Incongruent", 91.1, 85.3, 95.2, 72)]/>
            </Section>
            <Section title="Visits">
                <VisitTimeline title="One visit was missed and one is overdue" today visits/>
            </Section>
            <Section title="Visit windows">
                <WindowTimeline title="Four visits, the last of which ends on day 392 at the latest" windows/>
            </Section>
            <Section title="By condition, with long names">
                <BarChart title="Names too long for a phone stand on two levels" x_label="Condition" y_label="Correct (%)" max=100.0
                    bars=vec![bar("incongruent after error", 84.0, 71.0, 92.0, 24), bar("congruent after error", 90.0, 80.0, 95.0, 24),
                        bar("incongruent", 91.1, 85.3, 95.2, 72), bar("congruent", 97.2, 93.1, 98.9, 72)]/>
            </Section>
        </div>
    })
}
