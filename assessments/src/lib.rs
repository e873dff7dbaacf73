//! The task runner: shows the tasks of one run, times every response, keeps every trial safe and
//! sends it to the server. How it works: `README.md`.

mod boot;
mod dom;
mod driver;
mod finish;
mod flow;
mod js;
mod launch;
mod play;
mod runtime;
mod scores;
mod sync;
mod views;
mod words;

pub use scores::summaries;

use task_engine::tasks::Tasks;
use wasm_bindgen::JsValue;

/// Starts or resumes the run that the page's address names, with these tasks. When the run comes
/// to a task that is not among them, the page is asked to start the program that has it.
pub fn start(tasks: Tasks) {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&JsValue::from_str(&info.to_string()));
        show_crash();
    }));
    wasm_bindgen_futures::spawn_local(boot::run(tasks));
}

/// Uncovers what the page holds for the case that the program stops: everything so far is saved,
/// reload to go on.
fn show_crash() {
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(root) = document.and_then(|document| document.document_element()) {
        let _ = root.set_attribute("data-crashed", "");
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn trunk_asks_for_the_wasm_bindgen_that_is_locked() {
        let lock = include_str!("../../Cargo.lock");
        let locked = lock.split_once("name = \"wasm-bindgen\"\nversion = \"").unwrap().1;
        let version = locked.split('"').next().unwrap();
        let wanted = format!("wasm_bindgen = \"{version}\"");
        assert!(include_str!("../../Trunk.toml").contains(&wanted), "Trunk.toml wants {wanted}");
    }

    #[wasm_bindgen_test]
    fn the_page_tells_every_problem_in_both_languages() {
        let page = include_str!("../index.html");
        for problem in crate::words::Problem::ALL {
            let start = format!("<section data-problem=\"{}\">", problem.code());
            let section = page.split_once(&start).unwrap().1.split("</section>").next().unwrap();
            for language in contract::Locale::ALL {
                let part = format!("<div lang=\"{}\">", language.tag());
                assert!(section.contains(&part), "{} in {}", problem.code(), language.tag());
            }
            assert_eq!(section.matches("<p>").count(), 2, "{}", problem.code());
        }
    }
}
