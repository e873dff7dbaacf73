//! The task runner: a page of its own, without inline scripts.
//!
//! `assessments/index.html` is written for Trunk (`trunk serve` works on the tasks alone); here its
//! `data-trunk` links become what a browser reads. There is a program for each group of tasks; the
//! server leaves in the page what the run's first task needs, and `boot.js` loads the others.

use std::path::{Path, PathBuf};

use crate::compile;
use crate::error::Error;
use crate::glue::Pages;
use crate::portals::place_page;
use crate::profile::Profile;
use crate::site::{self, ASSESS, Site};
use crate::workspace::Workspace;
use crate::{files, naming, style};

/// What the task page loads, as paths below the site.
#[derive(Debug)]
pub(crate) struct Assess {
    pub(crate) index: PathBuf,
    pub(crate) boot: PathBuf,
    pub(crate) programs: Vec<Program>,
    pub(crate) style: style::Style,
}

/// The program of one group of tasks.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) tasks: &'static str,
    pub(crate) js: PathBuf,
    pub(crate) wasm: PathBuf,
}

pub(crate) fn place(
    workspace: &Workspace,
    profile: Profile,
    pages: &Pages,
    site: &mut Site,
) -> Result<Assess, Error> {
    let mut programs = Vec::new();
    for (tasks, program) in compile::TASKS {
        let page = pages.get(program).ok_or_else(|| Error::NoProgram(program.to_owned()))?;
        let (_, js, wasm) = place_page(page, program, ASSESS, site)?;
        programs.push(Program { tasks, js, wasm });
    }
    let style = style::place(workspace, profile, "assessments/style.css", "assess", ASSESS, site)?;

    let addresses: Vec<Address> = programs.iter().map(Address::of).collect();
    let script = boot(&addresses);
    let boot = Path::new(ASSESS).join(naming::file(Path::new("boot.js"), script.as_bytes()));
    site.add(&boot, script.as_bytes())?;

    let source = "assessments/index.html";
    let html = files::read_text(&workspace.root.join(source))?;
    let links = Links { boot: site::url(&boot), programs: addresses, css: site::url(&style.sheet) };
    let html =
        links.fill(&html).map_err(|message| Error::Page { page: source.to_owned(), message })?;
    let index = Path::new(ASSESS).join("index.html");
    site.add(&index, html.as_bytes())?;
    Ok(Assess { index, boot, programs, style })
}

/// Where the program of a group is.
struct Address {
    tasks: &'static str,
    js: String,
    wasm: String,
}

impl Address {
    fn of(program: &Program) -> Self {
        Self { tasks: program.tasks, js: site::url(&program.js), wasm: site::url(&program.wasm) }
    }
}

/// Starts the program of the first task and gives programs the way to one another. A file, so that
/// the page's policy needs no exception for inline scripts.
fn boot(programs: &[Address]) -> String {
    let table: String = programs
        .iter()
        .map(|Address { tasks, js, wasm }| format!("  {tasks}: [{js:?}, {wasm:?}],\n"))
        .collect();
    format!("const programs = {{\n{table}}};\n{BOOT}")
}

/// The tab remembers the program, so that a reload asks for the right one first. Storage may be
/// forbidden; then another program is asked first and hands over.
const BOOT: &str = r#"const root = document.documentElement;
const key = "metricis-tasks";
function remembered() {
  try { return sessionStorage.getItem(key); } catch { return null; }
}
function remember(tasks) {
  try { sessionStorage.setItem(key, tasks); } catch { return; }
}
async function load(tasks) {
  remember(tasks);
  try {
    const [js, wasm] = programs[tasks];
    const program = await import(js);
    await program.default({ module_or_path: wasm });
    program.run();
  } catch (error) {
    console.error(error);
    root.dataset.crashed = "";
  }
}
async function warm(tasks) {
  await Promise.allSettled(programs[tasks].map((file) => fetch(file)));
}
async function scores(config, items) {
  const [js, wasm] = programs.scores;
  const program = await import(js);
  await program.default({ module_or_path: wasm });
  return program.summaries(config, items);
}
globalThis.metricis = { load, warm, scores };
const known = (tasks) => Object.hasOwn(programs, tasks) && tasks !== "scores";
await load([remembered(), root.dataset.tasks].find(known) ?? "speed");
"#;

/// Addresses to be put into the page.
struct Links {
    boot: String,
    programs: Vec<Address>,
    css: String,
}

