//! The order of what was found: one formula for both databases.
//!
//! Each term adds the saturated frequency of BM25F (Robertson, Zaragoza and Taylor 2004): a word in the title weighs more than
//! one in a statement, one in a statement more than one in the rest, and a long text less than a short one. The sum is
//! multiplied by the root of the part of the search that a post-mortem holds, and, for the best ones, by how near to each other the words
//! stand. What a text is compared with is fixed, not the average of all texts: somebody else's post-mortem changes no order.

use super::matcher::Matcher;
use super::query::SearchQuery;
use super::signals::{Counts, Lengths, Signals, hash};
use super::words::{stem, words};

/// From where on another occurrence hardly counts.
const SATURATION: f32 = 1.2;
/// What an occurrence weighs in the title, in the statements, in the rest.
const FIELD: [f32; 3] = [6.0, 2.0, 1.0];
/// The length of a usual title, of usual statements, of a usual rest, in words.
const USUAL: [f32; 3] = [8.0, 60.0, 500.0];
/// How much the length counts in each.
const SLOPE: [f32; 3] = [0.4, 0.4, 0.6];
/// What a word weighs that only means the same, alone and beside what was typed.
const SYNONYM: [f32; 2] = [0.4, 0.1];
/// How many post-mortems there would be if a word stood in one of them for each that it stands in.
const SUPPOSED: f32 = 10_000.0;
/// What less than this part of a search holds is not shown.
const LEAST: f32 = 0.15;
/// What holding everything adds, where not everything has to be held.
const WHOLE: f32 = 1.2;
/// How far apart words may stand to be near each other, in bytes.
const NEAR: usize = 240;
/// What being near each other weighs.
const NEARNESS: f32 = 0.9;

/// Scores post-mortems for one search.
#[derive(Debug)]
pub struct Ranker {
    terms: Vec<Vec<Way>>,
    rarity: Vec<f32>,
    any: bool,
}

/// One of the ways to write a term, by the hashes of its stems; none for the beginning of a word.
#[derive(Debug)]
struct Way {
    /// Whether it is what was typed, in whatever spelling.
    same: bool,
    hashes: Vec<u32>,
}

/// How well a post-mortem fits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// The greater the better.
    pub score: f32,
    /// Whether it holds everything that was looked for.
    pub whole: bool,
}

impl Ranker {
    /// Prepares for a search. `found` says of how many post-mortems each term was counted in, for those that the reader may
    /// read; where it says nothing, all terms weigh the same.
    #[must_use]
    pub fn new(query: &SearchQuery, found: &[usize]) -> Self {
        let terms: Vec<Vec<Way>> = query
            .terms
            .iter()
            .map(|term| {
                let ways = term.ways();
                ways.map(|(words, same, beginning)| Way {
                    same,
                    hashes: if beginning {
                        Vec::new()
                    } else {
                        words.iter().map(|word| hash(&stem(word))).collect()
                    },
                })
                .collect()
            })
            .collect();
        let rarity = (0..terms.len())
            .map(|place| found.get(place).map_or(1.0, |count| rarity(*count)))
            .collect();
        Self {
            terms,
            rarity,
            any: query.any,
        }
    }

    /// How well a post-mortem fits, by what is stored of it; `None` if it holds too little. `titled` says whether the
    /// beginnings of words that were looked for are known to stand in its title.
    #[must_use]
    pub fn score(&self, stored: &[u8], titled: bool) -> Option<Score> {
        let signals = Signals(stored);
        let lengths = signals.lengths();
        let (mut sum, mut held, mut all) = (0.0, 0.0, 0.0);
        let mut whole = true;
        for (ways, rarity) in self.terms.iter().zip(&self.rarity) {
            let saturated = |same: bool| {
                let ways = ways.iter().filter(|way| way.same == same);
                let frequency: f32 = ways
                    .map(|way| frequency(signals, &way.hashes, lengths, titled))
                    .sum();
                (SATURATION + 1.0) * saturated(frequency)
            };
            let (typed, meant) = (saturated(true), saturated(false));
            let [alone, beside] = SYNONYM;
            let term = typed + meant * if typed > 0.0 { beside } else { alone };
            all += rarity;
            if term > 0.0 {
                held += rarity;
                sum += rarity * term;
            } else {
                whole = false;
            }
        }
        if !self.any {
            // The index says that it holds everything, even if it takes some word for another than we do.
            return Some(Score {
                score: sum,
                whole: true,
            });
        }
        let part = if all > 0.0 { held / all } else { 0.0 };
        let score = sum * part.sqrt() * if whole { WHOLE } else { 1.0 };
        (part >= LEAST).then_some(Score { score, whole })
    }

    /// How often a post-mortem says the one thing that is looked for, read in its texts: which words begin so is not among
    /// what is stored of it.
    #[must_use]
    pub fn score_read(matcher: &Matcher, texts: [&str; 3]) -> Score {
        let counted = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
        let each = |of: &dyn Fn(&str) -> usize| {
            let [title, statements, body] = texts.map(|text| counted(of(text)));
            Counts {
                title,
                statements,
                body,
            }
        };
        let counts = each(&|text| matcher.hits(text).len());
        let lengths = each(&|text| words(text).count());
        Score {
            score: saturated(in_texts(counts, lengths)),
            whole: true,
        }
    }

