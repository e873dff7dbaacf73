//! From text to plain values.

use super::{Done as Read, Unreadable};
use wasm_bindgen::JsValue;

/// A plain value, or the beginning of one that has parts.
pub(super) enum Token<'a> {
    Null,
    Flag(bool),
    Whole(u64),
    Negative(i64),
    Number(f64),
    Text(&'a str),
    Copy(String),
    Open(u8),
}

/// Reads from the front of a text.
pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub at: usize,
    /// How deep in lists and objects it is.
    pub depth: u8,
}

impl<'a> Reader<'a> {
    /// The next byte that is no white space, without taking it.
    pub(super) fn peek(&mut self) -> Option<u8> {
        while let Some(byte) = self.byte() {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
        None
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Takes this byte, if it is next.
    fn take(&mut self, wanted: u8) -> bool {
        let is_next = self.peek() == Some(wanted);
        self.at += usize::from(is_next);
        is_next
    }

    pub(super) fn expect(&mut self, wanted: u8) -> Read<()> {
        if self.take(wanted) { Ok(()) } else { Err(Unreadable) }
    }

    pub(super) fn word(&mut self, word: &str) -> Read<()> {
        if self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            self.at += word.len();
            Ok(())
        } else {
            Err(Unreadable)
        }
    }

    /// The text from `from` to here.
    fn since(&self, from: usize) -> Read<&'a str> {
        self.text.get(from..self.at).ok_or(Unreadable)
    }

    /// The next plain value, or the beginning of one that has parts.
    #[inline(never)]
    pub(super) fn token(&mut self) -> Read<Token<'a>> {
        Ok(match self.peek().ok_or(Unreadable)? {
            b'"' => self.string()?,
            open @ (b'{' | b'[') => Token::Open(open),
            b't' => self.word("true").map(|()| Token::Flag(true))?,
            b'f' => self.word("false").map(|()| Token::Flag(false))?,
            b'n' => self.word("null").map(|()| Token::Null)?,
            _ => self.number()?,
        })
    }

    fn number(&mut self) -> Read<Token<'a>> {
        let from = self.at;
        let mut whole = true;
        while let Some(byte) = self.byte() {
            match byte {
                b'0'..=b'9' | b'-' => {}
                b'.' | b'e' | b'E' | b'+' => whole = false,
                _ => break,
            }
            self.at += 1;
        }
        let text = self.since(from)?;
        if whole && let Ok(number) = text.parse::<u64>() {
            return Ok(Token::Whole(number));
        }
        if whole && let Ok(number) = text.parse::<i64>() {
            return Ok(Token::Negative(number));
        }
        // The browser reads numbers exactly, and its code is there already.
        let number = JsValue::from_str(text).unchecked_into_f64();
        if number.is_finite() && !text.is_empty() {
            Ok(Token::Number(number))
        } else {
            Err(Unreadable)
        }
    }

    /// A string, borrowed from the text unless something in it is escaped.
    fn string(&mut self) -> Read<Token<'a>> {
        self.at += 1;
        let mut from = self.at;
        let mut copy: Option<String> = None;
        loop {
            match self.byte().ok_or(Unreadable)? {
                b'"' => {
                    let rest = self.since(from)?;
                    self.at += 1;
                    return Ok(match copy {
                        None => Token::Text(rest),
                        Some(copy) => Token::Copy(copy + rest),
                    });
                }
                b'\\' => {
                    let copy = copy.get_or_insert_default();
                    copy.push_str(self.since(from)?);
                    self.at += 1;
                    copy.push(self.escaped()?);
                    from = self.at;
                }
                0..0x20 => return Err(Unreadable),
                _ => self.at += 1,
            }
        }
    }

    /// The character after a backslash.
    fn escaped(&mut self) -> Read<char> {
        let byte = self.byte().ok_or(Unreadable)?;
        self.at += 1;
        Ok(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.unit()?;
                let code = if (0xD800..0xDC00).contains(&unit) {
                    self.word("\\u")?;
                    let low = self.unit()?.checked_sub(0xDC00).ok_or(Unreadable)?;
                    0x10000 + ((unit - 0xD800) << 10) + low
                } else {
                    unit
                };
                char::from_u32(code).ok_or(Unreadable)?
            }
            _ => return Err(Unreadable),
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Read<u32> {
        let from = self.at;
        self.at += 4;
        u32::from_str_radix(self.since(from)?, 16).map_err(|_| Unreadable)
    }
}
