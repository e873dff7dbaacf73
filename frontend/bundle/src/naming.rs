//! Names that change exactly when the content does, so that the browser may keep a file forever.

use std::path::Path;

use sha2::{Digest as _, Sha256};

/// Hexadecimal digits of a hash in a file name: 48 bits, far more than the number of builds.
const DIGITS: usize = 12;

/// SHA-256 over the parts, each preceded by its length so that no two lists of parts collide.
pub(crate) fn digest(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part);
    }
    hex::encode(hasher.finalize())
}

/// `portal` and its content to `portal-0f3a…`.
pub(crate) fn stem(name: &str, parts: &[&[u8]]) -> String {
    let mut digits = digest(parts);
    digits.truncate(DIGITS);
    format!("{name}-{digits}")
}

/// `fonts/inter.woff2` and its content to `inter-0f3a….woff2`.
pub(crate) fn file(path: &Path, content: &[u8]) -> String {
    let name = path.file_stem().map(|name| name.to_string_lossy()).unwrap_or_default();
    let stem = stem(&name, &[content]);
    match path.extension() {
        Some(extension) => format!("{stem}.{}", extension.to_string_lossy()),
        None => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_follows_the_content() {
        let first = file(Path::new("fonts/inter.woff2"), b"one");
        assert_eq!(first, file(Path::new("elsewhere/inter.woff2"), b"one"));
        assert_ne!(first, file(Path::new("fonts/inter.woff2"), b"two"));
        assert!(first.starts_with("inter-") && first.ends_with(".woff2"), "{first}");
        assert_eq!(first.len(), "inter-.woff2".len() + DIGITS);
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(digest(&[b"ab", b"c"]), digest(&[b"a", b"bc"]));
    }
}
