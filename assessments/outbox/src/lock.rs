//! One page at a time runs or sends a session: a Web Lock, held as long as the page lives.

use crate::{js, signal::Signal};
use contract::run_store::LOCK_PREFIX;
use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::Window;

/// Whether the session is ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// Ours until the page goes, or until it is released.
    Ours,
    /// Another page has it.
    Theirs,
}

/// A held lock; letting it go lets another page in.
pub struct Held {
    release: Option<Function>,
}

impl Held {
    /// Lets the session go.
    pub fn release(self) {
        if let Some(release) = self.release {
            // It resolves a promise and cannot fail.
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

/// Claims a session. Browsers without Web Locks let everybody in; the server then refuses what
/// does not fit.
pub async fn claim(window: &Window, session: &str) -> (Claim, Held) {
    let Some(locks) = window.navigator().unchecked_ref::<js::LockHolder>().locks() else {
        return (Claim::Ours, Held { release: None });
    };
    let mut release = None;
    // The lock is held until this promise settles.
    let hold = Promise::new(&mut |resolve, _| release = Some(resolve));
    let answer = Signal::new();
    let callback = {
        let answer = answer.clone();
        Closure::once_into_js(move |lock: JsValue| -> JsValue {
            if lock.is_null() {
                answer.send(Claim::Theirs);
                JsValue::UNDEFINED
            } else {
                answer.send(Claim::Ours);
                hold.into()
            }
        })
    };
    let options = js::object(&[("ifAvailable", JsValue::TRUE)]);
    let mut name = String::from(LOCK_PREFIX);
    name.push_str(session);
    match locks.request(&name, &options, callback.unchecked_ref()) {
        Ok(_) => (answer.wait().await, Held { release }),
        Err(_) => (Claim::Ours, Held { release: None }),
    }
}

#[cfg(test)]
mod tests {
    use super::{Claim, claim};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn a_session_has_one_holder_at_a_time() {
        let window = web_sys::window().unwrap();
        let session = "019aa000-0000-7000-8000-00000000000a";
        let (first, held) = claim(&window, session).await;
        assert_eq!(first, Claim::Ours);
        assert_eq!(claim(&window, session).await.0, Claim::Theirs);
        let another = "019aa000-0000-7000-8000-00000000000b";
        assert_eq!(claim(&window, another).await.0, Claim::Ours);
        held.release();
        // The browser lets go in a task of its own; until then the answer may still be no.
        let mut claimed = Claim::Theirs;
        for _ in 0..50 {
            claimed = claim(&window, session).await.0;
            if claimed == Claim::Ours {
                break;
            }
        }
        assert_eq!(claimed, Claim::Ours);
    }
}
