//! The rows of a text that somebody pasted: a whole document, or its timeline alone.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::days::{Days, Piece, Row};
use super::events::{self, Eagerness};
use super::front_matter::Front;
use super::headings::{self, Role};
use super::lines::{self, Kind, Line};
use super::parts::Part;
use super::zones::{self, Zone};
use super::{Flag, IntakeEvent, Remark, assemble, front_matter, hints, listed, said, whole};

/// What was found in a pasted text.
pub(in crate::domain) struct Pasted {
    pub(in crate::domain) events: Vec<IntakeEvent>,
    /// Headings and other lines that only frame rows.
    pub(in crate::domain) frame: Vec<Remark>,
    /// The zone that the text names for itself.
    pub(in crate::domain) zone: Option<Tz>,
    /// Whether a row has no day unless somebody says one.
    pub(in crate::domain) asks_day: bool,
}

/// Reads a text. `asked` is the day that somebody said for rows that do not say their own; `latest` the last day on
/// which something can have happened.
pub(in crate::domain) fn pasted(text: &str, asked: Option<NaiveDate>, latest: NaiveDate) -> Pasted {
    let (front, body, first) = front_matter::split(text);
    let lines = lines::read(body, first, is_markdown(body));
    let has_sections = lines
        .iter()
        .any(|line| matches!(line.kind, Kind::Heading(_)) && headings::role(line.text).is_some());
    if has_sections {
        document(front, &lines, asked)
    } else {
        timeline(&lines, asked, latest)
    }
}

/// Headings, fences and ruled tables are Markdown's; other lists are read line by line.
fn is_markdown(body: &str) -> bool {
    lines::is_markdown("", body)
        || body.lines().map(str::trim).any(|line| {
            let rule = |c| matches!(c, '|' | '-' | ':' | ' ');
            line.starts_with("```")
                || (line.starts_with('|') && line.contains("--") && line.chars().all(rule))
        })
}

/// A document with headings that say what stands below them.
fn document(front: Front, lines: &[Line<'_>], asked: Option<NaiveDate>) -> Pasted {
    let alone = asked.map(|_| assemble::intake("", front.clone(), lines, None));
    let read = assemble::intake("", front, lines, asked);
    let asks_day = asks_day(&alone.as_ref().unwrap_or(&read).events);
    Pasted {
        asks_day,
        zone: read.zone.filter(|_| read.zone_said),
        frame: headings(lines),
        events: read.events,
    }
}

fn headings(lines: &[Line<'_>]) -> Vec<Remark> {
    let headings = lines
        .iter()
        .filter(|line| matches!(line.kind, Kind::Heading(_)));
    headings
        .map(|line| Remark {
            line: line.number,
            text: line.text.to_owned(),
        })
        .collect()
}

/// A text that is a timeline and nothing else.
fn timeline(lines: &[Line<'_>], asked: Option<NaiveDate>, latest: NaiveDate) -> Pasted {
    let mut part = Part::timeline();
    part.lines = without_plans(lines);
    listed::row_by_row(&mut part.lines);
    let mut found = events::find(&part, Eagerness::Timeline, false);
    let month_first = said::month_first(&found.pieces);
    said::settle(&mut found.pieces, month_first, asked);
    let zone = whole::stated_zone(lines).or_else(|| {
        let said = |piece: &Piece| {
            matches!(
                piece,
                Piece::Zone(_) | Piece::Row(Row { zone: Some(_), .. })
            )
        };
        let silent = !found.pieces.iter().any(said);
        silent
            .then(|| whole::prose_zone(lines))
            .flatten()
            .map(|(zone, _)| zone)
    });
    let own = headed_day(lines);
    let place = |base: Option<NaiveDate>| -> Vec<IntakeEvent> {
        let mut days = Days::new(base, zone).until(latest);
        let pieces = found.pieces.iter().cloned();
        pieces.filter_map(|piece| days.place(piece)).collect()
    };
    let events = place(asked.or(own));
    Pasted {
        asks_day: asks_day(&place(own)),
        events,
        frame: found.frame,
        zone: zone.map(Zone::place),
    }
}

/// The lines without those below a label such as "Action items:", whose days lie ahead.
fn without_plans<'a>(lines: &[Line<'a>]) -> Vec<Line<'a>> {
    let mut told = true;
    let mut kept = Vec::new();
    for line in lines {
        let label = line.text.trim_matches(['*', '_', ':', ' ']);
        let is_label = line.kind == Kind::Text
            && line.text.len() <= 60
            && !line.text.ends_with(['.', ',', ';']);
        if let Some(role) = headings::role(label).filter(|_| is_label) {
            told = role != Role::Actions;
        }
        if told {
            kept.push(*line);
        }
    }
    kept
}

/// The day in the first heading or line, if that is no row.
fn headed_day(lines: &[Line<'_>]) -> Option<NaiveDate> {
    let first = lines.iter().find(|line| line.kind != Kind::Blank)?;
    let is_title = matches!(first.kind, Kind::Heading(_)) || hints::is_zone_line(first.text);
    hints::date_in(first.text)
        .filter(|_| is_title)?
        .resolve(None)
}

fn asks_day(events: &[IntakeEvent]) -> bool {
    events
        .iter()
        .any(|event| event.day.is_none() && !event.flags.contains(&Flag::Unreadable))
}

/// The zone that a line of a text states for all of its times.
pub(in crate::domain) fn stated_zone(text: &str) -> Option<Tz> {
    let lines = lines::read(text, 1, false);
    whole::stated_zone(&lines).map(Zone::place)
}

/// The zone of a mark such as CET.
pub(in crate::domain) fn zone_named(mark: &str) -> Option<Zone> {
    zones::stated(mark)
}

impl Part<'_> {
    fn timeline() -> Self {
        Self {
            role: Role::Timeline,
            heading: "",
            line: 0,
            level: 0,
            inherited: false,
            inline: false,
            prompted: false,
            lines: Vec::new(),
        }
    }
}
