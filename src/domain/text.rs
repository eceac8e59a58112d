//! Text that was parsed once and is trusted afterwards.
//!
//! Everything a person types comes through here: control characters, over-long text and empty text are
//! refused with a sentence, line ends and Unicode are brought to one spelling, nothing else is changed.

use std::borrow::Cow;

use chrono::{Datelike as _, NaiveDate};
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

/// The most characters a title may have.
pub const TITLE_CHARACTERS: usize = 200;
/// The most characters one line of text (a role, an owner, a component) may have.
pub const LINE_CHARACTERS: usize = 300;
/// The most bytes one written section may have.
pub const PROSE_BYTES: usize = 200_000;

/// Why a text was refused. Every variant names the field, so that the sentence stands alone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextProblem {
    /// Nothing but white space was given.
    #[error("{0} is empty. Write a few words.")]
    Empty(&'static str),
    /// More than the field holds.
    #[error(
        "{field} is too long: {found} {unit}, and {most} fit. Shorten it, or move part of it to another section."
    )]
    TooLong {
        /// The field, as people call it.
        field: &'static str,
        /// What was found.
        found: usize,
        /// What fits.
        most: usize,
        /// What is counted: characters or bytes.
        unit: &'static str,
    },
    /// A control character other than a line end or a tab.
    #[error("{0} holds an invisible control character. Paste it again as plain text.")]
    Control(&'static str),
    /// Several lines where one is wanted.
    #[error("{0} must stand on one line. Take out the line break.")]
    Lines(&'static str),
}

/// One line of text: trimmed, not empty, no control characters, at most [`LINE_CHARACTERS`] long.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Line(String);

impl Line {
    /// Parses one line; `field` is what people call the field.
    ///
    /// # Errors
    /// [`TextProblem`] if it is empty, too long, of several lines, or holds control characters.
    pub fn parse(field: &'static str, typed: &str) -> Result<Self, TextProblem> {
        line(field, typed, LINE_CHARACTERS).map(Self)
    }

    /// The same, with white space alone read as "not given".
    ///
    /// # Errors
    /// As [`Line::parse`], but never [`TextProblem::Empty`].
    pub fn optional(field: &'static str, typed: &str) -> Result<Option<Self>, TextProblem> {
        if typed.trim().is_empty() {
            Ok(None)
        } else {
            Self::parse(field, typed).map(Some)
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A post-mortem's title: one line of at most [`TITLE_CHARACTERS`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Title(String);

impl Title {
    /// Parses a title.
    ///
    /// # Errors
    /// [`TextProblem`] if it is empty, too long, of several lines, or holds control characters.
    pub fn parse(typed: &str) -> Result<Self, TextProblem> {
        line("The title", typed, TITLE_CHARACTERS).map(Self)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Text of any number of lines, as Markdown or plain words; may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Prose(String);

impl Prose {
    /// Parses prose: line ends become `\n`, trailing white space goes, the rest stays as typed.
    ///
    /// # Errors
    /// [`TextProblem::TooLong`] above [`PROSE_BYTES`], [`TextProblem::Control`].
    pub fn parse(field: &'static str, typed: &str) -> Result<Self, TextProblem> {
        let text = if typed.contains('\r') {
            Cow::Owned(typed.replace("\r\n", "\n").replace('\r', "\n"))
        } else {
            Cow::Borrowed(typed)
        };
        let text = one_spelling(text.trim_end());
        if text.len() > PROSE_BYTES {
            return Err(TextProblem::TooLong {
                field,
                found: text.len(),
                most: PROSE_BYTES,
                unit: "bytes",
            });
        }
        if has_control(&text) {
            return Err(TextProblem::Control(field));
        }
        Ok(Self(text))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to read.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

/// The most bytes an address may have.
const ADDRESS_BYTES: usize = 2_000;

/// Why a text is not the address of a web page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a web address. It starts with https:// and has no spaces.")]
pub struct AddressProblem(String);

/// Reads the address of a web page: `http` or `https`, on one line, at most 2,000 bytes.
///
/// # Errors
/// [`AddressProblem`], if it is none.
pub fn address(typed: &str) -> Result<String, AddressProblem> {
    let plain = !typed.chars().any(|c| c.is_control() || c.is_whitespace());
    let web = typed.starts_with("https://") || typed.starts_with("http://");
    if plain && web && typed.len() <= ADDRESS_BYTES {
        Ok(typed.to_owned())
    } else {
        Err(AddressProblem(excerpt(typed)))
    }
}

/// Why a text is not a day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a day that can be kept. Write it as 2026-10-14.")]
pub struct DayProblem(String);

/// Reads a day of the years 1000 to 2999, `YYYY-MM-DD`.
///
/// # Errors
/// [`DayProblem`], if it is none.
pub fn day(typed: &str) -> Result<NaiveDate, DayProblem> {
    NaiveDate::parse_from_str(typed.trim(), "%Y-%m-%d")
        .ok()
        .filter(|day| (1000..=2999).contains(&day.year()))
        .ok_or_else(|| DayProblem(excerpt(typed)))
}

/// The beginning of what was typed, safe to repeat in a sentence.
#[must_use]
pub fn excerpt(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_control()).take(60).collect()
}

/// Whether two texts are the same to a reader: case and white space do not count.
#[must_use]
pub fn folded(text: &str) -> String {
    let lower = if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        text.nfkc().collect::<String>().to_lowercase()
    };
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn line(field: &'static str, typed: &str, most: usize) -> Result<String, TextProblem> {
    let text = one_spelling(typed.trim());
    if text.is_empty() {
        return Err(TextProblem::Empty(field));
    }
    if text.contains(['\n', '\r']) {
        return Err(TextProblem::Lines(field));
    }
    if has_control(&text) {
        return Err(TextProblem::Control(field));
    }
    let found = text.chars().count();
    if found > most {
        return Err(TextProblem::TooLong {
            field,
            found,
            most,
            unit: "characters",
        });
    }
    Ok(text)
}

/// The composed spelling. Whatever is read back from the store has it already: looking is cheaper than composing.
fn one_spelling(text: &str) -> String {
    if text.is_ascii() || is_nfc(text) {
        text.to_owned()
    } else {
        text.nfc().collect()
    }
}

fn has_control(text: &str) -> bool {
    // Every stored text comes through here again, and hardly any has a byte that could be one. No early end: so the whole
    // text goes by sixteen bytes at a time.
    let suspicious = |byte: &u8| {
        let low = (*byte < 0x20) & (*byte != b'\n') & (*byte != b'\t');
        low | (*byte == 0x7f) | (*byte == 0xc2)
    };
    let any = text
        .as_bytes()
        .iter()
        .fold(false, |any, byte| any | suspicious(byte));
    any && text.chars().any(is_control)
}

/// Control characters break storage (NUL in PostgreSQL) and terminals; a tab and a line end are text.
fn is_control(character: char) -> bool {
    character.is_control() && character != '\n' && character != '\t'
}

#[cfg(test)]
mod tests {
    use super::{Line, Prose, TextProblem, Title, address, day, folded};

    #[test]
    fn a_day_and_an_address_are_what_they_look_like() {
        assert_eq!(day("2026-10-14").unwrap().to_string(), "2026-10-14");
        for bad in ["", "14.10.2026", "2026-02-30", "0999-01-01", "yesterday"] {
            assert!(day(bad).is_err(), "{bad}");
        }
        assert!(address("https://x.example/a?b=c").is_ok());
        for bad in [
            "",
            "x.example",
            "javascript:alert(1)",
            "https://x y",
            "https://\n",
        ] {
            assert!(address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_title_is_trimmed_and_refused_when_empty_or_long() {
        assert_eq!(
            Title::parse("  Queue stopped \n").unwrap().as_str(),
            "Queue stopped"
        );
        assert_eq!(Title::parse(" \t"), Err(TextProblem::Empty("The title")));
        assert!(matches!(
            Title::parse(&"é".repeat(201)),
            Err(TextProblem::TooLong { found: 201, .. })
        ));
        assert_eq!(Title::parse("a\nb"), Err(TextProblem::Lines("The title")));
        assert_eq!(
            Title::parse("a\u{0}b"),
            Err(TextProblem::Control("The title"))
        );
    }

    #[test]
    fn right_to_left_and_combining_text_stays_as_it_is() {
        assert_eq!(
            Line::parse("The role", "مهندس המשמרת").unwrap().as_str(),
            "مهندس המשמרת"
        );
        assert_eq!(Prose::parse("Text", "e\u{301}").unwrap().as_str(), "é");
    }

    #[test]
    fn prose_keeps_its_lines() {
        assert_eq!(
            Prose::parse("Text", "a\r\n\tb\rc \n").unwrap().as_str(),
            "a\n\tb\nc"
        );
        assert!(matches!(
            Prose::parse("Text", &"x".repeat(200_001)),
            Err(TextProblem::TooLong { .. })
        ));
    }

    #[test]
    fn folding_forgets_case_and_spaces() {
        assert_eq!(folded(" Payroll  Export "), folded("payroll export"));
    }
}
