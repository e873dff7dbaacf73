//! Form fields: label, hint, message, control, tied together for assistive technology.
//!
//! Every control takes `name`, and shows the message that the surrounding [`crate::Form`] holds
//! for that name. In the browser [`crate::EnhancedForm`] fills the same places.

use crate::erased;
use leptos::prelude::*;
use std::sync::Arc;

/// The messages of a form, by field name; provided by the form around the fields.
#[derive(Debug, Clone, Default)]
pub struct FieldMessages(pub Arc<Vec<(String, String)>>);

impl FieldMessages {
    fn of(name: &str) -> Option<String> {
        let Self(all) = use_context::<Self>()?;
        all.iter().find(|(field, _)| field == name).map(|(_, text)| text.clone())
    }
}

/// Ids by which the parts of one field refer to each other.
struct Parts {
    id: String,
    hint: Option<String>,
    error: String,
    message: Option<String>,
}

impl Parts {
    fn new(id: Option<String>, name: &str, hint: Option<&String>, error: Option<String>) -> Self {
        let id = id.unwrap_or_else(|| ["f-", name].concat());
        Self {
            hint: hint.map(|_| [&id, "-hint"].concat()),
            error: [&id, "-error"].concat(),
            message: error.or_else(|| FieldMessages::of(name)),
            id,
        }
    }

    /// The hint alone while the field is right; the script adds the message's id when it is not.
    fn described_by(&self) -> Option<String> {
        match (&self.hint, &self.message) {
            (Some(hint), Some(_)) => Some([hint, " ", &self.error].concat()),
            (Some(hint), None) => Some(hint.clone()),
            (None, Some(_)) => Some(self.error.clone()),
            (None, None) => None,
        }
    }

    fn invalid(&self) -> Option<&'static str> {
        self.message.as_ref().map(|_| "true")
    }
}

fn message_line(name: &str, parts: &Parts) -> impl IntoView + use<> {
    let hidden = parts.message.is_none();
    erased(view! {
        <p class="field-error" id=parts.error.clone() data-error-for=name.to_owned() hidden=hidden>
            {parts.message.clone().unwrap_or_default()}
        </p>
    })
}

/// Label, hint and message around a control of your own; the control must carry
/// `id="f-{name}"` (or the given `id`), and `name`.
#[component]
pub fn Field(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    /// Word beside the label, e.g. "optional".
    #[prop(optional, into)]
    note: Option<String>,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] error: Option<String>,
    children: Children,
) -> impl IntoView {
    let parts = Parts::new(id, &name, hint.as_ref(), error);
    let invalid = parts.message.is_some();
    erased(view! {
        <div class="field" class:field-invalid=invalid>
            <label class="field-label" for=parts.id.clone()>
                {label}
                {note.map(|note| view! { <span class="field-note">{note}</span> })}
            </label>
            {hint.map(|hint| view! { <p class="field-hint" id=parts.hint.clone()>{hint}</p> })}
            {message_line(&name, &parts)}
            {children()}
        </div>
    })
}

/// One line of text. `kind` is the input's type: `text`, `email`, `password`, `number`, `date`…
#[component]
pub fn TextInput(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    /// Word beside the label, e.g. "optional".
    #[prop(optional, into)]
    note: Option<String>,
    #[prop(optional, into)] error: Option<String>,
    #[prop(optional, into)] id: Option<String>,
    /// `autocomplete` token, e.g. `username`, `current-password`, `off`.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(optional, into)] min: Option<String>,
    #[prop(optional, into)] max: Option<String>,
    #[prop(optional, into)] step: Option<String>,
    /// Width in characters that the answer usually needs; the whole line otherwise.
    #[prop(optional)]
    width: Option<Width>,
    /// Unit shown behind the control, e.g. "ms".
    #[prop(optional, into)]
    unit: Option<String>,
    /// What must be typed before the form's button can be pressed (typed confirmation).
    #[prop(optional, into)]
    confirm: Option<String>,
    /// Adds `spellcheck=false` and no automatic capitals: codes, addresses.
    #[prop(optional)]
    verbatim: bool,
    /// Sets the focus here when the page opens; one field a page at most.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let parts = Parts::new(id, &name, hint.as_ref(), error);
    let class = match width {
        None => "input",
        Some(Width::Tiny) => "input input-tiny",
        Some(Width::Short) => "input input-short",
        Some(Width::Medium) => "input input-medium",
    };
    erased(view! {
        <div class="field" class:field-invalid=parts.message.is_some()>
            <label class="field-label" for=parts.id.clone()>
                {label}
                {note.map(|note| view! { <span class="field-note">{note}</span> })}
            </label>
            {hint.map(|hint| view! { <p class="field-hint" id=parts.hint.clone()>{hint}</p> })}
            {message_line(&name, &parts)}
            <div class="input-line">
                <input class=class id=parts.id.clone() name=name type=kind value=value
                    autocomplete=autocomplete inputmode=inputmode min=min max=max step=step
                    spellcheck=verbatim.then_some("false")
                    autocapitalize=verbatim.then_some("none")
                    aria-describedby=parts.described_by() aria-invalid=parts.invalid()
                    data-confirm=confirm autofocus=autofocus/>
                {unit.map(|unit| view! { <span class="input-unit">{unit}</span> })}
            </div>
        </div>
    })
}

/// How wide a control is: as wide as what people type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// Up to 4 characters.
    Tiny,
    /// Up to 10 characters: a number, a date.
    Short,
    /// Up to 24 characters: a code.
    Medium,
}

