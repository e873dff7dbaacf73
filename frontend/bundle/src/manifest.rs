//! `site/manifest.json`: how the server learns the names of this build.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use crate::assess::{Assess, Program};
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
    /// By group of tasks.
    pub(crate) programs: BTreeMap<&'static str, ProgramFiles>,
    pub(crate) css: File,
    pub(crate) assets: BTreeMap<String, File>,
}

#[derive(Debug, Serialize)]
pub(crate) struct ProgramFiles {
    pub(crate) js: File,
    pub(crate) wasm: File,
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
                programs: assess
                    .programs
                    .iter()
                    .map(|Program { tasks, js, wasm }| {
                        Ok((*tasks, ProgramFiles { js: file(js)?, wasm: file(wasm)? }))
                    })
                    .collect::<Result<_, Error>>()?,
                css: file(&assess.style.sheet)?,
                assets: assets(&assess.style, sizes)?,
            },
        })
    }

    /// What a person is told about: label and file.
    pub(crate) fn files(&self) -> Vec<(String, &File)> {
        let Self { patient, researcher, style, assess, .. } = self;
        let mut files = vec![
            ("patient wasm".to_owned(), &patient.wasm),
            ("patient js".to_owned(), &patient.js),
            ("researcher wasm".to_owned(), &researcher.wasm),
            ("researcher js".to_owned(), &researcher.js),
            ("portal css".to_owned(), &style.sheet),
        ];
        for (tasks, program) in &assess.programs {
            files.push((format!("{tasks} wasm"), &program.wasm));
            files.push((format!("{tasks} js"), &program.js));
        }
        files.push(("task css".to_owned(), &assess.css));
        files
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
