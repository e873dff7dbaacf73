//! `.br` and `.gz` beside each file, so that the server never compresses while it answers.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Serialize;

use crate::cache::Cache;
use crate::error::Error;
use crate::files;

/// Sizes of a file in bytes; 0 where there is no such variant because it would not be smaller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Size {
    pub(crate) raw: usize,
    pub(crate) brotli: usize,
    pub(crate) gzip: usize,
}

impl Size {
    /// What crosses the network to a browser of today.
    pub(crate) fn transferred(self) -> usize {
        if self.brotli == 0 { self.raw } else { self.brotli }
    }
}

pub(crate) type Sizes = BTreeMap<PathBuf, Size>;

/// Kinds of files that are compressed already.
const PACKED: [&str; 6] = ["woff2", "png", "webp", "avif", "jpg", "ico"];

/// log2 of brotli's window in bytes: 4 MiB, more than any of our files in release.
const BROTLI_WINDOW: i32 = 22;

pub(crate) fn all(root: &Path, files: &BTreeSet<PathBuf>, cache: &Cache) -> Result<Sizes, Error> {
    let files: Vec<&PathBuf> = files.iter().collect();
    let next = AtomicUsize::new(0);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..workers)
            .map(|_| {
                scope.spawn(|| {
                    let mut sizes = Sizes::new();
                    while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                        sizes.insert((*path).clone(), one(&root.join(path), cache)?);
                    }
                    Ok::<_, Error>(sizes)
                })
            })
            .collect();
        let mut sizes = Sizes::new();
        for worker in running {
            match worker.join() {
                Ok(done) => sizes.extend(done?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(sizes)
    })
}

fn one(path: &Path, cache: &Cache) -> Result<Size, Error> {
    let content = files::read(path)?;
    let raw = content.len();
    let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
    if PACKED.contains(&extension.as_str()) {
        return Ok(Size { raw, ..Size::default() });
    }
    let profile = cache.profile();
    let packed = cache.files(&[b"compressed", &content], || {
        Ok(vec![
            (PathBuf::from("br"), brotli(&content, profile.brotli_quality())),
            (PathBuf::from("gz"), gzip(&content, profile.gzip_level())),
        ])
    })?;
    let mut size = Size { raw, ..Size::default() };
    for (kind, bytes) in packed {
        if bytes.is_empty() || bytes.len() >= raw {
            continue;
        }
        if kind == Path::new("br") {
            size.brotli = bytes.len();
        } else {
            size.gzip = bytes.len();
        }
        let beside = format!("{}.{}", path.display(), kind.display());
        files::write(Path::new(&beside), &bytes)?;
    }
    Ok(size)
}

/// Writing to memory cannot fail; an empty answer would only mean "not smaller".
fn brotli(content: &[u8], quality: i32) -> Vec<u8> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality,
        lgwin: BROTLI_WINDOW,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    match brotli::BrotliCompress(&mut &content[..], &mut packed, &parameters) {
        Ok(_) => packed,
        Err(_) => Vec::new(),
    }
}

/// As [`brotli`].
fn gzip(content: &[u8], level: u32) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
    encoder.write_all(content).and_then(|()| encoder.finish()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn what_is_packed_unpacks_to_the_same() {
        let content = "sphinx of black quartz, judge my vow. ".repeat(100).into_bytes();

        let mut unpacked = Vec::new();
        let packed = brotli(&content, 11);
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut unpacked).unwrap();
        assert_eq!(unpacked, content);

        unpacked.clear();
        let packed = gzip(&content, 9);
        flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, content);
        assert!(packed.len() < content.len() / 10);
    }

    #[test]
    fn a_page_without_a_brotli_variant_is_transferred_raw() {
        assert_eq!(Size { raw: 10, brotli: 0, gzip: 0 }.transferred(), 10);
        assert_eq!(Size { raw: 10, brotli: 4, gzip: 5 }.transferred(), 4);
    }
}
