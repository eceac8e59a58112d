//! The title and the day of a post-mortem.

use chrono::NaiveDate;

use super::cursor::Cursor;
use super::dates::{self, PartDate};
use super::front_matter::Front;
use super::headings;
use super::lines::{Kind, Line};
use super::stamp;

/// A title, and the line of the text it came from.
pub(super) struct Title {
    pub(super) text: String,
    /// The line of the heading, if the title is one.
    pub(super) line: Option<usize>,
    /// The title as typed, with a day in front of it.
    pub(super) typed: String,
}

/// The title: front matter, else the first heading if it is no section's, else the name of the file.
pub(super) fn title(path: &str, front: &Front, lines: &[Line<'_>]) -> Title {
    let heading = lines
        .iter()
        .filter(|line| !matches!(line.kind, Kind::Blank | Kind::Comment))
        .take(40)
        .find(|line| matches!(line.kind, Kind::Heading(_)))
        .filter(|line| {
            line.kind == Kind::Heading(1)
                || lines
                    .iter()
                    .take_while(|other| other.number < line.number)
                    .all(|other| other.kind == Kind::Blank)
        })
        .filter(|line| !line.text.is_empty() && headings::role(line.text).is_none());
    let front_title = front.get("title").map(str::to_owned);
    let typed = front_title
        .clone()
        .or_else(|| heading.map(|line| plain(line.text)))
        .unwrap_or_else(|| from_path(path));
    let text = without_day(&typed);
    // A first heading that says the same as the front matter is the title, not a section.
    let line = heading
        .filter(|line| {
            front_title
                .as_deref()
                .is_none_or(|title| same(title, line.text))
        })
        .map(|line| line.number);
    Title { text, line, typed }
}

fn same(one: &str, other: &str) -> bool {
    let folded = |text: &str| {
        text.chars()
            .filter(|character| character.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    folded(one) == folded(other)
}

/// A heading without the marks of Markdown.
fn plain(heading: &str) -> String {
    heading
        .trim_matches(['*', '#', ' ', '_'])
        .replace(['`'], "")
}

/// "2017-09-29, 504" is called "504".
fn without_day(typed: &str) -> String {
    let rest = stamp::read(typed)
        .filter(|stamp| stamp.date.is_some_and(|date| date.year.is_some()) && !stamp.has_time())
        .map(|stamp| stamp.rest.trim());
    match rest {
        Some(rest)
            if rest
                .chars()
                .filter(|character| character.is_alphabetic())
                .count()
                > 2
                || rest
                    .chars()
                    .filter(|character| character.is_alphanumeric())
                    .count()
                    > 2 =>
        {
            capital(rest)
        }
        _ => typed.trim().to_owned(),
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().chain(characters).collect())
        .unwrap_or_default()
}

/// A title from the name of a file; from its folder if the name says nothing ("index.md").
fn from_path(path: &str) -> String {
    let mut names = path.rsplit(['/', '\\']).filter(|name| !name.is_empty());
    let file = names.next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let name = if matches!(stem.to_ascii_lowercase().as_str(), "index" | "readme") {
        names.next().unwrap_or(stem)
    } else {
        stem
    };
    let words = without_leading_day(name)
        .replace(['-', '_', '+'], " ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if words.chars().any(char::is_alphanumeric) {
        return capital(&words);
    }
    if name.chars().any(char::is_alphanumeric) {
        name.to_owned()
    } else {
        "Untitled".to_owned()
    }
}

fn without_leading_day(name: &str) -> &str {
    let mut rest = name;
    for _ in 0..2 {
        let mut cursor = Cursor::new(rest);
        if dates::date(&mut cursor).is_none() {
            break;
        }
        let left = cursor.rest.trim_start_matches(['-', '_', ' ', '.']);
        if left.is_empty() {
            break;
        }
        rest = left;
    }
    rest
}

/// Days that the name, the title and the front matter say, the most telling first.
pub(super) struct Days {
    pub(super) in_title: Option<NaiveDate>,
    pub(super) in_path: Option<NaiveDate>,
    pub(super) in_front: Option<NaiveDate>,
}

/// Looks for days outside the text.
pub(super) fn days(path: &str, title: &str, front: &Front) -> Days {
    let name = path
        .rsplit(['/', '\\'])
        .find(|name| !name.starts_with("index.") && !name.is_empty())
        .unwrap_or_default();
    let in_front = [
        "incident_date",
        "happened_on",
        "date",
        "published",
        "path",
        "slug",
        "created",
    ]
    .iter()
    .find_map(|key| find(front.get(key)?));
    Days {
        in_title: find(title),
        in_path: find(name),
        in_front,
    }
}

/// The first whole day in a text.
pub(super) fn find(text: &str) -> Option<NaiveDate> {
    let mut inside = false;
    for (at, character) in text.char_indices().take(2_000) {
        let begins = !inside && character.is_alphanumeric();
        inside = character.is_alphanumeric();
        if begins
            && let Some(PartDate {
                year: Some(year),
                month,
                day,
                ..
            }) = dates::date(&mut Cursor::new(text.get(at..)?))
        {
            return NaiveDate::from_ymd_opt(year, month, day);
        }
    }
    None
}
