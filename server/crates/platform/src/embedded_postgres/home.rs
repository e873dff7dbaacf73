//! Where the cluster lives: its folder, its socket, its log, its lock.

use super::{Account, EmbeddedError};
use sha2::{Digest, Sha256};
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// The cluster's superuser. The socket's folder, which only its owner and root can enter, is the
/// lock on the door; there is no password.
pub(super) const SUPERUSER: &str = "metricis";

/// Longest path of a Unix socket, in bytes (`sun_path` less its end mark), and what Postgres
/// appends to its folder.
const LONGEST_SOCKET: usize = 107;
const SOCKET_NAME: &str = "/.s.PGSQL.5432.lock";

/// Folders and files of one cluster.
#[derive(Debug, Clone)]
pub struct Home {
    pub(super) account: Account,
    /// The server's data directory.
    data_dir: PathBuf,
    /// Postgres's own data directory.
    pub(super) cluster: PathBuf,
    pub(super) socket_dir: PathBuf,
}

impl Home {
    /// Makes the folders of the cluster in `data_dir` for `account`.
    ///
    /// Root may name a folder that an unprivileged user cannot reach (`/root/…`). Then the cluster
    /// lies in `/var/lib/metricis`, and `postgres.path` in the data directory says where.
    ///
    /// # Errors
    /// [`EmbeddedError::Io`].
    pub fn new(data_dir: &Path, account: &Account) -> Result<Self, EmbeddedError> {
        let io = |doing, path: &Path| {
            let path = path.to_owned();
            move |source| EmbeddedError::Io { doing, path, source }
        };
        fs::create_dir_all(data_dir).map_err(io("making", data_dir))?;
        let data_dir = data_dir.canonicalize().map_err(io("looking for", data_dir))?;
        let parent = reachable(&data_dir, account).map_err(io("preparing", &data_dir))?;
        let cluster = parent.join("postgres");
        let socket_dir =
            socket_dir(&parent, account).map_err(io("making a socket folder for", &data_dir))?;
        Ok(Self { account: account.clone(), data_dir, cluster, socket_dir })
    }

    /// Where to connect to for `database`, as the superuser.
    pub(super) fn connect_options(&self, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(&self.socket_dir)
            .port(5432)
            .username(SUPERUSER)
            .database(database)
            .ssl_mode(PgSslMode::Disable)
    }

    /// The log of Postgres.
    pub(super) fn log(&self) -> PathBuf {
        self.data_dir.join("postgres.log")
    }

    /// So that no second server uses the cluster. Released by the system when the process ends.
    pub(super) fn lock(&self) -> Result<File, EmbeddedError> {
        let path = self.data_dir.join("postgres.lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(&path)
            .map_err(|source| self.io("locking", source))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(EmbeddedError::InUse(self.data_dir.clone())),
            Err(TryLockError::Error(source)) => Err(self.io("locking", source)),
        }
    }

    pub(super) fn io(&self, doing: &'static str, source: std::io::Error) -> EmbeddedError {
        EmbeddedError::Io { doing, path: self.cluster.clone(), source }
    }
}

/// `data_dir`, or a folder that stands for it where `account` cannot reach it.
fn reachable(data_dir: &Path, account: &Account) -> std::io::Result<PathBuf> {
    let note = data_dir.join("postgres.path");
    if let Ok(path) = fs::read_to_string(&note) {
        return Ok(PathBuf::from(path.trim_end()));
    }
    if !account.steps_down {
        return Ok(data_dir.to_owned());
    }
    let above = data_dir.parent().unwrap_or(data_dir);
    if above.ancestors().all(|folder| may_pass(folder, account)) {
        if !may_pass(data_dir, account) {
            // The right to pass through, not to look: what lies in it keeps its own rights.
            let mode = fs::metadata(data_dir)?.permissions().mode();
            fs::set_permissions(data_dir, fs::Permissions::from_mode(mode | 0o011))?;
        }
        return Ok(data_dir.to_owned());
    }
    let folder = Path::new("/var/lib/metricis").join(short_hash(data_dir));
    DirBuilder::new().recursive(true).mode(0o711).create(&folder)?;
    fs::write(&note, folder.as_os_str().as_bytes())?;
    Ok(folder)
}

fn may_pass(folder: &Path, account: &Account) -> bool {
    let Ok(meta) = fs::metadata(folder) else { return false };
    let bit = if meta.uid() == account.uid.as_raw() {
        0o100
    } else if meta.gid() == account.gid.as_raw() {
        0o010
    } else {
        0o001
    };
    meta.mode() & bit != 0
}

/// In the data directory; where that path is too long for a socket, in the run-time folder.
fn socket_dir(parent: &Path, account: &Account) -> std::io::Result<PathBuf> {
    let near = parent.join("postgres.socket");
    let fits = near.as_os_str().len() + SOCKET_NAME.len() <= LONGEST_SOCKET;
    let folder = if fits {
        near
    } else {
        let name = format!("metricis-{}-{}", account.uid, short_hash(parent));
        let run_time = std::env::var_os("XDG_RUNTIME_DIR")
            .map(PathBuf::from)
            .filter(|folder| !account.steps_down && folder.as_os_str().len() < 40);
        run_time.unwrap_or_else(|| PathBuf::from("/tmp")).join(name)
    };
    match DirBuilder::new().mode(0o700).create(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    // In /tmp somebody else could have made it before us.
    let meta = fs::symlink_metadata(&folder)?;
    let ours = [account.uid.as_raw(), nix::unistd::Uid::effective().as_raw()];
    if !meta.is_dir() || !ours.contains(&meta.uid()) {
        return Err(std::io::Error::other(format!(
            "{} belongs to somebody else",
            folder.display()
        )));
    }
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700))?;
    account.own(&folder)?;
    Ok(folder)
}

fn short_hash(path: &Path) -> String {
    let hash = Sha256::digest(path.as_os_str().as_bytes());
    hex::encode(hash).chars().take(16).collect()
}
