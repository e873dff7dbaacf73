//! Numbers as each language writes them.

use contract::Locale;

/// Narrow no-break space: groups of thousands in French, and between a number and its unit.
const NARROW: char = '\u{202f}';
/// Minus sign; a hyphen is shorter than the digits beside it.
const MINUS: char = '\u{2212}';

/// `value` with `decimals` digits after the mark, thousands grouped: `1,234.5`, `1 234,5`.
/// A dash for what is no number.
#[must_use]
pub fn decimal(locale: Locale, value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "–".into();
    }
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::with_capacity(text.len() + 4);
    if value < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        out.push(MINUS);
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(match locale {
                Locale::En => ',',
                Locale::Fr => NARROW,
            });
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(match locale {
            Locale::En => '.',
            Locale::Fr => ',',
        });
        out.push_str(fraction);
    }
    out
}

/// A whole number, thousands grouped.
#[must_use]
pub fn whole(locale: Locale, value: i64) -> String {
    // Exact below 2^53, far above anything counted here
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    decimal(locale, value as f64, 0)
}

/// A share between 0 and 1 as a percentage: `92.5 %`, in English without the space.
#[must_use]
pub fn percent(locale: Locale, share: f64, decimals: usize) -> String {
    let mut out = decimal(locale, share * 100.0, decimals);
    if locale == Locale::Fr {
        out.push(NARROW);
    }
    out.push('%');
    out
}

/// A number and its unit, kept on one line: `412 ms`.
#[must_use]
pub fn with_unit(locale: Locale, value: f64, decimals: usize, unit: &str) -> String {
    let mut out = decimal(locale, value, decimals);
    out.push(NARROW);
    out.push_str(unit);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_language_does() {
        assert_eq!(decimal(Locale::En, 1_234_567.891, 2), "1,234,567.89");
        assert_eq!(decimal(Locale::Fr, 1_234_567.891, 2), "1\u{202f}234\u{202f}567,89");
        assert_eq!(decimal(Locale::En, 999.0, 0), "999");
        assert_eq!(decimal(Locale::En, -12.34, 1), "\u{2212}12.3");
        assert_eq!(whole(Locale::En, 1000), "1,000");
    }

    #[test]
    fn a_rounded_zero_has_no_sign_and_no_number_is_a_dash() {
        assert_eq!(decimal(Locale::En, -0.001, 1), "0.0");
        assert_eq!(decimal(Locale::En, f64::NAN, 1), "–");
    }

    #[test]
    fn a_share_is_a_percentage() {
        assert_eq!(percent(Locale::En, 0.925, 1), "92.5%");
        assert_eq!(percent(Locale::Fr, 0.925, 1), "92,5\u{202f}%");
    }
}
