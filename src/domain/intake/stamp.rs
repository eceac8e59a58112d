//! A day or time at the start of a line, in any of the many ways people write it, and what follows it.

use chrono::Weekday;

use super::around::{
    aside, date_after, impossible, join, range, unknown_day, unknown_time, zone_after,
};
use super::clock::{self, Clock, Reading};
use super::cursor::Cursor;
use super::dates::{self, PartDate};
use super::zones::Zone;

/// A day, a time or both, as found at the start of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stamp<'a> {
    /// The day, if one is typed.
    pub(super) date: Option<PartDate>,
    /// The day of the week in front, if one is typed.
    pub(super) weekday: Option<Weekday>,
    /// The time, if one is typed.
    pub(super) clock: Option<Clock>,
    /// The day on which a range ends, if it differs.
    pub(super) until_date: Option<PartDate>,
    /// The time at which a range ends.
    pub(super) until: Option<Clock>,
    /// The zone, if one is typed.
    pub(super) zone: Option<Zone>,
    /// "about", "~"
    pub(super) about: bool,
    /// Something like a time is there and cannot be read.
    pub(super) unreadable: bool,
    /// A word such as "At" leads: the line is a sentence rather than a row.
    pub(super) led: bool,
    /// Words in front of it that belong to the row: `<alice>`, "Resolved".
    pub(super) before: &'a str,
    /// Day and time as typed.
    pub(super) typed: &'a str,
    /// What follows, without the mark that separates it.
    pub(super) rest: &'a str,
    /// Whether a mark (a dash, a colon, a bracket) separates it.
    pub(super) separated: bool,
}

impl Stamp<'_> {
    /// Whether it tells a time of day, even one that cannot be read.
    pub(super) fn has_time(&self) -> bool {
        self.clock.is_some() || self.unreadable
    }
}

/// The longest part of a line that is looked at. A stamp is never longer.
const REACH: usize = 160;

const OPENERS: [char; 12] = [
    '*', '_', '[', '(', '"', '`', '\'', '<', '#', '\u{201c}', '\u{2022}', '\u{2013}',
];
const CLOSERS: [char; 9] = ['*', '_', ']', ')', '"', '`', '\'', '>', '\u{201d}'];
const MARKS: [char; 10] = [
    ':', '-', '\u{2013}', '\u{2014}', '|', ',', ';', '\u{2192}', '\u{2015}', '=',
];

/// Reads a stamp at the start of a text.
pub(super) fn read(text: &str) -> Option<Stamp<'_>> {
    // A quick look first: most lines of a text begin with a plain word.
    if !may_begin(text) {
        return after_nick(text);
    }
    let head = text.get(..boundary(text, REACH))?;
    let mut cursor = Cursor::new(head);
    let mut stamp = Stamp {
        date: None,
        weekday: None,
        clock: None,
        until_date: None,
        until: None,
        zone: None,
        about: false,
        unreadable: false,
        led: false,
        before: "",
        typed: "",
        rest: "",
        separated: false,
    };
    cursor.eat_all(&OPENERS);
    cursor.spaces();
    cursor.eat_all(&OPENERS);
    let start = head.len() - cursor.rest.len();
    lead(&mut cursor, &mut stamp);
    core(&mut cursor, &mut stamp)?;
    aside(&mut cursor, &mut stamp);
    if cursor.eat_any(&['~', '?']).is_some() {
        stamp.about = true;
    }
    let end = head.len() - cursor.rest.len();
    stamp.typed = head
        .get(start..end)?
        .trim()
        .trim_end_matches([',', ':', '-', ' ']);
    let mut after = Cursor::new(text.get(end..)?);
    let closed = after.eat_all(&CLOSERS) > 0;
    after.spaces();
    stamp.separated = after.eat_all(&MARKS) > 0;
    after.eat_all(&['*', '_', ']']);
    after.spaces();
    if !stamp.separated {
        stamp.separated = after.eat_all(&MARKS) > 0;
        after.spaces();
    }
    stamp.separated |= closed;
    stamp.rest = opened_again(text, after.rest);
    Some(stamp)
}

/// A line of a chat with the nick in front: `<alice> [18:04:04] restarting`.
fn after_nick(text: &str) -> Option<Stamp<'_>> {
    let inside = text.strip_prefix('<')?;
    let end = inside.find('>').filter(|end| *end < 40)?;
    let rest = inside.get(end + 1..)?.trim_start();
    if !may_begin(rest) {
        return None;
    }
    let mut stamp = read(rest)?;
    stamp.before = text.get(..end + 2)?;
    stamp.clock.is_some().then_some(stamp)
}

/// Gives back the mark of bold text that begins right after the stamp ("10:21 **Incident** declared").
fn opened_again<'a>(text: &'a str, rest: &'a str) -> &'a str {
    let eaten = text.get(..text.len() - rest.len()).unwrap_or_default();
    if eaten.matches("**").count() % 2 == 1 && rest.contains("**") {
        return eaten
            .rfind("**")
            .and_then(|at| text.get(at..))
            .unwrap_or(rest);
    }
    if eaten.matches('`').count() % 2 == 1 && rest.contains('`') {
        return eaten
            .rfind('`')
            .and_then(|at| text.get(at..))
            .unwrap_or(rest);
    }
    rest
}

