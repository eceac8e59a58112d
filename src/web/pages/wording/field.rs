//! The notes on a text within the form that it is written in: what is answered to them goes with the form.

use askama::Template;

use super::because;
use crate::app::wording::Keep;
use crate::domain::postmortem::{PostMortem, Status};
use crate::domain::wording::{Answer, Note, Place, Reason, notes_on};

/// The notes on one text of a form.
#[derive(Debug, Clone, Template)]
#[template(path = "wording/field.html")]
pub(in crate::web) struct FieldNotes {
    place: Place,
    /// What the ids of the list begin with.
    anchor: String,
    open: Vec<Note>,
    kept: Vec<(Note, Answer)>,
    /// What was answered in the form already, and is not saved yet.
    chosen: Vec<Keep>,
    unfolded: bool,
}

impl FieldNotes {
    /// The notes on a text that stands, or would stand, in a place of a post-mortem.
    pub(in crate::web) fn new(postmortem: &PostMortem, place: Place, text: &str) -> Self {
        let archived = postmortem.facts.status == Status::Archived;
        let notes = if archived {
            Vec::new()
        } else {
            notes_on(postmortem, &place, text)
        };
        Self::of(place, notes)
    }

    /// The list with these notes.
    pub(in crate::web) fn of(place: Place, notes: Vec<Note>) -> Self {
        let (mut open, mut kept) = (Vec::new(), Vec::new());
        for note in notes {
            match note.answer.clone() {
                None => open.push(note),
                Some(answer) => kept.push((note, answer)),
            }
        }
        Self {
            anchor: place.anchor(),
            place,
            open,
            kept,
            chosen: Vec::new(),
            unfolded: false,
        }
    }

    /// The same by another name: some texts have none of their own.
    pub(in crate::web) fn named(self, anchor: &str) -> Self {
        Self {
            anchor: anchor.to_owned(),
            ..self
        }
    }

    /// The same in a form that came back: unfolded, with what was chosen in it.
    pub(in crate::web) fn again(self, chosen: Vec<Keep>) -> Self {
        Self {
            chosen,
            unfolded: true,
            ..self
        }
    }

    /// How many notes there are, in words.
    fn count(&self) -> String {
        match (self.open.len(), self.kept.len()) {
            (0, 1) => "1 kept as it stands".to_owned(),
            (0, kept) => format!("{kept} kept as they stand"),
            (1, _) => "1 note on wording".to_owned(),
            (open, _) => format!("{open} notes on wording"),
        }
    }

    /// Whether words can be kept here. What is said beside the text is nobody's promise.
    fn asks(&self) -> bool {
        self.place != Place::Aside
    }

    /// What the ids of a note's fields begin with.
    fn prefix(&self, index: &usize) -> String {
        format!("{}-n{index}-", self.anchor)
    }

    /// What a choice sends.
    fn value(note: &Note, reason: &Reason) -> String {
        format!("{} {}", note.key_in_form(), reason.as_code())
    }

    fn is_chosen(&self, note: &Note, reason: &Reason) -> bool {
        let key = note.key_in_form();
        let mut chosen = self.chosen.iter();
        chosen.any(|keep| keep.key == key && keep.reason == reason.as_code())
    }

    fn words(&self, note: &Note) -> &str {
        let key = note.key_in_form();
        let mut chosen = self.chosen.iter();
        let found = chosen.find(|keep| keep.key == key);
        found.map_or("", |keep| keep.words.as_str())
    }
}
