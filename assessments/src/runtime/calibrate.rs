//! The device check: what this device can do, measured before the first task.

use super::{
    clock::{self, Clock},
    focus::Size,
    frames::FrameLog,
    markers::Markers,
    refresh::Refresh,
    wait,
};
use crate::js;
use contract::task::{self, DeviceCard, Micros, Quality};
use task_engine::{Cue, Display, timing::Measured};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Window};

/// Frames watched: at least 120 intervals after the first ones, which still suffer from loading.
pub(crate) const FRAMES: u32 = 140;
/// Frames left out at the beginning.
const WARM_UP: u32 = 15;
/// Markers in the self-test of Element Timing.
const TEST_MARKERS: u32 = 20;
/// A marker is revealed every so many frames.
const EVERY: u32 = 6;
/// Of those, this many must be reported.
const TEST_REPORTED: usize = 18;
/// A frame is presented at most this long after its stamp, in ms; more is a broken report.
const TEST_LATEST_MS: f64 = 250.0;
/// A refresh interval above this, in ms, is a device that saves power.
const SLOW_MS: f64 = 25.0;
/// A clock step above this, in µs, is too coarse for single trials.
const COARSE_US: f64 = 1000.0;
/// Assumed when the browser gives no frames to measure: the commonest display, flagged as unstable.
const ASSUMED_MS: f64 = 1000.0 / 60.0;

/// The results of the check.
#[derive(Clone)]
pub(crate) struct Check {
    pub refresh: Refresh,
    pub clock_step_us: f64,
    pub isolated: bool,
    pub focused: bool,
    pub element_timing: bool,
    pub size: Size,
    pub device: DeviceCard,
}

/// Measures the device; takes as long as 140 frames do. `bar` shows how far it is, and moves in
/// the very frames that reveal a marker: a frame in which nothing visible changes is not presented,
/// and so never reported.
pub(crate) async fn check(
    window: &Window,
    document: &Document,
    clock: &Clock,
    markers: &mut Markers,
    bar: Option<&Element>,
) -> Check {
    let mut log = FrameLog::new();
    markers.ensure(usize::try_from(TEST_MARKERS).unwrap_or_default());
    let mut revealed: Vec<(Cue, f64)> = Vec::new();
    let mut measured_from = 0;
    for frame in 0..FRAMES {
        let stamp = wait::frame(window).await;
        log.push(stamp);
        if frame == WARM_UP {
            measured_from = log.position();
        }
        // Some frames apart, so that each marker has a frame of its own. The numbers are from the
        // end of their range, where no task will get to.
        let number = frame / EVERY;
        if frame.is_multiple_of(EVERY) && number < TEST_MARKERS {
            if let Some(bar) = bar {
                // The bar is for the eye; without it the check is the same.
                let _ = bar.set_attribute("value", &(frame + EVERY).to_string());
            }
            let cue = Cue(u32::MAX - number);
            if markers.reveal(cue) {
                revealed.push((cue, stamp));
            }
        }
    }
    let refresh = log.estimate_since(measured_from).unwrap_or(Refresh {
        interval_ms: ASSUMED_MS,
        mad_ms: 0.0,
        n: 0,
        dropped: 0,
        variable: true,
    });
    let element_timing = believable(&revealed, &markers.collect());
    let isolated = clock::isolated(window);
    Check {
        refresh,
        clock_step_us: clock.step_us(),
        isolated,
        focused: document.has_focus().unwrap_or(true),
        element_timing,
        size: Size::of(window),
        device: device_card(window, document, clock, element_timing),
    }
}

/// Whether the reports of the self-test can be trusted: nearly all came, and each lies after its
/// frame began and not long after.
fn believable(revealed: &[(Cue, f64)], presented: &[(Cue, f64)]) -> bool {
    let good = presented.iter().filter(|(cue, at)| {
        let frame = revealed.iter().find(|(known, _)| known == cue);
        frame.is_some_and(|(_, stamp)| *at >= *stamp && *at - stamp < TEST_LATEST_MS)
    });
    good.count() >= TEST_REPORTED && presented.len() <= revealed.len()
}

impl Check {
    /// What the engine needs to know of the display.
    pub(crate) fn display(&self) -> Display {
        display(&self.refresh, self.element_timing, self.clock_step_us)
    }

    /// Whether every time will be as exact as a browser can make it.
    pub(crate) fn is_good(&self) -> bool {
        self.display().standing == Quality::NONE && self.isolated
    }

    /// For the timing report.
    pub(crate) fn measured(&self) -> Measured {
        Measured {
            refresh: task::Refresh {
                hz: 1000.0 / self.refresh.interval_ms,
                t_ms: self.refresh.interval_ms,
                mad_ms: self.refresh.mad_ms,
                n: self.refresh.n,
                n_late: self.refresh.dropped,
                variable: self.refresh.variable,
            },
            clock_step_us: self.clock_step_us,
            cross_origin_isolated: self.isolated,
            device: self.device.clone(),
        }
    }
}

