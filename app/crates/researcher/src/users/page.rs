//! The list of accounts and the form that registers one.

use crate::frame::{list_query, staff_page};
use contract::identity::UserStatus;
use contract::permission::{Permission, SystemRole};
use leptos::prelude::*;
use platform::policy::require_system;
use ui::icon::IconName;
use ui::{
    ButtonKind, Choice, Column, Crumb, DataTable, Form, LinkButton, ListLinks, PageHeader, Radios,
    Row, StatusTag, TextInput, Time, Tone, t,
};

#[component]
pub fn UsersPage() -> impl IntoView {
    staff_page(|cx| async move {
        let l = cx.locale;
        let query = list_query();
        let page = identity::users::list(&cx.ctx, &cx.actor, &query).await?;
        let links = ListLinks::new("/users", &query);
        let columns = vec![
            Column::text(t(l, "user-name")),
            Column::text(t(l, "user-email")),
            Column::text(t(l, "user-role")),
            Column::text(t(l, "user-status")),
            Column::text(t(l, "user-last-login")),
        ];
        let rows = page
            .data
            .into_iter()
            .map(|user| {
                let (tone, word) = match user.status {
                    UserStatus::Active => (Tone::Good, t(l, "user-status-active")),
                    UserStatus::Disabled => (Tone::Attention, t(l, "user-status-disabled")),
                };
                let login = match user.last_login_at {
                    Some(at) => view! { <Time at/> }.into_any(),
                    None => t(l, "user-never").into_any(),
                };
                Row::new()
                    .cell(user.name)
                    .cell(user.email)
                    .cell(t(l, &["role-", user.role.as_str()].concat()))
                    .cell(view! { <StatusTag tone word/> })
                    .cell(login)
            })
            .collect::<Vec<_>>();
        Ok(view! {
            <PageHeader title=t(l, "users-title") lead=t(l, "users-lead")>
                <LinkButton href="/users/new" kind=ButtonKind::Primary icon=IconName::Plus>
                    {t(l, "users-new")}
                </LinkButton>
            </PageHeader>
            <DataTable caption=t(l, "users-title") columns rows links pagination=page.pagination/>
        }
        .into_any())
    })
}

#[component]
pub fn NewUserPage() -> impl IntoView {
    staff_page(|cx| async move {
        require_system(&cx.actor, Permission::UserManage)?;
        let l = cx.locale;
        let crumbs = vec![Crumb::new(t(l, "users-title"), "/users")];
        let roles = SystemRole::ALL
            .iter()
            .map(|role| Choice::new(role.as_str(), t(l, &["role-", role.as_str()].concat())))
            .collect::<Vec<_>>();
        Ok(view! {
            <PageHeader title=t(l, "users-new") crumbs/>
            <Form action="/_fn/register_user" submit=t(l, "user-register") cancel="/users">
                <TextInput name="name" label=t(l, "user-name")/>
                <TextInput name="email" label=t(l, "user-email") kind="email" autocomplete="off"/>
                <Radios name="role" label=t(l, "user-role") choices=roles value="coordinator"/>
                <TextInput name="password" label=t(l, "user-temporary-password")
                    hint=t(l, "user-temporary-password-hint") autocomplete="off" verbatim=true/>
            </Form>
        }
        .into_any())
    })
}
