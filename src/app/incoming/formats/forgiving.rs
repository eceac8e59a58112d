//! Fields as they are meant, where a program writes another kind of value than usual.
//!
//! A number where text belongs is its text, `null` is nothing there, one value where a list belongs is a list of one, and
//! plain text where an object belongs is its name. So one odd field costs no record.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;
use serde_json::value::RawValue;

/// The fields of an object that say what it is in words, the more telling ones first.
const WORDS: [&str; 11] = [
    "value",
    "content",
    "text",
    "title",
    "name",
    "message",
    "summary",
    "displayName",
    "display_name",
    "description",
    "detail",
];

/// Reads one value of a file.
pub(super) fn read<T: DeserializeOwned>(raw: &str) -> Result<T, serde_json::Error> {
    T::deserialize(Lenient(&mended(raw)))
}

/// A value in words: text as it is, a list with commas, of an object what it is called.
pub(super) fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => {
            let items = list.iter().map(words);
            let items: Vec<String> = items.filter(|it| !it.trim().is_empty()).collect();
            items.join(", ")
        }
        Value::Object(object) => {
            let said = WORDS.iter().filter_map(|key| object.get(*key));
            let said = said
                .map(words)
                .find(|it| !it.trim().is_empty())
                .unwrap_or_default();
            // A choice of Jira may have a second one below it.
            let below = object.get("child").map(words).unwrap_or_default();
            match (said.is_empty(), below.is_empty()) {
                (_, true) => said,
                (true, false) => below,
                (false, false) => format!("{said}, {below}"),
            }
        }
        other => other.to_string(),
    }
}

/// The fields of a value with their names, those of objects within it behind a point. Text alone has no name.
pub(super) fn pairs(value: &Value) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    collect(value, "", &mut pairs);
    pairs
}

fn collect(value: &Value, name: &str, pairs: &mut Vec<(String, String)>) {
    let inner = |key: &str| match name {
        "" => key.to_owned(),
        name => format!("{name}.{key}"),
    };
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                collect(value, &inner(key), pairs);
            }
        }
        Value::Array(list) if list.iter().any(|item| item.is_object() || item.is_array()) => {
            for item in list {
                collect(item, name, pairs);
            }
        }
        other => {
            let said = words(other);
            if !said.trim().is_empty() {
                pairs.push((name.to_owned(), said));
            }
        }
    }
}

/// Named values as lines.
pub(super) fn lines(pairs: &[(String, String)]) -> String {
    let line = |(name, said): &(String, String)| match name.as_str() {
        "" => said.clone(),
        name => format!("{name}: {said}"),
    };
    pairs.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The text with a sign in place of each half of a character, as a program writes one that cut a text in the middle.
fn mended(raw: &str) -> Cow<'_, str> {
    let mut written = String::new();
    let mut kept = 0;
    let mut at = 0;
    while let Some(next) = raw.get(at..).and_then(|rest| rest.find('\\')) {
        at += next;
        let width = match (half(raw, at), half(raw, at + 6)) {
            (Some(Half::First), Some(Half::Second)) => 12,
            (Some(_), _) => {
                written.push_str(raw.get(kept..at).unwrap_or_default());
                written.push_str("\\ufffd");
                kept = at + 6;
                6
            }
            (None, _) => 2,
        };
        at += width;
    }
    if kept == 0 {
        return Cow::Borrowed(raw);
    }
    written.push_str(raw.get(kept..).unwrap_or_default());
    Cow::Owned(written)
}

#[derive(Clone, Copy)]
enum Half {
    First,
    Second,
}

/// Which half of a character is escaped at a place.
fn half(raw: &str, at: usize) -> Option<Half> {
    let digits = raw.get(at..at + 6)?.strip_prefix("\\u")?;
    match u16::from_str_radix(digits, 16).ok()? {
        0xd800..=0xdbff => Some(Half::First),
        0xdc00..=0xdfff => Some(Half::Second),
        _ => None,
    }
}

/// One value of a file, as its text.
#[derive(Clone, Copy)]
struct Lenient<'de>(&'de str);

impl<'de> Lenient<'de> {
    fn first(self) -> char {
        self.0.trim_start().chars().next().unwrap_or('n')
    }

    fn is_null(self) -> bool {
        self.first() == 'n'
    }

