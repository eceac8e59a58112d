//! Names as they are spelt: the words of a name in a text, and nothing inside a longer word.

use std::collections::{HashMap, HashSet};

use super::work;

/// Names that are known before a text is read, each in the spelling in which it is looked for.
#[derive(Debug, Clone, Default)]
pub struct Spellings {
    /// The spellings in small letters, by their first word; the longest first.
    by_first: HashMap<String, Vec<Spelling>>,
    /// The words of names of several words.
    parts: HashSet<String>,
}

#[derive(Debug, Clone)]
struct Spelling {
    /// In small letters, with one blank between words.
    letters: String,
    /// Whether it is only meant where it begins with a capital: "Will", and not "will".
    capital: bool,
}

impl Spellings {
    /// Takes names: "Mara O'Neill", "Tomasz", "@mara". Case does not tell two of them apart.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all = Self::default();
        for name in names {
            all.add(name);
        }
        all
    }

    /// Adds one name.
    pub fn add(&mut self, name: &str) {
        let words: Vec<&str> = name.split_whitespace().collect();
        let letters = small(&words.join(" "));
        let Some(first) = words.first() else { return };
        if words.len() > 1 {
            self.parts.extend(words.iter().map(|word| small(word)));
        }
        let first = small(head(first));
        if first.is_empty() {
            return;
        }
        let known = self.by_first.entry(first).or_default();
        if known.iter().all(|spelling| spelling.letters != letters) {
            known.push(Spelling {
                letters,
                capital: words.len() == 1 && name.trim_start().starts_with(char::is_uppercase),
            });
            known.sort_by_key(|spelling| std::cmp::Reverse(spelling.letters.len()));
        }
    }

    /// Whether a word is one of a name of several words.
    pub(super) fn has_part(&self, word: &str) -> bool {
        self.parts.contains(&small(word))
    }

    /// Where the longest name ends that begins at a place in a text.
    pub(super) fn at(&self, text: &str, start: usize) -> Option<usize> {
        let rest = text.get(start..)?;
        self.by_first
            .get(&small(head(rest)))?
            .iter()
            .filter(|one| !one.capital || rest.starts_with(char::is_uppercase))
            .filter_map(|one| Some(start + length(rest, &one.letters)?))
            .find(|end| ends(text, *end))
    }
}

/// The first letters of a text, by which a spelling is found.
fn head(text: &str) -> &str {
    let body = text.strip_prefix('@').unwrap_or(text);
    let letters = body.find(|c: char| !c.is_alphanumeric());
    let end = text.len() - body.len() + letters.unwrap_or(body.len());
    text.get(..end).unwrap_or_default()
}

/// How two spellings are compared: in small letters, with one kind of apostrophe.
pub(super) fn small(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|c| if c == '’' { '\'' } else { c })
        .collect()
}

/// How long a spelling is where a text begins with it; white space of any kind is one blank.
fn length(text: &str, letters: &str) -> Option<usize> {
    let mut wanted = letters.chars();
    let mut chars = text.char_indices().peekable();
    while let Some(want) = wanted.next() {
        let (_, found) = chars.next()?;
        if want == ' ' {
            if !found.is_whitespace() {
                return None;
            }
            while chars.next_if(|(_, c)| c.is_whitespace()).is_some() {}
            continue;
        }
        let found = if found == '’' { '\'' } else { found };
        let mut lower = found.to_lowercase();
        if lower.next() != Some(want) || lower.any(|more| wanted.next() != Some(more)) {
            return None;
        }
    }
    Some(chars.peek().map_or(text.len(), |(at, _)| *at))
}

/// Whether a name that ends here does not go on: "Mara", but not "Maras", "Mara-Lena", "mara.lima", "Mara'Tel".
pub(super) fn ends(text: &str, at: usize) -> bool {
    let mut rest = text.get(at..).unwrap_or_default().chars();
    let Some(next) = rest.next() else { return true };
    let letter = rest.next().is_some_and(char::is_alphanumeric);
    match next {
        '_' | '@' => false,
        '-' | '.' => !letter,
        '\'' | '’' => !letter || possessive(text, at).is_some() || contracted(text, at),
        other => !other.is_alphanumeric(),
    }
}

/// Whether a name that begins here does not begin earlier: not after a letter, nor after "O'", "x.", "#".
pub(super) fn begins(text: &str, at: usize) -> bool {
    let mut before = text.get(..at).unwrap_or_default().chars().rev();
    let Some(last) = before.next() else {
        return true;
    };
    let letter = before.next().is_some_and(char::is_alphanumeric);
    match last {
        '_' | '@' | '#' | '$' | '\\' => false,
        '-' | '.' | '\'' | '’' => !letter,
        other => !other.is_alphanumeric(),
    }
}

/// Where the "'s" ends that follows a name.
#[must_use]
pub fn possessive(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let after = rest
        .strip_prefix('\'')
        .or_else(|| rest.strip_prefix('’'))?
        .strip_prefix(['s', 'S'])?;
    let more = after.chars().next().is_some_and(char::is_alphanumeric);
    (!more).then(|| text.len() - after.len())
}

/// Whether "'ll", "'d", "'ve" or "'re" follows.
fn contracted(text: &str, at: usize) -> bool {
    let letters: String = text
        .get(at..)
        .unwrap_or_default()
        .chars()
        .skip(1)
        .take_while(|c| c.is_alphanumeric())
        .take(4)
        .collect();
    matches!(letters.as_str(), "ll" | "d" | "ve" | "re")
}

/// How far around a name a path is looked for, in characters.
const FAR: usize = 100;

/// Whether the run of signs around a place is an address or a path: "src/Mara/x.rs".
pub(super) fn in_path(text: &str, start: usize, end: usize) -> bool {
    let apart = |c: char| c.is_whitespace() || c == '\0' || "()|<>,;".contains(c);
    let back = text.get(..start).unwrap_or_default().chars().rev();
    let on = text.get(start..end).unwrap_or_default().chars();
    let on = on.chain(
        text.get(end..)
            .unwrap_or_default()
            .chars()
            .take(FAR)
            .take_while(|c| !apart(*c)),
    );
    let before: Vec<char> = back.take(FAR).take_while(|c| !apart(*c)).collect();
    let run: String = before.into_iter().rev().chain(on).collect();
    work::did(run.len());
    let slashes = run.matches('/').count();
    let dotted = run
        .split('.')
        .skip(1)
        .any(|part| part.starts_with(char::is_alphanumeric));
    run.contains('\\') || slashes > 1 || (slashes == 1 && dotted)
}
