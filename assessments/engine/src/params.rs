//! Parameters of a task: described as data, checked in one place.

use crate::spec::{TaskSpec, Words};
use contract::{
    Locale,
    task::{ParamInfo, ParamType},
};
use serde_json::Value as Json;

/// Kind, default and limits of a parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ParamKind {
    Int { default: i64, min: i64, max: i64 },
    Number { default: f64, min: f64, max: f64 },
    Flag { default: bool },
    Choice { default: &'static str, options: &'static [&'static str] },
}

/// One parameter. Forms, checks and documents are made from it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ParamSpec {
    pub name: &'static str,
    pub kind: ParamKind,
    /// `ms`, `trials`, or empty.
    pub unit: &'static str,
    pub label: Words,
    pub meaning: Words,
    /// Publication of the default ("canonical"), if any.
    pub source: Option<&'static str>,
}

/// Value of a parameter in force.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    Int(i64),
    Number(f64),
    Flag(bool),
    Choice(&'static str),
}

impl Value {
    /// As it stands in a configuration.
    #[must_use]
    pub fn json(self) -> Json {
        match self {
            Self::Int(value) => value.into(),
            Self::Number(value) => value.into(),
            Self::Flag(value) => value.into(),
            Self::Choice(value) => value.into(),
        }
    }
}

/// A parameter that breaks its rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParamError {
    /// Name of the parameter.
    pub param: String,
    /// Stable word: `unknown`, `type`, `range`, `option`, `order`, `multiple`, `unsolvable`.
    pub rule: &'static str,
    /// What is allowed, in English.
    pub message: String,
}

impl ParamError {
    #[must_use]
    pub fn new(param: &str, rule: &'static str, message: String) -> Self {
        Self { param: param.into(), rule, message }
    }
}

/// Parameters in force: checked, defaults filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Params {
    /// In the order of the schema.
    values: Vec<(&'static str, Value)>,
}

impl Params {
    /// Every parameter at its default.
    #[must_use]
    pub fn defaults(spec: &TaskSpec) -> Self {
        let values = spec.params.iter().map(|p| (p.name, p.kind.default())).collect();
        Self { values }
    }

    /// Checks `given` against the schema, then the rules over several parameters.
    pub(crate) fn read(
        spec: &TaskSpec,
        given: &serde_json::Map<String, Json>,
    ) -> Result<Self, Vec<ParamError>> {
        let mut params = Self::defaults(spec);
        let mut errors = Vec::new();
        for (name, json) in given {
            match spec.params.iter().find(|p| p.name == name) {
                Some(known) => match known.kind.read(json) {
                    Ok(value) => params.set(known.name, value),
                    Err((rule, message)) => errors.push(ParamError::new(name, rule, message)),
                },
                None => {
                    let names: Vec<&str> = spec.params.iter().map(|p| p.name).collect();
                    let message = say(|| {
                        format!("is no parameter of this task; known: {}.", names.join(", "))
                    });
                    errors.push(ParamError::new(name, "unknown", message));
                }
            }
        }
        if errors.is_empty() {
            errors = (spec.check)(&params);
        }
        if errors.is_empty() { Ok(params) } else { Err(errors) }
    }

    fn set(&mut self, name: &str, value: Value) {
        if let Some(slot) = self.values.iter_mut().find(|(known, _)| *known == name) {
            slot.1 = value;
        }
    }

    fn get(&self, name: &str) -> Option<Value> {
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    /// A whole number; 0 when there is no such parameter.
    #[must_use]
    pub fn int(&self, name: &str) -> i64 {
        match self.get(name) {
            Some(Value::Int(value)) => value,
            _ => 0,
        }
    }

    /// A count; 0 when there is no such parameter or it is negative.
    #[must_use]
    pub fn count(&self, name: &str) -> u32 {
        u32::try_from(self.int(name)).unwrap_or(0)
    }

    /// A number, whole or not; 0 when there is no such parameter.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "limits of parameters are far below 2^53")]
    pub fn number(&self, name: &str) -> f64 {
        match self.get(name) {
            Some(Value::Number(value)) => value,
            Some(Value::Int(value)) => value as f64,
            _ => 0.0,
        }
    }

    /// A switch; off when there is no such parameter.
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Value::Flag(true)))
    }

    /// An option; empty when there is no such parameter.
    #[must_use]
    pub fn choice(&self, name: &str) -> &'static str {
        match self.get(name) {
            Some(Value::Choice(value)) => value,
            _ => "",
        }
    }

    /// 16 hexadecimal digits over names and values (FNV-1a): the same parameters, the same digits.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut hash = Fnv::default();
        for (name, value) in &self.values {
            hash.write(name.as_bytes());
            hash.write(b"=");
            match value {
                Value::Int(value) => hash.write(&value.to_le_bytes()),
                Value::Number(value) => hash.write(&value.to_bits().to_le_bytes()),
                Value::Flag(value) => hash.write(&[u8::from(*value)]),
                Value::Choice(value) => hash.write(value.as_bytes()),
            }
            hash.write(b";");
        }
        hash.hex()
    }
}

