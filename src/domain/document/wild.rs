//! A document of what was written elsewhere, as the intake has read it.
//!
//! Nothing is made to look better known than it is: causes become uncoded statements, follow-up items become ideas
//! (a promise made elsewhere is not one that is kept here), and rows without a moment keep their place.

use chrono_tz::Tz;

use super::{
    Document, DocumentAction, DocumentEvent, DocumentProblem, DocumentSection, DocumentStatement,
    prose,
};
use crate::domain::actions::{ActionKind, ActionState};
use crate::domain::factors::{Confidence, FactorRole};
use crate::domain::incoming;
use crate::domain::intake::{self, Intake, IntakeAction, IntakeEvent, Remark};
use crate::domain::postmortem::{Kind, Severity, SystemKind, Tier, Visibility};
use crate::domain::templates;
use crate::domain::text::{
    LINE_CHARACTERS, Line, Prose, TITLE_CHARACTERS, TextProblem, Title, address,
};
use crate::domain::timeline::Lane;

/// Reads a file of either kind: one in the format of this module, or one that was written elsewhere.
///
/// `path` is the file's name as given; a title and a day may stand in it. The remarks say what was not understood.
///
/// # Errors
/// Every problem of a file in the format of this module; of any other, only a part that is too long to be kept.
pub fn read(path: &str, text: &str) -> Result<(Document, Vec<Remark>), Vec<DocumentProblem>> {
    if super::head::is_ours(text) {
        return Ok((super::parse(text)?, Vec::new()));
    }
    let intake = intake::read(path, text);
    match from_intake(&intake) {
        Ok(document) => Ok((document, intake.remarks)),
        Err(problem) => Err(vec![DocumentProblem {
            line: 1,
            sentence: problem.to_string(),
        }]),
    }
}

/// Makes a document of what the intake read.
///
/// # Errors
/// [`TextProblem`] if a part is longer than what a section holds.
fn from_intake(intake: &Intake) -> Result<Document, TextProblem> {
    let zone = intake.zone.unwrap_or(Tz::Etc__UTC);
    let mut sections: Vec<(&'static str, String)> = intake
        .sections
        .iter()
        .map(|section| (section.key, plain(&section.text)))
        .collect();
    let title = plain(&intake.title);
    if title.chars().count() > TITLE_CHARACTERS {
        add(&mut sections, "notes", &title);
    }
    for action in &intake.actions {
        add(&mut sections, "follow-up", &remainder(action));
    }
    let front: Vec<String> = intake
        .front_matter
        .iter()
        .map(|(key, value)| plain(&format!("- {key}: {value}")))
        .collect();
    add(&mut sections, "notes", &front.join("\n"));
    Ok(Document {
        number: None,
        title: Title::parse(&cut(&title, TITLE_CHARACTERS))?,
        kind: Kind::Incident,
        tier: Tier::Standard,
        system: SystemKind::Both,
        severity: severity(intake),
        status: None,
        visibility: Visibility::Organisation,
        zone,
        happened_on: intake.happened_on,
        trigger: None,
        detection: None,
        impacts: Vec::new(),
        roles: Vec::new(),
        facilitator: None,
        source: None,
        approved: false,
        readers_confirmed: false,
        others: Vec::new(),
        sections: kept(sections)?,
        events: intake
            .events
            .iter()
            .map(|event| self::event(event, zone))
            .collect::<Result<_, _>>()?,
        unknown_markers: Vec::new(),
        accounts: Vec::new(),
        statements: statements(intake)?,
        actions: intake
            .actions
            .iter()
            .filter(|action| !action.title.trim().is_empty())
            .map(self::action)
            .collect::<Result<_, _>>()?,
        no_commitments_because: Prose::default(),
        over_limit_because: Prose::default(),
        kept: Vec::new(),
    })
}

/// How grave it was, as the lines above the text say it in anybody's words.
fn severity(intake: &Intake) -> Option<Severity> {
    const KEYS: [&str; 3] = ["severity", "sev", "priority"];
    let mut front = intake.front_matter.iter();
    let is_one = |key: &str| KEYS.iter().any(|known| key.eq_ignore_ascii_case(known));
    front.find_map(|(key, value)| incoming::severity(value).filter(|_| is_one(key)))
}

/// Text without control characters, which no text here may hold; a space stands for each.
pub(in crate::domain) fn plain(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|c| {
            if c.is_control() && c != '\n' && c != '\t' {
                ' '
            } else {
                c
            }
        })
        .collect()
}

