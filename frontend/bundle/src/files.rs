use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;

pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(Error::file(path))
}

pub(crate) fn read_text(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(Error::file(path))
}

/// Writes a file and the folders above it.
pub(crate) fn write(path: &Path, content: &[u8]) -> Result<(), Error> {
    if let Some(parent) = path.parent() {
        create_dir(parent)?;
    }
    fs::write(path, content).map_err(Error::file(path))
}

/// Makes an empty file and the folders above it, unless it is there.
pub(crate) fn write_once(path: &Path) -> Result<(), Error> {
    if path.exists() { Ok(()) } else { write(path, b"") }
}

pub(crate) fn create_dir(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(Error::file(path))
}

/// Removes a folder with all it holds; one that is not there is fine.
pub(crate) fn remove_dir(path: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::file(path)(error)),
        _ => Ok(()),
    }
}

pub(crate) fn rename(from: &Path, to: &Path) -> Result<(), Error> {
    fs::rename(from, to).map_err(Error::file(to))
}

/// All files below a folder, as paths relative to it, in a fixed order. None where there is no
/// such folder.
pub(crate) fn list(root: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(Error::file(&folder)(error)),
        };
        for entry in entries {
            let path = entry.map_err(Error::file(&folder))?.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(relative) = path.strip_prefix(root) {
                found.push(relative.to_path_buf());
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_nested_files_in_order_and_nothing_for_a_missing_folder() {
        let root = std::env::temp_dir().join(format!("bundle-files-{}", std::process::id()));
        write(&root.join("b.txt"), b"b").unwrap();
        write(&root.join("a/c.txt"), b"c").unwrap();

        assert_eq!(list(&root).unwrap(), [PathBuf::from("a/c.txt"), PathBuf::from("b.txt")]);
        remove_dir(&root).unwrap();
        assert!(list(&root).unwrap().is_empty());
        remove_dir(&root).unwrap();
    }
}
