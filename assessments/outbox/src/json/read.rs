//! Reading JSON.

use super::{Done as Read, Unreadable};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use wasm_bindgen::JsValue;

/// How deep lists and objects may lie in each other.
const DEEPEST: u8 = 64;

/// Reads a whole text.
///
/// # Errors
/// It is no JSON, or holds something else than `T`.
pub fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Read<T> {
    let mut reader = Reader { text, at: 0, depth: 0 };
    let value = T::deserialize(&mut reader)?;
    if reader.peek().is_none() { Ok(value) } else { Err(Unreadable) }
}

enum Token<'a> {
    Null,
    Flag(bool),
    Whole(u64),
    Negative(i64),
    Number(f64),
    Text(&'a str),
    Copy(String),
    Open(u8),
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: u8,
}

impl<'a> Reader<'a> {
    /// The next byte that is no white space, without taking it.
    fn peek(&mut self) -> Option<u8> {
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

    fn expect(&mut self, wanted: u8) -> Read<()> {
        if self.take(wanted) { Ok(()) } else { Err(Unreadable) }
    }

    fn word(&mut self, word: &str) -> Read<()> {
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
    fn token(&mut self) -> Read<Token<'a>> {
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

    /// Something with parts: `open`, what `visit` takes out of it, `close`.
    fn parts<T>(
        &mut self,
        close: u8,
        visit: impl FnOnce(&mut Parts<'_, 'a>) -> Read<T>,
    ) -> Read<T> {
        if self.depth >= DEEPEST {
            return Err(Unreadable);
        }
        self.at += 1;
        self.depth += 1;
        let value = visit(&mut Parts { reader: self, close, first: true })?;
        self.depth -= 1;
        self.expect(close)?;
        Ok(value)
    }
}

/// The parts of a list or an object.
struct Parts<'r, 'a> {
    reader: &'r mut Reader<'a>,
    close: u8,
    first: bool,
}

impl Parts<'_, '_> {
    /// Whether there is another part; stands before it then.
    fn more(&mut self) -> Read<bool> {
        if self.reader.peek() == Some(self.close) {
            return Ok(false);
        }
        if !std::mem::take(&mut self.first) {
            self.reader.expect(b',')?;
        }
        Ok(true)
    }
}

impl<'a> SeqAccess<'a> for &mut Parts<'_, 'a> {
    type Error = Unreadable;
    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Read<Option<T::Value>> {
        if self.more()? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }
}

impl<'a> MapAccess<'a> for &mut Parts<'_, 'a> {
    type Error = Unreadable;
    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Read<Option<K::Value>> {
        if self.more()? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }
    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Read<V::Value> {
        self.reader.expect(b':')?;
        seed.deserialize(&mut *self.reader)
    }
}

/// A variant with content: `{"name": content}`.
impl<'a> EnumAccess<'a> for &mut Parts<'_, 'a> {
    type Error = Unreadable;
    type Variant = Self;
    fn variant_seed<V: DeserializeSeed<'a>>(self, seed: V) -> Read<(V::Value, Self)> {
        let name = seed.deserialize(&mut *self.reader)?;
        self.reader.expect(b':')?;
        Ok((name, self))
    }
}

impl<'a> VariantAccess<'a> for &mut Parts<'_, 'a> {
    type Error = Unreadable;
    fn unit_variant(self) -> Read<()> {
        Err(Unreadable)
    }
    fn newtype_variant_seed<T: DeserializeSeed<'a>>(self, seed: T) -> Read<T::Value> {
        seed.deserialize(&mut *self.reader)
    }
    fn tuple_variant<V: Visitor<'a>>(self, _: usize, visitor: V) -> Read<V::Value> {
        self.reader.deserialize_any(visitor)
    }
    fn struct_variant<V: Visitor<'a>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        self.reader.deserialize_any(visitor)
    }
}

/// Methods of a reader that are the same as another.
macro_rules! alike {
    ($($($name:ident)* => $other:ident;)*) => {$($(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
            self.$other(visitor)
        }
    )*)*};
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.token()? {
            Token::Null => visitor.visit_unit(),
            Token::Flag(flag) => visitor.visit_bool(flag),
            Token::Whole(number) => visitor.visit_u64(number),
            Token::Negative(number) => visitor.visit_i64(number),
            Token::Number(number) => visitor.visit_f64(number),
            Token::Text(text) => visitor.visit_borrowed_str(text),
            Token::Copy(text) => visitor.visit_string(text),
            Token::Open(b'{') => self.parts(b'}', |parts| visitor.visit_map(parts)),
            Token::Open(_) => self.parts(b']', |parts| visitor.visit_seq(parts)),
        }
    }

    // What is known is asked for as what it is: each kind of value is then read by a little code
    // only, and not by all there is.

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if let Token::Flag(flag) = self.token()? {
            visitor.visit_bool(flag)
        } else {
            Err(Unreadable)
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.token()? {
            Token::Whole(number) => visitor.visit_u64(number),
            Token::Negative(number) => visitor.visit_i64(number),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.token()? {
            Token::Whole(number) => visitor.visit_u64(number),
            Token::Negative(number) => visitor.visit_i64(number),
            Token::Number(number) => visitor.visit_f64(number),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.token()? {
            Token::Text(text) => visitor.visit_borrowed_str(text),
            Token::Copy(text) => visitor.visit_string(text),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.peek() != Some(b'{') {
            return Err(Unreadable);
        }
        self.parts(b'}', |parts| visitor.visit_map(parts))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.peek() != Some(b'[') {
            return Err(Unreadable);
        }
        self.parts(b']', |parts| visitor.visit_seq(parts))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.peek() == Some(b'n') {
            self.word("null").and_then(|()| visitor.visit_none())
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Read<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        if self.peek() == Some(b'{') {
            return self.parts(b'}', |parts| visitor.visit_enum(parts));
        }
        let Token::Text(name) = self.token()? else { return Err(Unreadable) };
        visitor.visit_enum(IntoDeserializer::<Unreadable>::into_deserializer(name))
    }

    alike! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8
        deserialize_u16 deserialize_u32 => deserialize_u64;
        deserialize_f32 => deserialize_f64;
        deserialize_char deserialize_string deserialize_identifier => deserialize_str;
        deserialize_bytes deserialize_byte_buf => deserialize_seq;
        deserialize_unit deserialize_ignored_any => deserialize_any;
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Read<V::Value> {
        self.deserialize_any(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Read<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        self.deserialize_map(visitor)
    }
}