/// One line of at most so many characters.
pub(in crate::domain) fn cut(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let mut short: String = line.chars().take(most - 1).collect();
    short.push('…');
    short
}

/// Adds a paragraph to a section.
fn add(sections: &mut Vec<(&'static str, String)>, key: &'static str, text: &str) {
    if text.trim().is_empty() {
        return;
    }
    match sections.iter_mut().find(|(known, _)| *known == key) {
        Some((_, kept)) => {
            kept.push_str("\n\n");
            kept.push_str(text);
        }
        None => sections.push((key, text.to_owned())),
    }
}

fn kept(sections: Vec<(&'static str, String)>) -> Result<Vec<DocumentSection>, TextProblem> {
    let mut kept = Vec::new();
    for (key, text) in sections {
        let text = prose("A section", &text)?;
        if !text.is_blank() {
            let key = key.to_owned();
            kept.push(DocumentSection { key, text });
        }
    }
    kept.sort_by_key(|section| templates::core().place(&section.key));
    Ok(kept)
}

fn event(event: &IntakeEvent, zone: Tz) -> Result<DocumentEvent, TextProblem> {
    Ok(DocumentEvent {
        when: event
            .when(zone)
            .map_err(|_| TextProblem::Control("The time of an event"))?,
        lane: Lane::Happened,
        marker: None,
        text: Prose::parse("The event", plain(&event.text).trim())?,
        role: None,
        source: None,
        effect: None,
        known_at_the_time: None,
    })
}

fn statements(intake: &Intake) -> Result<Vec<DocumentStatement>, TextProblem> {
    let mut statements = Vec::new();
    for factor in &intake.factors {
        let text = Prose::parse("The statement", plain(&factor.text).trim())?;
        if !text.is_blank() {
            statements.push(DocumentStatement {
                text,
                factor: None,
                role: FactorRole::Contributing,
                confidence: Confidence::Inferred,
                system: None,
                component: None,
                without_this: Prose::default(),
                scale: None,
                evidence: Vec::new(),
            });
        }
    }
    Ok(statements)
}

fn action(action: &IntakeAction) -> Result<DocumentAction, TextProblem> {
    let owner = action.owner.as_deref().map(plain);
    let state = if action.done == Some(true) {
        ActionState::Done
    } else {
        ActionState::Open
    };
    Ok(DocumentAction {
        title: Line::parse("The action", &cut(&plain(&action.title), LINE_CHARACTERS))?,
        kind: ActionKind::Idea,
        addresses: None,
        strength: None,
        owner: owner.and_then(|owner| Line::parse("The owner", &owner).ok()),
        due_on: None,
        known_by: Prose::default(),
        reach: Prose::default(),
        reversibility: None,
        expires_on: None,
        state,
        state_reason: Prose::default(),
        tracker: action
            .tracker
            .as_deref()
            .and_then(|typed| address(typed).ok()),
    })
}

/// What was written about an action beyond its first line, or beyond what fits there.
fn remainder(action: &IntakeAction) -> String {
    let title = plain(&action.title);
    let fits = title.chars().count() <= LINE_CHARACTERS;
    let note = plain(&action.note);
    if fits && note.trim().is_empty() {
        return String::new();
    }
    let mut text = format!("- {}", title.trim());
    for line in note.trim().lines() {
        text.push_str("\n  ");
        text.push_str(line);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{from_intake, read};
    use crate::domain::document::{parse, write};
    use crate::domain::intake;

    #[test]
    fn a_wild_text_becomes_a_document_and_stays_one() {
        let text = "---\ntags: [queue]\n---\n# Queue stopped\n\nNobody could send.\n\n## Timeline (UTC)\n\n2026-10-14\n- 14:05 Alarm | first\n- 24:XX unclear\n\n## Root cause\n\n- The queue was full\n\n## Action items\n\n- [x] Enlarge the queue\n  - because it was small\n";
        let read = intake::read("a/2026-10-14-queue.md", text);
        let document = from_intake(&read).unwrap();
        assert_eq!(document.title.as_str(), "Queue stopped");
        assert_eq!(
            document.events[0].when.at().unwrap().to_rfc3339(),
            "2026-10-14T14:05:00+00:00"
        );
        assert_eq!(document.statements[0].text.as_str(), "The queue was full");
        assert_eq!(document.actions[0].title.as_str(), "Enlarge the queue");
        assert!(
            document
                .sections
                .iter()
                .any(|section| section.text.as_str().contains("because it was small"))
        );
        assert_eq!(parse(&write(&document)), Ok(document));
    }

    #[test]
    fn control_characters_and_long_titles_do_not_stop_an_import() {
        let text = format!("# {}\n\na\u{0}b\u{1b}[1m\n", "word ".repeat(80));
        let document = from_intake(&intake::read("x.md", &text)).unwrap();
        assert_eq!(document.title.as_str().chars().count(), 200);
        let all: Vec<_> = document
            .sections
            .iter()
            .map(|section| section.text.as_str())
            .collect();
        assert!(all.concat().contains("a b [1m"), "{all:?}");
        assert_eq!(parse(&write(&document)), Ok(document));
    }

    const OURS: &str = "---\ntitle: Backups\nkind: incident # incident | crisis\ntier: standard\nsystem: both\nzone: Europe/Berlin\n---\n\n## Timeline\n\n| # | When | Lane | Marker | Role | What | Effect |\n|---|---|---|---|---|---|---|\n| 1 | 2017-01-31 18:00 | happened | impact-began | | Load | |\n\n## Factors\n\n### Nothing stopped the command\n- Factor: uncoded\n- Role: contributing\n\n## Actions\n\n### Restore a backup\n- Kind: idea\n- Addresses: F1\n";

    #[test]
    fn a_file_of_the_format_is_known_without_its_kind_and_its_tier() {
        let whole = read("x.md", OURS).unwrap().0;
        assert_eq!((whole.statements.len(), whole.actions.len()), (1, 1));
        for without in [
            &["tier: standard\n"][..],
            &["kind: incident # incident | crisis\n"],
            &[
                "tier: standard\n",
                "kind: incident # incident | crisis\n",
                "system: both\n",
            ],
        ] {
            let text = without
                .iter()
                .fold(OURS.to_owned(), |text, line| text.replace(line, ""));
            assert_eq!(read("x.md", &text).unwrap().0, whole, "{without:?}");
        }
    }

    #[test]
    fn what_people_wrote_elsewhere_stays_theirs() {
        for text in [
            "---\nkind: page\ntier: 1\ntags: [x]\n---\n# Mail\n\n## Timeline\n\n- 10:00 alert\n"
                .replace("tier: 1\n", ""),
            "---\nkind: incident\n---\n# Mail\n\n## Timeline\n\n- 2026-10-14 10:00 alert\n"
                .to_owned(),
            "# Mail\n\n| When | What |\n|---|---|\n| 2026-10-14 10:00 | alert |\n".to_owned(),
            "# Mail\n\n## Actions\n\n- Kind words\n".to_owned(),
        ] {
            assert!(!crate::domain::document::head::is_ours(&text), "{text}");
            assert!(read("x.md", &text).is_ok());
        }
        let front = "---\nseverity: SEV-2\ntimezone: Europe/Berlin\n---\n# Mail\n\n## Timeline\n\n- 2026-10-14 10:00 alert\n";
        let document = read("x.md", front).unwrap().0;
        assert_eq!(document.severity.map(|it| it.as_code()), Some("sev2"));
        let at = document.events[0].when.at().unwrap();
        assert_eq!(at.to_rfc3339(), "2026-10-14T08:00:00+00:00");
    }
}
