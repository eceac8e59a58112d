//! Where a file lies, for records that have no name of their own: known again however somebody typed the path, and never
//! taken for another one of the same name.

use std::collections::HashSet;

/// Where a file lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lies {
    /// Its name as given.
    name: String,
    /// Its whole path, if somebody knows it.
    whole: Option<String>,
}

impl Lies {
    /// A file under the name that it was given, with its whole path if somebody knows it.
    #[must_use]
    pub fn new(name: &str, whole: Option<&str>) -> Self {
        Self {
            name: name.to_owned(),
            whole: whole.map(str::to_owned),
        }
    }

    /// The name under which it is kept: the one that was given, if the whole path ends with it.
    #[must_use]
    pub fn name(&self) -> &str {
        match &self.whole {
            Some(whole) if !ends(whole, &self.name) => whole,
            _ => &self.name,
        }
    }

    /// The name that no other file has; nothing, if nobody knows the whole path.
    #[must_use]
    pub fn whole(&self) -> Option<&str> {
        self.whole.as_deref()
    }

    /// Every name under which it may have been kept, the most telling first.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        let mut rest = self.whole.as_deref().unwrap_or(&self.name);
        loop {
            names.push(rest.to_owned());
            match rest.split_once('/') {
                Some((_, below)) if !below.is_empty() => rest = below,
                _ => break,
            }
        }
        if !names.contains(&self.name) {
            names.insert(1, self.name.clone());
        }
        names
    }

    /// Whether a name can be no other file's.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        name == self.whole.as_deref().unwrap_or(&self.name)
    }

    /// The last part of all its names.
    #[must_use]
    pub fn last(&self) -> &str {
        let name = self.whole.as_deref().unwrap_or(&self.name);
        name.rsplit('/').next().unwrap_or(name)
    }
}

fn ends(whole: &str, name: &str) -> bool {
    whole
        .strip_suffix(name)
        .is_some_and(|before| before.is_empty() || before.ends_with('/') || name.starts_with('/'))
}

/// How many telling lines two texts share, and how many the one with fewer has. Headings and short lines tell nothing:
/// a template has them too.
#[must_use]
pub fn shared_lines(one: &str, other: &str) -> (usize, usize) {
    const LETTERS: usize = 8;
    let telling = |text: &str| -> HashSet<String> {
        text.lines()
            .filter(|line| !line.trim_start().starts_with('#'))
            .map(|line| {
                let letters = line.chars().filter(|c| c.is_alphanumeric());
                letters.flat_map(char::to_lowercase).collect::<String>()
            })
            .filter(|line| line.chars().count() >= LETTERS)
            .collect()
    };
    let (one, other) = (telling(one), telling(other));
    (one.intersection(&other).count(), one.len().min(other.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_one_whole_name_and_is_found_by_the_end_of_it() {
        let lies = Lies::new("md/a.md", Some("/srv/x/md/a.md"));
        assert_eq!(lies.name(), "md/a.md");
        assert_eq!(
            lies.names(),
            [
                "/srv/x/md/a.md",
                "srv/x/md/a.md",
                "x/md/a.md",
                "md/a.md",
                "a.md"
            ]
        );
        assert!(lies.is("/srv/x/md/a.md") && !lies.is("md/a.md"));
        assert_eq!(lies.last(), "a.md");
        let other = Lies::new("../md/a.md", Some("/srv/x/md/a.md"));
        assert_eq!(other.name(), "/srv/x/md/a.md");
        assert!(other.names().contains(&"../md/a.md".to_owned()));
        let sent = Lies::new("a.md", None);
        assert_eq!(sent.names(), ["a.md"]);
        assert!(sent.is("a.md"));
        assert!(!ends("/srv/bad.md", "d.md"), "half a name is none");
    }

    #[test]
    fn headings_and_short_lines_are_not_shared() {
        let one = "# Summary\nThe queue was full.\n\n## Impact\nnone\n";
        let other = "# Summary\nthe queue was full\n\n## Impact\nnone\nMail came late.\n";
        assert_eq!(shared_lines(one, other), (1, 1));
        assert_eq!(shared_lines(one, "# Summary\nnone"), (0, 0));
    }
}
