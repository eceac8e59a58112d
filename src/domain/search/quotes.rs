//! The rows of a found post-mortem that hold the words, with the words marked.
//!
//! Nothing is turned into HTML here: a quote is made of pieces, and whoever shows them escapes each and puts the found
//! ones into `<mark>`. The matching is our own, because the databases' own excerpts cost more than the search itself.

use super::matcher::{Hit, Matcher};
use super::place::{Place, Row};

/// How many rows are quoted of one post-mortem.
const QUOTES: usize = 2;
/// A longer row is cut around the words, to about this many bytes.
const EXCERPT: usize = 240;
/// How much of an excerpt stands before the first word.
const BEFORE: usize = 60;

/// A part of a quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text, as it was written.
    pub text: String,
    /// Whether it is one of the words that were looked for.
    pub found: bool,
}

/// A row that holds the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Which row.
    pub place: Place,
    /// Its text, cut where it is long.
    pub pieces: Vec<Piece>,
}

/// The best rows of one post-mortem.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quotes {
    /// The best ones, best first.
    pub best: Vec<Quote>,
    /// How many more rows hold one of the words.
    pub more: usize,
}

impl Matcher {
    /// A text with the found words marked.
    #[must_use]
    pub fn marked(&self, text: &str) -> Vec<Piece> {
        pieces(text, 0, text.len(), &self.hits(text))
    }

    /// The rows that hold the words, from the two texts of a document and its rows.
    #[must_use]
    pub fn quotes(&self, statements: &str, body: &str, rows: Vec<Row>) -> Quotes {
        let (mut in_statements, mut in_body) = (0, 0);
        let mut found: Vec<(usize, Place, &str, Vec<Hit>)> = Vec::new();
        for row in rows {
            let (text, at) = if row.place.is_of_statements() {
                (statements, &mut in_statements)
            } else {
                (body, &mut in_body)
            };
            let words = text.get(*at..*at + row.bytes).unwrap_or_default();
            *at += row.bytes + 1;
            let hits = self.hits(words);
            if !hits.is_empty() {
                found.push((self.weight(&row.place, &hits), row.place, words, hits));
            }
        }
        // The sort is stable: equal rows keep the order of the story.
        found.sort_by_key(|(weight, ..)| std::cmp::Reverse(*weight));
        let more = found.len().saturating_sub(QUOTES);
        let quote = |(_, place, text, hits): (usize, Place, &str, Vec<Hit>)| Quote {
            place,
            pieces: excerpt(text, &hits),
        };
        Quotes {
            best: found.into_iter().take(QUOTES).map(quote).collect(),
            more,
        }
    }

    /// A row is the better the more of the terms it holds; among equals a short, linked row beats a long section.
    fn weight(&self, place: &Place, hits: &[Hit]) -> usize {
        let mut terms: Vec<usize> = hits.iter().map(|hit| hit.term).collect();
        terms.sort_unstable();
        terms.dedup();
        let kind = match place {
            Place::Event { lane, .. } if Some(*lane) == self.lane => 1_000,
            Place::Event { .. } | Place::Statement { .. } | Place::Action { .. } => 3,
            Place::Account { .. } => 2,
            Place::Section { .. } => 1,
            Place::Names { .. } => 0,
        };
        terms.len() * 10 + kind
    }
}

/// A row, or the part of a long one that holds most of the words.
fn excerpt(text: &str, hits: &[Hit]) -> Vec<Piece> {
    if text.len() <= EXCERPT + BEFORE {
        return pieces(text, 0, text.len(), hits);
    }
    let room = EXCERPT - BEFORE;
    let within = |first: &Hit| {
        let mut terms: Vec<usize> = hits
            .iter()
            .filter(|hit| hit.start >= first.start && hit.end <= first.start + room)
            .map(|hit| hit.term)
            .collect();
        terms.sort_unstable();
        terms.dedup();
        terms.len()
    };
    // The first of the densest places.
    let best = hits
        .iter()
        .rev()
        .max_by_key(|hit| within(hit))
        .map_or(0, |hit| hit.start);
    let from = word_start(text, best.saturating_sub(BEFORE), best);
    let to = word_end(text, (best + room).max(from + EXCERPT).min(text.len()));
    pieces(text, from, to, hits)
}

/// The end of the word that is cut at `at`, if that is not beyond the word to be shown.
fn word_start(text: &str, at: usize, shown: usize) -> usize {
    let at = text.ceil_char_boundary(at).min(shown);
    if at == 0 {
        return 0;
    }
    let skipped = text.get(at..shown).unwrap_or_default();
    skipped
        .find(char::is_whitespace)
        .map_or(shown, |gap| at + gap)
}

fn word_end(text: &str, at: usize) -> usize {
    if at >= text.len() {
        return text.len();
    }
    let at = text.floor_char_boundary(at);
    let head = text.get(..at).unwrap_or_default();
    head.rfind(char::is_whitespace).unwrap_or(at)
}

