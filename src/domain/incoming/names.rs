//! People whom a file names as people: a role stands for each.

/// What stands for a person.
const ROLE: &str = "a responder";
/// Shorter names are left alone: they are words too often.
const SHORTEST: usize = 4;

/// Names of people that a file gives in fields for people.
#[derive(Debug, Clone, Default)]
pub struct Names(Vec<String>);

impl Names {
    /// Learns a name, a handle or an address.
    pub fn learn(&mut self, name: Option<&str>) {
        let Some(name) = name.map(str::trim) else {
            return;
        };
        if name.chars().count() >= SHORTEST && !self.0.iter().any(|known| known == name) {
            self.0.push(name.to_owned());
            // The longest first, so that no part of a name is left behind.
            self.0.sort_by_key(|name| std::cmp::Reverse(name.len()));
        }
    }

    /// A text in which a role stands for each of these people.
    #[must_use]
    pub fn replaced(&self, text: &str) -> String {
        self.0
            .iter()
            .fold(text.to_owned(), |text, name| replace(&text, name))
    }
}

/// Replaces whole words only: "Ann" is no part of "Annual".
fn replace(text: &str, name: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(name) {
        let (before, found) = rest.split_at(at);
        let after = found.get(name.len()..).unwrap_or_default();
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if word(before.chars().next_back()) || word(after.chars().next()) {
            written.push_str(before);
            written.push_str(name);
        } else {
            written.push_str(before.strip_suffix('@').unwrap_or(before));
            written.push_str(ROLE);
        }
        rest = after;
    }
    written.push_str(rest);
    written
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn a_role_stands_for_each_person_and_words_stay_whole() {
        let mut names = Names::default();
        for name in ["Anna", "Anna Berg", "berg-a", "Al", "anna@example.org"] {
            names.learn(Some(name));
        }
        names.learn(None);
        assert_eq!(
            names.replaced("Anna Berg paged @berg-a; Annabel and Al saw Anna."),
            "a responder paged a responder; Annabel and Al saw a responder."
        );
        assert_eq!(names.replaced("mail anna@example.org"), "mail a responder");
    }
}
