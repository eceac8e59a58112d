//! Roles in the place of names. A name that nobody gave a role becomes a neutral one: names are never kept by default.

/// What is written for somebody whose role nobody typed.
pub const NEUTRAL: &str = "a responder";

/// Given names that are words as well: only the whole name, or `@` in front, is taken for a person.
const WORDS: [&str; 24] = [
    "Amber", "April", "Art", "Bill", "Chase", "Dawn", "Drew", "Faith", "Frank", "Grace", "Grant",
    "Hope", "Jack", "June", "Mark", "May", "Miles", "Pat", "Ray", "Rob", "Rose", "Sue", "Will",
    "Wren",
];

/// Names with the roles that take their place.
#[derive(Debug, Clone, Default)]
pub struct Roles {
    /// Each as it may stand in a text, the longest first, with its role.
    forms: Vec<(String, String)>,
    kept: Vec<String>,
}

impl Roles {
    /// `given`: names with their roles, an empty one for the neutral role. `kept`: names that are to stay.
    pub fn new(
        given: impl IntoIterator<Item = (String, String)>,
        kept: impl IntoIterator<Item = String>,
    ) -> Self {
        let mut forms = Vec::new();
        for (name, role) in given {
            let role = match role.trim() {
                "" => NEUTRAL.to_owned(),
                role => role.to_owned(),
            };
            let name = name.trim().trim_start_matches('@');
            if name.is_empty() {
                continue;
            }
            forms.push((format!("@{name}"), role.clone()));
            forms.push((name.to_owned(), role.clone()));
            if let Some(first) = first_name(name) {
                forms.push((format!("@{first}"), role.clone()));
                if !WORDS.contains(&first) {
                    forms.push((first.to_owned(), role.clone()));
                }
            }
        }
        forms.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
        Self {
            forms,
            kept: kept.into_iter().collect(),
        }
    }

    /// The role of who wrote; the name itself if it is to stay.
    #[must_use]
    pub fn of(&self, name: &str) -> String {
        let name = name.trim().trim_start_matches('@');
        if self
            .kept
            .iter()
            .any(|kept| kept.trim_start_matches('@') == name)
        {
            return name.to_owned();
        }
        let found = self.forms.iter().find(|(form, _)| form == name);
        found.map_or(NEUTRAL, |(_, role)| role).to_owned()
    }

    /// The text with roles in the place of names, where they stand as whole words.
    #[must_use]
    pub fn replace(&self, text: &str) -> String {
        let mut written = String::with_capacity(text.len());
        let mut rest = text;
        let mut inside = false;
        while let Some(next) = rest.chars().next() {
            let found = if inside { None } else { self.at(rest) };
            if let Some((form, role)) = found {
                written.push_str(role);
                rest = rest.get(form.len()..).unwrap_or_default();
                inside = true;
                continue;
            }
            written.push(next);
            inside = next.is_alphanumeric() || matches!(next, '_' | '/' | '@');
            rest = rest.get(next.len_utf8()..).unwrap_or_default();
        }
        written
    }

    fn at(&self, rest: &str) -> Option<(&str, &str)> {
        let found = self.forms.iter().find(|(form, _)| {
            rest.strip_prefix(form.as_str()).is_some_and(|after| {
                let mut after = after.chars();
                match after.next() {
                    Some('-' | '.') => !after.next().is_some_and(char::is_alphanumeric),
                    Some(next) => !(next.is_alphanumeric() || next == '_'),
                    None => true,
                }
            })
        });
        found.map(|(form, role)| (form.as_str(), role.as_str()))
    }
}

/// The first word of a name of several, as people call each other.
fn first_name(name: &str) -> Option<&str> {
    let (first, _) = name.split_once(' ')?;
    let fits = first.chars().count() >= 3 && first.starts_with(char::is_uppercase);
    fits.then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let given = [
            ("Tom Okafor", "the load balancer team"),
            ("nell", ""),
            ("Mark Ito", "the vendor"),
        ];
        let given = given.map(|(name, role)| (name.to_owned(), role.to_owned()));
        let roles = Roles::new(given, ["ines".to_owned()]);
        assert_eq!(roles.replace(text), expected);
    }

    #[test]
    fn a_name_gives_way_to_its_role_where_it_stands_as_a_word() {
        check("asked Tom Okafor", "asked the load balancer team");
        check("@Tom can you look?", "the load balancer team can you look?");
        check(
            "Tomorrow Tom's shift",
            "Tomorrow the load balancer team's shift",
        );
        check("nell restarted it", "a responder restarted it");
        check("@nell, @nelly", "a responder, @nelly");
        check("/home/nell and nell.example", "/home/nell and nell.example");
        check(
            "Mark it as done, says @Mark",
            "Mark it as done, says the vendor",
        );
        check("ines said so", "ines said so");
        check("", "");
    }

    #[test]
    fn who_wrote_has_a_role_even_if_nobody_typed_one() {
        let roles = Roles::new(
            [("nell".to_owned(), "the network team".to_owned())],
            ["ines".to_owned()],
        );
        assert_eq!(roles.of("@nell"), "the network team");
        assert_eq!(roles.of("ines"), "ines");
        assert_eq!(roles.of("somebody else"), NEUTRAL);
    }
}
