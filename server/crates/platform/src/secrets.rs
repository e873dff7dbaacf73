//! Secrets for development and demonstrations, where nobody configures any: drawn once, kept in
//! `secrets.json` in the data directory, readable by its owner only.

use crate::{Failure, token};
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use zeroize::Zeroizing;

const FILE: &str = "secrets.json";

/// The secrets called `names`, e.g. `JWT_SECRET_KEY`; those that are not there yet are drawn (256
/// bits each) and kept.
///
/// # Errors
/// [`Failure::Io`] when the folder cannot be written, [`Failure::Json`] when the file is damaged:
/// it is never replaced, because what was sealed with its keys would be lost.
pub fn load_or_create(
    data_dir: &Path,
    names: &[&str],
) -> Result<BTreeMap<String, SecretString>, Failure> {
    fs::create_dir_all(data_dir)?;
    // Two processes that start together must not draw two sets.
    let lock = open(&data_dir.join("secrets.lock"))?;
    lock.lock()?;
    let path = data_dir.join(FILE);
    let mut secrets: BTreeMap<String, String> = match fs::read_to_string(&path) {
        Ok(text) => serde_json::from_str(&Zeroizing::new(text))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => BTreeMap::new(),
        Err(error) => return Err(error.into()),
    };
    let known = secrets.len();
    for name in names {
        secrets.entry((*name).to_owned()).or_insert_with(|| token::generate().expose().to_owned());
    }
    if secrets.len() > known {
        write(data_dir, &path, &secrets)?;
    }
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
    Ok(secrets
        .into_iter()
        .filter(|(name, _)| names.contains(&name.as_str()))
        .map(|(name, secret)| (name, SecretString::from(secret)))
        .collect())
}

/// Whole or not at all: a new file takes the place of the old one.
fn write(data_dir: &Path, path: &Path, secrets: &BTreeMap<String, String>) -> Result<(), Failure> {
    let new = data_dir.join("secrets.json.new");
    let mut file = open(&new)?;
    file.set_len(0)?;
    file.write_all(&Zeroizing::new(serde_json::to_vec_pretty(secrets)?))?;
    file.sync_all()?;
    fs::rename(&new, path)?;
    File::open(data_dir)?.sync_all()?;
    Ok(())
}

fn open(path: &Path) -> Result<File, std::io::Error> {
    OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    struct Folder(std::path::PathBuf);

    impl Folder {
        fn new() -> Self {
            let name = format!("metricis-secrets-{}", hex::encode(token::random::<8>()));
            Self(std::env::temp_dir().join(name))
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn secrets_are_drawn_once_and_kept() {
        let folder = Folder::new();
        let first = load_or_create(&folder.0, &["A", "B"]).unwrap();
        assert!(first["A"].expose_secret().len() >= 32);
        assert_ne!(first["A"].expose_secret(), first["B"].expose_secret());

        let later = load_or_create(&folder.0, &["B", "C"]).unwrap();
        assert_eq!(later["B"].expose_secret(), first["B"].expose_secret());
        assert_eq!(later.keys().collect::<Vec<_>>(), ["B", "C"]);
        let again = load_or_create(&folder.0, &["A"]).unwrap();
        assert_eq!(again["A"].expose_secret(), first["A"].expose_secret());
    }

    #[test]
    fn only_the_owner_reads_the_file() {
        let folder = Folder::new();
        load_or_create(&folder.0, &["A"]).unwrap();
        fs::set_permissions(folder.0.join(FILE), fs::Permissions::from_mode(0o644)).unwrap();
        load_or_create(&folder.0, &["A"]).unwrap();
        let mode = fs::metadata(folder.0.join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_damaged_file_is_not_replaced() {
        let folder = Folder::new();
        fs::create_dir_all(&folder.0).unwrap();
        fs::write(folder.0.join(FILE), "{\"A\": ").unwrap();
        assert!(matches!(load_or_create(&folder.0, &["A"]), Err(Failure::Json(_))));
        assert_eq!(fs::read_to_string(folder.0.join(FILE)).unwrap(), "{\"A\": ");
    }
}
