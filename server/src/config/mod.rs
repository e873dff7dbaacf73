//! Configuration, from the environment alone. `docs/configuration.md` lists every variable.

mod mail;
mod reader;
mod secrets;

pub use mail::MailConfig;
pub use reader::{ConfigError, Lookup, ProcessEnvironment, Reader};
pub use secrets::SecretsConfig;

use chrono::TimeDelta;
use secrecy::SecretString;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

/// Where the process runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    Development,
    Test,
    Production,
}

impl Environment {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Test => "test",
            Self::Production => "production",
        }
    }

    #[must_use]
    pub const fn is_production(self) -> bool {
        matches!(self, Self::Production)
    }
}

/// Everything the process is told from outside.
#[derive(Debug, Clone)]
pub struct Config {
    pub environment: Environment,
    /// Address to listen on (`API_HOST`, `API_PORT`).
    pub listen: SocketAddr,
    /// `API_HOST` was set; the demonstration otherwise listens on this machine only.
    pub host_given: bool,
    /// Address under which people reach the portals (`PORTAL_BASE_URL`).
    pub base_url: String,
    /// Where the embedded database, generated secrets and `demo.json` live.
    pub data_dir: PathBuf,
    /// None: the embedded Postgres.
    pub database_url: Option<SecretString>,
    pub database_max_connections: u32,
    /// `DATABASE_URL` leads to PgBouncer in transaction mode.
    pub database_pgbouncer: bool,
    pub log_level: String,
    pub secrets: SecretsConfig,
    /// None: mail waits in the local outbox (demo) or is refused with a clear log (web).
    pub mail: Option<MailConfig>,
    pub access_token_minutes: u32,
    pub refresh_token_days: u32,
    /// Hours without activity after which a browser session ends.
    pub session_expiry_hours: u32,
    /// Requests a minute and client on unauthenticated API calls.
    pub rate_limit_per_minute: u32,
    /// Login attempts a minute and client.
    pub auth_rate_limit_per_minute: u32,
    /// Requests a minute of one signed-in person; far above what a page needs.
    pub user_rate_limit_per_minute: u32,
    /// Origins that may call the API from other sites' pages.
    pub allowed_origins: Vec<String>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<ipnet::IpNet>,
    /// Folder of the built browser files; none: found beside the executable.
    pub site_dir: Option<PathBuf>,
}

impl Config {
    /// Reads the configuration.
    ///
    /// # Errors
    /// Every problem found, not only the first.
    pub fn from_lookup(lookup: &dyn Lookup) -> Result<Self, Vec<ConfigError>> {
        let (config, errors) = Self::read(lookup);
        if errors.is_empty() { Ok(config) } else { Err(errors) }
    }

    /// Time without activity after which a browser session ends.
    #[must_use]
    pub fn session_idle(&self) -> TimeDelta {
        TimeDelta::hours(i64::from(self.session_expiry_hours))
    }

    /// What can be read, with the default in place of what cannot, and every problem found. With
    /// a problem the configuration is good for looking at what else is wrong, not for a start.
    #[must_use]
    pub fn read(lookup: &dyn Lookup) -> (Self, Vec<ConfigError>) {
        let mut reader = Reader::new(lookup);
        let environment = match reader.text("ENVIRONMENT").as_deref() {
            None | Some("development") => Environment::Development,
            Some("test") => Environment::Test,
            Some("production") => Environment::Production,
            Some(_) => {
                reader.fail("ENVIRONMENT", "must be development, test or production.");
                Environment::Production
            }
        };
        let host = reader.value("API_HOST", IpAddr::V4(Ipv4Addr::UNSPECIFIED), "an IP address");
        let port: u16 = reader.value("API_PORT", 8000, "a port number from 0 to 65535");
        let listen = SocketAddr::new(host, port);
        let base_url = base_url(&mut reader, environment, port);
        let secrets = SecretsConfig::read(&mut reader);
        let mail = MailConfig::read(&mut reader);
        let database_url = database_url(&mut reader);
        let config = Self {
            environment,
            listen,
            host_given: reader.text("API_HOST").is_some(),
            base_url,
            data_dir: reader
                .text("METRICIS_DATA_DIR")
                .map_or_else(|| PathBuf::from(".data"), PathBuf::from),
            database_pgbouncer: pgbouncer(&mut reader, database_url.is_some()),
            database_url,
            database_max_connections: limit(&mut reader, "DATABASE_MAX_CONNECTIONS", 20),
            log_level: reader.text("LOG_LEVEL").unwrap_or_else(|| "info".into()),
            secrets,
            mail,
            access_token_minutes: reader.value(
                "JWT_ACCESS_TOKEN_EXPIRE_MINUTES",
                30,
                "a number of minutes",
            ),
            refresh_token_days: reader.value(
                "JWT_REFRESH_TOKEN_EXPIRE_DAYS",
                7,
                "a number of days",
            ),
            session_expiry_hours: session_expiry_hours(&mut reader),
            rate_limit_per_minute: limit(&mut reader, "RATE_LIMIT_PER_MINUTE", 60),
            auth_rate_limit_per_minute: limit(&mut reader, "AUTH_RATE_LIMIT_PER_MINUTE", 10),
            user_rate_limit_per_minute: limit(&mut reader, "USER_RATE_LIMIT_PER_MINUTE", 3000),
            allowed_origins: origins(&mut reader, environment),
            trusted_proxies: proxies(&mut reader),
            site_dir: reader.text("METRICIS_SITE_DIR").map(PathBuf::from),
        };
        if let Some(algorithm) = reader.text("JWT_ALGORITHM").filter(|name| name != "HS256") {
            let _ = algorithm;
            reader.fail("JWT_ALGORITHM", "must be HS256, the only one that is spoken.");
        }
        if environment.is_production() {
            config.secrets.check_for_production(&mut reader);
        }
        (config, reader.errors)
    }
}

