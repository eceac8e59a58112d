//! A list without bullets: which lines of words begin a row, and which only go on with the line above.

use super::hints;
use super::lines::{Kind, Line};
use super::stamp::{self, Stamp};

/// Lines shorter than this were not cut by a margin.
const NARROW: usize = 50;

/// Makes items of lines that begin with a time or a day of their own.
///
/// In prose with a margin a number may come to stand at the beginning of a line; there the lines are full, and the
/// sentence goes on. In a list they are as long as what they say.
pub(super) fn row_by_row(lines: &mut [Line<'_>]) {
    let mut at = 0;
    while at < lines.len() {
        let length = lines
            .iter()
            .skip(at)
            .take_while(|line| line.kind == Kind::Text)
            .count();
        if let Some(paragraph) = lines.get_mut(at..at + length) {
            items(paragraph);
        }
        at += length.max(1);
    }
}

fn items(paragraph: &mut [Line<'_>]) {
    let begins = beginnings(paragraph);
    let width = paragraph.iter().map(|line| width(line.text)).max();
    let width = width.unwrap_or(0);
    let count = begins.iter().filter(|begins| **begins).count();
    let full = paragraph
        .windows(2)
        .filter(|pair| matches!(pair, [above, line] if is_full(above, line, width)))
        .count();
    let pairs = paragraph.len().saturating_sub(1);
    // Most lines reach the margin, and few of them begin with a time.
    let is_prose = width >= NARROW && full * 3 >= pairs * 2 && count * 2 < paragraph.len();
    let goes_on: Vec<bool> = std::iter::once(false)
        .chain(paragraph.windows(2).map(|pair| match pair {
            [above, line] => is_prose && is_full(above, line, width) && !ends(above.text),
            _ => false,
        }))
        .collect();
    for ((line, begins), goes_on) in paragraph.iter_mut().zip(begins).zip(goes_on) {
        if begins && !goes_on {
            line.kind = Kind::Item(1);
        }
    }
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// Whether the first word of a line would not have fitted into the line above.
fn is_full(above: &Line<'_>, line: &Line<'_>, margin: usize) -> bool {
    let word = line.text.split_whitespace().next().unwrap_or_default();
    width(above.text) + 1 + width(word) > margin
}

/// Whether a line ends a sentence.
fn ends(text: &str) -> bool {
    text.ends_with(['.', '!', '?', ':', ';', ')', '"', '”'])
}

/// Which lines begin as rows do. A day without a mark behind it counts only where most of the lines begin with one.
fn beginnings<'a>(paragraph: &[Line<'a>]) -> Vec<bool> {
    // "All times UTC" is a heading, even with a day in front.
    let stamp =
        |line: &Line<'a>| stamp::read(line.text).filter(|_| !hints::is_zone_line(line.text));
    let stamps: Vec<Option<Stamp<'a>>> = paragraph.iter().map(stamp).collect();
    let is_dated = |stamp: &Stamp<'_>| stamp.date.is_some() && !stamp.rest.is_empty();
    let dated = stamps
        .iter()
        .flatten()
        .filter(|stamp| tells(stamp) || is_dated(stamp))
        .count();
    let are_dated = dated >= 2 && dated * 3 >= paragraph.len() * 2;
    let begins = |stamp: &Stamp<'_>| tells(stamp) || (are_dated && is_dated(stamp));
    let begin = stamps
        .iter()
        .map(|stamp| stamp.as_ref().is_some_and(begins));
    let begin: Vec<bool> = begin.collect();
    // "Detected at 10:34", one below the other.
    let behind = paragraph.iter().map(|line| is_behind(line.text));
    let behind: Vec<bool> = behind.collect();
    let both = || begin.iter().zip(&behind);
    let all = both()
        .filter(|(begins, behind)| **begins || **behind)
        .count();
    let are_behind = all >= 2 && all * 2 >= paragraph.len();
    both()
        .map(|(begins, behind)| *begins || (are_behind && *behind))
        .collect()
}

/// Whether a stamp in front of words is that of a row: a time, or a day that a mark separates from the words.
fn tells(stamp: &Stamp<'_>) -> bool {
    if stamp.has_time() {
        return !continues(stamp);
    }
    let whole = stamp.date.is_some_and(|date| date.year.is_some());
    let named = stamp.date.is_none() && stamp.weekday.is_some();
    !stamp.rest.is_empty() && (stamp.separated || whole) && (!stamp.led || named)
}

/// Whether the words behind a time are those within a sentence: "10:32 and then", "10:32, when".
fn continues(stamp: &Stamp<'_>) -> bool {
    const WORDS: [&str; 12] = [
        "and", "but", "or", "when", "until", "which", "while", "where", "that", "as", "because",
        "since",
    ];
    let word: String = stamp
        .rest
        .chars()
        .take_while(|c| c.is_alphabetic())
        .collect();
    WORDS.contains(&word.as_str())
}

/// Whether a time stands behind or between the words of a line.
fn is_behind(text: &str) -> bool {
    let found = hints::trailing(text).or_else(|| hints::inside(text));
    // "Meeting notes 14 Oct 2026" is a title.
    let is_marked = text.contains([':', '(', '\u{2013}']) || text.contains(" - ");
    found.is_some_and(|stamp| stamp.clock.is_some() || is_marked)
        && hints::day_alone(text).is_none()
}
