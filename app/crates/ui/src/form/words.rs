//! The sentences that a form says in the browser.

use serde::{Deserialize, Serialize};

/// Localised words of [`crate::EnhancedForm`], handed to it as a property.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormWords {
    /// Heading of the error summary.
    pub summary: String,
    /// The server could not be reached.
    pub offline: String,
    /// The server failed and said nothing readable.
    pub failed: String,
    /// The session ended and nobody can sign in on this page.
    pub signed_out: String,
    /// Announced while the form is on its way.
    pub sending: String,
}

#[cfg(feature = "ssr")]
impl FormWords {
    /// The words in `locale`.
    #[must_use]
    pub fn of(locale: contract::Locale) -> Self {
        use crate::i18n::t;
        Self {
            summary: t(locale, "form-summary"),
            offline: t(locale, "form-offline"),
            failed: t(locale, "form-failed"),
            signed_out: t(locale, "form-signed-out"),
            sending: t(locale, "form-sending"),
        }
    }
}
