//! Signing in as staff.

use leptos::prelude::*;
use platform::{Actor, RequestCx};
use ui::frame::{open_page, query_text};
use ui::{Form, Hidden, TextInput, t};

#[component]
pub fn LoginPage() -> impl IntoView {
    let next = query_text("next").unwrap_or_default();
    open_page(|cx: RequestCx| async move {
        let l = cx.locale;
        if matches!(cx.actor, Actor::Staff(_)) {
            leptos_axum::redirect("/dashboard");
            return Ok(().into_any());
        }
        Ok(view! {
            <div class="card sign-in">
                <h1>{t(l, "login-title")}</h1>
                <p class="lead">{t(l, "login-lead")}</p>
                <Form action="/_fn/sign_in" submit=t(l, "login-submit")>
                    <Hidden name="next" value=next/>
                    <TextInput name="email" label=t(l, "login-email") kind="email"
                        autocomplete="username" verbatim=true/>
                    <TextInput name="password" label=t(l, "login-password") kind="password"
                        autocomplete="current-password" verbatim=true/>
                </Form>
                <p class="muted"><a href="/portal/login">{t(l, "login-participant")}</a></p>
            </div>
        }
        .into_any())
    })
}
