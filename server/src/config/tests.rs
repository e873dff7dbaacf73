use super::*;
use std::collections::HashMap;

fn read(pairs: &[(&'static str, &'static str)]) -> Result<Config, Vec<ConfigError>> {
    let map: HashMap<&str, &str> = pairs.iter().copied().collect();
    Config::from_lookup(&map)
}

fn variables(errors: &[ConfigError]) -> Vec<&str> {
    errors.iter().map(|error| error.variable.as_str()).collect()
}

const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const B: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
const C: &str = "cccccccccccccccccccccccccccccccccccc";

#[test]
fn nothing_set_gives_the_documented_defaults() {
    let config = read(&[]).unwrap();
    assert_eq!(config.environment, Environment::Development);
    assert_eq!(config.listen.to_string(), "0.0.0.0:8000");
    assert_eq!(config.base_url, "http://localhost:8000");
    assert_eq!((config.rate_limit_per_minute, config.auth_rate_limit_per_minute), (60, 10));
    assert_eq!((config.access_token_minutes, config.refresh_token_days), (30, 7));
    assert_eq!(config.session_idle(), TimeDelta::hours(2));
    assert!(!config.database_pgbouncer && config.secrets.session_previous.is_empty());
    assert!(config.mail.is_none() && config.database_url.is_none());
}

#[test]
fn every_error_is_reported_at_once() {
    let errors = read(&[
        ("ENVIRONMENT", "staging"),
        ("API_PORT", "eighty"),
        ("RATE_LIMIT_PER_MINUTE", "0"),
        ("SMTP_HOST", "mail.example.org"),
        ("TRUSTED_PROXIES", "10.0.0.0/8, here"),
    ])
    .unwrap_err();
    let named = variables(&errors);
    for variable in
        ["ENVIRONMENT", "API_PORT", "RATE_LIMIT_PER_MINUTE", "SMTP_FROM", "TRUSTED_PROXIES"]
    {
        assert!(named.contains(&variable), "{variable} is missing in {named:?}");
    }
}

#[test]
fn production_names_every_reason_not_to_start() {
    let errors = read(&[
        ("ENVIRONMENT", "production"),
        ("PORTAL_BASE_URL", "https://metricis.example.org"),
        ("JWT_SECRET_KEY", "short"),
        ("SESSION_SECRET_KEY", "short"),
        ("DEV_MODE", "true"),
        ("REDCAP_ENCRYPTION_ALLOW_PLAINTEXT_READS", "1"),
    ])
    .unwrap_err();
    let all = errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    for reason in [
        "JWT_SECRET_KEY: must have at least 32 bytes.",
        "SESSION_SECRET_KEY: must have at least 32 bytes.",
        "REDCAP_ENCRYPTION_KEY: must be set in production",
        "JWT_SECRET_KEY: must differ from SESSION_SECRET_KEY.",
        "DEV_MODE: must not be set in production.",
        "REDCAP_ENCRYPTION_ALLOW_PLAINTEXT_READS: must not be set in production.",
    ] {
        assert!(all.contains(reason), "'{reason}' is missing in:\n{all}");
    }
    assert!(!all.contains("short\n") && !all.contains("'short'"), "a secret was printed");
}

#[test]
fn production_with_three_good_secrets_starts() {
    let config = read(&[
        ("ENVIRONMENT", "production"),
        ("PORTAL_BASE_URL", "https://metricis.example.org/"),
        ("JWT_SECRET_KEY", A),
        ("SESSION_SECRET_KEY", B),
        ("REDCAP_ENCRYPTION_KEY", C),
    ])
    .unwrap();
    assert_eq!(config.base_url, "https://metricis.example.org");
    assert!(!format!("{config:?}").contains(A), "Debug must not print a secret");
}

