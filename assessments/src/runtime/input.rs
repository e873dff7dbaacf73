//! Responses: key presses and touches, stamped by the browser at the moment of the event.

use super::{clock::Clock, ring::Ring};
use crate::js;
use contract::task::{Device, Micros, Pointer, Quality};
use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use std::{cell::RefCell, rc::Rc};
use task_engine::{Choice, Press, Responses};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, Window};

/// How many presses are kept between two frames; far more than fingers can do.
const KEPT: usize = 64;
/// An event stamped this far ahead of its handler, in ms, has a broken stamp.
const AHEAD_MS: f64 = 1.0;
/// An event stamped this long before its handler, in ms, has a broken stamp.
const BEHIND_MS: f64 = 2000.0;

/// What a listener does with an event and the time of its handler in ms; whether the participant
/// asked for the way out.
type Handle = fn(&mut Shared, &Event, f64) -> bool;

/// A press as it is kept: `None` only in slots never used.
type Slot = Option<Press>;

/// The way from keys and places to the choices of a block, prepared so that a press allocates
/// nothing: JavaScript strings are compared as they are.
#[derive(Default)]
struct Table {
    keys: Vec<(JsValue, Choice)>,
    any_key: Option<Choice>,
    responses: Responses,
    /// Buttons that answer when touched; see `Stage::buttons`.
    buttons: Vec<(Choice, [f64; 4])>,
    /// Centre and short side of the stage in CSS pixels.
    centre: (f64, f64),
    short_side: f64,
}

struct Shared {
    ring: Ring<Slot, KEPT>,
    table: Table,
    last_ms: f64,
    listening: bool,
    mouse: JsValue,
    pen: JsValue,
    escape: JsValue,
}

/// The listeners on the window, registered once.
pub(crate) struct Input {
    shared: Rc<RefCell<Shared>>,
    read: usize,
    _listeners: [EventListener; 2],
}

impl Input {
    /// `escape` is called for the Escape key while a task listens.
    pub(crate) fn new(window: &Window, clock: &Clock, escape: impl Fn() + 'static) -> Self {
        let shared = Rc::new(RefCell::new(Shared {
            ring: Ring::new(),
            table: Table::default(),
            last_ms: 0.0,
            listening: false,
            mouse: JsValue::from_str("mouse"),
            pen: JsValue::from_str("pen"),
            escape: JsValue::from_str("Escape"),
        }));
        let on = |name, passive, handle: Handle| {
            let (shared, clock) = (Rc::clone(&shared), clock.clone());
            move |escape: Rc<dyn Fn()>| {
                let phase = EventListenerPhase::Capture;
                let options = EventListenerOptions { phase, passive };
                EventListener::new_with_options(window, name, options, move |event| {
                    let handled = clock.now();
                    let wants_out = handle(&mut shared.borrow_mut(), event, handled);
                    if wants_out {
                        escape();
                    }
                })
            }
        };
        let escape: Rc<dyn Fn()> = Rc::new(escape);
        let keys = on("keydown", false, on_key)(Rc::clone(&escape));
        let pointers = on("pointerdown", true, on_pointer)(escape);
        Self { shared, read: 0, _listeners: [keys, pointers] }
    }

    /// Prepares the table for a block. The stage's centre and short side are in CSS pixels.
    pub(crate) fn prepare(
        &self,
        responses: &Responses,
        buttons: Vec<(Choice, [f64; 4])>,
        centre: (f64, f64),
        short_side: f64,
    ) {
        let mut keys = Vec::new();
        for (option, index) in responses.options.iter().zip(0..=u8::MAX) {
            for code in option.keys {
                keys.push((JsValue::from_str(code), Choice(index)));
            }
        }
        let any_key = (responses.any_key && !responses.options.is_empty()).then_some(Choice(0));
        let responses = responses.clone();
        let table = Table { keys, any_key, responses, buttons, centre, short_side };
        self.shared.borrow_mut().table = table;
    }

    /// Starts or stops taking presses. What nobody has read yet is dropped.
    pub(crate) fn listen(&mut self, listening: bool) {
        let mut shared = self.shared.borrow_mut();
        shared.listening = listening;
        self.read = shared.ring.position();
    }

    /// The next press that nobody has seen yet, oldest first. Allocates nothing.
    pub(crate) fn next(&mut self) -> Option<Press> {
        let shared = self.shared.borrow();
        let from = self.read.max(shared.ring.position().saturating_sub(KEPT));
        let press = shared.ring.since(from).next()?;
        self.read = from + 1;
        press
    }
}

fn on_key(shared: &mut Shared, event: &Event, handled_ms: f64) -> bool {
    if !shared.listening {
        return false;
    }
    let key = event.unchecked_ref::<js::KeyPress>();
    let code = key.code();
    if code == shared.escape {
        return true;
    }
    if key.ctrl() || key.meta() || key.alt() {
        // A shortcut of the browser or of the system, such as reload, is no response.
        return false;
    }
    // The space bar scrolls and the arrows move; in a task they only respond.
    event.prevent_default();
    if key.repeat() {
        // A key that is held down is one press.
        return false;
    }
    let known = shared.table.keys.iter().find(|(known, _)| *known == code);
    let choice = known.map(|(_, choice)| *choice).or(shared.table.any_key);
    let pointer = Pointer { device: Device::Keyboard, x: 0, y: 0 };
    keep(shared, event, handled_ms, choice.unwrap_or(Choice::OTHER), pointer);
    false
}