impl Links {
    /// Replaces the page's `<link data-trunk rel="rust">` and `<link data-trunk rel="css">`.
    fn fill(&self, html: &str) -> Result<String, String> {
        let mut filled = String::with_capacity(html.len() + 512);
        let mut rest = html;
        let (mut programs, mut styles) = (0, 0);
        while let Some(start) = rest.find("<link data-trunk") {
            let (before, tag) = rest.split_at(start);
            let Some(end) = tag.find('>') else { return Err("a <link> is not closed".to_owned()) };
            let (tag, after) = tag.split_at(end + 1);
            filled.push_str(before);
            if tag.contains("rel=\"rust\"") {
                programs += 1;
                filled.push_str(&self.program());
            } else if tag.contains("rel=\"css\"") {
                styles += 1;
                filled.push_str(&format!("<link rel=\"stylesheet\" href=\"{}\">", self.css));
            } else {
                return Err(format!("cannot read {tag}; known are rel=\"rust\" and rel=\"css\""));
            }
            rest = after;
        }
        filled.push_str(rest);
        if programs != 1 || styles != 1 {
            return Err("wants one <link data-trunk rel=\"rust\"> and one \
                        <link data-trunk rel=\"css\" href=\"style.css\">"
                .to_owned());
        }
        Ok(filled)
    }

    /// The WASM is asked for while the module is still on its way: that of the first task's
    /// program, all other lines with `data-tasks` are taken out by the server.
    fn program(&self) -> String {
        let mut tags = String::new();
        let runs = |address: &&Address| address.tasks != "scores";
        for Address { tasks, js, wasm } in self.programs.iter().filter(runs) {
            tags.push_str(&format!(
                "<link data-tasks=\"{tasks}\" rel=\"modulepreload\" href=\"{js}\">\n    \
                 <link data-tasks=\"{tasks}\" rel=\"preload\" as=\"fetch\" \
                 type=\"application/wasm\" crossorigin href=\"{wasm}\">\n    "
            ));
        }
        tags.push_str(&format!("<script type=\"module\" src=\"{}\"></script>", self.boot));
        tags
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links() -> Links {
        Links {
            boot: "/assess/boot-1.js".to_owned(),
            programs: ["speed", "memory"]
                .map(|tasks| Address {
                    tasks,
                    js: format!("/assess/{tasks}-1.js"),
                    wasm: format!("/assess/{tasks}-1_bg.wasm"),
                })
                .into(),
            css: "/assess/assess-1.css".to_owned(),
        }
    }

    #[test]
    fn fills_trunks_links() {
        let html = "<head>\n<link data-trunk rel=\"rust\" data-wasm-opt=\"z\" />\n\
                    <link data-trunk rel=\"css\" href=\"style.css\">\n</head>";
        let filled = links().fill(html).unwrap();
        assert!(!filled.contains("data-trunk"), "{filled}");
        assert!(filled.contains("<script type=\"module\" src=\"/assess/boot-1.js\"></script>"));
        assert!(filled.contains("<link rel=\"stylesheet\" href=\"/assess/assess-1.css\">"));
        assert!(filled.ends_with("</head>"));
        for tasks in ["speed", "memory"] {
            let mine = format!("data-tasks=\"{tasks}\"");
            let lines: Vec<&str> = filled.lines().filter(|line| line.contains(&mine)).collect();
            assert_eq!(lines.len(), 2, "each on a line of its own, for the server to leave out");
            assert!(lines.iter().all(|line| line.contains(&format!("/assess/{tasks}-1"))));
        }
    }

    #[test]
    fn the_script_knows_every_program() {
        let script = boot(&links().programs);
        let start =
            "const programs = {\n  speed: [\"/assess/speed-1.js\", \"/assess/speed-1_bg.wasm\"],\n";
        assert!(script.starts_with(start), "{script}");
        assert!(script.contains("  memory: [\"/assess/memory-1.js\""));
    }

    #[test]
    fn a_page_without_the_program_is_an_error_that_says_what_it_wants() {
        let message = links().fill("<head></head>").unwrap_err();
        assert!(message.contains("rel=\"rust\""), "{message}");
    }

    #[test]
    fn an_unknown_link_is_named() {
        let message = links().fill("<link data-trunk rel=\"sass\" href=\"a\">").unwrap_err();
        assert!(message.contains("rel=\"sass\""), "{message}");
    }
}
