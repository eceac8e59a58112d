//! Reads a document: the front matter, then the headings of level 2.

use chrono_tz::Tz;

use super::actions::Reasons;
use super::head::Head;
use super::lines::{Part, Row, cut, heading, joined, opens_entry, opens_section};
use super::moment::Moments;
use super::table::Table;
use super::{
    Document, DocumentAccount, DocumentProblem, DocumentSection, Problems, actions, factors, head,
    kept, known, prose,
};
use crate::domain::postmortem::{Kind, SystemKind, Tier, Visibility};
use crate::domain::templates;
use crate::domain::text::{Line, Title, folded};
use crate::domain::timeline::Marker;

/// Reads a document.
///
/// What the front matter leaves out is filled with what is most common: an incident, standard form, both systems, UTC.
/// Headings that the format does not know are kept in the section "Further notes", keys in [`Document::others`].
///
/// # Errors
/// Every problem, in the order of the lines.
pub fn parse(text: &str) -> Result<Document, Vec<DocumentProblem>> {
    let text = text
        .trim_start_matches('\u{feff}')
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    let (yaml, body, first) = head::split(&text);
    let mut problems = Problems::default();
    let head =
        head::read(yaml.unwrap_or_default(), &mut problems).map_err(|problem| vec![problem])?;
    let mut rows: Vec<Row<'_>> = (first..)
        .zip(body.split('\n'))
        .map(|(number, text)| Row { number, text })
        .collect();
    let title = title(&head, &mut rows, &mut problems);
    let parts = Parts::sort(&rows);
    let document = parts.document(title, head, &mut problems);
    match document {
        Some(mut document) if problems.0.is_empty() => {
            let given = std::mem::take(&mut document.kept);
            kept::settle(&mut document, &given);
            Ok(document)
        }
        _ => {
            problems.0.sort_by_key(|problem| problem.line);
            Err(problems.0)
        }
    }
}

/// The title of the front matter or of the first heading, which is taken out of the rows.
fn title(head: &Head, rows: &mut Vec<Row<'_>>, problems: &mut Problems) -> Option<Title> {
    let first = rows.iter().position(|row| !row.text.trim().is_empty());
    let found = first.and_then(|place| {
        let row = *rows.get(place)?;
        let text = heading(row.text, 1)?;
        rows.remove(place);
        Some(Row { text, ..row })
    });
    match (&head.title, found) {
        (Some(title), Some(row)) => {
            if folded(title.as_str()) != folded(row.text) {
                problems.say(row.number, "The first heading is another title than the one in the front matter. Make them the same, or leave one out.");
            }
            Some(title.clone())
        }
        (Some(title), None) => Some(title.clone()),
        (None, Some(row)) => problems.take(row.number, Title::parse(row.text)),
        // A title that was refused has been told already.
        (None, None) if problems.0.is_empty() => problems.take(1, Title::parse("")),
        (None, None) => None,
    }
}

/// The rows of a document, sorted by what they belong to.
#[derive(Default)]
struct Parts<'a> {
    /// Key, line of the heading, text.
    sections: Vec<(&'static str, usize, String)>,
    timeline: Vec<Row<'a>>,
    accounts: Vec<Row<'a>>,
    factors: Vec<Row<'a>>,
    actions: Vec<Row<'a>>,
}

