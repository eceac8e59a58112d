//! Honest time: what people type for "when", and how it is shown again.
//!
//! A moment keeps the text as typed, the instants in UTC, and how precisely they are known. It is
//! read against a zone, the row above, and the day of the story; nothing is guessed in silence.
//! Where a text has two meanings the answer is a [`Problem`] with choices, and what was taken for
//! granted comes back as [`Note`]s.
//!
//! Reading goes in four steps, each a module: `token` cuts the text, `parse` finds what it
//! says, `resolve` finds the day, `local` the instants. English only, ASCII digits only.
//!
//! **Invariant:** reading the same text against the same context gives the same answer. Do read a
//! text again only when it was edited: "+5m" and "yesterday" mean something else the next day.

mod abbreviation; // what CEST and PST mean
mod ask; // dates with two meanings
mod calendar; // which day is meant
mod clock; // reads clock times
mod date; // reads dates
mod digits; // four digits: a clock time or a year
mod display; // moments as people read them
mod duration; // lengths of time in words
mod epoch; // reads epoch times, permalinks and +5m
mod local; // clock times of a zone on the line of instants
mod moment; // reads one moment
mod offset; // reads zones
mod parse; // reads the whole text
mod problem; // Problem, Choice, Note
mod reading; // what a text says
mod resolve; // finds the instants
mod roll; // the day of a clock time alone
mod split; // cuts "14:32 saw it" in two
mod spot; // the instants one moment may mean
mod token; // cuts the text
mod value; // When, Precision
mod zone; // finds zones by name

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

pub use display::{clock, day, day_text, full, iso, zone_text};
pub(in crate::domain) use display::{day_in_year, minutes};
pub use duration::duration;
pub use problem::{Choice, Note, Problem};
pub use split::split;
pub use value::{PartsProblem, Precision, When};
pub use zone::{ZoneProblem, zone};

/// What a text is read against.
#[derive(Debug, Clone)]
pub struct Context {
    /// The zone of the story; every clock time without its own is in this one.
    pub zone: Tz,
    /// The instant of the row above, if there is one.
    pub previous: Option<DateTime<Utc>>,
    /// The day under which the story is filed, in its zone; used when there is no row above.
    pub day: Option<NaiveDate>,
    /// The present, for "today" and "yesterday".
    pub now: DateTime<Utc>,
}

/// A text that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The moment.
    pub when: When,
    /// What was taken for granted, to be shown beside the moment.
    pub notes: Vec<Note>,
}

/// Reads a typed time.
///
/// A clock time alone lies on the local day of the row above. When it comes before that row it is
/// taken for out of order if it is less than six hours back, and for the next day otherwise; a
/// note says which. See `roll.rs` for why.
///
/// # Errors
///
/// A [`Problem`] whose message says what to do next; some carry choices.
pub fn parse(typed: &str, context: &Context) -> Result<Read, Problem> {
    let typed = token::clean(typed)?;
    let reading = parse::reading(&typed.to_ascii_lowercase())?;
    resolve::resolve(reading, &typed, context)
}

#[cfg(test)]
mod tests;