/// A part of a text, with the hits in it marked. Line ends become spaces.
fn pieces(text: &str, from: usize, to: usize, hits: &[Hit]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut push = |text: &str, found: bool| {
        if !text.is_empty() {
            let text = text.replace('\n', " ");
            pieces.push(Piece { text, found });
        }
    };
    let part = |start: usize, end: usize| text.get(start..end).unwrap_or_default();
    if from > 0 {
        push("… ", false);
    }
    let mut at = from;
    for hit in hits.iter().filter(|hit| hit.start >= from && hit.end <= to) {
        push(part(at, hit.start), false);
        push(part(hit.start, hit.end), true);
        at = hit.end;
    }
    push(part(at, to), false);
    if to < text.len() {
        push(" …", false);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::{Piece, Quotes};
    use crate::domain::search::matcher::Matcher;
    use crate::domain::search::place::{Place, Row, rows};
    use crate::domain::search::query::SearchQuery;

    fn say(pieces: &[Piece]) -> String {
        let say = |piece: &Piece| {
            if piece.found {
                format!("[{}]", piece.text)
            } else {
                piece.text.clone()
            }
        };
        pieces.iter().map(say).collect()
    }

    fn check(typed: &str, text: &str, expected: &str) {
        let matcher = Matcher::new(&SearchQuery::parse(typed));
        assert_eq!(say(&matcher.marked(text)), expected, "{typed}");
    }

    #[test]
    fn word_forms_accents_and_capitals_are_found() {
        check(
            "stop page",
            "Stops the PAGE, stopped pages; paging stoat",
            "[Stops] the [PAGE], [stopped] [pages]; [paging] stoat",
        );
        check(
            "cafe",
            "Café cafes e\u{301}cafe",
            "[Café] [cafes] e\u{301}cafe",
        );
        check(
            "happy",
            "happiness happier happy",
            "[happiness] happier [happy]",
        );
        check("日本", "日本 日本語", "[日本] 日本語");
        check("c", "C++ is c, not cc", "[C]++ is [c], not cc");
        check("", "nothing", "nothing");
    }

    #[test]
    fn phrases_stand_in_a_row_and_beginnings_begin() {
        check(
            "\"page said\"",
            "The page, said the page said so",
            "The [page, said] the [page said] so",
        );
        check("kub*", "Kubernetes kub akub", "[Kubernetes] [kub] akub");
        check(
            "node-pool",
            "node pool, nodes-pools, pool node",
            "[node pool], [nodes-pools], pool node",
        );
        check("\"x y\" x", "x x y", "[x] [x y]");
    }

    #[test]
    fn what_was_written_stays_what_it_was() {
        check(
            "script",
            "<script>alert('x')</script>",
            "<[script]>alert('x')</[script]>",
        );
    }

    fn section(bytes: usize) -> Row {
        Row {
            place: Place::Section {
                key: "impact".to_owned(),
            },
            bytes,
        }
    }

    #[test]
    fn a_long_row_is_cut_around_the_densest_place() {
        let text = format!(
            "{} page {}the page said stopped {}",
            "é à ".repeat(100),
            "x ".repeat(300),
            "y ".repeat(300)
        );
        let matcher = Matcher::new(&SearchQuery::parse("page said stopped"));
        let quotes = matcher.quotes("", &text, vec![section(text.len())]);
        let shown = say(&quotes.best.first().unwrap().pieces);
        assert!(shown.starts_with("… ") && shown.ends_with(" …"), "{shown}");
        assert!(
            shown.contains("the [page] [said] [stopped]") && shown.len() < 340,
            "{shown}"
        );
        let unbroken = "日".repeat(500) + " page " + &"本".repeat(500);
        let shown = say(&Matcher::new(&SearchQuery::parse("page"))
            .quotes("", &unbroken, vec![section(unbroken.len())])
            .best
            .first()
            .unwrap()
            .pieces);
        assert!(shown.contains("[page]") && shown.len() < 340, "{shown}");
    }

    #[test]
    fn the_row_with_most_of_the_words_comes_first_and_the_rest_is_counted() {
        let layout = "f 17 01890000000070008000000000000001 hidden-limit\ns 8 impact \ne 16 01890000000070008000000000000002 saw 05:30\ns 8 notes \n";
        let rows = rows(layout).unwrap();
        let matcher = Matcher::new(&SearchQuery::parse("page stopped"));
        let Quotes { best, more } = matcher.quotes(
            "The limit stopped\n",
            "The page\nThe page stopped\nNo words\n",
            rows,
        );
        let said: Vec<String> = best
            .iter()
            .map(|quote| {
                format!(
                    "{} #{}: {}",
                    quote.place,
                    quote.place.fragment(),
                    say(&quote.pieces)
                )
            })
            .collect();
        assert_eq!(
            said,
            [
                "Timeline, 05:30, people saw #event-01890000-0000-7000-8000-000000000002: The [page] [stopped]",
                "Finding: An untracked limit was reached #factor-01890000-0000-7000-8000-000000000001: The limit [stopped]"
            ]
        );
        assert_eq!(more, 1);
    }

    #[test]
    fn a_layout_that_does_not_fit_its_text_is_no_panic() {
        let matcher = Matcher::new(&SearchQuery::parse("page"));
        assert_eq!(
            matcher
                .quotes("", "é page", vec![section(1), section(900)])
                .best
                .len(),
            0
        );
        for bad in ["x", "s", "s x y z", "e 3 no saw 1", "s 1 "] {
            assert_eq!(rows(bad), None, "{bad}");
        }
    }
}
