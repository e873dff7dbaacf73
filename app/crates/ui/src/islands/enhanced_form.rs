//! Sends a server-rendered form without leaving the page.

use super::use_ready;
use crate::form::FormWords;
use leptos::{ev::SubmitEvent, html::Div, prelude::*};

/// Takes over the submit of the plain form inside (`children`): posts its fields by `fetch` to the
/// form's own `action` as `application/x-www-form-urlencoded`, asking for JSON, and for refusals in
/// an envelope ([`contract::REFUSAL_TYPE`]).
///
/// - While it is on its way the buttons are off and the form is `aria-busy`.
/// - On success it goes where the server says (`Location`), else to `after`, else loads anew.
/// - On an error it fills the error summary and the messages at the fields, moves the focus to the
///   summary, and keeps what was typed.
/// - Where nobody is signed in any more it asks [`crate::SessionWatch`] to sign the person in
///   again, then sends once more.
/// - Without network it says so calmly and keeps everything.
///
/// Fields with `data-confirm` hold the submit button off until they hold that very text.
/// Pages use [`crate::Form`], which brings the form itself.
#[island]
pub fn EnhancedForm(
    words: FormWords,
    #[prop(optional_no_strip)] after: Option<String>,
    children: Children,
) -> impl IntoView {
    let root = NodeRef::<Div>::new();
    let ready = use_ready();
    let (waiting, set_waiting) = signal(false);
    let on_submit = move |event: SubmitEvent| {
        #[cfg(feature = "hydrate")]
        browser::submit(&event, words.clone(), after.clone(), set_waiting);
        #[cfg(not(feature = "hydrate"))]
        let _ = (event, &words, &after, set_waiting);
    };
    #[cfg(feature = "hydrate")]
    browser::prepare(root, waiting);
    #[cfg(not(feature = "hydrate"))]
    let _ = waiting;
    view! {
        <div class="enhanced" node_ref=root on:submit=on_submit data-ready=move || ready.get()>
            {children()}
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::super::{
        dom,
        send::{Answer, Refusal, post},
    };
    use crate::form::FormWords;
    use leptos::{ev::SubmitEvent, html::Div, prelude::*};
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{
        Element, FormData, HtmlButtonElement, HtmlElement, HtmlFormElement, HtmlInputElement,
        UrlSearchParams,
    };

    /// Typed confirmation, and the second try after signing in again.
    pub(super) fn prepare(root: NodeRef<Div>, waiting: ReadSignal<bool>) {
        Effect::new(move || {
            let Some(root) = root.get() else { return };
            let root: Element = root.unchecked_into();
            let gate = move |root: &Element| {
                let inputs: Vec<HtmlInputElement> = dom::find_all(root, "input[data-confirm]");
                if inputs.is_empty() {
                    return;
                }
                let open = inputs.iter().all(|input| {
                    input.get_attribute("data-confirm").as_deref() == Some(input.value().trim())
                });
                for button in dom::find_all::<HtmlButtonElement>(root, "button[type=submit]") {
                    button.set_disabled(!open);
                }
            };
            gate(&root);
            let under = root.clone();
            let listener = gloo::events::EventListener::new(&root, "input", move |_| gate(&under));
            listener.forget();
        });
        let Some(window) = dom::window() else { return };
        gloo::events::EventListener::new(&window, dom::SESSION_RENEWED, move |_| {
            if !waiting.get_untracked() {
                return;
            }
            let form = root.get_untracked().and_then(|root| {
                let root: Element = root.unchecked_into();
                dom::find::<HtmlFormElement>(&root, "form")
            });
            if let Some(form) = form {
                let _ = form.request_submit();
            }
        })
        .forget();
    }

    pub(super) fn submit(
        event: &SubmitEvent,
        words: FormWords,
        after: Option<String>,
        set_waiting: WriteSignal<bool>,
    ) {
        let Some(form) = event.target().and_then(|t| t.dyn_into::<HtmlFormElement>().ok()) else {
            return;
        };
        // A form of another island inside this one, or one that asks for a page, is not ours
        if event.default_prevented() || !form.method().eq_ignore_ascii_case("post") {
            return;
        }
        event.prevent_default();
        if form.get_attribute("aria-busy").is_some() {
            return;
        }
        let Ok(fields) = FormData::new_with_form(&form) else { return };
        let pressed = event.submitter().and_then(|s| s.dyn_into::<HtmlButtonElement>().ok());
        if let Some(button) = &pressed
            && !button.name().is_empty()
        {
            let _ = fields.append_with_str(&button.name(), &button.value());
        }
        let Ok(body) = UrlSearchParams::new_with_str_sequence_sequence(&fields) else { return };
        set_busy(&form, Some(&words.sending));
        set_waiting.set(false);
        wasm_bindgen_futures::spawn_local(async move {
            // The property would be shadowed by a field named "action"
            let action = form.get_attribute("action").unwrap_or_default();
            let answer = post(&action, &JsValue::from(body), None).await;
            match answer {
                Answer::Done { location, .. } => {
                    // Stays busy: the page is about to go
                    clear(&form);
                    dom::go(location.or(after).as_deref());
                }
                Answer::Refused { signed_out: true, error } => {
                    set_waiting.set(true);
                    if dom::announce(dom::SESSION_ENDED) {
                        set_busy(&form, None);
                        clear(&form);
                    } else {
                        set_waiting.set(false);
                        set_busy(&form, None);
                        let message = error.map_or_else(|| words.signed_out.clone(), |e| e.message);
                        show(&form, &Refusal { message, fields: Vec::new() });
                    }
                }
                Answer::Refused { error, .. } => {
                    let _ = dom::announce(dom::SESSION_SEEN);
                    set_busy(&form, None);
                    let failed = || Refusal { message: words.failed.clone(), fields: Vec::new() };
                    show(&form, &error.unwrap_or_else(failed));
                }
                Answer::Unreachable => {
                    set_busy(&form, None);
                    show(&form, &Refusal { message: words.offline.clone(), fields: Vec::new() });
                }
            }
        });
    }

    /// Busy with a word for those who listen, or done.
    fn set_busy(form: &HtmlFormElement, sending: Option<&str>) {
        let _ = match sending {
            Some(_) => form.set_attribute("aria-busy", "true"),
            None => form.remove_attribute("aria-busy"),
        };
        for button in dom::find_all::<HtmlButtonElement>(form, "button[type=submit]") {
            button.set_disabled(sending.is_some());
        }
        if let Some(live) = dom::find::<Element>(form, "[data-live]") {
            live.set_text_content(sending);
        }
    }

    /// Takes every earlier message away.
    fn clear(form: &HtmlFormElement) {
        if let Some(summary) = dom::find::<Element>(form, "[data-error-summary]") {
            dom::set_hidden(&summary, true);
        }
        for line in dom::find_all::<Element>(form, "[data-error-for]") {
            line.set_text_content(None);
            dom::set_hidden(&line, true);
            if let Ok(Some(field)) = line.closest(".field") {
                let _ = field.class_list().remove_1("field-invalid");
            }
        }
        for control in dom::find_all::<Element>(form, "[aria-invalid]") {
            let _ = control.remove_attribute("aria-invalid");
            let rest = control.get_attribute("aria-describedby").map(|ids| {
                ids.split(' ').filter(|id| !id.ends_with("-error")).collect::<Vec<_>>().join(" ")
            });
            let _ = match rest.as_deref() {
                None | Some("") => control.remove_attribute("aria-describedby"),
                Some(ids) => control.set_attribute("aria-describedby", ids),
            };
        }
    }

    /// Puts the messages where they belong and moves the focus to the summary.
    fn show(form: &HtmlFormElement, refusal: &Refusal) {
        clear(form);
        let Some(summary) = dom::find::<HtmlElement>(form, "[data-error-summary]") else {
            return;
        };
        if let Some(text) = dom::find::<Element>(&summary, "[data-error-text]") {
            // With fields the list below says it all
            text.set_text_content(refusal.fields.is_empty().then_some(&*refusal.message));
        }
        let (Some(list), Some(document)) =
            (dom::find::<Element>(&summary, "[data-error-list]"), dom::document())
        else {
            return;
        };
        list.set_text_content(None);
        let lines = dom::find_all::<Element>(form, "[data-error-for]");
        for (name, message) in &refusal.fields {
            let line = lines
                .iter()
                .find(|line| line.get_attribute("data-error-for").as_deref() == Some(name));
            let Ok(item) = document.create_element("li") else { return };
            match line.and_then(|line| Some((line, mark(form, line, message)?))) {
                Some((line, id)) => {
                    let Ok(link) = document.create_element("a") else { return };
                    let _ = link.set_attribute("href", &["#", &id].concat());
                    let text = match label(line) {
                        Some(label) => [&label, ": ", message].concat(),
                        None => message.clone(),
                    };
                    link.set_text_content(Some(&text));
                    let _ = item.append_child(&link);
                }
                None => item.set_text_content(Some(&[name, ": ", message].concat())),
            }
            let _ = list.append_child(&item);
        }
        dom::set_hidden(&summary, false);
        dom::focus(&summary);
        summary.scroll_into_view();
    }

    /// What the field is called, without the word beside it.
    fn label(line: &Element) -> Option<String> {
        let field = line.closest(".field").ok()??;
        let label = dom::find::<Element>(&field, ".field-label")?;
        let text = label.first_child()?.text_content()?;
        Some(text.trim().to_owned())
    }

    /// Shows `message` at its field; the id of the control, for the summary's link.
    fn mark(form: &HtmlFormElement, line: &Element, message: &str) -> Option<String> {
        line.set_text_content(Some(message));
        dom::set_hidden(line, false);
        if let Ok(Some(field)) = line.closest(".field") {
            let _ = field.class_list().add_1("field-invalid");
        }
        let error_id = line.id();
        let id = error_id.strip_suffix("-error")?;
        let document = dom::document()?;
        let control = document.get_element_by_id(id)?;
        if !form.contains(Some(&control)) {
            return None;
        }
        let _ = control.set_attribute("aria-invalid", "true");
        let described = match control.get_attribute("aria-describedby") {
            Some(hint) => [&hint, " ", &error_id].concat(),
            None => error_id.clone(),
        };
        let _ = control.set_attribute("aria-describedby", &described);
        Some(id.to_owned())
    }
}