fn may_begin(text: &str) -> bool {
    let mut head = text.trim_start_matches(|character: char| {
        OPENERS.contains(&character)
            || character.is_whitespace()
            || character == '~'
            || character == '\u{2248}'
    });
    if head.starts_with(|first: char| {
        first.is_ascii_digit()
            || matches!(first, '-' | '+' | '?' | 'H' | 'h' | 'X' | 'x' | 'T' | 't')
    }) {
        return true;
    }
    for _ in 0..3 {
        let word = Cursor::new(head).word();
        if word.is_empty() || !(is_lead(word) || is_calendar_word(word)) {
            return false;
        }
        head = head
            .get(word.len()..)
            .unwrap_or_default()
            .trim_start_matches([' ', ',', '.', ':']);
        if is_calendar_word(word)
            || head.starts_with(|first: char| {
                first.is_ascii_digit() || matches!(first, '~' | '-' | 'X' | '?' | '*')
            })
        {
            return true;
        }
    }
    false
}

const LEADS: [&str; 18] = [
    "at",
    "on",
    "around",
    "about",
    "approx",
    "approximately",
    "roughly",
    "circa",
    "ca",
    "c",
    "between",
    "from",
    "by",
    "date",
    "time",
    "starting",
    "the",
    "up",
];

fn is_lead(word: &str) -> bool {
    LEADS.iter().any(|lead| word.eq_ignore_ascii_case(lead))
}

fn is_calendar_word(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    lower.get(..3).is_some_and(|three| {
        [
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
            "mon", "tue", "wed", "thu", "fri", "sat", "sun",
        ]
        .contains(&three)
    })
}

/// Words before the first number: "At about", "~", "Wed,".
fn lead(cursor: &mut Cursor<'_>, stamp: &mut Stamp<'_>) {
    for _ in 0..6 {
        cursor.spaces();
        if cursor.eat_any(&['~', '\u{2248}']).is_some()
            || cursor.eat_word(&[
                "around",
                "about",
                "approx",
                "approximately",
                "roughly",
                "circa",
                "ca",
                "c",
            ])
        {
            cursor.eat_any(&['.']);
            stamp.about = true;
        } else if cursor.eat_word(&["at", "on", "between", "from", "by", "starting", "the"]) {
            stamp.led = true;
        } else if cursor.eat_word(&["date", "time"]) {
            cursor.eat_any(&[':']);
        } else if cursor.eat_any(&['*', '`']).is_none() {
            let word = cursor.word();
            if !dates::weekday(cursor) {
                break;
            }
            stamp.weekday = stamp.weekday.or_else(|| dates::weekday_named(word));
        }
    }
    stamp.led |= stamp.about && cursor.rest.is_empty();
}

/// The day and time themselves, in either order, with zone and range.
fn core(cursor: &mut Cursor<'_>, stamp: &mut Stamp<'_>) -> Option<()> {
    let reading;
    stamp.date = dates::date(cursor);
    if stamp.date.is_some() {
        let mut ahead = *cursor;
        let about = stamp.about;
        join(&mut ahead, stamp);
        reading = clock::time(&mut ahead, true);
        if reading.is_some() {
            *cursor = ahead;
        } else {
            stamp.about = about;
            unknown_time(cursor, stamp);
            impossible(cursor, stamp);
        }
    } else if let Some(unknown) = unknown_day(cursor) {
        *cursor = unknown;
        stamp.unreadable = true;
        return Some(());
    } else {
        reading = clock::time(cursor, false);
    }
    stamp.unreadable |= reading == Some(Reading::Unreadable);
    if stamp.date.is_none() && reading.is_none() {
        return weekday_alone(cursor, stamp);
    }
    if stamp.date.is_some() && reading.is_none() && cursor.in_word() {
        return None;
    }
    stamp.clock = reading.and_then(Reading::clock);
    zone_after(cursor, stamp);
    let half = range(cursor, stamp, reading.is_some());
    stamp.clock = reading
        .map(|found| found.or_half(half))
        .and_then(Reading::clock);
    zone_after(cursor, stamp);
    if stamp.date.is_none() {
        date_after(cursor, stamp);
    }
    Some(())
}

/// "Friday: the board is told": a day of the week, with a mark behind it.
fn weekday_alone(cursor: &Cursor<'_>, stamp: &Stamp<'_>) -> Option<()> {
    stamp.weekday?;
    let rest = cursor.rest.trim_start();
    let words = rest
        .strip_prefix([':', '\u{2013}', '\u{2014}'])?
        .trim_start();
    // "Monday \u{2013} Friday" names both ends of something else.
    let next = Cursor::new(words).word();
    (next.len() < 3 || dates::weekday_named(next).is_none()).then_some(())
}

/// The nearest character boundary at or below `bytes`.
pub(super) fn boundary(text: &str, bytes: usize) -> usize {
    let mut at = bytes.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
