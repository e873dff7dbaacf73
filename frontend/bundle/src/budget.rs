//! The sizes that a page may not exceed.

use crate::manifest::{File, Manifest};

/// Bytes in a kilobyte of a budget.
const KB: usize = 1000;

/// A file over its budget; sizes in bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Exceeded {
    pub(crate) what: String,
    pub(crate) size: usize,
    pub(crate) budget: usize,
}

/// WASM and CSS count as they cross the network (brotli), JavaScript as the browser parses it.
pub(crate) fn exceeded(manifest: &Manifest) -> Vec<Exceeded> {
    let Manifest { patient, researcher, style, assess, .. } = manifest;
    let transferred = |file: &File| file.size.transferred();
    let raw = |file: &File| file.size.raw;
    let mut all = vec![
        ("WASM of a patient page".to_owned(), transferred(&patient.wasm), 150 * KB),
        ("WASM of a portal page".to_owned(), transferred(&researcher.wasm), 250 * KB),
        ("CSS of the portals".to_owned(), transferred(&style.sheet), 40 * KB),
        ("CSS of the task page".to_owned(), transferred(&assess.css), 40 * KB),
        ("JavaScript of a patient page".to_owned(), raw(&patient.js), 60 * KB),
        ("JavaScript of a portal page".to_owned(), raw(&researcher.js), 60 * KB),
    ];
    all.extend(assess.programs.iter().flat_map(|(tasks, program)| {
        let name = |what: &str| format!("{what} of the task page, {tasks}");
        [
            // The scores are loaded when all tasks are done
            (
                name("WASM"),
                transferred(&program.wasm),
                if *tasks == "scores" { 200 } else { 120 } * KB,
            ),
            (name("JavaScript"), raw(&program.js), 60 * KB),
        ]
    }));
    all.into_iter()
        .filter(|(_, size, budget)| size > budget)
        .map(|(what, size, budget)| Exceeded { what, size, budget })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::compress::Size;
    use crate::manifest::{AssessFiles, IslandFiles, ProgramFiles, StyleFiles};

    fn file(raw: usize, brotli: usize) -> File {
        File { url: "/x".to_owned(), size: Size { raw, brotli, gzip: 0 } }
    }

    fn islands(wasm: File) -> IslandFiles {
        IslandFiles { output_name: "x".to_owned(), js: file(30_000, 6_000), wasm }
    }

    fn manifest(patient: File, css: File, tasks: usize) -> Manifest {
        Manifest {
            profile: "release",
            patient: islands(patient),
            researcher: islands(file(400_000, 160_000)),
            css: "portal-1.css".to_owned(),
            style: StyleFiles { sheet: css, assets: BTreeMap::new() },
            assess: AssessFiles {
                index: file(900, 400),
                boot: file(90, 0),
                programs: BTreeMap::from([(
                    "speed",
                    ProgramFiles { js: file(40_000, 8_000), wasm: file(200_000, tasks) },
                )]),
                css: file(9_000, 2_000),
                assets: BTreeMap::new(),
            },
        }
    }

    #[test]
    fn a_page_within_its_budget_is_not_named() {
        assert_eq!(exceeded(&manifest(file(400_000, 150_000), file(90_000, 20_000), 120_000)), []);
    }

    #[test]
    fn a_page_over_its_budget_is_named_with_both_sizes() {
        let over = exceeded(&manifest(file(400_000, 150_001), file(50_000, 0), 120_001));
        let exceeded = |what: &str, size, budget| Exceeded { what: what.to_owned(), size, budget };
        assert_eq!(
            over,
            [
                exceeded("WASM of a patient page", 150_001, 150_000),
                exceeded("CSS of the portals", 50_000, 40_000),
                exceeded("WASM of the task page, speed", 120_001, 120_000),
            ]
        );
    }
}
