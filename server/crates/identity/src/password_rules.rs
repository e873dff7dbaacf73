//! What a chosen password must be, and the making of temporary ones.

use contract::ApiError;
use contract::identity::Password;
use contract::validate::Check;
use platform::token;
use zxcvbn::Score;

/// Whose password it is: guesses begin with these.
pub(crate) struct Owner<'a> {
    pub(crate) email: &'a str,
    pub(crate) name: &'a str,
}

/// At least 12 characters, zxcvbn score 3 or more (at least 10^8 guesses), not the address.
///
/// # Errors
/// 422 on `field`, by rule: `too_short`, `is_email`, `too_weak`.
pub(crate) fn check(field: &str, password: &Password, owner: &Owner<'_>) -> Result<(), ApiError> {
    let mut check = Check::default();
    let text = password.expose();
    let local = owner.email.split('@').next().unwrap_or_default();
    if text.chars().count() < Password::MIN {
        let message = format!("must have at least {} characters.", Password::MIN);
        check.fail(field, "too_short", message, &[("min", Password::MIN.to_string())]);
    } else if text.trim().eq_ignore_ascii_case(owner.email) {
        check.fail(field, "is_email", "must not be the e-mail address.".into(), &[]);
    } else {
        let mut known = vec!["metricis", owner.email, local];
        known.extend(owner.name.split_whitespace());
        if zxcvbn::zxcvbn(text, &known).score() < Score::Three {
            let message = "is too easy to guess. Take several words that do not belong together.";
            check.fail(field, "too_weak", message.into(), &[]);
        }
    }
    check.done()
}

/// A temporary password such as `k7mq-x2fa-9hwe-rt5c`: 80 bits, no letters that look alike.
pub(crate) fn temporary() -> Password {
    // 32 of them, so that five bits of each byte choose one without bias
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let random = token::hash(token::generate().expose());
    let mut text = String::with_capacity(19);
    for (i, byte) in random.iter().take(16).enumerate() {
        if i > 0 && i % 4 == 0 {
            text.push('-');
        }
        text.extend(LETTERS.get(usize::from(byte % 32)).map(|letter| char::from(*letter)));
    }
    Password::new(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWNER: Owner<'static> =
        Owner { email: "maria.lopez@example.org", name: "María López García" };

    fn rule(password: &str) -> Option<String> {
        check("new_password", &Password::from(password), &OWNER)
            .err()
            .map(|error| error.fields[0].rule.clone())
    }

    #[test]
    fn short_guessable_and_own_passwords_are_refused_by_name_of_rule() {
        assert_eq!(rule("k7#mQ2!xv9").as_deref(), Some("too_short"));
        assert_eq!(rule("Maria.Lopez@example.org").as_deref(), Some("is_email"));
        assert_eq!(rule("password1234").as_deref(), Some("too_weak"));
        assert_eq!(rule("aaaaaaaaaaaaaaaaaaaa").as_deref(), Some("too_weak"));
        assert_eq!(rule("maria.lopez1").as_deref(), Some("too_weak"));
        assert_eq!(rule("metricis2026").as_deref(), Some("too_weak"));
    }

    #[test]
    fn words_that_do_not_belong_together_are_welcome_in_any_script() {
        assert_eq!(rule("marble otter 7 canal"), None);
        assert_eq!(rule("l'œuf bleu chante à minuit"), None);
    }

    #[test]
    fn temporary_passwords_are_strong_readable_and_never_the_same() {
        let made: Vec<Password> = (0..50).map(|_| temporary()).collect();
        for password in &made {
            assert_eq!(rule(password.expose()), None, "{}", password.expose());
            assert_eq!(password.expose().len(), 19);
        }
        let distinct: std::collections::BTreeSet<&str> =
            made.iter().map(Password::expose).collect();
        assert_eq!(distinct.len(), made.len());
    }
}
