//! Style sheets: `@import`s inlined, lowered to what our oldest browsers read, minified.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::dependencies::{Dependency, DependencyOptions};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use lightningcss::targets::{Browsers, Targets};

use crate::error::Error;
use crate::profile::Profile;
use crate::site::{self, PKG, Site};
use crate::workspace::Workspace;
use crate::{files, naming};

/// A finished style sheet and what it refers to.
#[derive(Debug)]
pub(crate) struct Style {
    /// Path of the sheet below the site.
    pub(crate) sheet: PathBuf,
    /// Path below the site of each font and picture, by its path in the repository.
    pub(crate) assets: BTreeMap<String, PathBuf>,
}

/// The oldest browsers that the style is written for: the last Chrome for Android 7, the long-term
/// Firefox of mid 2023, iOS 16.4. As lightningcss encodes versions: major, minor, patch bytes.
fn targets() -> Targets {
    const fn version(major: u32, minor: u32) -> Option<u32> {
        Some(major << 16 | minor << 8)
    }
    Targets::from(Browsers {
        android: version(119, 0),
        chrome: version(111, 0),
        edge: version(111, 0),
        firefox: version(115, 0),
        ios_saf: version(16, 4),
        safari: version(16, 4),
        samsung: version(22, 0),
        ..Browsers::default()
    })
}

/// The style of both portals, from `style/main.css`.
pub(crate) fn portals(
    workspace: &Workspace,
    profile: Profile,
    site: &mut Site,
) -> Result<Style, Error> {
    place(workspace, profile, "style/main.css", "portal", PKG, site)
}

/// Builds a sheet and puts it, with the files it refers to, into a folder of the site.
pub(crate) fn place(
    workspace: &Workspace,
    profile: Profile,
    entry: &str,
    name: &str,
    folder: &str,
    site: &mut Site,
) -> Result<Style, Error> {
    let bundled = bundle(&workspace.root.join(entry), profile)?;
    let mut css = bundled.css;
    let mut assets = BTreeMap::new();
    for reference in bundled.references {
        let Some(source) = reference.file() else {
            css = reference.replace(&css, &reference.url);
            continue;
        };
        let content = files::read(&source)?;
        let placed = Path::new(folder).join(naming::file(&source, &content));
        css = reference.replace(&css, &site::url(&placed));
        assets.insert(workspace.relative(&source).display().to_string(), placed.clone());
        site.add(placed, &content)?;
    }
    let stem = naming::stem(name, &[css.as_bytes()]);
    let sheet = Path::new(folder).join(format!("{stem}.css"));
    site.add(&sheet, css.as_bytes())?;
    Ok(Style { sheet, assets })
}

/// A path without `..` and `.`, as far as its own words tell.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            other => plain.push(other),
        }
    }
    plain
}

struct Bundled {
    css: String,
    references: Vec<Reference>,
}

/// A `url()` in a sheet; the printed sheet holds the placeholder in its place.
struct Reference {
    url: String,
    placeholder: String,
    sheet: PathBuf,
}

impl Reference {
    /// The file in the repository that is meant, unless the address is complete already.
    fn file(&self) -> Option<PathBuf> {
        let complete = ["/", "#", "data:", "http:", "https:"];
        if complete.iter().any(|start| self.url.starts_with(start)) {
            return None;
        }
        let path = self.url.split(['?', '#']).next().unwrap_or_default();
        Some(plain(&self.sheet.parent()?.join(path)))
    }

    fn replace(&self, css: &str, url: &str) -> String {
        let quoted = format!("url(\"{}\")", self.placeholder);
        let bare = format!("url({})", self.placeholder);
        let finished = format!("url(\"{url}\")");
        css.replace(&quoted, &finished).replace(&bare, &finished)
    }
}

fn bundle(entry: &Path, profile: Profile) -> Result<Bundled, Error> {
    if !entry.is_file() {
        return Err(Error::Style(format!("{} is missing", entry.display())));
    }
    let failed = |error: &dyn std::fmt::Display| Error::Style(error.to_string());
    let provider = FileProvider::new();
    let mut bundler = Bundler::new(&provider, None, ParserOptions::default());
    let mut sheet = bundler.bundle(entry).map_err(|error| failed(&error))?;
    let targets = targets();
    sheet
        .minify(MinifyOptions { targets, ..MinifyOptions::default() })
        .map_err(|error| failed(&error))?;
    let printed = sheet
        .to_css(PrinterOptions {
            minify: profile.is_release(),
            targets,
            analyze_dependencies: Some(DependencyOptions { remove_imports: false }),
            ..PrinterOptions::default()
        })
        .map_err(|error| failed(&error))?;
    let references = printed
        .dependencies
        .unwrap_or_default()
        .into_iter()
        .filter_map(|dependency| match dependency {
            Dependency::Url(found) => Some(Reference {
                url: found.url,
                placeholder: found.placeholder,
                sheet: PathBuf::from(found.loc.file_path),
            }),
            Dependency::Import(_) => None,
        })
        .collect();
    Ok(Bundled { css: printed.code, references })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inlines_imports_in_order_and_finds_the_files_they_refer_to() {
        let folder = std::env::temp_dir().join(format!("bundle-style-{}", std::process::id()));
        files::write(
            &folder.join("main.css"),
            b"@layer base, page;\n@import './parts/base.css' layer(base);\n\
              @layer page { p { color: red } }",
        )
        .unwrap();
        files::write(
            &folder.join("parts/base.css"),
            b"@font-face { font-family: F; src: url('../fonts/f.woff2') format('woff2') }\n\
              a { background: url('/icon.svg') }",
        )
        .unwrap();

        let bundled = bundle(&folder.join("main.css"), Profile::Release).unwrap();
        assert!(bundled.css.contains("@layer base"), "{}", bundled.css);
        assert!(!bundled.css.contains("@import"), "{}", bundled.css);
        let files: Vec<_> = bundled.references.iter().map(Reference::file).collect();
        assert_eq!(files, [Some(folder.join("fonts/f.woff2")), None]);

        let font = &bundled.references[0];
        let css = font.replace(&bundled.css, "/pkg/f-1.woff2");
        assert!(css.contains("url(\"/pkg/f-1.woff2\")"), "{css}");
        crate::files::remove_dir(&folder).unwrap();
    }

    #[test]
    fn says_where_a_sheet_is_wrong() {
        let folder = std::env::temp_dir().join(format!("bundle-wrong-{}", std::process::id()));
        let entry = folder.join("main.css");
        files::write(&entry, b"a {\n  color: red;\n}\n}").unwrap();
        let error = bundle(&entry, Profile::Dev).err().unwrap().to_string();
        assert!(error.contains("main.css"), "{error}");
        crate::files::remove_dir(&folder).unwrap();
    }
}
