//! Roles in the place of the names of a paste. Who wrote in it, and nobody gave a role, becomes a neutral one: their names
//! are never kept unless somebody says so.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::{MOST_ROWS, Paste};
use crate::domain::language::{Words, names_in};
use crate::domain::names::{self, Mapped, Role};
use crate::domain::text::{Line, TextProblem};

/// How many bytes are looked through for names: more than anybody reads row by row.
const MOST_BYTES: usize = 300_000;

/// What is written for somebody whose role nobody typed.
pub const NEUTRAL: &str = "a responder";

/// A name of a paste, offered for a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// The name as the text has it.
    pub name: String,
    /// The role that the organisation remembers for it. It is shown, and never put there by itself.
    pub role: Option<Role>,
    /// Whether it stands within the words of others only. Then it may be no name at all, and stays where no role is given.
    pub within: bool,
}

/// The names of a paste: who wrote in it and who is called by a handle, then those that are found within the words.
/// `members` are the names of the people with an account.
#[must_use]
pub fn offered<'a>(
    paste: &Paste,
    remembered: &names::Roles,
    members: impl IntoIterator<Item = &'a str>,
    own: &Words,
) -> Vec<Offered> {
    let offer = |name: String, within| {
        // "nell" may be remembered as "@nell", as people call her.
        let handle = format!("@{}", bare(&name));
        let role = remembered.role_of(&name);
        Offered {
            role: role.or_else(|| remembered.role_of(&handle)).cloned(),
            within,
            name,
        }
    };
    let listed = paste.names().into_iter().map(|name| offer(name, false));
    let mut offered: Vec<Offered> = listed.collect();
    let mut known = remembered.spellings().clone();
    for name in members {
        known.add(name);
    }
    let mut room = MOST_BYTES;
    let texts: Vec<&str> = paste
        .rows()
        .take(MOST_ROWS)
        .map(|row| row.text.as_str())
        .take_while(|text| {
            let fits = text.len() <= room;
            room = room.saturating_sub(text.len());
            fits
        })
        .collect();
    let mut found: Vec<String> = names_in(&texts.join("\n\n"), own, &known)
        .into_iter()
        .map(|named| named.name)
        .collect();
    // "Mara O'Neill" in one row says who Mara is in another.
    found.sort_by_key(|name| Reverse(name.contains(' ')));
    let keys = |name: &str| {
        let all = spellings(name).into_iter();
        all.map(|line| names::key(line.as_str()))
            .collect::<Vec<_>>()
    };
    let mut seen: HashSet<String> = offered.iter().flat_map(|one| keys(&one.name)).collect();
    for name in found {
        if !seen.contains(&names::key(bare(&name))) {
            seen.extend(keys(&name));
            offered.push(offer(name, true));
        }
    }
    offered
}

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
    use crate::domain::names::read_mapping;
    use crate::domain::timeline::paste::{Asked, lines};

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
    fn what_is_remembered_is_offered_for_who_wrote_and_for_names_within() {
        let asked = Asked {
            day: None,
            zone: None,
            otherwise: chrono_tz::Tz::UTC,
            now: chrono::DateTime::UNIX_EPOCH,
        };
        let text = "[10:00] Nell Sharpe: asked Tom and @ines, Siobhán O'Brien called\n[10:05] rob: Siobhán said Nell knows";
        let paste = lines(text, &asked);
        let mapped = read_mapping(
            "Nell Sharpe = the shop team\nTom Okafor, Tom = the vendor\n@rob = the pilot",
        );
        let remembered = names::Roles::new(&mapped.unwrap());
        let found = offered(&paste, &remembered, [], &Words::new());
        let shown: Vec<(&str, &str, bool)> = found
            .iter()
            .map(|one| {
                let role = one.role.as_ref().map_or("", Role::as_str);
                (one.name.as_str(), role, one.within)
            })
            .collect();
        assert_eq!(
            shown,
            [
                ("Nell Sharpe", "the shop team", false),
                ("rob", "the pilot", false),
                ("ines", "", false),
                ("Siobhán O'Brien", "", true),
                ("Tom", "the vendor", true),
            ]
        );
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
