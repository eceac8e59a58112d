//! Names of people, and the roles that stand for them.
//!
//! A name is replaced because somebody asks for it, never by itself. What an organisation remembers is that a name stands
//! for a role: not where the name stands, and not how often.

mod here; // the names in one post-mortem
mod mapping; // what is remembered, as lines
#[cfg(test)]
mod tests;

use std::collections::HashMap;

pub use here::{NameAnswer, NameHere, NameReason, Replacing, Spot, names_here, version_at};
pub use mapping::{mapping, read_mapping, unfit};

use super::language::{Named, Spellings, Words, names_in, possessive};
use super::text::{Line, TextProblem, folded};

/// A role as it reads within a sentence: "the on-call engineer", "our deputy head".
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Role(Line);

impl Role {
    /// Reads a role. A capital that its article has from the head of a sentence goes: "The nurse" is "the nurse".
    ///
    /// # Errors
    /// [`TextProblem`] if it is empty, too long, of several lines, or holds control characters.
    pub fn parse(typed: &str) -> Result<Self, TextProblem> {
        let line = Line::parse("The role", typed)?;
        for article in ["The ", "A ", "An "] {
            if let Some(rest) = line.as_str().strip_prefix(article) {
                let small = format!("{}{rest}", article.to_lowercase());
                return Ok(Self(Line::parse("The role", &small)?));
            }
        }
        Ok(Self(line))
    }

    /// As it reads within a sentence.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// As a label beside a row: "On-call engineer".
    #[must_use]
    pub fn label(&self) -> String {
        let text = self.as_str();
        let bare = ["the ", "a ", "an "]
            .iter()
            .find_map(|article| text.strip_prefix(article));
        capital(bare.unwrap_or(text))
    }

    /// In the place of a name: with a capital at the head of a sentence.
    fn in_place_of(&self, name: &Named) -> String {
        if name.initial {
            capital(self.as_str())
        } else {
            self.as_str().to_owned()
        }
    }
}

/// One person's name, in each spelling in which it is written, and the role that stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapped {
    /// "Mara O'Neill", "Mara", "@mara". Case does not tell two of them apart.
    pub spellings: Vec<Line>,
    /// The role.
    pub role: Role,
}

/// Which names stand for which roles.
#[derive(Debug, Clone, Default)]
pub struct Roles {
    /// For each spelling, whose it is and the role.
    by_name: HashMap<String, (usize, Role)>,
    spellings: Spellings,
}

impl Roles {
    /// Takes what is remembered, or what somebody filled in for one text.
    pub fn new<'a>(mapped: impl IntoIterator<Item = &'a Mapped>) -> Self {
        let mut roles = Self::default();
        for (whose, one) in mapped.into_iter().enumerate() {
            for spelling in &one.spellings {
                let role = (whose, one.role.clone());
                roles.by_name.insert(key(spelling.as_str()), role);
                roles.spellings.add(spelling.as_str());
            }
        }
        roles
    }

    /// The role that stands for a name. "@mara" is looked for as a handle first, then as a name.
    #[must_use]
    pub fn role_of(&self, name: &str) -> Option<&Role> {
        self.find(name).map(|(_, role)| role)
    }

    fn find(&self, name: &str) -> Option<&(usize, Role)> {
        let name = key(name);
        self.by_name
            .get(&name)
            .or_else(|| self.by_name.get(name.strip_prefix('@')?))
    }

    /// Whether two spellings are remembered as one person's.
    fn are_one(&self, one: &str, other: &str) -> bool {
        let whose = |name| self.find(name).map(|(whose, _)| whose);
        whose(one).is_some() && whose(one) == whose(other)
    }

    /// The names, to look for them in a text.
    #[must_use]
    pub const fn spellings(&self) -> &Spellings {
        &self.spellings
    }

    /// Puts roles in the place of the names in a text, Markdown or plain: "Tomasz's change" becomes "the on-call
    /// engineer's change". A quotation is treated as any other words.
    ///
    /// Only names that are mapped are replaced, and only whole: not "Mara" in "Mara O'Neill", in "Maras", in code or in an
    /// address. To learn which names a text holds besides, ask [`names_in`] with [`Roles::spellings`].
    #[must_use]
    pub fn put_in(&self, text: &str, own: &Words) -> String {
        let names = names_in(text, own, &self.spellings);
        replace(text, &names, |named| self.role_of(&named.name))
    }
}

/// Puts roles in the place of those names in a text for which `role` has one. `names` are in the order of the text, as
/// [`names_in`] finds them.
pub fn replace<'a>(
    text: &str,
    names: &[Named],
    role: impl Fn(&Named) -> Option<&'a Role>,
) -> String {
    let mut made = String::with_capacity(text.len());
    let mut from = 0;
    for named in names {
        let Some(role) = role(named) else { continue };
        made.push_str(text.get(from..named.start).unwrap_or_default());
        let words = role.in_place_of(named);
        let (tail, end) = owning(text, named, &words);
        made.push_str(&words);
        made.push_str(&tail);
        from = end;
    }
    made.push_str(text.get(from..).unwrap_or_default());
    made
}

/// What stands behind the role instead of the name's "'s", and where the text goes on.
fn owning(text: &str, named: &Named, role: &str) -> (String, usize) {
    let plural = role.ends_with('s');
    let rest = text.get(named.end..).unwrap_or_default();
    let mark = rest.chars().next().filter(|c| matches!(c, '\'' | '’'));
    let Some(mark) = mark else {
        return (String::new(), named.end);
    };
    let owned = if plural {
        mark.to_string()
    } else {
        format!("{mark}s")
    };
    if let Some(end) = possessive(text, named.end) {
        return (owned, end);
    }
    // "James' change", but not the end of a quotation.
    let after = rest.get(mark.len_utf8()..).unwrap_or_default();
    let goes_on = after
        .strip_prefix(' ')
        .is_some_and(|word| word.starts_with(char::is_alphabetic));
    let opened = text
        .get(..named.start)
        .is_some_and(|before| before.ends_with(['\'', '‘', '’']));
    if named.name.ends_with('s') && goes_on && !opened {
        (owned, named.end + mark.len_utf8())
    } else {
        (String::new(), named.end)
    }
}

fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(rest).collect()
    })
}

/// How names are compared.
#[must_use]
pub fn key(name: &str) -> String {
    folded(name).replace('’', "'")
}
