//! `/assess/`: the page of the task runner and its files.

use super::middleware::security_headers::CspNonce;
use crate::state::AppState;
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// What the page's address may tell besides the launch link.
#[derive(Debug, serde::Deserialize)]
pub struct Hint {
    /// Group of the first task, as `boot.js` calls its program.
    tasks: Option<String>,
}

/// The runner's page, with this response's nonce and, where the address names the group of the
/// first task, the order to load its program at once.
pub async fn index(
    State(state): State<AppState>,
    Extension(nonce): Extension<CspNonce>,
    Query(hint): Query<Hint>,
) -> Response {
    let html = page(&state.assets.assess_index, hint.tasks.as_deref().unwrap_or_default());
    let html = html.replace("{{NONCE}}", &nonce.0);
    (
        [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")],
        html,
    )
        .into_response()
}

/// The page for a run that begins with `tasks`: of the lines that belong to one program, only
/// those of that program stay. A program that is not known is none.
fn page(html: &str, tasks: &str) -> String {
    let tasks = if tasks.bytes().all(|b| b.is_ascii_lowercase()) { tasks } else { "" };
    let mine = format!("data-tasks=\"{tasks}\"");
    let stays = |line: &&str| !line.contains("<link data-tasks=") || line.contains(&mine);
    let mut page: String = html.lines().filter(stays).flat_map(|line| [line, "\n"]).collect();
    page = page.replace("{{TASKS}}", tasks);
    page
}

#[cfg(test)]
mod tests {
    use super::page;

    const HTML: &str = "<html data-tasks=\"{{TASKS}}\">\n<link data-tasks=\"speed\" href=\"a\">\n\
                        <link data-tasks=\"memory\" href=\"b\">\n<script></script>\n";

    #[test]
    fn only_the_program_of_the_first_task_is_loaded_ahead() {
        let wanted = "<html data-tasks=\"memory\">\n<link data-tasks=\"memory\" href=\"b\">\n\
                      <script></script>\n";
        assert_eq!(page(HTML, "memory"), wanted);
    }

    #[test]
    fn what_is_no_program_loads_nothing_ahead_and_does_not_get_into_the_page() {
        let wanted = "<html data-tasks=\"\">\n<script></script>\n";
        assert_eq!(page(HTML, ""), wanted);
        assert_eq!(page(HTML, "\"><script>"), wanted);
    }
}