    /// By how much a score grows because the words stand near each other in these texts: from 1 to 1.9.
    #[must_use]
    pub fn nearness(&self, matcher: &Matcher, texts: &[&str]) -> f32 {
        let all: f32 = self.rarity.iter().sum();
        let best = texts
            .iter()
            .map(|text| self.densest(matcher, text))
            .fold(0.0, f32::max);
        let part = if all > 0.0 {
            (best / all).min(1.0)
        } else {
            0.0
        };
        1.0 + NEARNESS * part * part
    }

    /// The rarity of the terms that stand together in the densest place of a text.
    fn densest(&self, matcher: &Matcher, text: &str) -> f32 {
        let hits = matcher.hits(text);
        let mut best: f32 = 0.0;
        for (place, first) in hits.iter().enumerate() {
            let mut seen = vec![false; self.rarity.len()];
            let mut here = 0.0;
            let near = hits.iter().skip(place);
            for hit in near.take_while(|hit| hit.end <= first.start + NEAR) {
                if let Some(known @ false) = seen.get_mut(hit.term) {
                    *known = true;
                    here += self.rarity.get(hit.term).copied().unwrap_or_default();
                }
            }
            best = best.max(here);
        }
        best
    }
}

/// How much a term tells that stands in so many. One that stands nowhere tells nothing: no post-mortem lacks it more than
/// another.
fn rarity(found: usize) -> f32 {
    if found == 0 {
        return 0.0;
    }
    let found = u16::try_from(found).unwrap_or(u16::MAX);
    (1.0 + SUPPOSED / (f32::from(found) + 0.5)).ln()
}

/// How often words stand in the texts, weighed by where: as often as the rarest of them.
fn frequency(signals: Signals<'_>, hashes: &[u32], lengths: Lengths, titled: bool) -> f32 {
    if hashes.is_empty() {
        return if titled { 1.0 + 6.0 } else { 1.0 };
    }
    let counted = hashes
        .iter()
        .map(|hash| in_texts(signals.counts(*hash), lengths));
    counted.fold(f32::INFINITY, f32::min)
}

/// How much another occurrence still counts: from 0 to 1.
pub(in crate::domain) fn saturated(frequency: f32) -> f32 {
    frequency / (frequency + SATURATION)
}

/// How often a word stands in the three texts, weighed by where and by how long they are.
pub(in crate::domain) fn in_texts(counts: Counts, lengths: Lengths) -> f32 {
    let counts = [counts.title, counts.statements, counts.body];
    let lengths = [lengths.title, lengths.statements, lengths.body];
    let fields = FIELD.iter().zip(USUAL).zip(SLOPE);
    counts
        .iter()
        .zip(lengths)
        .zip(fields)
        .map(|((count, length), ((weight, usual), slope))| {
            let long = 1.0 - slope + slope * f32::from(length) / usual;
            weight * f32::from(*count) / long
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::Ranker;
    use crate::domain::search::matcher::Matcher;
    use crate::domain::search::query::SearchQuery;
    use crate::domain::search::signals::indexed;

    fn score(typed: &str, [title, statements, body]: [&str; 3]) -> f32 {
        let query = SearchQuery::parse(typed);
        let any = query.any_word().unwrap_or(query);
        let stored = indexed(title, statements, body).signals;
        Ranker::new(&any, &[])
            .score(&stored, false)
            .map_or(0.0, |score| score.score)
    }

    #[test]
    fn where_a_word_stands_how_often_and_among_how_many_makes_the_order() {
        let long = "other ".repeat(900) + "payroll";
        let order = [
            ["payroll", "", ""],
            ["", "", "payroll payroll payroll"],
            ["", "payroll", ""],
            ["", "", "payroll"],
            ["", "", long.as_str()],
            ["", "", "other"],
        ];
        let scores: Vec<f32> = order
            .iter()
            .map(|texts| score("payroll x", *texts))
            .collect();
        assert!(scores.is_sorted_by(|one, other| one > other), "{scores:?}");
    }

    #[test]
    fn what_holds_more_of_the_words_comes_first_and_the_typed_word_before_its_synonym() {
        let of = |body| score("payroll outage clerk", ["", "", body]);
        assert!(of("payroll outage clerk") > of("payroll payroll outage outage outage"));
        assert!(of("payroll outage") > of("payroll downtime"));
        assert!(of("payroll downtime") > of("payroll"));
    }

    #[test]
    fn what_says_the_beginning_of_a_word_most_comes_first() {
        let query = SearchQuery::parse("typosq*");
        let matcher = Matcher::new(&query);
        let score = |texts| super::Ranker::score_read(&matcher, texts).score;
        let once = score(["A package", "", "typosquatting and other things"]);
        assert!(score(["Typosquatting", "", ""]) > once);
        assert!(score(["A package", "", "typosquats, typosquatted, typosquatting"]) > once);
        assert!(once > score(["A package", "", "a typo, squatting"]));
    }

    #[test]
    fn words_near_each_other_weigh_more() {
        let query = SearchQuery::parse("page stopped");
        let (ranker, matcher) = (Ranker::new(&query, &[]), Matcher::new(&query));
        let far = format!("page {} stopped", "x ".repeat(300));
        let near = |text: &str| ranker.nearness(&matcher, &[text]);
        assert!(near("the page stopped") > near(&far) && near(&far) > near("nothing"));
    }
}
