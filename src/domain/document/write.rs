//! Writes a document. The order is fixed, so that the same document always gives the same bytes.

use super::lines::{guarded, opens_entry, opens_section};
use super::moment::Moments;
use super::{Document, DocumentKept, actions, factors, head, kept, table};
use crate::domain::postmortem::{Detection, Severity, Status, Trigger, Visibility};
use crate::domain::templates;
use crate::domain::text::Line;
use crate::domain::timeline::Marker;

/// The sections that stand in front of the timeline.
const BEFORE_THE_TIMELINE: [&str; 5] =
    ["summary", "surprise", "impact", "first-story", "background"];

/// Writes a document as Markdown.
#[must_use]
pub fn write(document: &Document) -> String {
    let (document, left) = &kept::spread(document);
    let mut out = String::from("---\n");
    front_matter(&mut out, document, left);
    out.push_str("---\n\n# ");
    out.push_str(document.title.as_str());
    out.push_str("\n\n");
    sections(&mut out, document, true);
    if !document.events.is_empty() || !document.unknown_markers.is_empty() {
        out.push_str("## Timeline\n\n");
        timeline(&mut out, document);
    }
    if !document.accounts.is_empty() {
        out.push_str("## Accounts\n\n");
        for account in &document.accounts {
            let text = guarded(account.text.as_str(), opens_entry);
            paragraphs(&mut out, "### ", account.role.as_str(), &text);
        }
    }
    if !document.statements.is_empty() {
        out.push_str("## Factors\n\n");
        for statement in &document.statements {
            factors::write(&mut out, statement);
        }
    }
    let reasons = [
        &document.no_commitments_because,
        &document.over_limit_because,
    ];
    if !document.actions.is_empty() || reasons.iter().any(|reason| !reason.is_blank()) {
        out.push_str("## Actions\n\n");
        actions::write(&mut out, document);
    }
    sections(&mut out, document, false);
    out.truncate(out.trim_end_matches('\n').len());
    out.push('\n');
    out
}

fn front_matter(out: &mut String, document: &Document, kept: &[DocumentKept]) {
    let mut key = |key: &str, value: &str| {
        if !value.is_empty() {
            let space = if value.starts_with('\n') { "" } else { " " };
            out.push_str(&format!("{key}:{space}{value}\n"));
        }
    };
    let text = |line: Option<&str>| line.map(head::scalar).unwrap_or_default();
    if let Some(number) = document.number {
        key("number", &number.to_string());
    }
    key("title", &head::scalar(document.title.as_str()));
    key("kind", document.kind.as_code());
    key("tier", document.tier.as_code());
    key("system", document.system.as_code());
    key(
        "severity",
        document.severity.map_or("none", Severity::as_code),
    );
    key("status", document.status.map_or("", Status::as_code));
    if document.visibility != Visibility::Organisation {
        key("visibility", document.visibility.as_code());
    }
    key("zone", document.zone.name());
    if let Some(day) = document.happened_on {
        key("happened_on", &day.to_string());
    }
    key("trigger", document.trigger.map_or("", Trigger::as_code));
    key(
        "detection",
        document.detection.map_or("", Detection::as_code),
    );
    let impacts: Vec<&str> = document
        .impacts
        .iter()
        .map(|impact| impact.as_code())
        .collect();
    key("impact", &format!("[{}]", impacts.join(", ")));
    let roles: Vec<String> = document
        .roles
        .iter()
        .map(|role| head::scalar(role.as_str()))
        .collect();
    key("roles", &format!("[{}]", roles.join(", ")));
    key(
        "facilitator",
        &text(document.facilitator.as_ref().map(Line::as_str)),
    );
    key("source", &text(document.source.as_deref()));
    key("approved", if document.approved { "true" } else { "" });
    key(
        head::READERS,
        if document.readers_confirmed {
            "true"
        } else {
            ""
        },
    );
    key(head::KEPT, &head::kept_list(kept));
    for (other, value) in &document.others {
        key(&head::scalar(other), value);
    }
}

fn timeline(out: &mut String, document: &Document) {
    if !document.events.is_empty() {
        let mut moments = Moments::new(document.zone, document.happened_on);
        table::write(out, &document.events, &mut moments);
        out.push('\n');
    }
    if !document.unknown_markers.is_empty() {
        let markers: Vec<&str> = document
            .unknown_markers
            .iter()
            .copied()
            .map(Marker::as_code)
            .collect();
        out.push_str(&format!("Unknown: {}\n\n", markers.join(", ")));
    }
}

fn sections(out: &mut String, document: &Document, before: bool) {
    for section in &document.sections {
        if BEFORE_THE_TIMELINE.contains(&section.key.as_str()) == before {
            let heading = templates::core()
                .section(&section.key)
                .map_or(section.key.as_str(), |section| section.heading.as_str());
            let text = guarded(section.text.as_str(), opens_section);
            paragraphs(out, "## ", heading, &text);
        }
    }
}

fn paragraphs(out: &mut String, mark: &str, heading: &str, text: &str) {
    for part in [mark, heading, "\n\n", text, "\n\n"] {
        out.push_str(part);
    }
}
