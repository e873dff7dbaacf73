//! The task runner: a page of its own, without inline scripts.
//!
//! `assessments/index.html` is written for Trunk (`trunk serve` works on the tasks alone); here its
//! `data-trunk` links become what a browser reads.

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
    pub(crate) js: PathBuf,
    pub(crate) wasm: PathBuf,
    pub(crate) style: style::Style,
}

pub(crate) fn place(
    workspace: &Workspace,
    profile: Profile,
    pages: &Pages,
    site: &mut Site,
) -> Result<Assess, Error> {
    let page =
        pages.get(compile::ASSESS).ok_or_else(|| Error::NoProgram(compile::ASSESS.to_owned()))?;
    let (_, js, wasm) = place_page(page, "assess", ASSESS, site)?;
    let style = style::place(workspace, profile, "assessments/style.css", "assess", ASSESS, site)?;

    let script = boot(&site::url(&js), &site::url(&wasm));
    let boot = Path::new(ASSESS).join(naming::file(Path::new("boot.js"), script.as_bytes()));
    site.add(&boot, script.as_bytes())?;

    let source = "assessments/index.html";
    let html = files::read_text(&workspace.root.join(source))?;
    let links = Links {
        boot: site::url(&boot),
        js: site::url(&js),
        wasm: site::url(&wasm),
        css: site::url(&style.sheet),
    };
    let html =
        links.fill(&html).map_err(|message| Error::Page { page: source.to_owned(), message })?;
    let index = Path::new(ASSESS).join("index.html");
    site.add(&index, html.as_bytes())?;
    Ok(Assess { index, boot, js, wasm, style })
}

/// Starts the program. A file, so that the page's policy needs no exception for inline scripts.
fn boot(js: &str, wasm: &str) -> String {
    format!("import init from {js:?};\nawait init({{ module_or_path: {wasm:?} }});\n")
}

/// Addresses to be put into the page.
struct Links {
    boot: String,
    js: String,
    wasm: String,
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

    /// The WASM is asked for while the module is still on its way.
    fn program(&self) -> String {
        let Self { boot, js, wasm, .. } = self;
        format!(
            "<link rel=\"modulepreload\" href=\"{js}\">\n    \
             <link rel=\"preload\" as=\"fetch\" type=\"application/wasm\" crossorigin href=\"{wasm}\">\n    \
             <script type=\"module\" src=\"{boot}\"></script>"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links() -> Links {
        Links {
            boot: "/assess/boot-1.js".to_owned(),
            js: "/assess/assess-1.js".to_owned(),
            wasm: "/assess/assess-1_bg.wasm".to_owned(),
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
