//! The few rules that transfer objects check, with messages that say what is allowed.
//!
//! ```
//! use contract::validate::Check;
//! let mut check = Check::default();
//! check.text("code", "NEURO-2024-001", 1, 40);
//! check.code("code", "NEURO-2024-001");
//! assert!(check.done().is_ok());
//! ```

use crate::{ApiError, FieldError};
use std::collections::BTreeMap;

/// Collects every broken rule, so that all are reported at once.
#[derive(Debug, Default)]
pub struct Check {
    fields: Vec<FieldError>,
}

impl Check {
    /// Adds a broken rule.
    pub fn fail(&mut self, field: &str, rule: &str, message: String, params: &[(&str, String)]) {
        self.fields.push(FieldError {
            field: field.into(),
            rule: rule.into(),
            message,
            params: params
                .iter()
                .map(|(k, v)| ((*k).into(), v.clone()))
                .collect::<BTreeMap<_, _>>(),
        });
    }

    /// `value` must have `min..=max` characters after trimming, and no control characters.
    pub fn text(&mut self, field: &str, value: &str, min: usize, max: usize) {
        let length = value.trim().chars().count();
        if min > 0 && length == 0 {
            self.fail(field, "required", "must be filled in.".into(), &[]);
        } else if length < min {
            let message = format!("must have at least {min} characters.");
            self.fail(field, "too_short", message, &[("min", min.to_string())]);
        } else if length > max {
            let message = format!("must have at most {max} characters.");
            self.fail(field, "too_long", message, &[("max", max.to_string())]);
        } else if value.chars().any(|c| c.is_control() && c != '\n' && c != '\t' && c != '\r') {
            self.fail(field, "control_characters", "must hold no control characters.".into(), &[]);
        }
    }

    /// `value` must be a code: letters, digits, `-`, `_` and `.`, starting with a letter or digit.
    pub fn code(&mut self, field: &str, value: &str) {
        let mut chars = value.chars();
        let starts_well = chars.next().is_none_or(|c| c.is_ascii_alphanumeric());
        let goes_well = chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
        if !(starts_well && goes_well) {
            let message =
                "may hold letters, digits, - _ and . only, and starts with a letter or digit.";
            self.fail(field, "code", message.into(), &[]);
        }
    }

    /// `value` must look like an e-mail address (one `@`, a dot in the domain, no spaces).
    pub fn email(&mut self, field: &str, value: &str) {
        let good = value.len() <= 254
            && value.split_once('@').is_some_and(|(local, domain)| {
                !local.is_empty()
                    && local.len() <= 64
                    && domain.contains('.')
                    && !domain.starts_with('.')
                    && !domain.ends_with('.')
                    && !domain.contains('@')
            })
            && value.chars().all(|c| c.is_ascii_graphic());
        if !good {
            self.fail(
                field,
                "email",
                "must be an e-mail address such as name@example.org.".into(),
                &[],
            );
        }
    }

    /// `value` must lie in `min..=max`.
    pub fn range<N: Copy + PartialOrd + core::fmt::Display>(
        &mut self,
        field: &str,
        value: N,
        min: N,
        max: N,
    ) {
        if !(value >= min && value <= max) {
            let message = format!("must be between {min} and {max}.");
            self.fail(
                field,
                "range",
                message,
                &[("min", min.to_string()), ("max", max.to_string())],
            );
        }
    }

    /// Nothing broken, or all that is broken.
    ///
    /// # Errors
    /// 422 with every broken rule.
    pub fn done(self) -> Result<(), ApiError> {
        if self.fields.is_empty() { Ok(()) } else { Err(ApiError::fields(self.fields)) }
    }
}