#[test]
fn a_secret_may_come_from_a_file_but_not_from_both() {
    let file = std::env::temp_dir().join(format!("metricis-secret-{}", std::process::id()));
    std::fs::write(&file, "from-a-file\n").unwrap();
    let path: &'static str = Box::leak(file.to_string_lossy().into_owned().into_boxed_str());
    let config = read(&[("JWT_SECRET_KEY_FILE", path)]).unwrap();
    assert_eq!(secrecy::ExposeSecret::expose_secret(&config.secrets.jwt.unwrap()), "from-a-file");
    let errors = read(&[("JWT_SECRET_KEY_FILE", path), ("JWT_SECRET_KEY", A)]).unwrap_err();
    assert_eq!(variables(&errors), ["JWT_SECRET_KEY"]);
    std::fs::remove_file(file).unwrap();
    let errors = read(&[("JWT_SECRET_KEY_FILE", path)]).unwrap_err();
    assert_eq!(variables(&errors), ["JWT_SECRET_KEY_FILE"]);
}

#[test]
fn keys_before_the_session_key_stand_one_a_line_newest_first() {
    let config = read(&[
        ("SESSION_SECRET_KEY", A),
        (
            "SESSION_SECRET_KEY_PREVIOUS",
            concat!(
                "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\r\n\n",
                "a key may hold spaces, too; all 38 b's\n"
            ),
        ),
    ])
    .unwrap();
    let keys: Vec<&str> =
        config.secrets.session_previous.iter().map(secrecy::ExposeSecret::expose_secret).collect();
    assert_eq!(keys, [B, "a key may hold spaces, too; all 38 b's"]);
    assert!(!format!("{config:?}").contains(B), "Debug must not print a secret");
}

#[test]
fn keys_before_the_session_key_are_long_and_used_for_nothing_else() {
    for environment in ["development", "production"] {
        let errors = read(&[
            ("ENVIRONMENT", environment),
            ("PORTAL_BASE_URL", "https://metricis.example.org"),
            ("JWT_SECRET_KEY", B),
            ("SESSION_SECRET_KEY", A),
            ("REDCAP_ENCRYPTION_KEY", C),
            (
                "SESSION_SECRET_KEY_PREVIOUS",
                concat!(
                    "short\n",
                    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n",
                    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
                ),
            ),
        ])
        .unwrap_err();
        let all = errors.iter().map(ToString::to_string).collect::<Vec<_>>();
        let mut expected = vec![
            "SESSION_SECRET_KEY_PREVIOUS: must hold keys of at least 32 bytes, one a line.",
            "SESSION_SECRET_KEY_PREVIOUS: must not hold SESSION_SECRET_KEY: it is for the keys \
             before it.",
        ];
        if environment == "production" {
            expected
                .push("JWT_SECRET_KEY: must differ from every key in SESSION_SECRET_KEY_PREVIOUS.");
        }
        assert_eq!(all, expected);
    }
}

#[test]
fn sessions_expire_after_one_to_twelve_idle_hours() {
    for (hours, expected) in [("1", 1), ("12", 12)] {
        let config = read(&[("SESSION_EXPIRY_HOURS", hours)]).unwrap();
        assert_eq!(config.session_idle(), TimeDelta::hours(expected));
    }
    for wrong in ["0", "13", "2.5", "two"] {
        let errors = read(&[("SESSION_EXPIRY_HOURS", wrong)]).unwrap_err();
        assert_eq!(variables(&errors), ["SESSION_EXPIRY_HOURS"], "{wrong}");
    }
}

#[test]
fn pgbouncer_needs_an_address_to_be_found_under() {
    const URL: (&str, &str) = ("DATABASE_URL", "postgres://metricis@pool:6432/metricis");
    assert!(read(&[URL, ("DATABASE_PGBOUNCER", "true")]).unwrap().database_pgbouncer);
    assert!(!read(&[URL, ("DATABASE_PGBOUNCER", "off")]).unwrap().database_pgbouncer);
    let errors = read(&[("DATABASE_PGBOUNCER", "true")]).unwrap_err();
    assert_eq!(variables(&errors), ["DATABASE_PGBOUNCER"]);
}

#[test]
fn an_address_that_is_none_is_one_of_the_errors_and_shows_no_password() {
    let errors = read(&[
        ("DATABASE_URL", "mysql://metricis:hush-hush@db/metricis"),
        ("DATABASE_MAX_CONNECTIONS", "0"),
    ])
    .unwrap_err();
    assert_eq!(variables(&errors), ["DATABASE_URL", "DATABASE_MAX_CONNECTIONS"]);
    assert!(!format!("{errors:?}").contains("hush"));
}
