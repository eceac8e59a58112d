//! Which heading means which section. The synonyms are data: `headings.txt`, `prompts.txt`, `hints.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::domain::templates;

/// What stands under a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A written section of the templates.
    Section(&'static str),
    /// Rows with times.
    Timeline,
    /// What is given as a cause.
    Causes,
    /// What is to be done.
    Actions,
    /// Anything else.
    Notes,
    /// What stands above the first heading.
    Opening,
}

impl Role {
    fn of(key: &'static str) -> Self {
        match key {
            "timeline" => Self::Timeline,
            "causes" => Self::Causes,
            "follow-up" => Self::Actions,
            "notes" => Self::Notes,
            key => Self::Section(key),
        }
    }

    /// Whether a line with a time is a row of the timeline here. In what was learned it is an example.
    pub(super) fn tells_the_story(self) -> bool {
        const LEARNED: [&str; 8] = [
            "went-well",
            "went-badly",
            "luck",
            "lessons",
            "surprise",
            "open-questions",
            "defences",
            "adaptations",
        ];
        !matches!(self, Self::Section(key) if LEARNED.contains(&key))
    }

    /// The section that keeps text of this part.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Section(key) => key,
            Self::Timeline => "timeline",
            Self::Causes => "causes",
            Self::Actions => "follow-up",
            Self::Notes | Self::Opening => "notes",
        }
    }
}

/// The sections and the headings that mean them.
static HEADINGS: LazyLock<Vec<(Role, Vec<&str>)>> =
    LazyLock::new(|| table(include_str!("headings.txt")));

/// The headings without a star, and those of our own templates.
static EXACT: LazyLock<HashMap<String, Role>> = LazyLock::new(|| {
    let own = templates::core()
        .sections
        .iter()
        .map(|section| (spelled(&section.heading), Role::of(&section.key)));
    let others = HEADINGS.iter().flat_map(|(role, patterns)| {
        patterns
            .iter()
            .map(|pattern| ((*pattern).to_owned(), *role))
    });
    own.chain(others).collect()
});

/// The headings of which only a part is known.
static STARRED: LazyLock<Vec<(Role, Star)>> = LazyLock::new(|| {
    let starred = |(role, patterns): &(Role, Vec<&'static str>)| {
        let role = *role;
        patterns
            .iter()
            .filter_map(move |pattern| Some((role, Star::of(pattern)?)))
            .collect::<Vec<_>>()
    };
    HEADINGS.iter().flat_map(starred).collect()
});

/// A template's questions and hints, and what follows them.
static PROMPTS: LazyLock<Vec<(Role, Vec<&str>)>> =
    LazyLock::new(|| table(include_str!("prompts.txt")));

/// A template's hints, which say nothing of the incident.
static HINTS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    include_str!("hints.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// Reads a table: `[key]` lines, and below each its words, a bar or a line's end between them.
fn table(text: &'static str) -> Vec<(Role, Vec<&'static str>)> {
    let mut read: Vec<(Role, Vec<&str>)> = Vec::new();
    for line in text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        if let Some(key) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            read.push((Role::of(key), Vec::new()));
        } else if let Some((_, words)) = read.last_mut() {
            words.extend(
                line.split('|')
                    .map(str::trim)
                    .filter(|words| !words.is_empty()),
            );
        }
    }
    read
}

/// What a heading means, if it is known.
pub(super) fn role(heading: &str) -> Option<Role> {
    if heading.len() > 200 {
        return None;
    }
    let words = spelled(heading);
    if words.is_empty() {
        return None;
    }
    let starred = || {
        STARRED
            .iter()
            .find(|(_, star)| star.fits(&words))
            .map(|(role, _)| *role)
    };
    EXACT.get(words.as_str()).copied().or_else(starred)
}

/// A heading of which only a part is known.
enum Star {
    /// These words come first.
    First(&'static str),
    /// These words come last.
    Last(&'static str),
}

impl Star {
    fn of(pattern: &'static str) -> Option<Self> {
        pattern
            .strip_suffix('*')
            .map(Self::First)
            .or_else(|| pattern.strip_prefix('*').map(Self::Last))
    }

    fn fits(&self, words: &str) -> bool {
        match self {
            Self::First(first) => words.strip_prefix(first).is_some_and(|rest| {
                let rest = rest.strip_prefix('s').unwrap_or(rest);
                first.ends_with(' ') || !rest.starts_with(char::is_alphanumeric)
            }),
            Self::Last(last) => words.ends_with(last),
        }
    }
}

/// Whether a line is a template's hint that was left standing.
pub(super) fn is_hint(line: &str) -> bool {
    first_words(line).is_some_and(|words| HINTS.iter().any(|hint| words.starts_with(hint)))
}

/// The first words of a line in lower case, without its bullet.
fn first_words(line: &str) -> Option<String> {
    let head = line.get(..super::stamp::boundary(line, 90))?;
    Some(
        head.trim_start_matches(['\u{2022}', '*', '-', ' '])
            .to_lowercase(),
    )
}

/// What a template's question says of the text below it, if the line is one.
pub(super) fn prompt(line: &str) -> Option<Role> {
    let lower = first_words(line)?;
    PROMPTS
        .iter()
        .find(|(_, prompts)| prompts.iter().any(|prompt| lower.starts_with(prompt)))
        .map(|(role, _)| *role)
}

/// A heading as it is compared: lower case, without marks, numbers in front, brackets and final stops.
fn spelled(heading: &str) -> String {
    let lower = heading
        .to_lowercase()
        .replace(['\u{2019}', '\u{2018}'], "'")
        .replace('&', "and");
    let outside = match lower.find('(') {
        Some(0) | None => lower.as_str(),
        Some(at) => lower.get(..at).unwrap_or_default(),
    };
    let words = outside
        .trim_matches(|character: char| !character.is_alphanumeric())
        .trim_start_matches(|character: char| {
            character.is_ascii_digit() || matches!(character, '.' | ')' | ' ' | ':' | '-')
        });
    words
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace(['*', '`', '_'], "")
}

/// Every key that a heading can lead to.
#[cfg(test)]
pub(super) fn keys() -> impl Iterator<Item = &'static str> {
    HEADINGS
        .iter()
        .chain(PROMPTS.iter())
        .map(|(role, _)| role.key())
}
