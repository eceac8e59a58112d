//! An organisation's own words as people keep them: three lists, one word on a line.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::language::Words;
use super::text::{Prose, excerpt};

/// The most characters of a word.
const CHARACTERS: usize = 100;
/// The most words of a list.
const MOST: usize = 2_000;

/// What an organisation adds to the lists of the checker. Every word is one word; lists do not share any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnWords {
    /// Roles, teams and departments.
    pub people: Vec<String>,
    /// Services, products and bots.
    pub systems: Vec<String>,
    /// Names of persons.
    pub names: Vec<String>,
}

/// The lists by name, with what they are called in a sentence.
const LISTS: [(&str, &str); 3] = [
    ("people", "people and teams"),
    ("systems", "systems"),
    ("names", "names"),
];

/// A list that cannot be kept, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListProblem {
    /// `people`, `systems` or `names`.
    pub list: &'static str,
    /// What is to be mended.
    pub sentence: String,
}

impl OwnWords {
    /// Reads three texts with one word on a line. Empty lines, and words that stand there twice, are left out.
    ///
    /// # Errors
    /// Everything that is to be mended.
    pub fn parse(people: &str, systems: &str, names: &str) -> Result<Self, Vec<ListProblem>> {
        Self::of(
            people.lines().map(str::to_owned).collect(),
            systems.lines().map(str::to_owned).collect(),
            names.lines().map(str::to_owned).collect(),
        )
    }

    /// Takes three lists.
    ///
    /// # Errors
    /// Everything that is to be mended.
    pub fn of(
        people: Vec<String>,
        systems: Vec<String>,
        names: Vec<String>,
    ) -> Result<Self, Vec<ListProblem>> {
        let mut problems = Vec::new();
        let mut seen = HashMap::new();
        let mut lists = [people, systems, names].into_iter().zip(LISTS);
        let mut next = || {
            let (typed, list) = lists.next().unwrap_or_default();
            read(typed, list, &mut seen, &mut problems)
        };
        let own = Self {
            people: next(),
            systems: next(),
            names: next(),
        };
        if problems.is_empty() {
            Ok(own)
        } else {
            Err(problems)
        }
    }

    /// The words as the checker takes them.
    #[must_use]
    pub fn words(&self) -> Words {
        let words = Words::new();
        let words = self.people.iter().fold(words, |all, word| all.people(word));
        let systems = self.systems.iter();
        let words = systems.fold(words, |all, word| all.system(word));
        self.names.iter().fold(words, |all, word| all.name(word))
    }

    /// The words as the file that `second-story lint --words` reads.
    #[must_use]
    pub fn toml(&self) -> String {
        let lists = [&self.people, &self.systems, &self.names];
        let mut text = String::new();
        for ((name, _), words) in LISTS.iter().zip(lists) {
            let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
            // Writing to a string never fails.
            let _ = writeln!(text, "{name} = [{}]", words.join(", "));
        }
        text
    }
}

/// The words of one list.
fn read(
    typed: Vec<String>,
    (list, called): (&'static str, &'static str),
    seen: &mut HashMap<String, &'static str>,
    problems: &mut Vec<ListProblem>,
) -> Vec<String> {
    let mut problem = |sentence| problems.push(ListProblem { list, sentence });
    let mut words = Vec::new();
    for typed in typed {
        let line = match Prose::parse("The word", typed.trim()) {
            Ok(line) if line.as_str().is_empty() => continue,
            Ok(line) => line.as_str().to_owned(),
            Err(error) => {
                problem(error.to_string());
                continue;
            }
        };
        if line.split_whitespace().count() != 1 {
            problem(format!(
                "“{}” is not one word. Name its last word only.",
                excerpt(&line)
            ));
        } else if line.chars().count() > CHARACTERS {
            problem(format!(
                "“{}” is longer than {CHARACTERS} characters. Shorten it.",
                excerpt(&line)
            ));
        } else {
            match seen.insert(line.to_lowercase(), called) {
                None => words.push(line),
                Some(before) if before == called => {}
                Some(before) => problem(format!(
                    "“{line}” also stands in the list of {before}. A word has one meaning here: keep it in one list."
                )),
            }
        }
    }
    if words.len() > MOST {
        problem(format!(
            "The list has {} words, and {MOST} fit. Take out those that the checker knows.",
            words.len()
        ));
    }
    words
}

/// A word as a TOML string.
fn quoted(word: &str) -> String {
    format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(people: &str, systems: &str, names: &str) -> Vec<(&'static str, String)> {
        OwnWords::parse(people, systems, names)
            .err()
            .unwrap_or_default()
            .into_iter()
            .map(|problem| (problem.list, problem.sentence))
            .collect()
    }

    #[test]
    fn lists_are_read_by_line_and_what_is_twice_is_once() {
        let own = OwnWords::parse(" kafka \r\n\nwombat\nKafka\n", "marta", "Siobhán").unwrap();
        assert_eq!(own.people, ["kafka", "wombat"]);
        assert_eq!(own.systems, ["marta"]);
        assert_eq!(own.names, ["Siobhán"]);
        assert_eq!(OwnWords::parse("", "", "").unwrap(), OwnWords::default());
    }

    #[test]
    fn every_problem_is_a_sentence_about_its_list() {
        let found = problems("two words\nkafka\nkafka team", "KAFKA", "a\u{1}b");
        let lists: Vec<&str> = found.iter().map(|(list, _)| *list).collect();
        assert_eq!(lists, ["people", "people", "systems", "names"], "{found:?}");
        assert!(found.iter().all(|(_, sentence)| sentence.ends_with('.')));
        assert_eq!(problems(&"x".repeat(101), "", "").len(), 1);
        let many: Vec<String> = (0..2001).map(|at| format!("word{at}")).collect();
        assert_eq!(problems("", &many.join("\n"), "").len(), 1);
    }

    #[test]
    fn the_file_for_the_command_line_reads_back() {
        let own = OwnWords::parse("kafka", "a\"b\\c", "Siobhán").unwrap();
        let file: HashMap<String, Vec<String>> = toml::from_str(&own.toml()).unwrap();
        assert_eq!(file["systems"], own.systems);
        assert_eq!(file["people"], own.people);
        assert_eq!(file["names"], own.names);
    }
}
