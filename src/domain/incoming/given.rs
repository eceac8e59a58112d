//! Rows and follow-up items, as a format gives them.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::timeline::{Lane, Marker};

/// A row of the timeline, as a format gives it.
#[derive(Debug, Clone)]
pub struct NewEvent<'a> {
    /// What it is called there.
    pub key: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Whose side it tells.
    pub lane: Lane,
    /// Which moment it marks; the first event with a marker has it.
    pub marker: Option<Marker>,
    /// What happened.
    pub text: &'a str,
    /// Where it can be seen.
    pub source: Option<&'a str>,
}

impl<'a> NewEvent<'a> {
    /// A row that marks nothing.
    #[must_use]
    pub fn new(key: impl Into<String>, at: DateTime<Utc>, lane: Lane, text: &'a str) -> Self {
        Self {
            key: key.into(),
            at,
            lane,
            marker: None,
            text,
            source: None,
        }
    }

    /// The same row, as one that marks a moment.
    #[must_use]
    pub fn marks(self, marker: Option<Marker>) -> Self {
        Self { marker, ..self }
    }

    /// The same row, with the address where it can be seen.
    #[must_use]
    pub fn seen_at(self, source: Option<&'a str>) -> Self {
        Self { source, ..self }
    }
}

/// A follow-up item, as a format gives it. A promise made elsewhere is not one that is kept here: it becomes an idea.
#[derive(Debug, Clone, Default)]
pub struct NewAction<'a> {
    /// What it is called there.
    pub key: String,
    /// What is to be done.
    pub title: &'a str,
    /// Whether it is done.
    pub done: bool,
    /// The team or role that owns it; never a person.
    pub team: Option<&'a str>,
    /// The day by which it is to be done.
    pub due_on: Option<NaiveDate>,
    /// Where it lives on.
    pub tracker: Option<&'a str>,
}
