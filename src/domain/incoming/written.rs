//! Texts that a person wrote, taken apart.

use super::align;
use super::story::{Story, unused};
use crate::domain::document;
use crate::domain::text::PROSE_BYTES;

impl Story {
    /// Reads a text that a person wrote: its headings, its timeline, its causes, its follow-up items.
    pub fn text(&mut self, text: &str) {
        self.written(text);
        self.causes_in(text);
    }

    /// The same, without looking for causes in running text.
    pub(super) fn written(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        let (kept, was_cut) = within(text, PROSE_BYTES);
        let title = self.incoming.document.title.as_str().to_owned();
        let named = format!("# {title}\n\n{}", kept.trim_start());
        let Ok((document, remarks)) = document::read("text.md", &named) else {
            self.section("notes", kept);
            return;
        };
        if was_cut {
            self.remark(
                "A text was too long for one section. It was cut; the original is kept whole.",
            );
        }
        for remark in remarks {
            self.remark(remark.text);
        }
        for section in document.sections {
            self.section(&section.key, section.text.as_str());
        }
        for event in document.events {
            self.put_event(align::key(Some(&event.when), event.text.as_str()), event);
        }
        for statement in document.statements {
            let text = statement.text.as_str();
            self.statement(&align::key(None, text), text);
        }
        for action in document.actions {
            let key = align::key(None, action.title.as_str());
            let key = unused(&self.incoming.keys.actions, key);
            self.incoming.keys.actions.push(key);
            self.incoming.document.actions.push(action);
        }
        let day = &mut self.incoming.document.happened_on;
        *day = day.or(document.happened_on);
    }
}

/// The beginning of a text that fits, and whether there was more.
pub(super) fn within(text: &str, most: usize) -> (&str, bool) {
    if text.len() <= most {
        return (text, false);
    }
    // Composing characters may lengthen a text a little.
    let mut end = most.saturating_sub(most / 20);
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    (text.get(..end).unwrap_or_default(), true)
}
