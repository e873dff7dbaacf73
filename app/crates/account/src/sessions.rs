//! The own account: where it is signed in.

use crate::frame::own_page;
use contract::identity::SessionKind;
use leptos::prelude::*;
use ui::facts::Section;
use ui::{
    ButtonKind, Column, DataTable, Fact, Facts, Form, Hidden, LinkButton, PageHeader, Row,
    StatusTag, Time, Tone, t,
};

#[component]
pub fn AccountPage() -> impl IntoView {
    own_page(|cx| async move {
        let l = cx.locale;
        let me = identity::session::me(&cx.ctx, &cx.actor).await?;
        let sessions = identity::session::list(&cx.ctx, &cx.actor).await?;
        let others = sessions.iter().any(|session| !session.current);
        let columns = vec![
            Column::text(t(l, "session-where")),
            Column::text(t(l, "session-kind")),
            Column::text(t(l, "session-since")),
            Column::text(t(l, "session-last")),
            Column::text(t(l, "session-end")),
        ];
        let rows = sessions
            .into_iter()
            .map(|session| {
                let kind = match session.kind {
                    SessionKind::Browser => t(l, "session-browser"),
                    SessionKind::Api => t(l, "session-api"),
                };
                let end = if session.current {
                    view! { <StatusTag tone=Tone::Good word=t(l, "session-this")/> }.into_any()
                } else {
                    view! {
                        <Form action="/_fn/revoke_session" submit=t(l, "session-revoke")
                            kind=ButtonKind::Secondary>
                            <Hidden name="session" value=session.id.to_string()/>
                        </Form>
                    }
                    .into_any()
                };
                Row::new()
                    .cell(session.client)
                    .cell(kind)
                    .cell(view! { <Time at=session.created_at/> })
                    .cell(view! { <Time at=session.last_seen_at/> })
                    .cell(end)
            })
            .collect::<Vec<_>>();
        Ok(view! {
            <PageHeader title=t(l, "account-title")>
                <LinkButton href="/dashboard">{t(l, "account-back")}</LinkButton>
            </PageHeader>
            <Section title=me.user.name.clone()>
                <Facts>
                    <Fact term=t(l, "login-email")>{me.user.email.clone()}</Fact>
                    <Fact term=t(l, "login-password")>
                        <a href="/password">{t(l, "password-title")}</a>
                    </Fact>
                </Facts>
            </Section>
            <Section title=t(l, "sessions-signed-in")>
                <DataTable caption=t(l, "sessions-signed-in") columns rows/>
                {others.then(|| view! {
                    <Form action="/_fn/revoke_other_sessions" submit=t(l, "session-revoke-others")
                        kind=ButtonKind::Secondary>
                        <Hidden name="all" value="others"/>
                    </Form>
                })}
            </Section>
        }
        .into_any())
    })
}
