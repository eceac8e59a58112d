//! Reads post-mortems as people wrote them elsewhere: Markdown, Quarto, wiki text, plain text.
//!
//! The reader never fails and loses no word: what it does not understand stays as text, with a remark. It
//! invents nothing either: a line becomes an event only if it carries a time or a day of its own.

mod action_words; // what an item says about itself
mod actions; // follow-up items
mod around; // what stands around a day and a time
mod assemble; // parts to sections
mod clock; // times of day
mod columns; // which columns of a table hold times
mod cursor; // a place in a line of text
mod dates; // days of the calendar
mod days; // which day a bare time belongs to
mod events; // rows of a timeline
mod factors; // what is given as a cause
mod front_matter; // YAML or TOML above the text
mod headings; // which heading means which section
mod hints; // days, times and zones elsewhere in a line
mod lines; // the lines of a text and what each one is
mod links; // reference links, resolved where they are used
mod listed; // lists without bullets
mod moment; // rows to moments
mod parts; // the text, cut at its headings
mod pasted; // a text from the clipboard
mod rows; // the row that is being read
mod said; // what the days of all rows say together
mod stamp; // a day or time at the start of a line
mod tables; // rows of a table
mod taken; // what is taken out of a part
mod title; // the title and the day
mod whole; // the day and the zone of a text
mod written; // what was left, as sections
mod zones; // names of time zones

pub use clock::Clock;
pub(in crate::domain) use pasted::{pasted, stated_zone, zone_named};
pub use zones::{Zone, stated as zone_in};

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

/// What was read from one file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Intake {
    /// The title: from the front matter, the first heading or the name of the file; never empty.
    pub title: String,
    /// The day it happened, where the text or the file's name says one.
    pub happened_on: Option<NaiveDate>,
    /// The time zone of the text, if it names one.
    pub zone: Option<Tz>,
    /// Whether the text names a zone at all, even one that no place uses ("UTC+2").
    pub zone_said: bool,
    /// The written parts, each key once, in the order of their first appearance.
    pub sections: Vec<IntakeSection>,
    /// The rows of the timeline, in the order of the text.
    pub events: Vec<IntakeEvent>,
    /// Statements given as causes. Their text also stands in the section `causes`.
    pub factors: Vec<IntakeFactor>,
    /// Follow-up items.
    pub actions: Vec<IntakeAction>,
    /// Other keys of the front matter with their values, as text. Names of authors are left out.
    pub front_matter: Vec<(String, String)>,
    /// Lines that only frame others and say nothing of their own: a table's head, a heading over events,
    /// "all times in UTC", a template's question, a hidden comment. Kept so that no word is lost.
    pub frame: Vec<Remark>,
    /// What was not understood, or had to be assumed.
    pub remarks: Vec<Remark>,
}

/// A written part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntakeSection {
    /// The key within the templates; `notes` for what has no other place.
    pub key: &'static str,
    /// The heading as typed; empty if there was none.
    pub heading: String,
    /// Markdown.
    pub text: String,
}

/// A row of the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntakeEvent {
    /// The day and time as typed.
    pub typed: String,
    /// The day, typed or worked out from what stands around it.
    pub day: Option<NaiveDate>,
    /// The time of day, if the row has one.
    pub clock: Option<Clock>,
    /// Where a range ends.
    pub until: Option<NaiveDateTime>,
    /// The zone that holds for this row, if the text says one.
    pub zone: Option<Zone>,
    /// What happened, Markdown.
    pub text: String,
    /// The line of the file, counted from 1.
    pub line: usize,
    /// What was assumed, or is odd about it.
    pub flags: Vec<Flag>,
}

/// What was assumed about a row, or is odd about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Flag {
    /// The day stands elsewhere: in a heading, an earlier row, the title, the file's name.
    DayFromContext,
    /// The year is not in the row.
    YearAssumed,
    /// Only the day of the week is in the row.
    WeekdayOnly,
    /// The clock went back far enough for midnight to lie between.
    MidnightAssumed,
    /// It is earlier than the row before it.
    OutOfOrder,
    /// "about", "~", "ca."
    About,
    /// Something like a time is there, but cannot be read ("22:XX").
    Unreadable,
    /// Winter time by name on a day with summer time. Taken as written.
    WinterNameInSummer,
    /// Day and month could be meant the other way round.
    DayMonthOrder,
    /// The row above names a zone of its own, and this one none.
    ZoneAbove,
    /// It is more than half a year from the rows around it: perhaps a slip in year or month.
    FarAway,
}

/// A statement given as a cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntakeFactor {
    /// The statement, Markdown.
    pub text: String,
    /// The line of the file, counted from 1.
    pub line: usize,
}

/// A follow-up item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntakeAction {
    /// Its first line.
    pub title: String,
    /// What else was written about it, Markdown; the heading it stood under comes first.
    pub note: String,
    /// The team or role that is to do it, if the text gives one. Never a handle.
    pub owner: Option<String>,
    /// The address of a ticket or change request.
    pub tracker: Option<String>,
    /// Whether it is done, if the text says so.
    pub done: Option<bool>,
    /// The line of the file, counted from 1.
    pub line: usize,
}

/// Something about a line, for the person who imports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The line of the file, counted from 1; 0 for the file as a whole.
    pub line: usize,
    /// A plain sentence, or the line itself.
    pub text: String,
}

/// Reads a file. `path` is its name as given; title and day may stand in it.
#[must_use]
pub fn read(path: &str, text: &str) -> Intake {
    let text = text
        .trim_start_matches('\u{feff}')
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    let (front, body, first_line) = front_matter::split(&text);
    let lines = lines::read(body, first_line, lines::is_markdown(path, body));
    assemble::intake(path, front, &lines, None)
}

#[cfg(test)]
mod tests;
