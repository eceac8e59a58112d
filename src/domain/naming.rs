//! Recognising a person who is named in a text: by a known name, an e-mail address or a handle.
//!
//! Components, owners and causes are roles, teams and things. A person's name there ends the inquiry where it gets
//! interesting, so the forms refuse it and the gate looks again.

use super::people::EmailAddress;
use super::text::folded;

/// The names of the people with an account, in the spelling in which they are compared.
#[derive(Debug, Clone, Default)]
pub struct KnownPeople(Vec<String>);

/// Mailboxes that stand for a function (RFC 2142, and those of machines), not for a person.
const FUNCTIONS: [&str; 20] = [
    "abuse",
    "admin",
    "alerts",
    "billing",
    "deploy",
    "git",
    "help",
    "hostmaster",
    "info",
    "no-reply",
    "noc",
    "noreply",
    "oncall",
    "on-call",
    "ops",
    "postmaster",
    "root",
    "security",
    "support",
    "webmaster",
];
/// Handles that address a group.
const GROUPS: [&str; 6] = ["@all", "@channel", "@everyone", "@here", "@oncall", "@team"];

impl KnownPeople {
    /// Takes the names of the people with an account.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self(
            names
                .into_iter()
                .map(comparable)
                .filter(|name| !name.is_empty())
                .collect(),
        )
    }

    /// The known person, e-mail address or handle that a text names. What stands between backticks is code.
    #[must_use]
    pub fn named_in(&self, text: &str) -> Option<String> {
        let text = comparable(&without_code(text));
        let padded = format!(" {text} ");
        // A name of one word ("Will", "Grace") is also a word; only a text that is nothing else names a person by it.
        let named = |name: &&String| {
            if name.contains(' ') {
                padded.contains(&format!(" {name} "))
            } else {
                text == **name
            }
        };
        self.0.iter().find(named).cloned().or_else(|| {
            text.split(' ')
                .find(|word| is_handle(word) || is_mailbox(word))
                .map(str::to_owned)
        })
    }
}

/// Words in one spelling, without the punctuation around them. `@types/node` is a package, and left out.
fn comparable(text: &str) -> String {
    folded(text)
        .split(|c: char| !c.is_alphanumeric() && !"@.-_/".contains(c))
        .filter(|run| !(run.starts_with('@') && run.contains('/')))
        .flat_map(|run| run.split('/'))
        .map(|word| word.trim_matches(['.', '-', '_']))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The text without what stands between backticks.
fn without_code(text: &str) -> String {
    text.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

fn is_handle(word: &str) -> bool {
    word.strip_prefix('@')
        .is_some_and(|rest| rest.starts_with(char::is_alphabetic) && !rest.contains('@'))
        && !GROUPS.contains(&word)
}

/// An address whose domain ends in letters ("10 msg@1.5" is none) and which is not that of a function.
fn is_mailbox(word: &str) -> bool {
    let Some((name, domain)) = word.split_once('@') else {
        return false;
    };
    let ends_in_letters = domain
        .rsplit_once('.')
        .is_some_and(|(_, last)| last.len() > 1 && last.chars().all(char::is_alphabetic));
    ends_in_letters && !FUNCTIONS.contains(&name) && EmailAddress::parse(word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::KnownPeople;

    fn check(text: &str, expected: Option<&str>) {
        let known = KnownPeople::new(["Ana Lima", "Grace", "Seán O’Neil", "  "]);
        assert_eq!(known.named_in(text).as_deref(), expected, "{text}");
    }

    #[test]
    fn a_known_full_name_is_found_wherever_it_stands() {
        for text in [
            "Ana Lima",
            "ana  lima",
            "The page went to Ana Lima.",
            "(Ana Lima)",
            "Ana Lima's desk",
            "Ana Lima/platform",
        ] {
            check(text, Some("ana lima"));
        }
        check("Asked Sean O'Neil", None);
        check("Asked Seán O'Neil twice", Some("seán o neil"));
        check("Havana Lima beans", None);
    }

    #[test]
    fn a_name_of_one_word_is_a_name_only_when_it_stands_alone() {
        check(" grace ", Some("grace"));
        check("The grace period was too short", None);
    }

    #[test]
    fn addresses_and_handles_are_people_and_functions_are_not() {
        check(
            "Mail went to bo.li@example.org, unread",
            Some("bo.li@example.org"),
        );
        check("@bo was paged", Some("@bo"));
        check("Asked @bo.", Some("@bo"));
        for text in [
            "The mail to @here reached nobody",
            "root@db-1.example.org had no shell",
            "10 msg@1.5 s",
            "The package @types/node was pinned",
            "`@Transactional` was missing",
            "a@b",
        ] {
            check(text, None);
        }
    }
}
