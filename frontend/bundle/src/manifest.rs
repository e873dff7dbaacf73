//! `site/manifest.json`: how the server learns the names of this build.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use crate::assess::Assess;
use crate::compress::{Size, Sizes};
use crate::error::Error;
use crate::portals::{self, Frontend};
use crate::profile::Profile;
use crate::site;
use crate::style::Style;

#[derive(Debug, Serialize)]
pub(crate) struct Manifest {
    /// `dev` or `release`.
    pub(crate) profile: &'static str,
    pub(crate) patient: IslandFiles,
    pub(crate) researcher: IslandFiles,
    /// Name of the portals' style sheet below `/pkg/`.
    pub(crate) css: String,
    /// The same sheet with its sizes, and what it refers to.
    pub(crate) style: StyleFiles,
    pub(crate) assess: AssessFiles,
}

#[derive(Debug, Serialize)]
pub(crate) struct StyleFiles {
    pub(crate) sheet: File,
    /// Fonts and pictures, by their path in the repository.
    pub(crate) assets: BTreeMap<String, File>,
}

#[derive(Debug, Serialize)]
pub(crate) struct IslandFiles {
    /// For `LeptosOptions::output_name`.
    pub(crate) output_name: String,
    pub(crate) js: File,
    pub(crate) wasm: File,
}

#[derive(Debug, Serialize)]
pub(crate) struct AssessFiles {
    pub(crate) index: File,
    pub(crate) boot: File,
    pub(crate) js: File,
    pub(crate) wasm: File,
    pub(crate) css: File,
    pub(crate) assets: BTreeMap<String, File>,
}

/// A file of the site, with its sizes in bytes.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct File {
    /// Address from the root of the server; the path below the site without the first slash.
    pub(crate) url: String,
    #[serde(flatten)]
    pub(crate) size: Size,
}

impl Manifest {
    pub(crate) fn new(
        profile: Profile,
        frontend: &Frontend,
        assess: &Assess,
        sizes: &Sizes,
    ) -> Result<Self, Error> {
        let file = |path: &Path| file(path, sizes);
        let sheet = &frontend.style.sheet;
        Ok(Self {
            profile: profile.name(),
            patient: islands(&frontend.patient, sizes)?,
            researcher: islands(&frontend.researcher, sizes)?,
            css: sheet.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            style: StyleFiles { sheet: file(sheet)?, assets: assets(&frontend.style, sizes)? },
            assess: AssessFiles {
                index: file(&assess.index)?,
                boot: file(&assess.boot)?,
                js: file(&assess.js)?,
                wasm: file(&assess.wasm)?,
                css: file(&assess.style.sheet)?,
                assets: assets(&assess.style, sizes)?,
            },
        })
    }

    /// What a person is told about: label and file.
    pub(crate) fn files(&self) -> Vec<(&'static str, &File)> {
        let Self { patient, researcher, style, assess, .. } = self;
        vec![
            ("patient wasm", &patient.wasm),
            ("patient js", &patient.js),
            ("researcher wasm", &researcher.wasm),
            ("researcher js", &researcher.js),
            ("portal css", &style.sheet),
            ("task wasm", &assess.wasm),
            ("task js", &assess.js),
            ("task css", &assess.css),
        ]
    }
}

fn islands(islands: &portals::Islands, sizes: &Sizes) -> Result<IslandFiles, Error> {
    Ok(IslandFiles {
        output_name: islands.output_name.clone(),
        js: file(&islands.js, sizes)?,
        wasm: file(&islands.wasm, sizes)?,
    })
}

fn assets(style: &Style, sizes: &Sizes) -> Result<BTreeMap<String, File>, Error> {
    style.assets.iter().map(|(source, placed)| Ok((source.clone(), file(placed, sizes)?))).collect()
}

fn file(path: &Path, sizes: &Sizes) -> Result<File, Error> {
    let size = sizes.get(path).copied().ok_or_else(|| Error::NotWritten(path.to_path_buf()))?;
    Ok(File { url: site::url(path), size })
}
