//! The islands of the two portals.

use std::path::{Path, PathBuf};

use crate::compile::{PATIENT, RESEARCHER};
use crate::error::Error;
use crate::glue::{Page, Pages};
use crate::site::{PKG, Site};
use crate::style::Style;

/// What the pages of both portals load.
#[derive(Debug)]
pub(crate) struct Frontend {
    pub(crate) style: Style,
    pub(crate) patient: Islands,
    pub(crate) researcher: Islands,
}

/// The program of one portal.
#[derive(Debug)]
pub(crate) struct Islands {
    /// What Leptos calls the output name: both files are named after it.
    pub(crate) output_name: String,
    pub(crate) js: PathBuf,
    pub(crate) wasm: PathBuf,
}

pub(crate) fn place(pages: &Pages, style: Style, site: &mut Site) -> Result<Frontend, Error> {
    Ok(Frontend {
        style,
        patient: islands(pages, PATIENT, "patient", site)?,
        researcher: islands(pages, RESEARCHER, "researcher", site)?,
    })
}

fn islands(pages: &Pages, program: &str, name: &str, site: &mut Site) -> Result<Islands, Error> {
    let page = pages.get(program).ok_or_else(|| Error::NoProgram(program.to_owned()))?;
    let (output_name, js, wasm) = place_page(page, name, PKG, site)?;
    Ok(Islands { output_name, js, wasm })
}

/// Puts a program into a folder of the site: its stem, its module, its WASM.
pub(crate) fn place_page(
    page: &Page,
    name: &str,
    folder: &str,
    site: &mut Site,
) -> Result<(String, PathBuf, PathBuf), Error> {
    let stem = page.stem(name);
    let below = |file: &Path| Path::new(folder).join(file);
    for (file, content) in page.files(&stem) {
        site.add(below(&file), &content)?;
    }
    let js = below(Path::new(&format!("{stem}.js")));
    let wasm = below(Path::new(&format!("{stem}_bg.wasm")));
    Ok((stem, js, wasm))
}
