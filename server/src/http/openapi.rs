//! `/api/openapi.json` and `/docs`: the document and a page made from it, without any script.

use crate::state::AppState;
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router, extract::State};
use serde_json::Value;
use std::fmt::Write as _;
use std::sync::Arc;
use utoipa::openapi::OpenApi as Document;

/// The document, its page, and the old address of the page.
pub fn routes(document: Document) -> Router<AppState> {
    let value = serde_json::to_value(&document).unwrap_or_default();
    let body: Arc<str> = body(&value).into();
    let document = Arc::new(document);
    Router::new()
        .route(
            "/api/openapi.json",
            get(move || {
                let document = document.clone();
                async move { Json(document.as_ref().clone()) }
            }),
        )
        .route("/docs", get(move |state| page(state, body.clone())))
        .route("/redoc", get(|| async { Redirect::permanent("/docs") }))
}

async fn page(State(state): State<AppState>, body: Arc<str>) -> Response {
    let css = &state.assets.manifest.css;
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\" class=\"staff\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Metricis API</title><link rel=\"stylesheet\" href=\"/pkg/{css}\">\
         <link rel=\"icon\" href=\"/public/icon.svg\" type=\"image/svg+xml\"></head>\
         <body><main class=\"api-docs\" id=\"main\">{body}</main></body></html>"
    );
    ([(header::CACHE_CONTROL, "no-cache")], Html(html)).into_response()
}

/// The text of the page: one section a tag, one closed block an operation.
fn body(document: &Value) -> String {
    let mut out = String::from("<h1>Metricis API</h1>");
    let _ = write!(
        out,
        "<p>{}</p><p><a href=\"/api/openapi.json\">OpenAPI document (JSON)</a></p>",
        escaped(document["info"]["description"].as_str().unwrap_or_default())
    );
    let mut operations: Vec<(String, &str, &str, &Value)> = Vec::new();
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let tag = operation["tags"][0].as_str().unwrap_or("other").to_owned();
            operations.push((tag, path, method, operation));
        }
    }
    operations.sort_by(|a, b| (&a.0, a.1, a.2).cmp(&(&b.0, b.1, b.2)));
    let mut current = String::new();
    for (tag, path, method, operation) in operations {
        if tag != current {
            let _ = write!(out, "<h2 id=\"{0}\">{0}</h2>", escaped(&tag));
            current = tag;
        }
        describe_operation(&mut out, path, method, operation);
    }
    out.push_str("<h2 id=\"schemas\">schemas</h2>");
    for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
        let text = serde_json::to_string_pretty(schema).unwrap_or_default();
        let _ = write!(
            out,
            "<details id=\"schema-{0}\"><summary><code>{0}</code></summary>\
             <pre tabindex=\"0\">{1}</pre></details>",
            escaped(name),
            escaped(&text)
        );
    }
    out
}

fn describe_operation(out: &mut String, path: &str, method: &str, operation: &Value) {
    let summary = operation["summary"].as_str().unwrap_or_default();
    let _ = write!(
        out,
        "<details><summary><code>{} {}</code> {}</summary>",
        escaped(&method.to_uppercase()),
        escaped(path),
        escaped(summary)
    );
    if let Some(text) = operation["description"].as_str() {
        let _ = write!(out, "<p>{}</p>", escaped(text));
    }
    let parameters = operation["parameters"].as_array();
    if let Some(parameters) = parameters.filter(|list| !list.is_empty()) {
        out.push_str(
            "<table><thead><tr><th>Parameter</th><th>In</th><th>Meaning</th></tr></thead><tbody>",
        );
        for parameter in parameters {
            let _ = write!(
                out,
                "<tr><td><code>{}</code></td><td>{}</td><td>{}</td></tr>",
                escaped(parameter["name"].as_str().unwrap_or_default()),
                escaped(parameter["in"].as_str().unwrap_or_default()),
                escaped(parameter["description"].as_str().unwrap_or_default()),
            );
        }
        out.push_str("</tbody></table>");
    }
    if let Some(schema) = first_schema(&operation["requestBody"]) {
        let _ = write!(out, "<p>Body: {schema}</p>");
    }
    out.push_str("<ul>");
    for (status, response) in operation["responses"].as_object().into_iter().flatten() {
        let _ = write!(
            out,
            "<li><code>{}</code> {} {}</li>",
            escaped(status),
            escaped(response["description"].as_str().unwrap_or_default()),
            first_schema(response).unwrap_or_default()
        );
    }
    out.push_str("</ul></details>");
}

/// A link to the schema that a body or response names.
fn first_schema(value: &Value) -> Option<String> {
    let content = value["content"].as_object()?;
    let reference = content.values().find_map(|media| media["schema"]["$ref"].as_str())?;
    let name = escaped(reference.rsplit('/').next()?);
    Some(format!("<a href=\"#schema-{name}\"><code>{name}</code></a>"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_operation_stands_on_the_page_and_text_is_escaped() {
        let document = json!({
            "info": {"description": "a < b"},
            "paths": {"/api/x": {"get": {"tags": ["t"], "summary": "Reads <x>",
                "responses": {"200": {"description": "fine",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/X"}}}}}}}},
            "components": {"schemas": {"X": {"type": "object"}}}
        });
        let page = body(&document);
        assert!(page.contains("<code>GET /api/x</code> Reads &lt;x&gt;"));
        assert!(page.contains("href=\"#schema-X\"") && page.contains("id=\"schema-X\""));
        assert!(page.contains("a &lt; b"));
    }
}
