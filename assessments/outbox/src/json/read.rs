//! Reading JSON.

use super::{
    Done as Read, Unreadable,
    token::{Reader, Token},
};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

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

impl<'a> Reader<'a> {
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
