//! The timing report in plain words, with the numbers behind it.

use super::words::onset_word;
use contract::Locale;
use contract::task::{OnsetMethod, TimingReport};
use leptos::prelude::*;
use ui::facts::Section;
use ui::{Fact, Facts, number, t};

pub(super) fn section(l: Locale, report: &TimingReport) -> AnyView {
    let hz = number::with_unit(l, report.refresh.hz, 1, "Hz");
    let frames =
        ui::t!(l, "timing-frames", hz = hz, late = report.frames_late, total = report.frames_total);
    let [_, by_frame, presented] = report.onset_methods;
    let onset = if report.trials_total > 0 && presented == report.trials_total {
        t(l, "timing-onset-presented")
    } else if presented + by_frame >= report.trials_total {
        t(l, "timing-onset-frame")
    } else {
        t(l, "timing-onset-callback")
    };
    let lost = report.focus_losses + report.visibility_losses;
    let focus = if lost == 0 {
        t(l, "timing-focus-kept")
    } else {
        ui::t!(l, "timing-focus-lost", count = lost)
    };
    let clean = ui::t!(l, "timing-clean", clean = report.trials_clean, total = report.trials_total);
    let isolated =
        if report.cross_origin_isolated { t(l, "timing-yes") } else { t(l, "timing-no") };
    let report = report.clone();
    let ms = move |value: f64, digits: usize| number::with_unit(l, value, digits, "ms");
    let methods = [OnsetMethod::Callback, OnsetMethod::Frame, OnsetMethod::Presented]
        .into_iter()
        .zip(report.onset_methods)
        .filter(|(_, trials)| *trials > 0)
        .map(|(method, trials)| {
            [&onset_word(l, method), ": ", &number::whole(l, i64::from(trials))].concat()
        })
        .collect::<Vec<_>>()
        .join(", ");
    let screen = format!("{} × {}", report.device.screen_width, report.device.screen_height);
    view! {
        <Section title=t(l, "timing-title")>
            <p class="lead">{frames} " " {onset}</p>
            <p>{focus} " " {clean}</p>
            <details class="fold">
                <summary>{t(l, "timing-numbers")}</summary>
                <Facts>
                    <Fact term=t(l, "timing-interval")>{ms(report.refresh.t_ms, 3)}</Fact>
                    <Fact term=t(l, "timing-mad")>{ms(report.refresh.mad_ms, 3)}</Fact>
                    <Fact term=t(l, "timing-dropped")>
                        {number::whole(l, i64::from(report.frames_dropped))}
                    </Fact>
                    <Fact term=t(l, "timing-gap")>{ms(report.longest_gap_ms, 1)}</Fact>
                    <Fact term=t(l, "timing-clock-step")>
                        {number::with_unit(l, report.clock_step_us, 0, "µs")}
                    </Fact>
                    <Fact term=t(l, "timing-isolated")>{isolated}</Fact>
                    <Fact term=t(l, "timing-methods") wide=true>{methods}</Fact>
                    <Fact term=t(l, "timing-handler")>
                        {ms(report.handler_lag_median_ms, 1)} " / " {ms(report.handler_lag_max_ms, 1)}
                    </Fact>
                    <Fact term=t(l, "timing-interrupted")>
                        {number::whole(l, i64::from(report.trials_interrupted))}
                    </Fact>
                    <Fact term=t(l, "timing-reloads")>
                        {number::whole(l, i64::from(report.reloads))}
                    </Fact>
                    <Fact term=t(l, "timing-screen")>{screen}</Fact>
                    <Fact term=t(l, "timing-browser") wide=true>{report.device.user_agent}</Fact>
                </Facts>
            </details>
        </Section>
    }
    .into_any()
}
