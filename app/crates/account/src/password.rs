//! Choosing a new password.

use crate::frame::own_page;
use leptos::prelude::*;
use ui::{Form, Notice, TextInput, Tone, t};

#[component]
pub fn PasswordPage() -> impl IntoView {
    own_page(|cx| async move {
        let l = cx.locale;
        let must = cx.actor.staff().is_ok_and(|staff| staff.must_change_password);
        Ok(view! {
            <div class="card sign-in">
                <h1>{t(l, "password-title")}</h1>
                {must.then(|| view! {
                    <Notice tone=Tone::Info title=t(l, "password-due")>{t(l, "password-due-text")}</Notice>
                })}
                <Form action="/_fn/change_password" submit=t(l, "password-submit")>
                    <TextInput name="current_password" label=t(l, "password-current") kind="password"
                        autocomplete="current-password" verbatim=true/>
                    <TextInput name="new_password" label=t(l, "password-new") kind="password"
                        hint=t(l, "password-rules") autocomplete="new-password" verbatim=true/>
                </Form>
            </div>
        }
        .into_any())
    })
}
