//! What is looked for in the index, as either engine reads it.

use crate::domain::search::{SearchQuery, Term};

/// What is looked for in the index: any of these sets, each of which must occur whole.
#[derive(Debug, Clone)]
pub(super) struct Wanted<'a> {
    pub(super) sets: Vec<Vec<&'a Term>>,
    pub(super) within: Within,
    /// Whether what ranking knows of a post-mortem may stay unread.
    pub(super) unread: bool,
}

/// Where words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    Titles,
    Everything,
}

impl<'a> Wanted<'a> {
    /// Everything that a search looks for, anywhere.
    pub(super) fn all(query: &'a SearchQuery) -> Self {
        let terms: Vec<&Term> = query.terms.iter().collect();
        Self {
            sets: if terms.is_empty() {
                Vec::new()
            } else {
                vec![terms]
            },
            within: Within::Everything,
            unread: false,
        }
    }

    /// The same, without what ranking knows, if nothing but beginnings of words is looked for, which are not among it.
    pub(super) fn unread_by(mut self, query: &SearchQuery) -> Self {
        self.unread = query.terms.iter().all(Term::is_beginning);
        self
    }

    /// The same in another place.
    pub(super) fn within(mut self, within: Within) -> Self {
        self.within = within;
        self
    }
}

/// What is looked for, as FTS5 reads it. Words hold letters and digits only, and every one is quoted.
pub(super) fn fts5(wanted: &Wanted<'_>, without: &[Term]) -> String {
    let set =
        |terms: &Vec<&Term>| format!("({})", joined(terms.iter().copied(), fts5_term, " AND "));
    let sets = joined(&wanted.sets, set, " OR ");
    let sets = match wanted.within {
        Within::Titles => format!("{{title}} : ({sets})"),
        Within::Everything => format!("({sets})"),
    };
    if without.is_empty() {
        return sets;
    }
    format!("{sets} NOT ({})", fts5_unwanted(without))
}

/// Any of these, as FTS5 reads it.
pub(super) fn fts5_unwanted(terms: &[Term]) -> String {
    joined(terms, fts5_term, " OR ")
}

fn fts5_term(term: &Term) -> String {
    let way = |(words, _, beginning): (&[String], bool, bool)| {
        let star = if beginning { " *" } else { "" };
        format!("\"{}\"{star}", words.join(" "))
    };
    let ways: Vec<String> = term.ways().map(way).collect();
    format!("({})", ways.join(" OR "))
}

/// What is looked for, as PostgreSQL reads it. Words hold letters and digits only, and every one is quoted.
pub(super) fn tsquery(wanted: &Wanted<'_>, without: &[Term]) -> String {
    let set = |terms: &Vec<&Term>| {
        let terms = terms.iter().copied();
        format!("({})", joined(terms, tsquery_term, " & "))
    };
    let sets = joined(&wanted.sets, set, " | ");
    if without.is_empty() {
        return sets;
    }
    format!("({sets}) & !({})", tsquery_unwanted(without))
}

/// Any of these, as PostgreSQL reads it.
pub(super) fn tsquery_unwanted(terms: &[Term]) -> String {
    joined(terms, tsquery_term, " | ")
}

fn tsquery_term(term: &Term) -> String {
    let way = |(words, _, beginning): (&[String], bool, bool)| {
        let last = words.len().saturating_sub(1);
        let words: Vec<String> = words
            .iter()
            .enumerate()
            .map(|(place, word)| {
                let star = if beginning && place == last { ":*" } else { "" };
                format!("'{word}'{star}")
            })
            .collect();
        format!("({})", words.join(" <-> "))
    };
    let ways: Vec<String> = term.ways().map(way).collect();
    format!("({})", ways.join(" | "))
}

fn joined<T>(
    terms: impl IntoIterator<Item = T>,
    write: impl Fn(T) -> String,
    between: &str,
) -> String {
    terms
        .into_iter()
        .map(write)
        .collect::<Vec<_>>()
        .join(between)
}
