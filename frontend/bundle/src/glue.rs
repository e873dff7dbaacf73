//! `wasm-bindgen` as a library: from cargo's program to a module the browser imports.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use crate::cache::Cache;
use crate::compile::Programs;
use crate::error::Error;
use crate::optimize::Optimizer;
use crate::workspace::Workspace;
use crate::{files, naming, report};

/// Stands for the final name of the program in its own files until that name is known.
const NAME: &str = "program";
/// How wasm-bindgen refers to JavaScript that crates bring along.
const SNIPPETS: &str = "./snippets/";

/// A program as the browser loads it.
#[derive(Debug)]
pub(crate) struct Page {
    /// ES module: default export loads the program.
    pub(crate) js: Vec<u8>,
    pub(crate) wasm: Vec<u8>,
    /// JavaScript that crates bring along, by path below `snippets/`.
    snippets: Vec<(PathBuf, Vec<u8>)>,
}

impl Page {
    /// `name-<hash>` over all its files: they are only valid together.
    pub(crate) fn stem(&self, name: &str) -> String {
        let mut parts: Vec<&[u8]> = vec![&self.js, &self.wasm];
        parts.extend(self.snippets.iter().map(|(_, content)| content.as_slice()));
        naming::stem(name, &parts)
    }

    /// File names (relative to the folder of the page) and contents under the final name.
    ///
    /// `_bg.wasm` is what Leptos asks for unless LEPTOS_OUTPUT_NAME is set while Leptos itself is
    /// compiled, which our builds never do.
    pub(crate) fn files(&self, stem: &str) -> Vec<(PathBuf, Vec<u8>)> {
        let folder = format!("{stem}.snippets");
        let js = String::from_utf8_lossy(&self.js).replace(SNIPPETS, &format!("./{folder}/"));
        let mut all = vec![
            (PathBuf::from(format!("{stem}.js")), js.into_bytes()),
            (PathBuf::from(format!("{stem}_bg.wasm")), self.wasm.clone()),
        ];
        for (path, content) in &self.snippets {
            all.push((Path::new(&folder).join(path), content.clone()));
        }
        all
    }
}

/// All programs, by the names that cargo gave them.
pub(crate) type Pages = BTreeMap<String, Page>;

pub(crate) fn bind_all(
    workspace: &Workspace,
    programs: &Programs,
    optimizer: &Optimizer,
    cache: &Cache,
) -> Result<Pages, Error> {
    let bound = std::thread::scope(|scope| {
        let running: Vec<_> = programs
            .iter()
            .map(|(name, program)| {
                let worker = scope.spawn(move || bind(workspace, name, program, optimizer, cache));
                (name, worker)
            })
            .collect();
        running
            .into_iter()
            .map(|(name, worker)| {
                let page = worker.join().unwrap_or_else(|_| {
                    let message = "it panicked (see above)".to_owned();
                    Err(Error::Bind { program: name.clone(), message })
                })?;
                Ok((name.clone(), page))
            })
            .collect::<Result<Pages, Error>>()
    })?;
    Ok(bound)
}

fn bind(
    workspace: &Workspace,
    name: &str,
    program: &Path,
    optimizer: &Optimizer,
    cache: &Cache,
) -> Result<Page, Error> {
    let release = cache.profile().is_release();
    let compiled = files::read(program)?;
    let identity = optimizer.identity();
    let inputs = [compiled.as_slice(), identity.as_bytes(), workspace.bindgen.as_bytes()];
    let files = cache.files(&inputs, || {
        report::step(&format!("binding {name}"));
        let work = scratch(program, name);
        files::remove_dir(&work)?;
        generate(name, program, release, &work)?;
        optimizer.apply(&work.join(format!("{NAME}_bg.wasm")))?;
        let mut made = Vec::new();
        for path in files::list(&work)? {
            let content = files::read(&work.join(&path))?;
            made.push((path, content));
        }
        files::remove_dir(&work)?;
        Ok(made)
    })?;

    let mut page = Page { js: Vec::new(), wasm: Vec::new(), snippets: Vec::new() };
    for (path, content) in files {
        if path == Path::new("program.js") {
            page.js = if release { without_comments(&content).into_bytes() } else { content };
        } else if path == Path::new("program_bg.wasm") {
            page.wasm = content;
        } else if let Ok(below) = path.strip_prefix("snippets") {
            page.snippets.push((below.to_path_buf(), content));
        }
    }
    Ok(page)
}

/// The module without documentation and indentation, a quarter of what the browser has to parse.
/// Line by line, which is right for what wasm-bindgen writes: comments stand on lines of their own,
/// and no text runs over several lines.
fn without_comments(js: &[u8]) -> String {
    let mut kept = String::with_capacity(js.len());
    let mut in_comment = false;
    for line in String::from_utf8_lossy(js).lines() {
        let line = line.trim();
        in_comment |= line.starts_with("/*");
        if !in_comment && !line.is_empty() && !line.starts_with("//") {
            kept.push_str(line);
            kept.push('\n');
        }
        in_comment &= !line.ends_with("*/");
    }
    kept
}

/// A folder beside the program, for the time of the binding.
fn scratch(program: &Path, name: &str) -> PathBuf {
    program.with_file_name(format!("{name}.bound"))
}

fn generate(name: &str, program: &Path, release: bool, out: &Path) -> Result<(), Error> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(program)
        .out_name(NAME)
        .remove_name_section(release)
        .remove_producers_section(release)
        .web(true)
        .and_then(|bindgen| bindgen.generate(out))
        .map_err(|error| Error::Bind { program: name.to_owned(), message: format!("{error:#}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go_and_code_stays() {
        let js =
            b"/* @ts-self-types */\n\n/**\n * @param {number} x\n */\nexport function f(x) {\n    \
                   // a note\n    return `https://${x}/*`;\n}\n";
        assert_eq!(without_comments(js), "export function f(x) {\nreturn `https://${x}/*`;\n}\n");
    }

    #[test]
    fn a_page_takes_its_final_name_into_its_imports() {
        let page = Page {
            js: b"import { f } from './snippets/a-1/inline0.js';".to_vec(),
            wasm: b"\0asm".to_vec(),
            snippets: vec![(PathBuf::from("a-1/inline0.js"), b"export const f = 1;".to_vec())],
        };
        let stem = page.stem("patient");
        let files = page.files(&stem);

        assert!(stem.starts_with("patient-"));
        assert_eq!(files[0].0, PathBuf::from(format!("{stem}.js")));
        let imported = format!("'./{stem}.snippets/a-1/inline0.js'");
        assert!(String::from_utf8_lossy(&files[0].1).contains(&imported));
        assert_eq!(files[1].0, PathBuf::from(format!("{stem}_bg.wasm")));
        assert_eq!(files[2].0, PathBuf::from(format!("{stem}.snippets/a-1/inline0.js")));
    }
}
