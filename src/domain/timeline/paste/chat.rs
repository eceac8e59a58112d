//! Messages and log lines, each with the lines that belong to it.

use std::collections::HashMap;

use chrono_tz::Tz;

use super::collect::Collector;
use super::given::Given;
use super::heads::Style;
use super::line::Line;
use super::{names, noise};
use crate::domain::intake;

/// Reads a text as a chat or a log; `None` if it is neither.
pub(super) fn given(lines: &[Line<'_>]) -> Option<Vec<Given>> {
    let taken = taken(lines)?;
    Some(Collector::new(lines, taken).collect())
}

/// The zone that a line of the text states for all times.
pub(super) fn zone(text: &str) -> Option<Tz> {
    intake::stated_zone(text)
}

/// Which styles of heads are taken.
pub(super) struct Styles(Vec<Style>);

impl Styles {
    pub(super) fn has(&self, style: Style) -> bool {
        self.0.contains(&style)
    }
}

/// Decides whether a text is a chat or a log, and which of its lines begin a message.
fn taken(lines: &[Line<'_>]) -> Option<Styles> {
    if lines
        .iter()
        .filter(|line| line.text.starts_with("## ") || line.text.starts_with("### "))
        .count()
        > 1
    {
        return None;
    }
    let mut counts: HashMap<&'static str, usize> = HashMap::new();
    let mut add = |key: &'static str| *counts.entry(key).or_default() += 1;
    for (at, line) in lines.iter().enumerate() {
        match line.head.as_ref().map(|head| head.style) {
            Some(Style::Bracket | Style::Nick | Style::Noise) => add("spoken"),
            Some(Style::Dash) => add("dash"),
            Some(Style::Unspoken) => add("unspoken"),
            Some(Style::Above) => add("above"),
            Some(Style::Spaced) => add("spaced"),
            Some(Style::Machine) => add("machine"),
            Some(Style::Colon) => add("colon"),
            Some(Style::Trailing) => add("trailing"),
            Some(Style::BracketAlone) => add("alone"),
            Some(Style::Plain) => add("list"),
            Some(Style::Bare) if begins_below_a_name(lines, at) => add("above"),
            Some(Style::Bare) => add("bare"),
            None if is_list(line.text) => add("list"),
            None => {}
        }
    }
    let count = |key: &str| counts.get(key).copied().unwrap_or(0);
    let below = names_below_brackets(lines);
    let mut styles = vec![Style::Noise];
    let mut strong = 0;
    let mut take = |many: usize, taken: &[Style]| {
        if many > 0 {
            strong += many;
            styles.extend(taken);
        }
    };
    // Few lines of a chat say no name; in a list some have a colon.
    let dashed = count("dash") > 0 && count("dash") >= count("unspoken");
    take(
        count("spoken"),
        &[Style::Bracket, Style::BracketAlone, Style::Nick],
    );
    if dashed {
        take(count("dash"), &[Style::Dash]);
    }
    take(count("machine"), &[Style::Machine]);
    // A list in which some lines have a day and seconds, and some only the time.
    if count("machine") > 0 && count("list") * 4 >= count("machine") {
        take(1, &[Style::Plain]);
    }
    take(
        count("above"),
        &[Style::Above, Style::Bare, Style::BracketAlone],
    );
    if are_spaced(lines) {
        take(count("spaced"), &[Style::Spaced, Style::Bare]);
    }
    if below {
        take(count("alone"), &[Style::BracketAlone]);
    }
    if count("colon") >= 2 && repeats(lines, Style::Colon) && count("colon") >= count("list") {
        take(count("colon"), &[Style::Colon, Style::Plain]);
    }
    if count("trailing") >= 2 && count("trailing") * 2 >= lines.len() {
        take(count("trailing"), &[Style::Trailing]);
    }
    let unread = if dashed {
        0
    } else {
        count("dash") + count("unspoken")
    };
    let others = count("list") + unread + if below { 0 } else { count("alone") };
    let lists = lines.iter().filter(|line| is_list(line.text)).count();
    (strong > 0 && strong >= others && strong >= lists).then_some(Styles(styles))
}

/// Marks of lists, headings and tables: such a text is read as a document.
fn is_list(text: &str) -> bool {
    let marked = ["- ", "* ", "• ", "+ ", "#", "|", "=="];
    marked.iter().any(|mark| text.starts_with(mark))
}

/// `Name Surname 10:32` above the words: each is followed by words, and the names are names of people.
fn are_spaced(lines: &[Line<'_>]) -> bool {
    let spaced = lines.iter().enumerate().filter_map(|(at, line)| {
        let head = line.head.as_ref()?;
        (head.style == Style::Spaced).then_some((at, head.speaker.as_deref()?))
    });
    let is_above = |at: usize| {
        lines
            .get(at + 1)
            .is_some_and(|next| next.head.is_none() && next.day.is_none())
    };
    // "Detected 10:32" is no name above words.
    let is_deed =
        |name: &str| !name.contains(' ') && (name.ends_with("ed") || name.ends_with("ing"));
    let all = spaced
        .clone()
        .all(|(at, name)| is_above(at) && !is_deed(name));
    let named = spaced
        .filter(|(_, name)| name.contains([' ', '.', '_']))
        .count();
    all && (named > 0 || repeats(lines, Style::Spaced))
}

/// Whether one name at least comes twice.
fn repeats(lines: &[Line<'_>], style: Style) -> bool {
    let mut seen = std::collections::HashSet::new();
    lines
        .iter()
        .filter_map(|line| line.head.as_ref())
        .filter(|head| head.style == style)
        .filter_map(|head| head.speaker.as_deref())
        .any(|name| !seen.insert(name))
}

/// `[Yesterday 22:10] Sam Oduya` above what he wrote: every bracket is followed by a name, and by a line of words.
pub(super) fn names_below_brackets(lines: &[Line<'_>]) -> bool {
    let (mut named, mut others) = (0, 0);
    for (at, line) in lines.iter().enumerate() {
        match &line.head {
            Some(head) if head.style == Style::BracketAlone => {
                let next = lines.get(at + 1);
                let is_above = next.is_some_and(|next| next.head.is_none());
                if names::is_name(&head.text) && is_above {
                    named += 1;
                } else {
                    others += 1;
                }
            }
            Some(head) if head.style != Style::Plain => return false,
            _ => {}
        }
    }
    named > others * 2
}

/// Whether the line above a time that stands alone is the name of who wrote.
pub(super) fn begins_below_a_name(lines: &[Line<'_>], at: usize) -> bool {
    let Some(above) = at.checked_sub(1).and_then(|above| lines.get(above)) else {
        return false;
    };
    above.head.is_none()
        && above.day.is_none()
        && names::is_name(names::without_status(above.text))
        && !noise::is_noise(above.text)
        && !at
            .checked_sub(2)
            .and_then(|before| lines.get(before))
            .is_some_and(|before| matches!(&before.head, Some(head) if head.text.is_empty()))
}