/// The display as the engine sees it, with the flags that hold for every trial.
pub(crate) fn display(refresh: &Refresh, element_timing: bool, clock_step_us: f64) -> Display {
    let mut standing = Quality::NONE;
    if clock_step_us > COARSE_US {
        standing |= Quality::COARSE_CLOCK;
    }
    if refresh.variable || refresh.interval_ms > SLOW_MS {
        standing |= Quality::UNSTABLE_REFRESH;
    }
    Display { interval: Micros::from_ms(refresh.interval_ms), element_timing, standing }
}

fn device_card(
    window: &Window,
    document: &Document,
    clock: &Clock,
    element_timing: bool,
) -> DeviceCard {
    let navigator = window.navigator();
    let device = navigator.unchecked_ref::<js::Device>();
    let size = Size::of(window);
    let media = |query| window.match_media(query).ok().flatten().is_some_and(|m| m.matches());
    let screen = window.screen().ok();
    let pixels = |value: Option<i32>| value.and_then(|v| u32::try_from(v).ok()).unwrap_or_default();
    DeviceCard {
        user_agent: navigator.user_agent().unwrap_or_default(),
        platform: navigator.platform().unwrap_or_default(),
        cores: device.hardware_concurrency(),
        memory_gb: device.device_memory(),
        device_pixel_ratio: size.ratio,
        screen_width: pixels(screen.as_ref().and_then(|s| s.width().ok())),
        screen_height: pixels(screen.as_ref().and_then(|s| s.height().ok())),
        viewport_width: crate::words::whole(size.width),
        viewport_height: crate::words::whole(size.height),
        orientation: if size.width > size.height { "landscape" } else { "portrait" }.into(),
        colour_depth: pixels(screen.as_ref().and_then(|s| s.color_depth().ok())),
        touch_points: device.max_touch_points().unwrap_or_default(),
        pointer: if media("(pointer: coarse)") {
            "coarse"
        } else if media("(pointer: fine)") {
            "fine"
        } else {
            "none"
        }
        .into(),
        hover: media("(hover: hover)"),
        reduced_motion: media("(prefers-reduced-motion: reduce)"),
        element_timing,
        time_zone: time_zone(),
        language: document
            .default_view()
            .and_then(|window| window.navigator().language())
            .unwrap_or_default(),
        benchmark_ms: Some(clock.processor_ms()),
    }
}

fn time_zone() -> String {
    js::time_format().resolved_options().time_zone().unwrap_or_default()
}

/// Whether there is a way to answer by touch, and by keyboard as far as a browser tells: a main
/// pointer that is fine comes with a keyboard.
pub(crate) fn inputs(card: &DeviceCard) -> (bool, bool) {
    (card.touch_points > 0 || card.pointer == "coarse", card.pointer != "coarse")
}

/// Asks the browser not to throw the database away when space gets scarce. It may say no; then
/// answers are still kept, with less promise.
pub(crate) async fn ask_to_persist(window: &Window) {
    if let Ok(promise) = window.navigator().storage().persist() {
        let _: Result<JsValue, JsValue> = wasm_bindgen_futures::JsFuture::from(promise).await;
    }
}

#[cfg(test)]
mod tests {
    use super::{believable, display};
    use crate::runtime::refresh::Refresh;
    use contract::task::Quality;
    use task_engine::Cue;
    use wasm_bindgen_test::wasm_bindgen_test;

    const STEADY: Refresh =
        Refresh { interval_ms: 16.667, mad_ms: 0.01, n: 120, dropped: 0, variable: false };

    fn frames() -> Vec<(Cue, f64)> {
        (0..20).map(|i| (Cue(u32::MAX - i), f64::from(i) * 50.0)).collect()
    }

    #[wasm_bindgen_test]
    fn reports_right_after_their_frames_are_believed() {
        let presented: Vec<_> = frames().into_iter().map(|(cue, at)| (cue, at + 20.0)).collect();
        assert!(believable(&frames(), &presented));
        assert!(believable(&frames(), &presented[..18]));
    }

    #[wasm_bindgen_test]
    fn missing_early_or_late_reports_are_not_believed() {
        let shifted =
            |by: f64| -> Vec<_> { frames().into_iter().map(|(cue, at)| (cue, at + by)).collect() };
        assert!(!believable(&frames(), &shifted(-5.0)));
        assert!(!believable(&frames(), &shifted(400.0)));
        assert!(!believable(&frames(), &shifted(20.0)[..10]));
        assert!(!believable(&frames(), &[]));
    }

    #[wasm_bindgen_test]
    fn power_saving_and_blunt_clocks_are_flagged_for_every_trial() {
        assert_eq!(display(&STEADY, true, 5.0).standing, Quality::NONE);
        let slow = Refresh { interval_ms: 33.3, ..STEADY };
        assert_eq!(display(&slow, true, 5.0).standing, Quality::UNSTABLE_REFRESH);
        assert_eq!(display(&STEADY, false, 2000.0).standing, Quality::COARSE_CLOCK);
    }
}