/// Several lines of text. The only textarea there may be: it escapes what it shows, which the
/// element itself does not do when it is rendered on the server.
#[component]
pub fn TextArea(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] note: Option<String>,
    #[prop(optional, into)] error: Option<String>,
    #[prop(optional, into)] id: Option<String>,
    /// Lines shown.
    #[prop(default = 4)]
    rows: u32,
) -> impl IntoView {
    let parts = Parts::new(id, &name, hint.as_ref(), error);
    let value = value.unwrap_or_default();
    erased(view! {
        <div class="field" class:field-invalid=parts.message.is_some()>
            <label class="field-label" for=parts.id.clone()>
                {label}
                {note.map(|note| view! { <span class="field-note">{note}</span> })}
            </label>
            {hint.map(|hint| view! { <p class="field-hint" id=parts.hint.clone()>{hint}</p> })}
            {message_line(&name, &parts)}
            <textarea class="input" id=parts.id.clone() name=name rows=rows
                aria-describedby=parts.described_by() aria-invalid=parts.invalid()
                prop:value=value.clone()>
                {escaped_for_textarea(&value)}
            </textarea>
        </div>
    })
}

/// Text as the content of a textarea: markup characters as references, and one line break in
/// front, because the parser drops a first one.
fn escaped_for_textarea(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    out.push('\n');
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    out
}

/// One of the choices of a [`Select`] or of [`Radios`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    /// Line under the label, in radios only.
    pub hint: Option<String>,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None }
    }

    /// With a line under the label.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// A list to choose one from. For two to five choices prefer [`Radios`].
#[component]
pub fn Select(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    choices: Vec<Choice>,
    /// Value of the chosen one.
    #[prop(optional, into)]
    value: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] note: Option<String>,
    #[prop(optional, into)] error: Option<String>,
    #[prop(optional, into)] id: Option<String>,
) -> impl IntoView {
    let parts = Parts::new(id, &name, hint.as_ref(), error);
    let options = choices
        .into_iter()
        .map(|choice| {
            let selected = value.as_ref() == Some(&choice.value);
            view! { <option value=choice.value selected=selected>{choice.label}</option> }
        })
        .collect_view();
    erased(view! {
        <div class="field" class:field-invalid=parts.message.is_some()>
            <label class="field-label" for=parts.id.clone()>
                {label}
                {note.map(|note| view! { <span class="field-note">{note}</span> })}
            </label>
            {hint.map(|hint| view! { <p class="field-hint" id=parts.hint.clone()>{hint}</p> })}
            {message_line(&name, &parts)}
            <select class="input" id=parts.id.clone() name=name
                aria-describedby=parts.described_by() aria-invalid=parts.invalid()>
                {options}
            </select>
        </div>
    })
}

/// Two to five choices, all visible.
#[component]
pub fn Radios(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    choices: Vec<Choice>,
    #[prop(optional, into)] value: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: Option<String>,
    #[prop(optional, into)] id: Option<String>,
) -> impl IntoView {
    let parts = Parts::new(id, &name, hint.as_ref(), error);
    let options = choices
        .into_iter()
        .enumerate()
        .map(|(index, choice)| {
            // The first one carries the field's id, so that the summary's link lands on it
            let id = if index == 0 {
                parts.id.clone()
            } else {
                [&parts.id, "-", &index.to_string()].concat()
            };
            let hint_id = choice.hint.as_ref().map(|_| [&id, "-hint"].concat());
            let checked = value.as_ref() == Some(&choice.value);
            view! {
                <div class="choice">
                    <input type="radio" id=id.clone() name=name.clone() value=choice.value
                        checked=checked aria-describedby=hint_id.clone()/>
                    <label for=id>{choice.label}</label>
                    {choice.hint.map(|hint| view! { <p class="choice-hint" id=hint_id>{hint}</p> })}
                </div>
            }
        })
        .collect_view();
    erased(view! {
        <fieldset class="field" class:field-invalid=parts.message.is_some()
            aria-describedby=parts.described_by() aria-invalid=parts.invalid()>
            <legend class="field-label">{label}</legend>
            {hint.map(|hint| view! { <p class="field-hint" id=parts.hint.clone()>{hint}</p> })}
            {message_line(&name, &parts)}
            {options}
        </fieldset>
    })
}

/// One box to tick. Sends `value` (`true` unless told) when ticked, and nothing otherwise: server
/// functions take it as `Option<String>`.
#[component]
pub fn Checkbox(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(default = "true".into(), into)] value: String,
    #[prop(optional)] checked: bool,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: Option<String>,
    #[prop(optional, into)] id: Option<String>,
) -> impl IntoView {
    let parts = Parts::new(id, &name, hint.as_ref(), error);
    erased(view! {
        <div class="field" class:field-invalid=parts.message.is_some()>
            {message_line(&name, &parts)}
            <div class="choice">
                <input type="checkbox" id=parts.id.clone() name=name value=value checked=checked
                    aria-describedby=parts.described_by() aria-invalid=parts.invalid()/>
                <label for=parts.id.clone()>{label}</label>
                {hint.map(|hint| view! { <p class="choice-hint" id=parts.hint.clone()>{hint}</p> })}
            </div>
        </div>
    })
}

/// A value that the form sends and nobody sees.
#[component]
pub fn Hidden(#[prop(into)] name: String, #[prop(into)] value: String) -> impl IntoView {
    erased(view! { <input type="hidden" name=name value=value/> })
}

#[cfg(test)]
mod tests {
    use super::escaped_for_textarea;

    #[test]
    fn what_people_typed_never_becomes_markup() {
        let out = escaped_for_textarea("</textarea><script>alert(1)</script> & \"x\"");
        assert_eq!(out, "\n&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; \"x\"");
    }
}
