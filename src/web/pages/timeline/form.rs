//! The form of one event: what was typed, and what there is to say about it.

use serde::Deserialize;

use crate::app::FieldProblem;
use crate::app::timeline::EventInput;
use crate::app::wording::Keep;
use crate::domain::text::Line;
use crate::domain::timeline::{Effect, Event, Marker, paste};
use crate::domain::when::Context;
use crate::web::pages::wording::{FieldNotes, keeps};

/// The fields of an event as a form sends them.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::web) struct EventForm {
    #[serde(default)]
    pub(super) when: String,
    #[serde(default)]
    pub(super) lane: String,
    #[serde(default)]
    pub(super) marker: String,
    #[serde(default)]
    pub(super) text: String,
    #[serde(default)]
    pub(super) role: String,
    #[serde(default)]
    pub(super) source: String,
    #[serde(default)]
    pub(super) effect: String,
    /// `yes`, `no` or nothing.
    #[serde(default)]
    pub(super) known: String,
    #[serde(default)]
    pub(super) version: i32,
    #[serde(default)]
    pub(super) note: String,
    /// Words that are kept, and why: a note's name and a code.
    #[serde(default)]
    keep: Vec<String>,
    #[serde(default)]
    keep_words: Vec<String>,
    /// The meaning that was chosen for a time that has several.
    #[serde(default)]
    choice: String,
}

impl EventForm {
    /// The form of an event that stands.
    pub(super) fn of(event: &Event) -> Self {
        let known = match event.known_at_the_time {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        };
        Self {
            when: event.when.typed().to_owned(),
            lane: event.lane.as_code().to_owned(),
            marker: event.marker.map_or("", Marker::as_code).to_owned(),
            text: event.text.as_str().to_owned(),
            role: event.role.as_ref().map_or("", Line::as_str).to_owned(),
            source: event.source.clone().unwrap_or_default(),
            effect: event.effect.map_or("", Effect::as_code).to_owned(),
            known: known.to_owned(),
            version: event.version.0,
            ..Self::default()
        }
    }

    /// Puts a chosen meaning in the place of the time, and cuts a row that was typed whole into its parts:
    /// "14:32 saw dashboards green" in the field for the time.
    pub(super) fn settled(mut self, context: &Context) -> Self {
        if !self.choice.is_empty() {
            self.when = std::mem::take(&mut self.choice);
        }
        if self.text.trim().is_empty() {
            let row = paste::read(&self.when, context);
            if row.when.is_some() && !row.text.is_empty() {
                self.lane = row.lane.map_or(self.lane, |lane| lane.as_code().to_owned());
                (self.when, self.text) = (row.typed, row.text);
            }
        }
        self
    }

    /// What is answered to notes on its wording.
    pub(super) fn kept(&self) -> Vec<Keep> {
        keeps(&self.keep, &self.keep_words)
    }

    pub(super) fn input(&self) -> EventInput {
        EventInput {
            when: self.when.clone(),
            lane: self.lane.clone(),
            marker: Some(self.marker.clone()),
            text: self.text.clone(),
            role: Some(self.role.clone()),
            source: Some(self.source.clone()),
            effect: Some(self.effect.clone()),
            known_at_the_time: match self.known.as_str() {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
            after: None,
            keeps: self.kept(),
        }
    }
}

/// A form as it is shown.
#[derive(Debug, Clone, Default)]
pub(super) struct ShownForm {
    pub(super) input: EventForm,
    pub(super) errors: Vec<FieldProblem>,
    /// The time as it was read; `None` for a new or refused one.
    pub(super) understood: Option<String>,
    /// What was taken for granted about it.
    pub(super) notes: Vec<String>,
    /// Promises of a published post-mortem that it would break.
    pub(super) broken: Vec<String>,
    /// The notes on the wording of its text.
    pub(super) wording: Option<FieldNotes>,
}

impl ShownForm {
    /// What is the matter with a field.
    pub(super) fn problem(&self, field: &str) -> Option<&str> {
        let mut found = self.errors.iter().filter(|error| error.field == field);
        found.next().map(|error| error.message.as_str())
    }

    /// The meanings of the time to choose from.
    pub(super) fn choices(&self) -> Vec<(String, String)> {
        let when = self.errors.iter().filter(|error| error.field == "when");
        when.flat_map(|error| error.choices.clone()).collect()
    }
}
