//! Links to the patient portal, sent by mail.
//!
//! Two ways lead to one. A participant asks at the portal's door with an e-mail address: the
//! request only puts a job in the queue, the same for every address, so that neither the answer
//! nor its time tells whether the address is known. Or staff send one from the participant's page.
//!
//! The mail names neither the study nor the product's purpose: a subject line is read on locked
//! phones and by other people.

mod request;
mod send;
mod text;

pub use request::{SendRequestedLinks, request_magic_link, send_requested_links};
pub use send::send_link;

use contract::Locale;
use identity::StudyToken;

/// What the mail is called in the logs.
const MAIL_KIND: &str = "magic_link";

/// A link, and for whom it is.
struct Link {
    language: Locale,
    /// The pseudonym, which tells the links of several children apart.
    code: String,
    url: String,
}

impl Link {
    /// The address of the page that spends the link.
    fn new(base_url: &str, token: &StudyToken, language: Locale, code: &str) -> Self {
        let url = format!("{base_url}/portal/verify?token={}", token.expose());
        Self { language, code: code.to_owned(), url }
    }
}
