//! Signing in by a link: asking for one, and using it.

use leptos::prelude::*;
use platform::{Actor, RequestCx};
use ui::frame::{open_page, query_text};
use ui::{Form, Hidden, LinkButton, PatientPage, TextInput, t};

/// Asks for a link by e-mail. The answer is the same for every address.
#[component]
pub fn PortalLoginPage() -> impl IntoView {
    let sent = query_text("sent").is_some();
    open_page(move |cx: RequestCx| async move {
        let l = cx.locale;
        if matches!(cx.actor, Actor::Participant(_)) {
            leptos_axum::redirect("/portal");
            return Ok(().into_any());
        }
        if sent {
            return Ok(view! {
                <PatientPage title=t(l, "patient-sent-title") lead=t(l, "patient-sent-lead")
                    second=move || view! { <LinkButton href="/portal/login">{t(l, "patient-sent-again")}</LinkButton> }.into_any()>
                    <p>{t(l, "patient-sent-spam")}</p>
                </PatientPage>
            }
            .into_any());
        }
        Ok(view! {
            <PatientPage title=t(l, "patient-login-title") lead=t(l, "patient-login-lead")>
                <Form action="/_fn/portal/request_link" submit=t(l, "patient-login-submit")>
                    <TextInput name="email" label=t(l, "patient-login-email") kind="email"
                        autocomplete="email" verbatim=true/>
                </Form>
            </PatientPage>
        }
        .into_any())
    })
}

/// Uses a link. Opening the page does not spend it, for mail programs open links too; the button
/// does.
#[component]
pub fn VerifyPage() -> impl IntoView {
    let token = query_text("token").unwrap_or_default();
    open_page(|cx: RequestCx| async move {
        let l = cx.locale;
        Ok(view! {
            <PatientPage title=t(l, "patient-verify-title") lead=t(l, "patient-verify-lead")>
                <Form action="/_fn/portal/verify" submit=t(l, "patient-verify-submit")>
                    <Hidden name="token" value=token/>
                </Form>
                <p class="muted"><a href="/portal/login">{t(l, "patient-verify-new")}</a></p>
            </PatientPage>
        }
        .into_any())
    })
}
