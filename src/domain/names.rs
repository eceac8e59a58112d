//! Names of people, and the roles that stand for them.
//!
//! A name is replaced because somebody asks for it, never by itself. What an organisation remembers is that a name stands
//! for a role: not where the name stands, and not how often.

use std::collections::HashMap;

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
    by_name: HashMap<String, Role>,
    spellings: Spellings,
}

impl Roles {
    /// Takes what is remembered, or what somebody filled in for one text.
    pub fn new<'a>(mapped: impl IntoIterator<Item = &'a Mapped>) -> Self {
        let mut roles = Self::default();
        for one in mapped {
            for spelling in &one.spellings {
                roles
                    .by_name
                    .insert(key(spelling.as_str()), one.role.clone());
                roles.spellings.add(spelling.as_str());
            }
        }
        roles
    }

    /// The role that stands for a name. "@mara" is looked for as a handle first, then as a name.
    #[must_use]
    pub fn role_of(&self, name: &str) -> Option<&Role> {
        let name = key(name);
        self.by_name
            .get(&name)
            .or_else(|| self.by_name.get(name.strip_prefix('@')?))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(pairs: &[(&str, &str)]) -> Roles {
        let mapped: Vec<Mapped> = pairs
            .iter()
            .map(|(names, role)| Mapped {
                spellings: names
                    .split('|')
                    .map(|name| Line::parse("The name", name).unwrap())
                    .collect(),
                role: Role::parse(role).unwrap(),
            })
            .collect();
        Roles::new(&mapped)
    }

    fn check(pairs: &[(&str, &str)], text: &str, expected: &str) {
        assert_eq!(roles(pairs).put_in(text, &Words::new()), expected, "{text}");
    }

    #[test]
    fn a_role_reads_as_the_name_did() {
        let on_call = [("Tomasz|@tomasz", "the on-call engineer")];
        for (text, expected) in [
            ("Asked Tomasz twice.", "Asked the on-call engineer twice."),
            ("Tomasz saw it.", "The on-call engineer saw it."),
            ("13:04 Tomasz saw it", "13:04 The on-call engineer saw it"),
            ("- Tomasz saw it", "- The on-call engineer saw it"),
            (
                "It broke. Tomasz saw it.",
                "It broke. The on-call engineer saw it.",
            ),
            ("## Tomasz", "## The on-call engineer"),
            (
                "| a | b |\n|---|---|\n| Tomasz | x |\n",
                "| a | b |\n|---|---|\n| The on-call engineer | x |\n",
            ),
            (
                "It was Tomasz's change",
                "It was the on-call engineer's change",
            ),
            (
                "It was Tomasz’s change",
                "It was the on-call engineer’s change",
            ),
            ("Then Tomasz'll look", "Then the on-call engineer'll look"),
            ("ask @tomasz.", "ask the on-call engineer."),
            ("ask @Tomasz?", "ask the on-call engineer?"),
            ("**Tomasz** saw it", "**The on-call engineer** saw it"),
            ("(Tomasz, on call)", "(The on-call engineer, on call)"),
            ("With Mr Tomasz there", "With the on-call engineer there"),
            (
                "He said \"Tomasz saw it\"",
                "He said \"the on-call engineer saw it\"",
            ),
        ] {
            check(&on_call, text, expected);
        }
    }

    #[test]
    fn nothing_but_the_whole_name_is_replaced() {
        for text in [
            "Tomaszek saw it",
            "Was it tomasz, in small letters",
            "`Tomasz`",
            "```\nTomasz\n```",
            "https://example.org/Tomasz",
            "<https://example.org/Tomasz>",
            "[x](https://example.org/Tomasz)",
            "Mail Tomasz@example.org",
            "See home/Tomasz/x.txt",
            "In Tomasz_2",
            "See Tomasz.txt",
            "Asked Tomasz Nowak",
            "Asked O'Tomasz",
            "Asked Jean-Tomasz",
            "Tagged #Tomasz",
            "@tomasz.nowak saw it",
            "<!-- Tomasz -->",
        ] {
            check(&[("Tomasz", "the pilot")], text, text);
        }
    }

    #[test]
    fn a_whole_name_goes_before_its_parts() {
        let both = [
            ("Mara O'Neill|Mara", "the nurse"),
            ("O'Neill", "the doctor"),
        ];
        check(
            &both,
            "Asked Mara O'Neill and Mara.",
            "Asked the nurse and the nurse.",
        );
        check(
            &both,
            "Asked MARA O’NEILL, then O’Neill's deputy.",
            "Asked the nurse, then the doctor's deputy.",
        );
        check(&both, "Asked Mara\nO'Neill.", "Asked the nurse.");
    }

    #[test]
    fn owning_follows_the_last_letter() {
        check(
            &[("James", "the clerk")],
            "James' desk, James's chair",
            "The clerk's desk, the clerk's chair",
        );
        check(
            &[("Ana", "the facilities")],
            "Saw Ana's desk",
            "Saw the facilities' desk",
        );
        check(
            &[("James", "the clerk")],
            "Called 'James' by all",
            "Called 'the clerk' by all",
        );
    }

    #[test]
    fn a_word_that_is_also_a_name_keeps_its_place_as_a_word() {
        let will = [
            ("Will", "the pilot"),
            ("Mark", "the clerk"),
            ("Grace", "the nurse"),
        ];
        for text in [
            "Will this work?",
            "Mark the row.",
            "It will mark it with grace.",
        ] {
            check(&will, text, text);
        }
        check(
            &will,
            "Will was late, so Mark left.",
            "The pilot was late, so the clerk left.",
        );
        check(&will, "Mark's row", "The clerk's row");
    }

    #[test]
    fn names_of_any_script_are_replaced_where_they_are_mapped() {
        check(
            &[("Наталья", "the editor")],
            "Тут Наталья была",
            "Тут the editor была",
        );
        check(
            &[("Nguyễn Thị Hà", "the nurse")],
            "Asked Nguyễn Thị Hà.",
            "Asked the nurse.",
        );
        check(
            &[("Ömer", "the guard")],
            "Asked Ömer's team",
            "Asked the guard's team",
        );
    }

    #[test]
    fn a_role_is_kept_as_it_reads_within_a_sentence() {
        assert_eq!(Role::parse(" The nurse ").unwrap().as_str(), "the nurse");
        assert_eq!(Role::parse("A-team lead").unwrap().as_str(), "A-team lead");
        assert_eq!(
            Role::parse("the on-call engineer").unwrap().label(),
            "On-call engineer"
        );
        assert!(Role::parse("  ").is_err());
    }
}
