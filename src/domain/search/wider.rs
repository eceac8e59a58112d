//! Other words by which the same is found: spellings of two countries, and words of the field that mean the same.
//!
//! The words are data: `synonyms.txt` and `spellings.txt` beside this file say how to add to them.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::words::{folded_word, stem, words};

const SYNONYMS: &str = include_str!("synonyms.txt");
const SPELLINGS: &str = include_str!("spellings.txt");

/// The longest group member, in words.
pub(super) const LONGEST: usize = 4;
/// The shortest half of a compound.
const HALF: usize = 3;
/// Shorter words have no ending that two countries spell differently.
const SHORTEST: usize = 6;

/// Endings of two countries.
const ENDINGS: [(&str, &str); 14] = [
    ("isation", "ization"),
    ("isations", "izations"),
    ("ise", "ize"),
    ("ised", "ized"),
    ("ises", "izes"),
    ("ising", "izing"),
    ("iser", "izer"),
    ("isers", "izers"),
    ("isable", "izable"),
    ("yse", "yze"),
    ("ysed", "yzed"),
    ("yser", "yzer"),
    ("ysers", "yzers"),
    ("ysing", "yzing"),
];

/// Words that are looked for beside those that were typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// In a row, folded.
    pub words: Vec<String>,
    /// Whether it is the same word in another spelling, and weighs as much.
    pub same: bool,
}

/// Groups of words that mean the same, and which of them a word asks for, by its stems.
struct Groups {
    groups: Vec<Vec<Vec<String>>>,
    places: HashMap<String, Vec<usize>>,
}

static GROUPS: LazyLock<Groups> = LazyLock::new(|| {
    let mut groups = Groups {
        groups: Vec::new(),
        places: HashMap::new(),
    };
    for line in lines(SYNONYMS) {
        let (mut members, kinds) = group(line);
        for member in &members {
            let place = groups.groups.len();
            groups.places.entry(key(member)).or_default().push(place);
        }
        members.extend(kinds);
        groups.groups.push(members);
    }
    groups
});

static PAIRS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let pairs = lines(SPELLINGS).filter_map(|line| line.split_once(' '));
    pairs
        .flat_map(|(one, other)| [(stem(one), other), (stem(other), one)])
        .collect()
});

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The words of a line that find each other, and the kinds of it that they find too.
fn group(line: &str) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
    let (same, kinds) = line.split_once('>').unwrap_or((line, ""));
    let members = |list: &str| {
        let members = list.split(',').map(folded_words);
        members.filter(|words| !words.is_empty()).collect()
    };
    (members(same), members(kinds))
}

fn folded_words(text: &str) -> Vec<String> {
    words(text).map(|(_, word)| folded_word(word)).collect()
}

fn key<S: AsRef<str>>(words: &[S]) -> String {
    let stems: Vec<String> = words.iter().map(|word| stem(word.as_ref())).collect();
    stems.join(" ")
}

/// Whether words in a row are a member of a group.
pub(super) fn is_known<S: AsRef<str>>(words: &[S]) -> bool {
    GROUPS.places.contains_key(&key(words))
}

/// What else finds these words in a row: other spellings first.
pub(super) fn others(words: &[String]) -> Vec<Other> {
    let mut others: Vec<Other> = Vec::new();
    if let [word] = words {
        let spelled =
            other_ending(word).or_else(|| PAIRS.get(&stem(word)).map(ToString::to_string));
        others.extend(spelled.map(|word| Other {
            words: vec![word],
            same: true,
        }));
    } else if words.len() == 2 {
        // "node-pool" is also written "nodepool".
        others.push(Other {
            words: vec![words.concat()],
            same: true,
        });
    }
    let spellings: Vec<Vec<String>> = std::iter::once(words.to_vec())
        .chain(others.iter().map(|other| other.words.clone()))
        .collect();
    for spelling in &spellings {
        for place in GROUPS.places.get(&key(spelling)).into_iter().flatten() {
            for member in GROUPS.groups.get(*place).into_iter().flatten() {
                let known = key(member) == key(spelling)
                    || others.iter().any(|other| key(&other.words) == key(member));
                if !known {
                    // "fail over" is "failover", and not only much the same.
                    others.push(Other {
                        same: member.concat() == spelling.concat(),
                        words: member.clone(),
                    });
                }
            }
        }
    }
    others
}