fn on_pointer(shared: &mut Shared, event: &Event, handled_ms: f64) -> bool {
    if !shared.listening {
        return false;
    }
    let pointer = event.unchecked_ref::<js::PointerPress>();
    let kind = pointer.pointer_type();
    let device = if kind == shared.mouse {
        Device::Mouse
    } else if kind == shared.pen {
        Device::Pen
    } else {
        Device::Touch
    };
    let Table { centre, short_side, .. } = shared.table;
    let (at_x, at_y) = (pointer.x(), pointer.y());
    let x = thousandths(at_x - centre.0, short_side);
    let y = thousandths(at_y - centre.1, short_side);
    let touched = button_at(&shared.table.buttons, at_x, at_y);
    let choice = touched.unwrap_or_else(|| shared.table.responses.point(x, y));
    keep(shared, event, handled_ms, choice, Pointer { device, x, y });
    false
}

/// The button at a place of the window.
fn button_at(buttons: &[(Choice, [f64; 4])], x: f64, y: f64) -> Option<Choice> {
    let inside = |(_, [left, top, right, bottom]): &&(Choice, [f64; 4])| {
        x >= *left && x <= *right && y >= *top && y <= *bottom
    };
    buttons.iter().find(inside).map(|(choice, _)| *choice)
}

fn keep(shared: &mut Shared, event: &Event, handled_ms: f64, choice: Choice, pointer: Pointer) {
    let (at_ms, fallback) = sane(event.time_stamp(), handled_ms, shared.last_ms);
    shared.last_ms = at_ms;
    let mut quality = Quality::NONE;
    if fallback {
        quality |= Quality::STAMP_FALLBACK;
    }
    if !event.is_trusted() {
        quality |= Quality::UNTRUSTED;
    }
    shared.ring.push(Some(Press {
        choice,
        stamp: Micros::from_ms(at_ms),
        handler: Micros::from_ms(handled_ms),
        pointer,
        quality,
    }));
}

/// A distance in CSS pixels as thousandths of the stage's short side.
#[expect(clippy::cast_possible_truncation, reason = "a float-to-int cast saturates")]
fn thousandths(pixels: f64, short_side: f64) -> i32 {
    (pixels * 1000.0 / short_side.max(1.0)).round() as i32
}

/// The time of an event: its own stamp, or the handler's time where the stamp cannot be right (in
/// the future, seconds old, or before the event that came before it).
fn sane(stamp_ms: f64, handled_ms: f64, last_ms: f64) -> (f64, bool) {
    let broken = !stamp_ms.is_finite()
        || stamp_ms > handled_ms + AHEAD_MS
        || stamp_ms < handled_ms - BEHIND_MS
        || stamp_ms < last_ms;
    if broken { (handled_ms, true) } else { (stamp_ms, false) }
}

#[cfg(test)]
mod tests {
    use super::{button_at, sane, thousandths};
    use task_engine::Choice;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_good_stamp_is_taken_as_it_is() {
        assert_eq!(sane(1000.0, 1003.6, 900.0), (1000.0, false));
    }

    #[wasm_bindgen_test]
    fn a_stamp_from_the_future_falls_back_to_the_handler() {
        assert_eq!(sane(1002.0, 1000.0, 0.0), (1000.0, true));
    }

    #[wasm_bindgen_test]
    fn a_stamp_in_epoch_time_or_seconds_old_falls_back_to_the_handler() {
        assert_eq!(sane(1.7e12, 5000.0, 0.0), (5000.0, true));
        assert_eq!(sane(2999.0, 5000.0, 0.0), (5000.0, true));
        assert_eq!(sane(f64::NAN, 5000.0, 0.0), (5000.0, true));
    }

    #[wasm_bindgen_test]
    fn time_does_not_run_backwards_between_two_presses() {
        assert_eq!(sane(999.0, 1001.0, 1000.0), (1001.0, true));
    }

    #[wasm_bindgen_test]
    fn a_touch_answers_with_the_button_under_it() {
        let [left, right] = [[0.0, 500.0, 100.0, 600.0], [110.0, 500.0, 210.0, 600.0]];
        let buttons = [(Choice(3), left), (Choice(9), right)];
        assert_eq!(button_at(&buttons, 50.0, 550.0), Some(Choice(3)));
        assert_eq!(button_at(&buttons, 110.0, 600.0), Some(Choice(9)));
        assert_eq!(button_at(&buttons, 105.0, 550.0), None, "between two");
        assert_eq!(button_at(&[], 50.0, 550.0), None);
    }

    #[wasm_bindgen_test]
    fn places_are_thousandths_of_the_short_side() {
        assert_eq!(thousandths(-195.0, 390.0), -500);
        assert_eq!(thousandths(100.0, 0.0), 100_000);
    }
}
