//! Writing JSON.

use super::{Done, Unreadable};
use crate::js;
use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// Writes a value as text.
///
/// # Errors
/// The value has parts that JSON cannot hold.
pub fn write<T: Serialize + ?Sized>(value: &T) -> Done<String> {
    let mut writer = Writer { text: String::with_capacity(512) };
    value.serialize(&mut writer)?;
    Ok(writer.text)
}

struct Writer {
    text: String,
}

impl Writer {
    fn string(&mut self, text: &str) {
        self.text.push('"');
        for character in text.chars() {
            match character {
                '"' | '\\' => {
                    self.text.push('\\');
                    self.text.push(character);
                }
                '\n' => self.text.push_str("\\n"),
                '\t' => self.text.push_str("\\t"),
                '\r' => self.text.push_str("\\r"),
                '\0'..'\u{20}' => {
                    self.text.push_str("\\u00");
                    let code = u32::from(character);
                    for digit in [code / 16, code % 16] {
                        self.text.extend(char::from_digit(digit, 16));
                    }
                }
                _ => self.text.push(character),
            }
        }
        self.text.push('"');
    }

    /// The browser writes the shortest text that reads back as the same number. A whole one gets
    /// its point, so that it stays a number that need not be whole.
    fn number(&mut self, number: f64) {
        if !number.is_finite() {
            self.text.push_str("null");
            return;
        }
        let text = js::number_text(number);
        let whole = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        self.text.push_str(&text);
        if whole {
            self.text.push_str(".0");
        }
    }

    fn open(&mut self, open: char, close: &'static str) -> Parts<'_> {
        self.text.push(open);
        Parts { writer: self, first: true, close }
    }

    /// Begins `{"name":`, the way variants with content are written.
    fn variant(&mut self, name: &str) {
        self.text.push('{');
        self.string(name);
        self.text.push(':');
    }
}

/// A list or an object that is being written.
struct Parts<'w> {
    writer: &'w mut Writer,
    first: bool,
    close: &'static str,
}

impl Parts<'_> {
    fn next(&mut self) -> &mut Writer {
        if !std::mem::take(&mut self.first) {
            self.writer.text.push(',');
        }
        self.writer
    }

    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Done<()> {
        value.serialize(self.next())
    }

    fn member<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Done<()> {
        let writer = self.next();
        writer.string(name);
        writer.text.push(':');
        value.serialize(writer)
    }

    fn finish(self) {
        self.writer.text.push_str(self.close);
    }
}

/// The kinds of lists, all written alike.
macro_rules! lists {
    ($($kind:ident $method:ident;)*) => {$(
        impl $kind for Parts<'_> {
            type Ok = ();
            type Error = Unreadable;
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Done<()> {
                self.element(value)
            }
            fn end(self) -> Done<()> {
                self.finish();
                Ok(())
            }
        }
    )*};
}

lists! {
    SerializeSeq serialize_element;
    SerializeTuple serialize_element;
    SerializeTupleStruct serialize_field;
    SerializeTupleVariant serialize_field;
}

/// The kinds of objects with names that are known, all written alike.
macro_rules! objects {
    ($($kind:ident)*) => {$(
        impl $kind for Parts<'_> {
            type Ok = ();
            type Error = Unreadable;
            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Done<()> {
                self.member(name, value)
            }
            fn end(self) -> Done<()> {
                self.finish();
                Ok(())
            }
        }
    )*};
}

objects! { SerializeStruct SerializeStructVariant }

impl SerializeMap for Parts<'_> {
    type Ok = ();
    type Error = Unreadable;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Done<()> {
        key.serialize(self.next())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Done<()> {
        self.writer.text.push(':');
        value.serialize(&mut *self.writer)
    }
    fn end(self) -> Done<()> {
        self.finish();
        Ok(())
    }
}

/// Methods for whole numbers of every size.
macro_rules! whole {
    ($($method:ident $kind:ty;)*) => {$(
        fn $method(self, number: $kind) -> Done<()> {
            self.text.push_str(&i64::from(number).to_string());
            Ok(())
        }
    )*};
}

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = Unreadable;
    type SerializeSeq = Parts<'w>;
    type SerializeTuple = Parts<'w>;
    type SerializeTupleStruct = Parts<'w>;
    type SerializeTupleVariant = Parts<'w>;
    type SerializeMap = Parts<'w>;
    type SerializeStruct = Parts<'w>;
    type SerializeStructVariant = Parts<'w>;

    fn serialize_bool(self, flag: bool) -> Done<()> {
        self.text.push_str(if flag { "true" } else { "false" });
        Ok(())
    }

    whole! {
        serialize_i8 i8; serialize_i16 i16; serialize_i32 i32; serialize_i64 i64;
        serialize_u8 u8; serialize_u16 u16; serialize_u32 u32;
    }

    fn serialize_u64(self, number: u64) -> Done<()> {
        self.text.push_str(&number.to_string());
        Ok(())
    }

    fn serialize_f32(self, number: f32) -> Done<()> {
        self.number(f64::from(number));
        Ok(())
    }

    fn serialize_f64(self, number: f64) -> Done<()> {
        self.number(number);
        Ok(())
    }

    fn serialize_char(self, character: char) -> Done<()> {
        self.string(character.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(self, text: &str) -> Done<()> {
        self.string(text);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Done<()> {
        Err(Unreadable)
    }

    fn serialize_none(self) -> Done<()> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done<()> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Done<()> {
        self.text.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done<()> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Done<()> {
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Done<()> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Done<()> {
        self.variant(name);
        value.serialize(&mut *self)?;
        self.text.push('}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Done<Parts<'w>> {
        Ok(self.open('[', "]"))
    }

    fn serialize_tuple(self, _: usize) -> Done<Parts<'w>> {
        Ok(self.open('[', "]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Done<Parts<'w>> {
        Ok(self.open('[', "]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Done<Parts<'w>> {
        self.variant(name);
        Ok(self.open('[', "]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Done<Parts<'w>> {
        Ok(self.open('{', "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Done<Parts<'w>> {
        Ok(self.open('{', "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Done<Parts<'w>> {
        self.variant(name);
        Ok(self.open('{', "}}"))
    }
}
