//! What the reader makes of texts as people write them.

mod actions;
mod events;
mod labels;
mod robust;
mod sections;
mod stamps;
mod templates;
mod titles;

use super::{Intake, IntakeEvent, read};

/// Reads a Markdown text whose file name says nothing.
fn markdown(text: &str) -> Intake {
    read("story.md", text)
}

/// The text of a section; empty if there is none.
fn section<'a>(intake: &'a Intake, key: &str) -> &'a str {
    intake
        .sections
        .iter()
        .find(|section| section.key == key)
        .map_or("", |section| section.text.as_str())
}

/// Day, time and words of a row, as a reader would say them.
fn row(event: &IntakeEvent) -> String {
    let when = event.local().map_or_else(
        || {
            event
                .day
                .map_or_else(|| "?".to_owned(), |day| day.to_string())
        },
        |local| local.format("%Y-%m-%d %H:%M:%S").to_string(),
    );
    format!("{when} {}", event.text)
}

fn rows(intake: &Intake) -> Vec<String> {
    intake.events.iter().map(row).collect()
}
