//! JSON that we or our server wrote, and that we or our server read.
//!
//! `serde_json` explains in words what is wrong with a text and where, and brings its own exact
//! writing of numbers; nobody reads the words here, and the browser has the numbers. Together they
//! would be a fifth of the task page's program. This reads and writes the same texts, and says yes
//! or no.

mod read;
mod token;
mod write;

pub use read::read;
pub use write::write;

use std::fmt;

/// The text is no JSON or not what was expected, or the value cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unreadable")
    }
}
impl std::error::Error for Unreadable {}
impl serde::de::Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}
impl serde::ser::Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

type Done<T> = Result<T, Unreadable>;

#[cfg(test)]
mod tests {
    use super::{Unreadable, read, write};
    use contract::task::{Event, EventKind, Extra, Interruption, Item, Micros};
    use std::collections::BTreeMap;
    use wasm_bindgen_test::wasm_bindgen_test;

    const TEXT: &str = r#" {"a":[1,-2,3.25,1e3,true,false,null,"x\"\\\/\b\f\n\r\tA é\ud83d\ude00é"],
        "b":{"c":{},"d":[]},"big":18446744073709551615,"low":-9223372036854775808} "#;

    #[wasm_bindgen_test]
    fn reads_and_writes_the_same_as_serde_json() {
        let ours: serde_json::Value = read(TEXT).unwrap();
        assert_eq!(ours, serde_json::from_str::<serde_json::Value>(TEXT).unwrap());
        let written = write(&ours).unwrap();
        assert_eq!(serde_json::from_str::<serde_json::Value>(&written).unwrap(), ours, "{written}");
    }

    #[wasm_bindgen_test]
    fn numbers_come_back_bit_by_bit_and_keep_their_kind() {
        for number in [
            0.1,
            1.0 / 3.0,
            312.645,
            1.763e12 + 0.625,
            f64::MIN_POSITIVE,
            f64::MAX,
            -0.5,
            5.0,
            1e21,
        ] {
            let text = write(&number).unwrap();
            assert_eq!(read::<f64>(&text), Ok(number), "{text}");
            assert_eq!(serde_json::from_str::<Extra>(&text).unwrap(), Extra::Number(number));
        }
        assert_eq!(write(&f64::NAN).unwrap(), "null");
        assert_eq!(
            write(&[i64::MIN, -1, 0, i64::MAX]).unwrap(),
            "[-9223372036854775808,-1,0,9223372036854775807]"
        );
    }

    #[wasm_bindgen_test]
    fn items_are_written_as_serde_json_writes_them_and_come_back() {
        let what = EventKind::Interrupted { why: Interruption::Hidden };
        let event = Event { seq: 4, clock_epoch: 1, at_us: Micros(123_456), what };
        let item = Item::Event(event);
        let text = write(&item).unwrap();
        assert_eq!(text, serde_json::to_string(&item).unwrap());
        assert_eq!(read::<Item>(&text), Ok(item));
        let extra: BTreeMap<String, Extra> = BTreeMap::from([
            ("congruent".into(), Extra::Flag(true)),
            ("foreperiod".into(), Extra::Number(1234.5)),
            ("n".into(), Extra::Int(3)),
            ("word".into(), Extra::Text("l\"é\u{1}".into())),
        ]);
        let text = write(&extra).unwrap();
        assert_eq!(text, serde_json::to_string(&extra).unwrap());
        assert_eq!(read::<BTreeMap<String, Extra>>(&text), Ok(extra));
    }

    #[wasm_bindgen_test]
    fn broken_text_is_refused() {
        for text in [
            "",
            "{",
            "[1,",
            "[1 2]",
            "{\"a\" 1}",
            "tru",
            "nul",
            "\"open",
            "\"\u{1}\"",
            "\"\\x\"",
            "\"\\ud83d\"",
            "1 2",
            "[]]",
            "{\"a\":1,}",
            "--1",
            "1e999",
            "é",
        ] {
            assert_eq!(read::<serde_json::Value>(text), Err(Unreadable), "{text}");
        }
        let deep = "[".repeat(100) + &"]".repeat(100);
        assert_eq!(read::<serde_json::Value>(&deep), Err(Unreadable));
    }
}
