//! Where to turn to, and the way out.

use crate::frame::own_page;
use leptos::prelude::*;
use ui::{ButtonKind, Form, Hidden, PatientPage, t};

#[component]
pub fn HelpPage() -> impl IntoView {
    own_page(|cx, _| async move {
        let l = cx.locale;
        Ok(view! {
            <PatientPage title=t(l, "patient-help-title") lead=t(l, "patient-help-lead")>
                <p>{t(l, "patient-help-contact")}</p>
                <Form action="/_fn/portal/sign_out" submit=t(l, "patient-sign-out")
                    kind=ButtonKind::Secondary>
                    <Hidden name="from" value="help"/>
                </Form>
            </PatientPage>
        }
        .into_any())
    })
}
