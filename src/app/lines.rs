//! A record as lines of text: for the history, for the two sides of a conflict, and for taking a removal back.
//!
//! A line is `Name: value`; further lines of a value are indented. What was written can be read again.

/// Writes a record as lines.
#[derive(Debug, Default)]
pub(super) struct Lines(String);

impl Lines {
    /// Starts a record.
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Writes a value under its name; an empty one is left out.
    pub(super) fn put(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(name);
        self.0.push_str(": ");
        self.0.push_str(&value.replace('\n', "\n  "));
    }

    /// The text.
    pub(super) fn into_text(self) -> String {
        self.0
    }
}

/// A record read again.
#[derive(Debug)]
pub(super) struct Record(Vec<(String, String)>);

impl Record {
    /// Reads what [`Lines`] wrote. Lines of another shape are passed over.
    pub(super) fn read(text: &str) -> Self {
        let mut values: Vec<(String, String)> = Vec::new();
        for line in text.split('\n') {
            if let (Some(more), Some((_, value))) = (line.strip_prefix("  "), values.last_mut()) {
                value.push('\n');
                value.push_str(more);
            } else if let Some((name, value)) = line.split_once(": ") {
                values.push((name.to_owned(), value.to_owned()));
            }
        }
        Self(values)
    }

    /// Every value of this name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    }

    /// The first value of this name, if there is one.
    pub(super) fn first(&self, name: &str) -> Option<String> {
        self.0
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.clone())
    }
}

/// A value with what machines call it: `05:24 The page rang [event 0199...]`.
pub(super) fn marked(words: &str, kind: &str, id: impl std::fmt::Display) -> String {
    format!("{words} [{kind} {id}]")
}

/// What machines call a value that [`marked`] wrote.
pub(super) fn mark<'a>(value: &'a str, kind: &str) -> Option<&'a str> {
    let (_, mark) = value.strip_suffix(']')?.rsplit_once('[')?;
    mark.strip_prefix(kind)?.strip_prefix(' ')
}

/// The code of the value with this label.
pub(super) fn code_of_label<T: Copy>(
    label: Option<String>,
    all: &[T],
    label_of: fn(T) -> &'static str,
    code_of: fn(T) -> &'static str,
) -> Option<String> {
    let label = label?;
    all.iter()
        .find(|value| label_of(**value) == label)
        .map(|value| code_of(*value).to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Lines, Record, mark, marked};

    #[test]
    fn what_was_written_is_read_again() {
        let mut lines = Lines::new();
        for (name, value) in [
            ("Finding", "One: two\n\nThree: four\n  five"),
            ("Role", ""),
            ("Evidence", "https://example.org/a: b"),
            ("Evidence", "account of X"),
        ] {
            lines.put(name, value);
        }
        let record = Record::read(&lines.into_text());
        assert_eq!(
            record.first("Finding").as_deref(),
            Some("One: two\n\nThree: four\n  five")
        );
        assert_eq!(record.first("Role"), None);
        assert_eq!(
            record.all("Evidence").collect::<Vec<_>>(),
            ["https://example.org/a: b", "account of X"]
        );
    }

    #[test]
    fn a_mark_is_found_at_the_end_only() {
        assert_eq!(mark(&marked("a [b]", "event", 7), "event"), Some("7"));
        assert_eq!(mark("a [event 7] b", "event"), None);
        assert_eq!(mark("a [action 7]", "event"), None);
    }
}
