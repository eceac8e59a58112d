//! The rows of a timeline as templates show them.

use chrono_tz::Tz;

use crate::domain::ids::{EventId, Version};
use crate::domain::markdown;
use crate::domain::text::Line as TextLine;
use crate::domain::timeline::story::{self, Entry};
use crate::domain::timeline::{Effect, Event, Lane, Marker};

/// One line of the list.
pub(super) enum Line {
    /// The day of the rows below.
    Day(String),
    /// Time that passes.
    Gap(String),
    /// An event.
    Row(Box<Row>),
}

/// What happened, as HTML.
pub(super) enum Words {
    /// One paragraph, without its tag.
    Line(String),
    /// Several paragraphs, lists and the like.
    Block(String),
}

/// An event as it is shown.
pub(super) struct Row {
    pub(super) id: EventId,
    pub(super) version: Version,
    pub(super) number: Option<usize>,
    pub(super) clock: String,
    pub(super) full: String,
    pub(super) datetime: Option<String>,
    pub(super) lane: Lane,
    pub(super) words: Words,
    pub(super) marker: Option<Marker>,
    pub(super) effect: Option<Effect>,
    pub(super) role: Option<String>,
    /// The address and what is shown of it.
    pub(super) source: Option<(String, String)>,
    /// Whether it is said that nobody knew it then.
    pub(super) known_later: bool,
}

impl Row {
    /// Whether it carries a marker or an effect.
    pub(super) fn has_marks(&self) -> bool {
        self.marker.is_some() || self.effect.is_some()
    }
}

/// The list with its days and pauses, in a zone.
pub(super) fn lines(events: &[Event], zone: Tz) -> Vec<Line> {
    let entries = story::story(events, zone).into_iter();
    let line = entries.map(|entry| match entry {
        Entry::Day(day) => Line::Day(day),
        Entry::Gap(gap) => Line::Gap(gap),
        Entry::Row(row) => Line::Row(Box::new(shown(row))),
    });
    line.collect()
}

fn shown(row: story::Row<'_>) -> Row {
    let event = row.event;
    Row {
        id: event.id,
        version: event.version,
        number: row.number,
        clock: row.clock,
        full: row.full,
        datetime: row.datetime,
        lane: event.lane,
        words: words(event.text.as_str()),
        marker: event.marker,
        effect: event.effect,
        role: event
            .role
            .as_ref()
            .map(|role| TextLine::as_str(role).to_owned()),
        source: event
            .source
            .as_ref()
            .map(|source| (source.clone(), place(source))),
        known_later: event.known_at_the_time == Some(false),
    }
}

/// Markdown as HTML; a single paragraph without its tag, so that number and marker stand in its line.
fn words(markdown: &str) -> Words {
    let html = markdown::row_to_html(markdown);
    let html = html.trim();
    let inside = html
        .strip_prefix("<p>")
        .and_then(|rest| rest.strip_suffix("</p>"));
    match inside.filter(|inside| !inside.contains("<p>")) {
        Some(inside) => Words::Line(inside.to_owned()),
        None => Words::Block(html.to_owned()),
    }
}

/// What is shown of an address: its host and the beginning of its path.
fn place(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest
        .strip_prefix("www.")
        .unwrap_or(rest)
        .trim_end_matches('/');
    let short: String = rest.chars().take(48).collect();
    if short.len() < rest.len() {
        format!("{short}…")
    } else {
        short
    }
}

#[cfg(test)]
mod tests {
    use super::{Words, place, words};

    #[test]
    fn a_single_paragraph_stands_in_the_line_of_its_number() {
        let check = |text: &str, expected: &str, is_line: bool| {
            let (html, line) = match words(text) {
                Words::Line(html) => (html, true),
                Words::Block(html) => (html, false),
            };
            assert_eq!((html.as_str(), line), (expected, is_line), "{text}");
        };
        check("The *page* rang", "The <em>page</em> rang", true);
        check("a < b & c", "a &lt; b &amp; c", true);
        check("One\n\nTwo", "<p>One</p>\n<p>Two</p>", false);
        check(
            "connection to <primary> refused",
            "connection to &lt;primary&gt; refused",
            true,
        );
    }

    #[test]
    fn an_address_is_shown_without_its_scheme_and_not_at_length() {
        assert_eq!(place("https://www.example.org/a/"), "example.org/a");
        let long = format!("https://example.org/{}", "é".repeat(60));
        assert_eq!(place(&long).chars().count(), 49);
    }
}