    fn text(self) -> Result<String, serde_json::Error> {
        Ok(match self.first() {
            'n' => String::new(),
            '"' => serde_json::from_str(self.0)?,
            '{' | '[' => words(&serde_json::from_str(self.0)?),
            _ => self.0.trim().to_owned(),
        })
    }

    /// The items of a list that are something.
    fn items(self) -> Result<Vec<Self>, serde_json::Error> {
        let raws: Vec<&'de RawValue> = match self.first() {
            '[' => serde_json::from_str(self.0)?,
            _ => return Ok(Some(self).into_iter().filter(|it| it.is_some()).collect()),
        };
        let items = raws.into_iter().map(|raw| Self(raw.get()));
        Ok(items.filter(|item| !item.is_null()).collect())
    }

    fn is_some(self) -> bool {
        !self.is_null() && self.0.trim() != "\"\""
    }

    /// The fields of an object that are something.
    fn fields(self) -> Result<Vec<(String, Self)>, serde_json::Error> {
        let raws: BTreeMap<String, &'de RawValue> = match self.first() {
            '{' => serde_json::from_str(self.0)?,
            '[' => {
                let first = self.items()?.into_iter().next();
                return first.map_or(Ok(Vec::new()), Self::fields);
            }
            _ => {
                let named = Some(("name".to_owned(), self));
                return Ok(named.into_iter().filter(|_| self.is_some()).collect());
            }
        };
        let fields = raws.into_iter().map(|(key, raw)| (key, Self(raw.get())));
        Ok(fields.filter(|(_, value)| !value.is_null()).collect())
    }
}

impl<'de> IntoDeserializer<'de, serde_json::Error> for Lenient<'de> {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}

/// Whole numbers of every width: what is none is 0.
macro_rules! whole_numbers {
    ($($method:ident $visit:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
            visitor.$visit(self.text()?.trim().parse().unwrap_or_default())
        })*
    };
}

impl<'de> Deserializer<'de> for Lenient<'de> {
    type Error = serde_json::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        serde_json::Deserializer::from_str(self.0).deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        if self.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_bool(matches!(self.text()?.trim(), "true" | "1"))
    }

    whole_numbers! { deserialize_u64 visit_u64 deserialize_i64 visit_i64 }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_seq(SeqDeserializer::new(self.items()?.into_iter()))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_map(MapDeserializer::new(self.fields()?.into_iter()))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u32 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct enum identifier
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq, Default)]
    #[serde(default)]
    struct Odd {
        name: Option<String>,
        many: Vec<String>,
        below: Option<Box<Odd>>,
        yes: bool,
        count: u64,
        labels: BTreeMap<String, String>,
    }

    #[test]
    fn odd_values_are_read_as_they_are_meant() {
        let text = r#"{"name":9007199254740993123.50,"many":["a",null,2,{"name":"b"}],"below":"P1","yes":"true","count":"x","labels":{"a":1,"b":null,"c":{"value":"d"}},"more":{}}"#;
        let odd: Odd = read(text).unwrap();
        assert_eq!(odd.name.as_deref(), Some("9007199254740993123.50"));
        assert_eq!(odd.many, ["a", "2", "b"]);
        assert_eq!(odd.below.unwrap().name.as_deref(), Some("P1"));
        assert!(odd.yes && odd.count == 0);
        let labels: Vec<String> = odd.labels.into_iter().map(|(a, b)| a + &b).collect();
        assert_eq!(labels, ["a1", "cd"]);
        let empty: Odd =
            read(r#"{"name":null,"many":null,"below":[],"labels":"","yes":[]}"#).unwrap();
        assert_eq!(empty.name, None);
        assert_eq!(empty.below, Some(Box::default()));
        let one: Odd = read(r#"{"many":"x","below":[{"name":"y"}]}"#).unwrap();
        assert_eq!(one.many, ["x"]);
        assert_eq!(one.below.unwrap().name.as_deref(), Some("y"));
    }

    #[test]
    fn half_a_character_costs_only_itself() {
        let text = |raw: &str| read::<String>(raw).unwrap();
        assert_eq!(text(r#""cut \ud83d here""#), "cut \u{fffd} here");
        assert_eq!(
            text(r#""\ud83d\ude00 \\ud83d \udc00""#),
            "😀 \\ud83d \u{fffd}"
        );
        assert_eq!(text(r#""\ud83d\ud83d\ude00""#), "\u{fffd}😀");
        assert!(read::<String>(r#""\ud83""#).is_err());
    }
}
