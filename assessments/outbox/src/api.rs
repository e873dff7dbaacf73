//! Calls of the server.

use crate::js;
use contract::run_store::{SESSION_ID_HEADER, UPLOAD_KEY_HEADER};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response, Window};

/// After this long without an answer, in milliseconds, the network counts as gone.
const TIMEOUT_MS: f64 = 30_000.0;

/// How a call ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// 2xx, with its body.
    Done(String),
    /// 4xx that no repeat will change, with its status.
    Refused(u16),
    /// No network, a busy or a broken server: to be tried again, not before this many
    /// milliseconds where the server said so.
    Later(Option<f64>),
}

/// One POST of a JSON body.
pub struct Post<'a> {
    pub path: &'a str,
    pub body: &'a str,
    pub upload_key: Option<&'a str>,
    pub session: Option<&'a str>,
    /// Outlives the page; for bodies below 64 KB.
    pub keepalive: bool,
}

impl Post<'_> {
    /// Sends it and waits for the whole answer.
    pub async fn send(&self, window: &Window) -> Answer {
        let Some(promise) = self.start(window) else { return Answer::Later(None) };
        let Ok(response) = JsFuture::from(promise).await else { return Answer::Later(None) };
        let response: Response = response.unchecked_into();
        let status = response.status();
        if !response.ok() {
            return failed(status, &response);
        }
        let Ok(text) = response.text() else { return Answer::Later(None) };
        match JsFuture::from(text).await {
            Ok(text) => Answer::Done(text.as_string().unwrap_or_default()),
            Err(_) => Answer::Later(None),
        }
    }

    /// Hands it to the browser without waiting: for a page that is going away.
    pub fn start(&self, window: &Window) -> Option<js_sys::Promise> {
        let headers = Headers::new().ok()?;
        headers.set("Content-Type", "application/json").ok()?;
        headers.set("Accept", "application/json").ok()?;
        if let Some(key) = self.upload_key {
            headers.set(UPLOAD_KEY_HEADER, key).ok()?;
        }
        if let Some(session) = self.session {
            headers.set(SESSION_ID_HEADER, session).ok()?;
        }
        let init = RequestInit::new();
        init.set_method("POST");
        init.set_headers(&headers);
        init.set_body(&JsValue::from_str(self.body));
        if self.keepalive {
            js::set(&init, "keepalive", &JsValue::TRUE).ok()?;
        } else if let Ok(signal) = js::abort_after(TIMEOUT_MS) {
            js::set(&init, "signal", &signal).ok()?;
        }
        Some(window.fetch_with_str_and_init(self.path, &init))
    }
}

fn failed(status: u16, response: &Response) -> Answer {
    if !(400..500).contains(&status) || status == 408 || status == 429 {
        let seconds = response.headers().get("Retry-After").ok().flatten();
        let seconds = seconds.and_then(|text| text.trim().parse::<u32>().ok());
        Answer::Later(seconds.map(|s| f64::from(s) * 1000.0))
    } else {
        Answer::Refused(status)
    }
}