impl ParamKind {
    /// The default as a value.
    #[must_use]
    pub const fn default(self) -> Value {
        match self {
            Self::Int { default, .. } => Value::Int(default),
            Self::Number { default, .. } => Value::Number(default),
            Self::Flag { default } => Value::Flag(default),
            Self::Choice { default, .. } => Value::Choice(default),
        }
    }

    fn read(self, json: &Json) -> Result<Value, (&'static str, String)> {
        match self {
            Self::Int { min, max, .. } => match json.as_i64() {
                Some(value) if (min..=max).contains(&value) => Ok(Value::Int(value)),
                Some(_) => Err(("range", say(|| format!("must be between {min} and {max}.")))),
                None => {
                    let message = || format!("must be a whole number between {min} and {max}.");
                    Err(("type", say(message)))
                }
            },
            Self::Number { min, max, .. } => match json.as_f64() {
                Some(value) if value >= min && value <= max => Ok(Value::Number(value)),
                found => {
                    let limits = || format!("between {} and {}.", decimal(min), decimal(max));
                    Err(match found {
                        Some(_) => ("range", say(|| format!("must be {}", limits()))),
                        None => ("type", say(|| format!("must be a number {}", limits()))),
                    })
                }
            },
            Self::Flag { .. } => match json {
                Json::Bool(value) => Ok(Value::Flag(*value)),
                _ => Err(("type", "must be true or false.".into())),
            },
            Self::Choice { options, .. } => {
                let found = json.as_str().and_then(|text| options.iter().find(|o| **o == text));
                let message = || format!("must be one of: {}.", options.join(", "));
                found.map(|option| Value::Choice(option)).ok_or_else(|| ("option", say(message)))
            }
        }
    }
}

/// A message for people. None in the browser: the server has checked the parameters before.
fn say(message: impl FnOnce() -> String) -> String {
    if cfg!(target_arch = "wasm32") { String::new() } else { message() }
}

/// A limit in thousandths. The library's way to write fractions is a large part of a small program.
#[expect(clippy::cast_possible_truncation, reason = "limits are small")]
fn decimal(value: f64) -> String {
    let thousandths = (value * 1000.0) as i64;
    let (whole, rest) = (thousandths / 1000, (thousandths % 1000).abs());
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:03}") }
}

impl ParamSpec {
    /// This parameter as the battery builder shows it.
    #[must_use]
    pub fn info(&self, locale: Locale) -> ParamInfo {
        ParamInfo {
            name: self.name.into(),
            kind: match self.kind {
                ParamKind::Int { default, min, max } => ParamType::Int { default, min, max },
                ParamKind::Number { default, min, max } => ParamType::Number { default, min, max },
                ParamKind::Flag { default } => ParamType::Flag { default },
                ParamKind::Choice { default, options } => ParamType::Choice {
                    default: default.into(),
                    options: options.iter().map(|option| (*option).into()).collect(),
                },
            },
            unit: self.unit.into(),
            label: self.label.of(locale).into(),
            meaning: self.meaning.of(locale).into(),
            source: self.source.map(Into::into),
        }
    }
}

/// FNV-1a, 64 bits: names parameters and golden logs; no protection against anybody.
#[derive(Debug, Clone, Copy)]
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    pub fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    /// 16 hexadecimal digits.
    #[must_use]
    pub fn hex(self) -> String {
        format!("{:016x}", self.0)
    }
}
