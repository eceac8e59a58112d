//! Puts the parts of a text together: sections, events, statements, follow-up items.

use chrono::NaiveDate;

use super::days::{Days, Piece, Row};
use super::front_matter::Front;
use super::headings::Role;
use super::lines::{Kind, Line};
use super::links::Links;
use super::parts;
use super::taken::{Taken, take};
use super::title;
use super::zones::{self, Zone};
use super::{Intake, IntakeEvent, Remark, listed, said, whole, written};
use crate::domain::text::excerpt;

/// Makes an intake of the lines of a text. `asked` is the day that somebody said for rows without one.
pub(super) fn intake(
    path: &str,
    front: Front,
    lines: &[Line<'_>],
    asked: Option<NaiveDate>,
) -> Intake {
    let plain = !lines
        .iter()
        .any(|line| matches!(line.kind, Kind::Heading(_)));
    let title = title::title(path, &front, lines);
    let (links, rest, definitions) = Links::collect(lines.to_vec());
    let mut parts = parts::cut(&rest, title.line);
    parts
        .iter_mut()
        .filter(|part| part.role == Role::Timeline)
        .for_each(|part| listed::row_by_row(&mut part.lines));
    let below: Vec<bool> = parts
        .iter()
        .skip(1)
        .map(|part| part.level == parts::LABEL)
        .chain([false])
        .collect();
    let mut taken: Vec<Taken<'_>> = parts
        .iter()
        .zip(below)
        .map(|(part, below)| take(part, plain, below))
        .collect();
    let mut intake = Intake {
        title: title.text.clone(),
        remarks: front.remarks.clone(),
        ..Intake::default()
    };
    intake.frame.extend(definitions.iter().map(|line| Remark {
        line: line.number,
        text: line.raw.trim().to_owned(),
    }));
    let headed = title
        .line
        .and_then(|number| lines.iter().find(|line| line.number == number));
    match headed {
        Some(line) => intake.frame.push(Remark {
            line: line.number,
            text: line.text.to_owned(),
        }),
        None if title.typed != title.text => intake.frame.push(Remark {
            line: 0,
            text: title.typed.clone(),
        }),
        None => {}
    }
    whole::day(path, &title, &front, lines, &mut taken, &mut intake);
    let in_front = front_zone(&front);
    if let Some((typed, None)) = in_front {
        intake.remarks.push(Remark {
            line: 1,
            text: format!(
                "The time zone \"{}\" is not known; write it as Europe/Vienna.",
                excerpt(typed)
            ),
        });
    }
    let in_front = in_front.and_then(|(_, zone)| zone);
    let zone = whole::stated_zone(lines)
        .or(in_front)
        .or_else(|| from_prose(lines, &taken, &mut intake));
    let mut clock = Days::new(asked.or(intake.happened_on), zone);
    for taken in &mut taken {
        place(taken, &mut clock, &mut intake.events);
    }
    said::mark_far(&mut intake.events);
    whole::settle_zone(&mut intake, zone);
    written::sections(&parts, taken, plain, &mut intake);
    written::write_out(&mut intake, &links, plain);
    whole::remarks(&mut intake);
    intake.front_matter = front
        .values
        .into_iter()
        .filter(|(key, value)| key != "title" && !value.is_empty())
        .collect();
    intake
}

/// The zone that the lines above the text name, as typed and as read.
fn front_zone(front: &Front) -> Option<(&str, Option<Zone>)> {
    const KEYS: [&str; 4] = ["zone", "timezone", "time_zone", "tz"];
    let typed = KEYS.iter().find_map(|key| front.get(key))?;
    let place = typed.parse().ok().map(Zone::Place);
    Some((typed, place.or_else(|| zones::stated(typed))))
}

/// The zone that only the prose names, if no row says one.
fn from_prose(lines: &[Line<'_>], taken: &[Taken<'_>], intake: &mut Intake) -> Option<Zone> {
    let said = |piece: &Piece| {
        matches!(
            piece,
            Piece::Zone(_) | Piece::Row(Row { zone: Some(_), .. })
        )
    };
    if taken.iter().flat_map(|taken| &taken.pieces).any(said) {
        return None;
    }
    let (zone, line) = whole::prose_zone(lines)?;
    let text = format!(
        "The rows name no time zone; {} was taken, which the text names here.",
        zone.place().name()
    );
    intake.remarks.push(Remark { line, text });
    Some(zone)
}

fn place(taken: &mut Taken<'_>, clock: &mut Days, events: &mut Vec<IntakeEvent>) {
    if !(taken.continues || (taken.is_label && taken.pieces.is_empty())) {
        clock.begin();
    }
    events.extend(
        std::mem::take(&mut taken.pieces)
            .into_iter()
            .filter_map(|piece| clock.place(piece)),
    );
}
