//! Reads what was typed into a search box. Nothing is an error: what is not understood is looked for as words, with a
//! note where it was meant as an operator.

use super::query::{MOST_WORDS, SearchQuery, Term, joined, meaningful};
use crate::domain::codes::coded;
use crate::domain::listing::{ComponentWords, Part, factor_ids, first_day};
use crate::domain::postmortem::{Kind, Severity, Status, SystemKind, Tier};
use crate::domain::taxonomy;
use crate::domain::timeline::Lane;

coded! {
    /// What narrows a search: `kind:incident`.
    Operator {
        /// A [`Kind`].
        Kind = "kind", "incident, crisis, near-miss or success";
        /// A [`Tier`].
        Tier = "tier", "note, standard or deep";
        /// A [`SystemKind`].
        System = "system", "computer, people or both";
        /// A [`Severity`].
        Severity = "severity", "sev1, sev2, sev3 or sev4";
        /// A [`Status`].
        Status = "status", "draft, in-review, published, archived or withdrawn";
        /// The same, as people say it.
        Is = "is", "draft, in-review, published, archived or withdrawn";
        /// A [`Lane`].
        Lane = "lane", "happened, saw or did";
        /// A [`Part`].
        Has = "has", "action, commitment, event or factor";
        /// A factor or a category of the taxonomy.
        Factor = "factor", "a factor of the taxonomy, misleading-signal for instance";
        /// Words of a component's name.
        Component = "component", "a component's name, in quotation marks if it has several words";
        /// A day, month or year.
        Before = "before", "a day, a month or a year: 2026-10-14, 2026-10 or 2026";
        /// A day, month or year.
        After = "after", "a day, a month or a year: 2026-10-14, 2026-10 or 2026";
    }
}

/// One piece of what was typed.
#[derive(Debug, Default)]
struct Piece {
    negated: bool,
    operator: Option<Operator>,
    text: String,
    star: bool,
    quoted: bool,
}

impl SearchQuery {
    /// Reads what was typed: words, `"words in a row"`, `begin*`, `-without`, and operators such as `kind:incident`.
    #[must_use]
    pub fn parse(typed: &str) -> Self {
        let mut query = Self::default();
        let mut room = MOST_WORDS;
        let mut wanted: Vec<(Term, bool)> = Vec::new();
        for piece in pieces(typed) {
            let taken = piece
                .operator
                .filter(|_| !piece.negated)
                .is_some_and(|operator| query.take_operator(operator, &piece.text));
            if taken {
                continue;
            }
            let text = match piece.operator {
                Some(operator) => format!("{} {}", operator.as_code(), piece.text),
                None => piece.text,
            };
            let Some(term) = Term::parse(&text, piece.star) else {
                continue;
            };
            let Some(left) = room.checked_sub(term.words().len()) else {
                query.note(format!(
                    "Only the first {MOST_WORDS} words were looked for."
                ));
                break;
            };
            room = left;
            query.exact |= piece.quoted;
            if !piece.negated {
                wanted.push((term, !piece.quoted));
            } else if !query.without.contains(&term) {
                query.without.push(term);
            }
        }
        query.terms = meaningful(joined(wanted));
        query
    }

    /// Applies an operator; `false`, with a note, if its value cannot be read.
    fn take_operator(&mut self, operator: Operator, value: &str) -> bool {
        let filters = &mut self.filters;
        let read = match operator {
            Operator::Kind => put(&mut filters.kind, Kind::from_code(value)),
            Operator::Tier => put(&mut filters.tier, Tier::from_code(value)),
            Operator::System => put(&mut filters.system, SystemKind::from_code(value)),
            Operator::Severity => put(&mut filters.severity, Severity::from_code(value)),
            Operator::Status | Operator::Is => put(&mut filters.status, Status::from_code(value)),
            Operator::Lane => put(&mut filters.lane, Lane::from_code(value)),
            Operator::Has => put(&mut filters.part, Part::from_code(value)),
            Operator::Component => put(&mut filters.component, ComponentWords::parse(value)),
            Operator::Before => put(&mut filters.before, first_day(value)),
            Operator::After => put(&mut filters.since, first_day(value)),
            Operator::Factor => {
                filters.factors = factor_ids(taxonomy::core(), value);
                !filters.factors.is_empty()
            }
        };
        if !read {
            let (code, expected) = (operator.as_code(), operator.label());
            self.note(format!(
                "After \u{201c}{code}:\u{201d} stands {expected}. So \u{201c}{}\u{201d} was looked for as words.",
                value.chars().take(60).collect::<String>()
            ));
        }
        read
    }

    fn note(&mut self, sentence: String) {
        if !self.notes.contains(&sentence) {
            self.notes.push(sentence);
        }
    }
}

fn put<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    let read = value.is_some();
    if read {
        *place = value;
    }
    read
}

/// Cuts what was typed at white space, except within quotation marks.
fn pieces(typed: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = typed.trim_start_matches(is_gap);
    while !rest.is_empty() {
        let mut piece = Piece::default();
        if let Some(after) = rest.strip_prefix(['-', '\u{2212}']) {
            piece.negated = true;
            rest = after;
        }
        if let Some((operator, after)) = operator(rest) {
            piece.operator = Some(operator);
            rest = after;
        }
        piece.quoted = rest.starts_with(is_quote);
        let (text, after) = match rest.strip_prefix(is_quote) {
            Some(quoted) => {
                let (text, after) = split_before(quoted, is_quote);
                (text, after.strip_prefix(is_quote).unwrap_or(after))
            }
            None => split_before(rest, |c| is_gap(c) || is_quote(c)),
        };
        piece.star = text.ends_with('*') || after.starts_with('*');
        piece.text = text.to_owned();
        pieces.push(piece);
        rest = after.trim_start_matches(|c| is_gap(c) || c == '*');
    }
    pieces
}

