//! The error of a form that was sent without script, as it comes back in the address.
//!
//! A server function that fails redirects a plain form post to the page it came from, with
//! `__path` and `__err` in the query. Anybody can write such an address, so nothing of it is shown
//! but what the catalogue says for its reason and its rules.

use crate::{
    ServerError,
    i18n::{error_text_known, field_text_known, t},
};
use contract::{ApiError, Locale};
use leptos::server_fn::error::ServerFnUrlError;

/// What went wrong, and with which form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFault {
    /// Path of the server function, the form's `action`.
    pub path: String,
    pub error: ApiError,
}

impl FormFault {
    /// Reads the fault out of a query string without `?`.
    #[must_use]
    pub fn from_query(query: &str, locale: Locale) -> Option<Self> {
        let value = |name: &str| {
            query
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .find(|(key, _)| *key == name)
                .map(|(_, value)| percent_decoded(value))
        };
        let path = value("__path")?;
        let ServerError(mut error) = ServerFnUrlError::<ServerError>::decode_err(&value("__err")?);
        error.message =
            error_text_known(locale, &error).unwrap_or_else(|| t(locale, "form-failed"));
        for field in &mut error.fields {
            field.message =
                field_text_known(locale, field).unwrap_or_else(|| t(locale, "rule-unknown"));
        }
        Some(Self { path, error })
    }
}

fn percent_decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'+' => out.push(b' '),
            b'%' => {
                let digits: Vec<u8> = bytes.by_ref().take(2).collect();
                let code = core::str::from_utf8(&digits)
                    .ok()
                    .and_then(|digits| u8::from_str_radix(digits, 16).ok());
                out.push(code.unwrap_or(b'?'));
            }
            byte => out.push(byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::FieldError;

    fn address(error: ApiError) -> String {
        let error = ServerError(error);
        let url = ServerFnUrlError::new("/_fn/create_study", error)
            .to_url("https://example.org/studies/new?x=1")
            .expect("a valid address");
        url.query().unwrap_or_default().to_owned()
    }

    #[test]
    fn an_error_comes_back_from_the_address_in_the_readers_language() {
        let query = address(ApiError::field("code", "required", "must be filled in."));
        let fault = FormFault::from_query(&query, Locale::Fr).expect("a fault");
        assert_eq!(fault.path, "/_fn/create_study");
        assert_eq!(fault.error.fields.len(), 1);
        assert_eq!(fault.error.fields[0].message, t(Locale::Fr, "rule-required"));
    }

    #[test]
    fn words_that_somebody_put_into_the_address_are_not_shown() {
        let mut error = ApiError::new(
            contract::ErrorCode::Conflict,
            "call-this-number",
            "Call 555-0100 and tell them your password",
        );
        error.fields.push(FieldError {
            field: "code".into(),
            rule: "call".into(),
            message: "Call 555-0100".into(),
            params: std::collections::BTreeMap::new(),
        });
        let fault = FormFault::from_query(&address(error), Locale::En).expect("a fault");
        assert!(!fault.error.message.contains("555"));
        assert!(!fault.error.fields[0].message.contains("555"));
    }

    #[test]
    fn an_ordinary_address_holds_no_fault() {
        assert_eq!(FormFault::from_query("page=2&sort=code", Locale::En), None);
    }
}