impl<'a> Parts<'a> {
    fn sort(rows: &[Row<'a>]) -> Self {
        let mut parts = Self::default();
        let (opening, headed) = cut(rows, 2);
        parts.keep("notes", 1, joined(&opening, opens_section));
        for part in headed {
            match folded(part.heading).as_str() {
                "timeline" => parts.timeline(part),
                "accounts" => parts.accounts.extend(part.rows),
                "factors" => parts.factors.extend(part.rows),
                "actions" => parts.actions.extend(part.rows),
                _ => parts.section(&part),
            }
        }
        parts
    }

    /// A written section. One that the templates do not know goes to the notes, heading and all.
    fn section(&mut self, part: &Part<'a>) {
        let text = joined(&part.rows, opens_section);
        match templates::core().by_heading(part.heading) {
            Some(section) => self.keep(&section.key, part.line, text),
            None if part.heading.is_empty() => self.keep("notes", part.line, text),
            None => {
                let text = format!("### {}\n\n{}", part.heading, text.trim_matches('\n'));
                self.keep("notes", part.line, text);
            }
        }
    }

    /// The table and the line below it; any other text is kept as it is written.
    fn timeline(&mut self, part: Part<'a>) {
        let (own, other): (Vec<Row<'a>>, Vec<Row<'a>>) = part
            .rows
            .into_iter()
            .partition(|row| row.text.trim_start().starts_with('|') || unknown(row.text).is_some());
        self.timeline.extend(own);
        self.keep("timeline", part.line, joined(&other, opens_section));
    }

    /// The entries among rows; what stands above them is kept in a section.
    fn entries(&mut self, rows: &[Row<'a>], stray: &'static str) -> Vec<Part<'a>> {
        let (above, entries) = cut(rows, 3);
        let line = above.first().map_or(1, |row| row.number);
        self.keep(stray, line, joined(&above, opens_entry));
        entries
    }

    /// Adds a text to a section.
    fn keep(&mut self, key: &'static str, line: usize, text: String) {
        if text.trim().is_empty() {
            return;
        }
        match self.sections.iter_mut().find(|(known, ..)| *known == key) {
            Some((_, _, kept)) => {
                kept.truncate(kept.trim_end().len());
                kept.push_str("\n\n");
                kept.push_str(text.trim_start_matches('\n'));
            }
            None => self.sections.push((key, line, text)),
        }
    }

    fn sections(&mut self, problems: &mut Problems) -> Vec<DocumentSection> {
        let mut sections: Vec<DocumentSection> = std::mem::take(&mut self.sections)
            .into_iter()
            .filter_map(|(key, line, text)| {
                let text = problems.take(line, prose("The section", &text))?;
                Some(DocumentSection {
                    key: key.to_owned(),
                    text,
                })
            })
            .collect();
        sections.sort_by_key(|section| templates::core().place(&section.key));
        sections
    }

    fn document(
        mut self,
        title: Option<Title>,
        head: Head,
        problems: &mut Problems,
    ) -> Option<Document> {
        let zone = head.zone.unwrap_or(Tz::Etc__UTC);
        let mut moments = Moments::new(zone, head.happened_on);
        let (table, unknown_markers) = table(&self.timeline, &mut moments, problems);
        let accounts = std::mem::take(&mut self.accounts);
        let accounts = self
            .entries(&accounts, "notes")
            .iter()
            .filter_map(|part| account(part, problems))
            .collect();
        let row = |number: &str| table.numbers.iter().position(|known| known == number);
        let statements = std::mem::take(&mut self.factors);
        let statements: Vec<_> = self
            .entries(&statements, "causes")
            .iter()
            .filter_map(|part| factors::read(part, row, problems))
            .collect();
        let (reasons, actions) = Reasons::take(std::mem::take(&mut self.actions));
        let actions = self
            .entries(&actions, "follow-up")
            .iter()
            .filter_map(|part| actions::read(part, statements.len(), problems))
            .collect();
        let (no_commitments_because, over_limit_because) = reasons.read(problems);
        Some(Document {
            number: head.number,
            title: title?,
            kind: head.kind.unwrap_or(Kind::Incident),
            tier: head.tier.unwrap_or(Tier::Standard),
            system: head.system.unwrap_or(SystemKind::Both),
            severity: head.severity,
            status: head.status,
            visibility: head.visibility.unwrap_or(Visibility::Organisation),
            zone,
            happened_on: head.happened_on,
            trigger: head.trigger,
            detection: head.detection,
            impacts: head.impacts,
            roles: head.roles,
            facilitator: head.facilitator,
            source: head.source,
            approved: head.approved,
            readers_confirmed: head.readers_confirmed,
            others: head.others,
            sections: self.sections(problems),
            events: table.events,
            unknown_markers,
            accounts,
            statements,
            actions,
            no_commitments_because,
            over_limit_because,
            kept: head.kept,
        })
    }
}

fn table(rows: &[Row<'_>], moments: &mut Moments, problems: &mut Problems) -> (Table, Vec<Marker>) {
    let mut table = Table::default();
    let mut markers = Vec::new();
    for row in rows {
        match unknown(row.text) {
            Some(list) => {
                let named = list.split(',').filter(|typed| !typed.trim().is_empty());
                markers.extend(named.filter_map(|typed| {
                    let typed = typed.trim().trim_end_matches('.');
                    problems.code(
                        row.number,
                        "Unknown",
                        typed,
                        Marker::from_code,
                        known!(Marker),
                    )
                }));
            }
            None => table.read(row, moments, problems),
        }
    }
    (table, markers)
}

/// The markers behind "Unknown:".
fn unknown(line: &str) -> Option<&str> {
    let (word, list) = line.split_once(':')?;
    word.eq_ignore_ascii_case("unknown").then_some(list)
}

fn account(part: &Part<'_>, problems: &mut Problems) -> Option<DocumentAccount> {
    let role = problems.take(part.line, Line::parse("The role", part.heading));
    let text = joined(&part.rows, opens_entry);
    let text = problems.take(part.line, prose("The account", &text));
    Some(DocumentAccount {
        role: role?,
        text: text?,
    })
}
