//! Cells of a CSV file that a spreadsheet opens without running anything.
//!
//! A spreadsheet takes text that begins with `=`, `+`, `-` or `@` (or with white space before one)
//! for a formula. Text cells that begin so get an apostrophe in front, which spreadsheets show as
//! "this is text". Numbers are written by type, never as text: a negative number is a number and
//! stays as it is.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use std::borrow::Cow;

/// One row under way. Cells are added in the order of the columns.
#[derive(Default)]
pub(crate) struct Row(csv::ByteRecord);

impl Row {
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        self.push(&safe(text))
    }

    pub(crate) fn maybe_text(&mut self, text: Option<&str>) -> &mut Self {
        self.text(text.unwrap_or_default())
    }

    pub(crate) fn int(&mut self, number: impl Into<i64>) -> &mut Self {
        self.push(&number.into().to_string())
    }

    pub(crate) fn maybe_int(&mut self, number: Option<impl Into<i64>>) -> &mut Self {
        match number {
            Some(number) => self.int(number),
            None => self.empty(),
        }
    }

    /// The shortest decimal that reads back as the same number; nothing for what is no number.
    pub(crate) fn number(&mut self, number: f64) -> &mut Self {
        if number.is_finite() { self.push(&number.to_string()) } else { self.empty() }
    }

    pub(crate) fn maybe_number(&mut self, number: Option<f64>) -> &mut Self {
        match number {
            Some(number) => self.number(number),
            None => self.empty(),
        }
    }

    /// `1` or `0`, which every statistics program reads.
    pub(crate) fn flag(&mut self, flag: bool) -> &mut Self {
        self.push(if flag { "1" } else { "0" })
    }

    pub(crate) fn maybe_flag(&mut self, flag: Option<bool>) -> &mut Self {
        match flag {
            Some(flag) => self.flag(flag),
            None => self.empty(),
        }
    }

    /// RFC 3339, UTC, milliseconds.
    pub(crate) fn time(&mut self, time: Option<DateTime<Utc>>) -> &mut Self {
        match time {
            Some(time) => self.push(&time.to_rfc3339_opts(SecondsFormat::Millis, true)),
            None => self.empty(),
        }
    }

    pub(crate) fn date(&mut self, date: Option<NaiveDate>) -> &mut Self {
        match date {
            Some(date) => self.push(&date.to_string()),
            None => self.empty(),
        }
    }

    pub(crate) fn empty(&mut self) -> &mut Self {
        self.push("")
    }

    fn push(&mut self, cell: &str) -> &mut Self {
        self.0.push_field(cell.as_bytes());
        self
    }

    /// How many cells there are so far.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The row as a line, quoted where needed (RFC 4180).
    pub(crate) fn line(&self) -> Vec<u8> {
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        // Writing to memory cannot fail
        let _ = writer.write_byte_record(&self.0);
        writer.into_inner().unwrap_or_default()
    }
}

/// `text` with an apostrophe in front where a spreadsheet would take it for a formula.
fn safe(text: &str) -> Cow<'_, str> {
    let dangerous = |c: char| {
        matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
    };
    let begins = text.trim_start_matches(' ').starts_with(dangerous);
    if begins { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read_back(row: &Row) -> Vec<String> {
        let line = row.line();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&line[..]);
        reader.records().next().unwrap().unwrap().iter().map(str::to_owned).collect()
    }

    #[test]
    fn formulas_are_text_and_negative_numbers_are_numbers() {
        let mut row = Row::default();
        row.text("=1+1").text("-5").text("@x").text(" +1").number(-5.25).int(-7).text("a-b");
        assert_eq!(
            read_back(&row),
            ["'=1+1", "'-5", "'@x", "' +1", "-5.25", "-7", "a-b"].map(str::to_owned)
        );
    }

    #[test]
    fn what_is_not_a_number_is_an_empty_cell() {
        let mut row = Row::default();
        row.number(f64::NAN).number(f64::INFINITY).maybe_number(None).flag(true);
        assert_eq!(read_back(&row), ["", "", "", "1"]);
    }

    proptest! {
        #[test]
        fn no_text_ever_begins_like_a_formula_and_all_of_it_comes_back(text in ".{0,40}") {
            let mut row = Row::default();
            // A lone empty cell would be an empty line
            row.text("x").text(&text);
            let cell = read_back(&row).pop().unwrap();
            let first = cell.trim_start_matches(' ').chars().next();
            prop_assert!(!first.is_some_and(|c| "=+-@\t\r\n＝＋－＠".contains(c)), "{cell:?}");
            let marked = format!("'{text}");
            prop_assert!(cell == text || cell == marked);
        }

        #[test]
        fn numbers_come_back_as_the_same_numbers(number in any::<f64>(), whole in any::<i64>()) {
            let mut row = Row::default();
            row.number(number).int(whole);
            let cells = read_back(&row);
            if number.is_finite() {
                prop_assert_eq!(cells[0].parse::<f64>().unwrap().to_bits(), number.to_bits());
            }
            prop_assert_eq!(cells[1].parse::<i64>().unwrap(), whole);
        }
    }
}
