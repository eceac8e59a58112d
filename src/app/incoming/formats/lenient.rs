//! A second try for a record in which one value is of another kind than it ought to be: a number where a text belongs, a
//! `null` in a list. Nothing is left out that can be read; what cannot is still refused.

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Value};

/// The most bytes of a record that is tried again: of a longer one no original is kept, so it is refused anyway.
const BYTES: usize = 8_000_000;

/// Reads a record as well as it can be read.
pub(super) fn read<T: DeserializeOwned>(raw: &str) -> Result<T, Error> {
    if raw.len() > BYTES {
        return serde_json::from_str(raw);
    }
    T::deserialize(Lenient(serde_json::from_str(&paired(raw))?))
}

/// A value that is read as what is wanted.
struct Lenient(Value);

impl Lenient {
    fn text(self) -> String {
        match self.0 {
            Value::Null => String::new(),
            Value::String(text) => text,
            other => other.to_string(),
        }
    }
}

impl<'de> IntoDeserializer<'de, Error> for Lenient {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Lenient {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(items) => {
                let items = items
                    .into_iter()
                    .filter(|item| !item.is_null())
                    .map(Lenient);
                visitor.visit_seq(SeqDeserializer::new(items))
            }
            Value::Object(fields) => {
                let fields = fields
                    .into_iter()
                    .map(|(name, value)| (name, Lenient(value)));
                visitor.visit_map(MapDeserializer::new(fields))
            }
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_string(self.text())
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_string(self.text())
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_seq(SeqDeserializer::new(std::iter::empty::<Lenient>())),
            Value::Array(_) => self.deserialize_any(visitor),
            other => visitor.visit_seq(SeqDeserializer::new(std::iter::once(Lenient(other)))),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Object(_) => self.deserialize_any(visitor),
            Value::Null => Self(Value::Object(serde_json::Map::new())).deserialize_any(visitor),
            _ => Err(Error::custom("a value stands where a record belongs")),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Bool(truth) => visitor.visit_bool(truth),
            Value::Number(number) => visitor.visit_bool(number.as_f64() != Some(0.0)),
            other => visitor.visit_bool(matches!(
                other.as_str(),
                Some("true" | "True" | "yes" | "1")
            )),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct identifier
    }
}

/// The same text, with the sign for "not a character" in the place of each half of a character (`\ud83d`).
fn paired(raw: &str) -> String {
    let mut mended = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        mended.push_str(before);
        let unit = |text: &str| {
            let digits = text.strip_prefix("\\u")?.get(..4)?;
            u16::from_str_radix(digits, 16).ok()
        };
        let second = escape.get(6..).and_then(unit);
        let length = match unit(escape) {
            Some(0xd800..=0xdbff) if matches!(second, Some(0xdc00..=0xdfff)) => 12,
            Some(0xd800..=0xdfff) => {
                mended.push('\u{fffd}');
                rest = escape.get(6..).unwrap_or_default();
                continue;
            }
            _ => 1 + escape.chars().nth(1).map_or(0, char::len_utf8),
        };
        mended.push_str(escape.get(..length).unwrap_or(escape));
        rest = escape.get(length..).unwrap_or_default();
    }
    mended.push_str(rest);
    mended
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::{paired, read};
    use crate::app::incoming::formats::json::Id;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(default)]
    #[derive(Default)]
    struct Record {
        id: Id,
        name: String,
        labels: Vec<String>,
        inner: Option<Box<Record>>,
        open: bool,
    }

    #[test]
    fn one_odd_value_does_not_refuse_a_record() {
        let raw = r#"{"id":7,"name":12,"labels":["a",null,3],"inner":{"id":"x","name":null,"labels":"one","open":"true"},"more":[{"x":1}]}"#;
        let record: Record = read(raw).unwrap();
        let inner = record.inner.unwrap();
        assert_eq!((record.id.0.as_str(), record.name.as_str()), ("7", "12"));
        assert_eq!(record.labels, ["a", "3"]);
        assert_eq!((inner.name.as_str(), inner.open), ("", true));
        assert_eq!(inner.labels, ["one"]);
        assert!(read::<Record>("[").is_err());
        assert!(read::<Record>(r#"{"inner":"x"}"#).is_err());
    }

    #[test]
    fn half_a_character_is_mended_and_a_whole_one_stays() {
        let whole = r#"{"name":"\ud83d\ude00 \\ud83d \" \u00e4 \n"}"#;
        assert_eq!(paired(whole), whole);
        let half = r#"{"name":"a \ud83d b \ude00\\"}"#;
        assert_eq!(
            read::<Record>(half).unwrap().name,
            "a \u{fffd} b \u{fffd}\\"
        );
        assert!(serde_json::from_str::<Record>(half).is_err());
        assert_eq!(paired("\\"), "\\");
    }
}