fn database_url(reader: &mut Reader<'_>) -> Option<SecretString> {
    let url = reader.secret("DATABASE_URL")?;
    if platform::db::options(&url).is_err() {
        // The reason is not repeated: a parser may quote what it was given.
        reader.fail("DATABASE_URL", "must be postgres://user:password@host:port/database.");
    }
    Some(url)
}

fn pgbouncer(reader: &mut Reader<'_>, database_given: bool) -> bool {
    const NAME: &str = "DATABASE_PGBOUNCER";
    let pgbouncer = reader.flag(NAME, false);
    if pgbouncer && !database_given {
        reader.fail(NAME, "must not be set without DATABASE_URL, which leads to PgBouncer.");
    }
    pgbouncer
}

fn session_expiry_hours(reader: &mut Reader<'_>) -> u32 {
    const NAME: &str = "SESSION_EXPIRY_HOURS";
    const DEFAULT: u32 = 2;
    // A session ends after twelve hours in any case.
    const EXPECTED: &str = "a whole number of hours from 1 to 12";
    let hours = reader.value(NAME, DEFAULT, EXPECTED);
    if (1..=12).contains(&hours) {
        return hours;
    }
    reader.fail(NAME, format!("must be {EXPECTED}."));
    DEFAULT
}

fn limit(reader: &mut Reader<'_>, name: &str, default: u32) -> u32 {
    let value = reader.value(name, default, "a whole number of 1 or more");
    if value == 0 {
        reader.fail(name, "must be a whole number of 1 or more.");
        return default;
    }
    value
}

fn base_url(reader: &mut Reader<'_>, environment: Environment, port: u16) -> String {
    match reader.text("PORTAL_BASE_URL") {
        Some(url) if url.starts_with("https://") || url.starts_with("http://") => {
            url.trim_end_matches('/').to_owned()
        }
        Some(_) => {
            reader.fail("PORTAL_BASE_URL", "must start with https:// or http://.");
            String::new()
        }
        None if environment.is_production() => {
            reader.fail("PORTAL_BASE_URL", "must be set in production: links in mails need it.");
            String::new()
        }
        None => format!("http://localhost:{port}"),
    }
}

fn origins(reader: &mut Reader<'_>, environment: Environment) -> Vec<String> {
    let default = if environment.is_production() {
        String::new()
    } else {
        "http://localhost:5173,http://localhost:3000,http://localhost:3001".to_owned()
    };
    reader
        .text("ALLOWED_ORIGINS")
        .unwrap_or(default)
        .split(',')
        .map(|origin| origin.trim().trim_end_matches('/').to_owned())
        .filter(|origin| !origin.is_empty())
        .collect()
}

fn proxies(reader: &mut Reader<'_>) -> Vec<ipnet::IpNet> {
    let text = reader.text("TRUSTED_PROXIES").unwrap_or_default();
    let mut nets = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        match part.parse().or_else(|_| part.parse::<IpAddr>().map(ipnet::IpNet::from)) {
            Ok(net) => nets.push(net),
            Err(_) => reader.fail(
                "TRUSTED_PROXIES",
                format!("'{part}' is no address or network such as 10.0.0.0/8."),
            ),
        }
    }
    nets
}

#[cfg(test)]
mod tests;