/// `kind:` at the beginning of a piece, if a value follows at once.
fn operator(text: &str) -> Option<(Operator, &str)> {
    let (name, value) = text.split_once(':')?;
    let operator = Operator::from_code(name).filter(|_| !name.contains(is_gap))?;
    (!value.is_empty() && !value.starts_with(is_gap)).then_some((operator, value))
}

fn split_before(text: &str, ends: impl Fn(char) -> bool) -> (&str, &str) {
    let at = text.find(ends).unwrap_or(text.len());
    text.split_at(at)
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}'
    )
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::SearchQuery;
    use crate::domain::postmortem::{Kind, Status};
    use crate::domain::timeline::Lane;

    /// `+` before a term that must occur, `-` before one that must not, `*` after a beginning.
    fn terms(typed: &str) -> String {
        let query = SearchQuery::parse(typed);
        let say = |sign: &'static str| {
            move |term: &super::Term| {
                let star = if term.is_beginning() { "*" } else { "" };
                format!("{sign}{}{star}", term.words().join("_"))
            }
        };
        let with = query.terms.iter().map(say("+"));
        let without = query.without.iter().map(say("-"));
        with.chain(without).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_phrases_beginnings_and_exclusions_are_told_apart() {
        for (typed, read) in [
            ("page said stopped", "+page +said +stopped"),
            ("\"page said\" stopped", "+page_said +stopped"),
            ("\u{201c}page said\u{201d}", "+page_said"),
            ("kub*", "+kub*"),
            ("\"run pag\"*", "+run_pag*"),
            (
                "queue -kafka -\"dead letter\"",
                "+queue -kafka -dead_letter",
            ),
            ("node-pool C++ PM-42", "+node_pool +c +pm_42"),
            ("queue Queue QUEUE", "+queue"),
            ("the queue of a team", "+queue +team"),
            ("the of", "+the +of"),
        ] {
            assert_eq!(terms(typed), read, "{typed}");
        }
    }

    #[test]
    fn nothing_that_is_typed_is_a_syntax_error() {
        for (typed, read) in [
            ("", ""),
            ("   ", ""),
            ("\"", ""),
            ("\"\"", ""),
            ("*", ""),
            ("-", ""),
            ("- -", ""),
            ("consumer pausing \"OR", "+consumer +pausing"),
            ("a AND b NOT c", "+b +c"),
            ("NEAR(x y)", "+near_x +y"),
            ("日本", "+日本"),
            ("a\u{0}b\u{7}c", "+b +c"),
            ("x:y https://x.example/a?b=c", "+x_y +https_x_example_a_b_c"),
            ("' OR 1=1; --", "+1_1"),
            ("{title} ^x (y)", "+title +x +y"),
        ] {
            assert_eq!(terms(typed), read, "{typed:?}");
        }
        assert!(terms(&"word ".repeat(2_000)).len() < 10);
    }

    #[test]
    fn ten_kilobytes_are_cut_with_a_note() {
        let typed: String = (0..2_000).map(|n| format!("w{n} ")).collect();
        let query = SearchQuery::parse(&typed);
        assert_eq!(query.terms.len(), 24);
        assert_eq!(query.notes, ["Only the first 24 words were looked for."]);
        assert_eq!(
            SearchQuery::parse(&"\"".repeat(10_000)),
            SearchQuery::default()
        );
        assert_eq!(SearchQuery::parse(&"é".repeat(10_000)).terms.len(), 1);
    }

    #[test]
    fn operators_narrow() {
        let query = SearchQuery::parse(
            "kind:crisis is:draft lane:saw after:2026-03 before:2027 component:\"Billing job\" factor:misleading-signal words",
        );
        let day = |y, m| NaiveDate::from_ymd_opt(y, m, 1);
        assert_eq!(query.filters.kind, Some(Kind::Crisis));
        assert_eq!(query.filters.status, Some(Status::Draft));
        assert_eq!(query.filters.lane, Some(Lane::Saw));
        assert_eq!(
            (query.filters.since, query.filters.before),
            (day(2026, 3), day(2027, 1))
        );
        assert_eq!(query.filters.component.unwrap().as_str(), "billing job");
        assert!(!query.filters.factors.is_empty());
        assert_eq!((query.terms.len(), query.notes.len()), (1, 0));
    }

    #[test]
    fn a_bad_operator_is_looked_for_as_words_with_a_note() {
        let query = SearchQuery::parse("severity:9 payroll");
        assert_eq!(terms("severity:9 payroll"), "+severity_9 +payroll");
        assert_eq!(
            query.notes,
            [
                "After \u{201c}severity:\u{201d} stands sev1, sev2, sev3 or sev4. So \u{201c}9\u{201d} was looked for as words."
            ]
        );
        for bad in [
            "after:2026-13",
            "before:yesterday",
            "before:1-2-3-4",
            "factor:human-error",
            "has:blame",
            "kind:é",
        ] {
            assert_eq!(SearchQuery::parse(bad).notes.len(), 1, "{bad}");
        }
    }

    #[test]
    fn a_colon_in_a_sentence_is_no_operator() {
        let query = SearchQuery::parse("has this happened before: nodes deleted by mistake");
        assert_eq!(query.filters, super::super::SearchQuery::default().filters);
        assert!(query.notes.is_empty());
    }
}
