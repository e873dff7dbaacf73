//! The mail that a demonstration would have sent. The page exists in demonstrations only.

use contract::{ApiError, ErrorCode};
use leptos::prelude::*;
use platform::RequestCx;
use platform::mail::{OutboxMail, outbox};
use ui::icon::IconName;
use ui::{EmptyState, PatientPage, PatientShell, Time, t};

/// Newest first, links to follow.
#[component]
pub fn DemoMailPage() -> impl IntoView {
    view! {
        <Suspense fallback=|| ()>
            {Suspend::new(async move {
                let content = content()
                    .await
                    .unwrap_or_else(|error| view! { <ui::ErrorContent error/> }.into_any());
                view! { <PatientShell>{content}</PatientShell> }
            })}
        </Suspense>
    }
}

async fn content() -> Result<AnyView, ApiError> {
    let cx = use_context::<RequestCx>().filter(|cx| cx.demo).ok_or_else(|| {
        ApiError::new(
            ErrorCode::NotFound,
            "not_found",
            "There is nothing at this address, or it is not yours to see.",
        )
    })?;
    let l = cx.locale;
    let mails = outbox(&cx.ctx, 50).await?;
    let list = if mails.is_empty() {
        view! {
            <EmptyState title=t(l, "demo-mail-none") text=t(l, "demo-mail-none-text")
                icon=IconName::Send/>
        }
        .into_any()
    } else {
        mails.into_iter().map(mail).collect_view().into_any()
    };
    Ok(view! {
        <PatientPage title=t(l, "demo-mail-title") lead=t(l, "demo-mail-lead")>
            {list}
        </PatientPage>
    }
    .into_any())
}

fn mail(mail: OutboxMail) -> impl IntoView {
    let lines = mail
        .text
        .lines()
        .map(|line| {
            let line = line.to_owned();
            if line.starts_with("http://") || line.starts_with("https://") {
                let href = line.clone();
                view! { <p><a href=href>{line}</a></p> }.into_any()
            } else {
                view! { <p>{line}</p> }.into_any()
            }
        })
        .collect_view();
    view! {
        <article class="task-card demo-mail">
            <h2>{mail.subject}</h2>
            <p class="muted">{mail.to} " · " <Time at=mail.at/></p>
            {lines}
        </article>
    }
}
