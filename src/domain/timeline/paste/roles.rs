//! Roles in the place of the names of a paste. A name that nobody gave a role becomes a neutral one: names are never kept
//! unless somebody says so.

use crate::domain::language::Words;
use crate::domain::names::{self, Mapped, Role};
use crate::domain::text::{Line, TextProblem};

/// What is written for somebody whose role nobody typed.
pub const NEUTRAL: &str = "a responder";

/// The names of a paste with the roles that take their place.
#[derive(Debug, Clone, Default)]
pub struct Roles {
    by_name: names::Roles,
    kept: Vec<String>,
}

impl Roles {
    /// `given`: names with their roles, an empty one for the neutral role. `kept`: names that are to stay.
    ///
    /// # Errors
    /// [`TextProblem`] if a role cannot be kept as one.
    pub fn new(
        given: impl IntoIterator<Item = (String, String)>,
        kept: impl IntoIterator<Item = String>,
    ) -> Result<Self, TextProblem> {
        let mut mapped = Vec::new();
        for (name, role) in given {
            let role = match role.trim() {
                "" => Role::parse(NEUTRAL)?,
                role => Role::parse(role)?,
            };
            let spellings = spellings(&name);
            if !spellings.is_empty() {
                mapped.push(Mapped { spellings, role });
            }
        }
        Ok(Self {
            by_name: names::Roles::new(&mapped),
            kept: kept
                .into_iter()
                .map(|name| names::key(bare(&name)))
                .collect(),
        })
    }

    /// The role of who wrote, as a label; the name itself if it is to stay.
    #[must_use]
    pub fn of(&self, name: &str) -> String {
        let name = bare(name);
        if self.kept.contains(&names::key(name)) {
            return name.to_owned();
        }
        let role = self.by_name.role_of(name);
        role.map_or_else(|| "Responder".to_owned(), Role::label)
    }

    /// The text with roles in the place of names.
    #[must_use]
    pub fn replace(&self, text: &str) -> String {
        self.by_name.put_in(text, &Words::new())
    }
}

fn bare(name: &str) -> &str {
    name.trim().trim_start_matches('@')
}

/// A name as it may stand in a text: whole, and its first word, as people call each other.
fn spellings(name: &str) -> Vec<Line> {
    let name = bare(name);
    let first = name.split_once(' ').map(|(first, _)| first);
    let first =
        first.filter(|first| first.chars().count() >= 3 && first.starts_with(char::is_uppercase));
    let all = [Some(name), first].into_iter().flatten();
    all.filter_map(|spelling| Line::parse("The name", spelling).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let given = [("Tom Okafor", "the load balancer team"), ("nell", "")];
        let given = given.map(|(name, role)| (name.to_owned(), role.to_owned()));
        let roles = Roles::new(given, ["ines".to_owned()]).unwrap();
        assert_eq!(roles.replace(text), expected);
    }

    #[test]
    fn a_name_gives_way_to_its_role_where_it_stands_as_a_word() {
        check("asked Tom Okafor", "asked the load balancer team");
        check(
            "asked Tom about it",
            "asked the load balancer team about it",
        );
        check("Tomorrow it is over", "Tomorrow it is over");
        check("ask @nell, @nelly", "ask a responder, @nelly");
        check("ask ines", "ask ines");
        check("", "");
    }

    #[test]
    fn who_wrote_has_a_role_even_if_nobody_typed_one() {
        let given = [("nell".to_owned(), "the network team".to_owned())];
        let roles = Roles::new(given, ["ines".to_owned()]).unwrap();
        assert_eq!(roles.of("@nell"), "Network team");
        assert_eq!(roles.of("ines"), "ines");
        assert_eq!(roles.of("somebody else"), "Responder");
        assert!(Roles::new([("nell".to_owned(), "x\ny".to_owned())], []).is_err());
    }
}
