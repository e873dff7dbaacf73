//! Sending something to the server and reading what it says.

use super::dom;
use contract::REFUSAL_TYPE;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestCredentials, RequestInit, Response};

/// What came of a request.
pub(super) enum Answer {
    /// Done; where to go next, when the server named a place.
    Done { location: Option<String>, body: JsValue },
    /// Refused, with the server's words (none when they cannot be read). `signed_out`: nobody is
    /// signed in, or not any more.
    Refused { signed_out: bool, error: Option<Refusal> },
    /// The server was not reached.
    Unreachable,
}

/// An error body of ours: that of server functions or that of the REST interface.
pub(super) struct Refusal {
    pub(super) message: String,
    /// Field and message.
    pub(super) fields: Vec<(String, String)>,
}

impl Refusal {
    /// Reads `{message, fields}` or `{error: {message, details}}`.
    fn read(body: &JsValue) -> Option<Self> {
        let error = dom::property(body, "error").unwrap_or_else(|| body.clone());
        let message = dom::text_of(&error, "message")?;
        let list = dom::property(&error, "fields").or_else(|| {
            let details = dom::property(&error, "details")?;
            if js_sys::Array::is_array(&details) {
                Some(details)
            } else {
                dom::property(&details, "fields")
            }
        });
        let fields = list
            .and_then(|list| list.dyn_into::<js_sys::Array>().ok())
            .map(|list| {
                list.iter()
                    .filter_map(|item| {
                        Some((dom::text_of(&item, "field")?, dom::text_of(&item, "message")?))
                    })
                    .collect()
            })
            .unwrap_or_default();
        Some(Self { message, fields })
    }
}

/// Sends `body` by POST, asking for JSON and for refusals in an envelope. `content_type` only
/// where the browser cannot know it.
pub(super) async fn post(url: &str, body: &JsValue, content_type: Option<&str>) -> Answer {
    match request("POST", url, Some(body), content_type).await {
        Some(response) => read(&response).await,
        None => Answer::Unreachable,
    }
}

/// Asks for `url`, as JSON.
pub(super) async fn get(url: &str) -> Answer {
    match request("GET", url, None, None).await {
        Some(response) => read(&response).await,
        None => Answer::Unreachable,
    }
}

async fn request(
    method: &str,
    url: &str,
    body: Option<&JsValue>,
    content_type: Option<&str>,
) -> Option<Response> {
    let window = dom::window()?;
    let headers = Headers::new().ok()?;
    headers.set("Accept", &["application/json, ", REFUSAL_TYPE].concat()).ok()?;
    if let Some(content_type) = content_type {
        headers.set("Content-Type", content_type).ok()?;
    }
    let init = RequestInit::new();
    init.set_method(method);
    init.set_headers(&headers);
    init.set_credentials(RequestCredentials::SameOrigin);
    if let Some(body) = body {
        init.set_body(body);
    }
    let promise = window.fetch_with_str_and_init(url, &init);
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

async fn read(response: &Response) -> Answer {
    let body = match response.text() {
        Ok(promise) => JsFuture::from(promise).await.ok(),
        Err(_) => None,
    }
    .and_then(|text| js_sys::JSON::parse(&text.as_string()?).ok())
    .unwrap_or(JsValue::NULL);
    let header = |name| response.headers().get(name).ok().flatten();
    if header("Content-Type").is_some_and(|kind| kind.starts_with(REFUSAL_TYPE)) {
        let status = dom::property(&body, "status").and_then(|status| status.as_f64());
        return Answer::Refused { signed_out: status == Some(401.0), error: Refusal::read(&body) };
    }
    if response.ok() {
        // `redirect` of a server function: a Location beside a 200; a followed redirect: the
        // address that answered in the end
        let location = header("Location").or_else(|| response.redirected().then(|| response.url()));
        Answer::Done { location, body }
    } else {
        Answer::Refused { signed_out: response.status() == 401, error: Refusal::read(&body) }
    }
}
