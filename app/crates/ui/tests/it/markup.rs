//! What the server writes.

use contract::{ApiError, Locale};
use leptos::{prelude::*, server_fn::error::ServerFnUrlError};
use std::sync::Arc;
use ui::{
    Column, DataTable, EmptyState, Form, LinkButton, ListLinks, PageContext, Row, ServerError,
    TextArea, TextInput, provide_page, provide_status_setter,
};

fn html(context: PageContext, view: impl FnOnce() -> AnyView) -> String {
    let shared = hydration_context::SsrSharedContext::new_islands();
    Owner::new_root(Some(Arc::new(shared))).with(|| {
        provide_page(context);
        view().to_html()
    })
}

fn context() -> PageContext {
    PageContext::at("2026-11-20T13:05:00Z".parse().expect("an instant"))
}

#[test]
fn a_textarea_shows_what_was_typed_and_runs_none_of_it() {
    let out = html(context(), || {
        view! { <TextArea name="notes" label="Notes" value="</textarea><script>alert(1)</script>"/> }
            .into_any()
    });
    assert!(out.contains("&lt;/textarea&gt;&lt;script&gt;"), "{out}");
    assert!(!out.contains("<script>"), "{out}");
}

#[test]
fn a_form_posts_without_script_and_its_parts_know_each_other() {
    let out = html(context(), || {
        view! {
            <Form action="/_fn/create_study" submit="Create" cancel="/studies">
                <TextInput name="code" label="Code" hint="Shown to people"/>
            </Form>
        }
        .into_any()
    });
    assert!(out.contains(r#"method="post""#), "{out}");
    assert!(out.contains(r#"action="/_fn/create_study""#), "{out}");
    assert!(out.contains(r#"for="f-code""#), "{out}");
    assert!(out.contains(r#"aria-describedby="f-code-hint""#), "{out}");
    assert!(out.contains(r#"data-error-for="code""#), "{out}");
    assert!(out.contains("data-error-summary hidden"), "{out}");
    assert!(!out.contains("aria-invalid"), "{out}");
}

#[test]
fn a_form_sent_without_script_shows_its_error_when_the_page_comes_back() {
    let error = ApiError::field("code", "required", "must be filled in.");
    let url = ServerFnUrlError::new("/_fn/create_study", ServerError(error))
        .to_url("https://example.org/studies/new")
        .expect("an address");
    let context = PageContext {
        locale: Locale::Fr,
        query: url.query().unwrap_or_default().to_owned(),
        ..context()
    };
    let out = html(context, || {
        view! {
            <Form action="/_fn/create_study" submit="Créer">
                <TextInput name="code" label="Code"/>
            </Form>
            <Form action="/_fn/other" submit="Autre"><TextInput name="code" id="other" label="Code"/></Form>
        }
        .into_any()
    });
    let said = ui::t(Locale::Fr, "rule-required");
    // In the summary and at the field of the form that was sent, and nowhere else
    assert_eq!(out.matches(&said).count(), 2, "{out}");
    assert!(out.contains(r##"<a href="#f-code">"##), "{out}");
    assert_eq!(out.matches(r#"aria-invalid="true""#).count(), 1, "{out}");
}

#[test]
fn an_error_of_a_service_is_said_in_the_readers_language_and_sets_the_status() {
    let (sender, receiver) = std::sync::mpsc::channel();
    let error = Owner::new_root(None).with(|| {
        provide_page(PageContext { locale: Locale::Fr, ..context() });
        provide_status_setter(move |code| sender.send(code).expect("somebody listens"));
        ServerError::from(ApiError::field("code", "required", "must be filled in."))
    });
    assert_eq!(receiver.try_recv(), Ok(422));
    assert_eq!(error.0.fields[0].message, ui::t(Locale::Fr, "rule-required"));
    assert_eq!(error.0.reason, "invalid");
}

#[test]
fn a_table_labels_its_cells_and_links_its_sort_and_its_pages() {
    let query = contract::ListQuery { page: Some(2), per_page: Some(1), ..Default::default() };
    let out = html(context(), move || {
        let links = ListLinks::new("/studies", &query);
        let rows = vec![Row::link("/studies/1").cell("NEURO").cell("412.5")];
        let columns =
            vec![Column::text("Code").sortable("code"), Column::number("Median RT").unit("ms")];
        let pagination = contract::Page::<()>::new(Vec::new(), &query, 3).pagination;
        view! { <DataTable caption="Studies" columns rows links pagination=pagination/> }.into_any()
    });
    assert!(out.contains(r#"data-label="Median RT (ms)""#), "{out}");
    assert!(out.contains("/studies?per_page=1&amp;sort=code&amp;order=asc"), "{out}");
    assert!(
        out.contains(r#"rel="next""#) && out.contains("/studies?page=3&amp;per_page=1"),
        "{out}"
    );
    assert!(out.contains("<tbody"), "{out}");
    assert!(out.contains("2 to 2 of 3"), "{out}");
}

#[test]
fn a_list_is_sorted_without_its_heads_by_a_form_that_keeps_the_filters() {
    let query = contract::ListQuery {
        page: Some(2),
        sort: Some("rt".into()),
        order: Some(contract::Order::Desc),
        search: Some("NEURO".into()),
        ..Default::default()
    };
    let out = html(context(), move || {
        let links = ListLinks::new("/studies", &query).with("site", "lyon");
        let columns = vec![
            Column::text("Code").sortable("code"),
            Column::number("Median RT").sortable("rt"),
            Column::text("Site"),
        ];
        let rows = vec![Row::new().cell("NEURO").cell("412.5").cell("Lyon")];
        view! { <DataTable caption="Studies" columns rows links/> }.into_any()
    });
    let form = out.split_once(r#"<details class="sorting""#).expect("a fold").1;
    let form = form.split_once("</form>").expect("its end").0;
    assert!(form.contains(r#"method="get""#), "{form}");
    assert!(form.contains(r#"action="/studies""#), "{form}");
    assert!(form.contains(r#"name="search" value="NEURO""#), "{form}");
    assert!(form.contains(r#"name="site" value="lyon""#), "{form}");
    assert!(!form.contains(r#"name="page""#), "{form}");
    assert!(form.contains(r#"<option value="rt" selected>Median RT</option>"#), "{form}");
    assert!(form.contains(r#"<option value="desc" selected>descending</option>"#), "{form}");
    assert!(!form.contains(">Site<"), "what cannot be sorted by is not on offer: {form}");
    assert!(out.contains("Sorted by Median RT, descending"), "{out}");
}

#[test]
fn a_chart_is_drawn_for_a_desk_and_for_a_phone_and_has_one_table() {
    let out = html(context(), || {
        let bins = ui::chart::bins(&[312.0, 344.0, 401.0], 25.0);
        view! {
            <ui::chart::Histogram title="Half came within 344 ms" x_label="RT (ms)"
                y_label="Responses" bins id="rt"/>
        }
        .into_any()
    });
    assert_eq!(out.matches("chart-drawing chart-wide").count(), 1, "{out}");
    assert_eq!(out.matches("chart-drawing chart-narrow").count(), 1, "{out}");
    assert_eq!(out.matches(r#"id="rt""#).count(), 1, "{out}");
    assert_eq!(out.matches("<table").count(), 1, "{out}");
}

#[test]
fn an_empty_table_says_what_to_do() {
    let out = html(context(), || {
        view! {
            <DataTable caption="Sessions" columns=vec![Column::text("Session")] rows=Vec::new()
                empty=|| view! {
                    <EmptyState title="No sessions yet" text="Assign a battery to begin.">
                        <LinkButton href="/assign">"Assign"</LinkButton>
                    </EmptyState>
                }/>
        }
        .into_any()
    });
    assert!(!out.contains("<table"), "{out}");
    assert!(out.contains(r#"href="/assign""#), "{out}");
}
