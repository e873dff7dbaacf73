//! Reads variables and remembers every error, so that all are reported at once.

use core::fmt::Display;
use core::str::FromStr;
use secrecy::SecretString;
use std::path::PathBuf;

/// One thing that is wrong with the configuration. Never holds a secret's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    pub variable: String,
    pub problem: String,
}

impl Display for ConfigError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}: {}", self.variable, self.problem)
    }
}

/// Where variables come from; tests hand in a map.
pub trait Lookup {
    /// The value of a variable; an empty one counts as unset.
    fn get(&self, name: &str) -> Option<String>;
}

/// The environment of the process.
pub struct ProcessEnvironment;

impl Lookup for ProcessEnvironment {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    fn get(&self, name: &str) -> Option<String> {
        std::env::var(name).ok().filter(|value| !value.is_empty())
    }
}

impl<S: std::hash::BuildHasher> Lookup for std::collections::HashMap<&str, &str, S> {
    fn get(&self, name: &str) -> Option<String> {
        self.get(name).map(|value| (*value).to_owned()).filter(|value| !value.is_empty())
    }
}

/// Collects values and errors.
pub struct Reader<'a> {
    lookup: &'a dyn Lookup,
    pub errors: Vec<ConfigError>,
}

impl<'a> Reader<'a> {
    pub fn new(lookup: &'a dyn Lookup) -> Self {
        Self { lookup, errors: Vec::new() }
    }

    /// Notes an error.
    pub fn fail(&mut self, variable: &str, problem: impl Into<String>) {
        self.errors.push(ConfigError { variable: variable.into(), problem: problem.into() });
    }

    /// The text of a variable.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        self.lookup.get(name)
    }

    /// A value with a default; an unreadable one is an error that says what is `expected`.
    pub fn value<T: FromStr>(&mut self, name: &str, default: T, expected: &str) -> T {
        match self.text(name) {
            None => default,
            Some(text) => match text.trim().parse() {
                Ok(value) => value,
                Err(_) => {
                    self.fail(name, format!("must be {expected}."));
                    default
                }
            },
        }
    }

    /// `true`, `1`, `yes`, `on` and their opposites.
    pub fn flag(&mut self, name: &str, default: bool) -> bool {
        let Some(text) = self.text(name) else { return default };
        match text.trim().to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "on" => true,
            "false" | "0" | "no" | "off" => false,
            _ => {
                self.fail(name, "must be true or false.");
                default
            }
        }
    }

    /// A secret from `NAME` or from the file that `NAME_FILE` names (its last line break is cut).
    pub fn secret(&mut self, name: &str) -> Option<SecretString> {
        let file_variable = format!("{name}_FILE");
        match (self.text(name), self.text(&file_variable)) {
            (Some(_), Some(_)) => {
                self.fail(name, format!("is set together with {file_variable}; keep one."));
                None
            }
            (Some(value), None) => Some(value.into()),
            (None, Some(path)) => match std::fs::read_to_string(PathBuf::from(&path)) {
                Ok(value) => {
                    let value = value.trim_end_matches(['\r', '\n']);
                    if value.is_empty() {
                        self.fail(&file_variable, "names an empty file.");
                        None
                    } else {
                        Some(value.to_owned().into())
                    }
                }
                Err(error) => {
                    self.fail(&file_variable, format!("cannot be read: {error}."));
                    None
                }
            },
            (None, None) => None,
        }
    }
}
