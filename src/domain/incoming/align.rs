//! Which row of a file is which row of the file before, where rows have no names: by what they say and when, never by their
//! place, so that a row which was put between others moves none of them.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::domain::when::{When, iso};

/// What begins the key of a part that has no name where it comes from.
const MARK: char = '=';
/// How many characters of a text its key has.
const LONGEST: usize = 200;
/// How many rows around one are compared with it word by word.
const NEAR: usize = 20;

/// A row, as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// The digest of all that the file says about it.
    pub digest: String,
    /// When, if it has a moment.
    pub moment: String,
    /// Its words.
    pub words: String,
    /// Whether nobody touched it here.
    pub free: bool,
}

impl Said {
    /// What a key says; nothing, if it is a name.
    #[must_use]
    pub fn of_key(key: &str) -> Option<(&str, &str)> {
        let (moment, rest) = key.strip_prefix(MARK)?.split_once('|')?;
        Some((moment, rest.split('|').next().unwrap_or(rest)))
    }
}

/// The key of a part that has no name: when, and its first words.
#[must_use]
pub fn key(when: Option<&When>, text: &str) -> String {
    format!(
        "{MARK}{}|{}",
        when.map(moment).unwrap_or_default(),
        words(text)
    )
}

/// When a row is, as it is compared.
#[must_use]
pub fn moment(when: &When) -> String {
    let at = when.at().map(iso);
    at.unwrap_or_else(|| words(when.typed()))
}

/// The first words of a text in small letters.
#[must_use]
pub fn words(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .take(2 * LONGEST)
        .flat_map(char::to_lowercase)
        .collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    words.join(" ").chars().take(LONGEST).collect()
}

/// Makes keys that two parts share different ones.
pub(super) fn distinct(keys: &mut [String]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for key in keys.iter_mut().filter(|key| key.starts_with(MARK)) {
        let many = seen.entry(key.clone()).or_default();
        *many += 1;
        if *many > 1 {
            key.push_str(&format!("|{many}"));
        }
    }
}

/// Says for each new row which old one it is, if it is one.
///
/// First what is the same in all, then what has the same words, then what has the same moment, then what has most words in
/// common between the same neighbours. Of one that somebody touched here, words must be left to know it by: a row that is
/// taken for another one would be lost.
#[must_use]
pub fn align(old: &[Said], new: &[Said]) -> Vec<Option<usize>> {
    let mut pairs = Pairs {
        of: vec![None; new.len()],
        taken: vec![false; old.len()],
    };
    pairs.by(old, new, |said| said.digest.clone(), |_, _| true);
    pairs.by(
        old,
        new,
        |said| format!("{}|{}", said.moment, said.words),
        |_, _| true,
    );
    pairs.by(old, new, |said| said.words.clone(), |_, _| true);
    let alike = |old: &Said, new: &Said| old.free || likeness(old, new) >= 1.0 / 3.0;
    pairs.by(old, new, |said| said.moment.clone(), alike);
    pairs.nearby(old, new);
    pairs.of
}

