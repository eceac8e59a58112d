//! One line of a chat or a log: the head of a message, a day, or words.

use super::heads::{self, Head};
use super::{Said, noise, times};

/// A line, trimmed and without the invisible marks that phones put in front.
pub(super) struct Line<'a> {
    pub(super) number: usize,
    pub(super) text: &'a str,
    pub(super) head: Option<Head>,
    pub(super) day: Option<String>,
}

impl Line<'_> {
    /// The line as it is shown.
    pub(super) fn said(&self) -> Said {
        Said {
            line: self.number,
            text: self.text.to_owned(),
        }
    }
}

/// The lines of a text but for empty ones and the fences of blocks of code.
pub(super) fn all(text: &str) -> Vec<Line<'_>> {
    text.lines().zip(1..).filter_map(line).collect()
}

fn line((raw, number): (&str, usize)) -> Option<Line<'_>> {
    let hidden =
        |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{feff}');
    let text = raw.trim().trim_start_matches(hidden).trim();
    if text.is_empty() || text.starts_with("```") || noise::is_frame(text) {
        return None;
    }
    let day = separator(text);
    let head = if day.is_some() {
        None
    } else {
        heads::head(bare(text))
    };
    Some(Line {
        number,
        text,
        head,
        day,
    })
}

/// The line without what stands between a name above and the time: `APP  11:58 PM`, `— 12:30 AM`.
fn bare(text: &str) -> &str {
    let text = noise::without_badge(text);
    ["— ", "– ", "• ", "· "]
        .iter()
        .find_map(|mark| text.strip_prefix(mark))
        .filter(|rest| times::time_of(rest).is_some())
        .unwrap_or(text)
}

/// A line that is a day and nothing else: `--- Tuesday, October 13th ---`, "Day changed Wed Oct 14 2026".
fn separator(text: &str) -> Option<String> {
    if text.chars().count() > 60 {
        return None;
    }
    let bare = text.trim_matches(['-', '—', '–', '=', '*', ' ', '\t', '─', '[', ']']);
    for words in ["Day changed to ", "Day changed ", "Date changed to "] {
        if let Some(rest) = bare.strip_prefix(words) {
            return times::day_of(rest);
        }
    }
    // Most lines are messages: a day has no colon.
    if bare.contains(':') {
        None
    } else {
        times::day_of(bare)
    }
}