/// The ways to write a folded word as two: a compound is written either way.
pub(super) fn halves(word: &str) -> Vec<Vec<String>> {
    if !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Vec::new();
    }
    let places = HALF..(word.len() + 1).saturating_sub(HALF);
    places
        .filter_map(|place| word.split_at_checked(place))
        .map(|(one, other)| vec![one.to_owned(), other.to_owned()])
        .collect()
}

/// The word with the ending of the other country.
fn other_ending(word: &str) -> Option<String> {
    if word.len() < SHORTEST {
        return None;
    }
    ENDINGS.iter().find_map(|(one, other)| {
        let swap = |from: &str, to: &str| Some(format!("{}{to}", word.strip_suffix(from)?));
        swap(one, other).or_else(|| swap(other, one))
    })
}

#[cfg(test)]
mod tests {
    use super::{SPELLINGS, SYNONYMS, folded_words, group, halves, is_known, key, lines, others};

    fn check(typed: &str, expected: &[&str]) {
        let found: Vec<String> = others(&folded_words(typed))
            .into_iter()
            .map(|other| {
                format!(
                    "{}{}",
                    if other.same { "=" } else { "~" },
                    other.words.join(" ")
                )
            })
            .collect();
        assert_eq!(found, expected, "{typed}");
    }

    #[test]
    fn a_word_is_found_by_its_other_spelling_and_by_what_means_the_same() {
        check("organisation", &["=organization"]);
        check("organizing", &["=organising"]);
        check("analysed", &["=analyzed"]);
        check("colours", &["=color"]);
        check("node-pool", &["=nodepool"]);
        check("tls", &["~ssl"]);
        check("outages", &["~downtime", "~unavailability"]);
        check("kubernetes", &["~k8s"]);
        check("handover", &["=hand over", "~handoff", "~hand off"]);
        check("failover", &["=fail over", "~switchover"]);
        check(
            "chat",
            &[
                "~instant messaging",
                "~slack",
                "~discord",
                "~irc",
                "~mattermost",
                "~zulip",
            ],
        );
        check("discord", &[]);
        check("rise", &[]);
        check("prometheus", &[]);
    }

    #[test]
    fn a_compound_is_halved_where_both_halves_are_words_that_one_can_tell() {
        let halved =
            |word| -> Vec<String> { halves(word).iter().map(|words| words.join(" ")).collect() };
        assert_eq!(halved("nodepool"), ["nod epool", "node pool", "nodep ool"]);
        assert_eq!(halved("nodes"), [""; 0]);
        assert_eq!(halved("db1075x"), [""; 0]);
    }

    #[test]
    fn two_words_are_joined_in_each_of_their_spellings() {
        let query = crate::domain::search::SearchQuery::parse("fibre cut");
        let joined = query.compounded().unwrap();
        let terms = joined.terms.iter();
        let ways: Vec<String> = terms
            .flat_map(|term| term.ways().map(|(words, ..)| words.join(" ")))
            .collect();
        assert!(ways.contains(&"fibrecut".to_owned()));
        assert!(ways.contains(&"fibercut".to_owned()));
    }

    #[test]
    fn every_line_of_the_files_can_be_used() {
        for line in lines(SYNONYMS) {
            let (members, kinds) = group(line);
            assert!(members.len() + kinds.len() > 1, "{line}");
            for member in members.iter().chain(&kinds) {
                assert!((1..=super::LONGEST).contains(&member.len()), "{line}");
            }
            for member in members {
                assert!(is_known(&member), "{}", key(&member));
            }
        }
        for line in lines(SPELLINGS) {
            assert_eq!(line.split(' ').count(), 2, "{line}");
        }
    }
}