struct Pairs {
    of: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Pairs {
    /// Pairs what has the same name, in order.
    fn by(
        &mut self,
        old: &[Said],
        new: &[Said],
        name: impl Fn(&Said) -> String,
        fits: impl Fn(&Said, &Said) -> bool,
    ) {
        let mut named: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (place, said) in old.iter().enumerate() {
            let name = name(said);
            if self.taken.get(place) == Some(&false) && !name.is_empty() && name != "|" {
                named.entry(name).or_default().push_back(place);
            }
        }
        for (of, said) in self.of.iter_mut().zip(new) {
            if of.is_some() {
                continue;
            }
            let Some(places) = named.get_mut(&name(said)) else {
                continue;
            };
            let fitting = places
                .iter()
                .take(NEAR)
                .position(|place| old.get(*place).is_some_and(|old| fits(old, said)));
            if let Some(place) = fitting.and_then(|at| places.remove(at)) {
                *of = Some(place);
                if let Some(taken) = self.taken.get_mut(place) {
                    *taken = true;
                }
            }
        }
    }

    /// Pairs what has most words in common and lies between the same neighbours.
    fn nearby(&mut self, old: &[Said], new: &[Said]) {
        for place in 0..new.len() {
            let before = self.of.get(..place).unwrap_or_default();
            let from = before.iter().rev().flatten().next().map_or(0, |at| at + 1);
            let behind = self.of.get(place + 1..).unwrap_or_default();
            let to = behind.iter().flatten().next().copied().unwrap_or(old.len());
            let (Some(None), Some(said)) = (self.of.get(place), new.get(place)) else {
                continue;
            };
            let free = (from..to.max(from))
                .take(NEAR)
                .filter(|at| self.taken.get(*at) == Some(&false));
            let best = free
                .filter_map(|at| Some((at, likeness(old.get(at)?, said))))
                .filter(|(_, likeness)| *likeness >= 0.5)
                .max_by(|(one, a), (other, b)| a.total_cmp(b).then(other.cmp(one)));
            if let Some((at, _)) = best {
                if let Some(of) = self.of.get_mut(place) {
                    *of = Some(at);
                }
                if let Some(taken) = self.taken.get_mut(at) {
                    *taken = true;
                }
            }
        }
    }
}

/// How many words two rows share, of those of the one with fewer: 0 to 1.
fn likeness(one: &Said, other: &Said) -> f64 {
    let words = |said: &Said| -> HashSet<String> {
        said.words
            .split(' ')
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (one, other) = (words(one), words(other));
    let fewer = one.len().min(other.len());
    if fewer == 0 {
        return 0.0;
    }
    let count = |many: usize| f64::from(u32::try_from(many).unwrap_or(u32::MAX));
    count(one.intersection(&other).count()) / count(fewer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, free: bool) -> Vec<Said> {
        text.lines()
            .map(|line| {
                let (moment, words) = line.split_once(' ').unwrap();
                Said {
                    digest: line.to_owned(),
                    moment: moment.to_owned(),
                    words: words.to_owned(),
                    free,
                }
            })
            .collect()
    }

    #[test]
    fn a_row_between_others_moves_none_of_them() {
        let old = "10:00 one\n10:10 two\n10:20 three";
        let new = rows(
            "10:00 one\n10:05 one and a half\n10:10 two changed\n10:21 three moved",
            true,
        );
        for free in [true, false] {
            assert_eq!(
                align(&rows(old, free), &new),
                [Some(0), None, Some(1), Some(2)]
            );
        }
        let swapped = rows("10:10 two\n10:00 one\n10:20 three\n10:20 three", true);
        assert_eq!(
            align(&rows(old, true), &swapped),
            [Some(1), Some(0), Some(2), None]
        );
    }

    #[test]
    fn nothing_is_taken_for_what_somebody_touched_and_has_no_word_of_it() {
        let new = rows("10:00 quite different words", true);
        assert_eq!(align(&rows("10:00 one", true), &new), [Some(0)]);
        assert_eq!(align(&rows("10:00 one", false), &new), [None]);
        assert_eq!(align(&[], &new), [None]);
    }

    #[test]
    fn many_rows_are_compared_in_time() {
        let many = |word: &str| -> Vec<Said> {
            (0..2_000)
                .map(|at| Said {
                    digest: format!("{word}{at}"),
                    moment: String::new(),
                    words: format!("the same words {word} {at}"),
                    free: false,
                })
                .collect()
        };
        let of = align(&many("a"), &many("b"));
        let known: HashSet<usize> = of.iter().flatten().copied().collect();
        assert_eq!(known.len(), of.iter().flatten().count(), "no row is two");
    }

    #[test]
    fn keys_say_when_and_what_and_differ() {
        let mut keys = vec![
            key(None, "Alarm, again"),
            key(None, "Alarm again"),
            "u1".to_owned(),
        ];
        distinct(&mut keys);
        assert_eq!(keys, ["=|alarm again", "=|alarm again|2", "u1"]);
        assert_eq!(Said::of_key(&keys[1]), Some(("", "alarm again")));
        assert_eq!(Said::of_key("u1"), None);
    }
}
