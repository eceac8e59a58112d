//! Rows of tables, lists, headings and paragraphs: the reader of whole documents finds them.

use std::collections::HashSet;

use chrono::{TimeDelta, TimeZone as _};
use chrono_tz::Tz;

use super::{Asked, Doubt, Entry, Paste, Row, Said, columns, doubts, lanes, moments};
use crate::domain::intake::{self, Flag, IntakeEvent, Zone};
use crate::domain::when::{self, Context, Precision, Problem, When};

/// Reads a text as a document.
pub(super) fn paste(text: &str, asked: &Asked) -> Paste {
    let barred = columns::barred(text);
    let zone = asked.zone.unwrap_or(asked.otherwise);
    let latest = asked.now.with_timezone(&zone).date_naive();
    let latest = asked.day.map_or(latest, |day| day.max(latest));
    let read = intake::pasted(barred.as_deref().unwrap_or(text), asked.day, latest);
    let mut entries: Vec<(usize, Entry)> = read
        .frame
        .iter()
        .map(|remark| {
            let said = Said {
                line: remark.line,
                text: remark.text.clone(),
            };
            (remark.line, Entry::Heading(said))
        })
        .collect();
    let left = left(text, &read.events, &entries);
    entries.extend(left.into_iter().map(|said| (said.line, Entry::Left(said))));
    let above = std::iter::once(None).chain(read.events.iter().map(|event| event.zone));
    let rows = read.events.iter().zip(above).map(|(event, above)| {
        let mut row = row(event, zone, asked);
        if event.flags.contains(&Flag::ZoneAbove) {
            let place = event.zone.map_or(zone, Zone::place);
            row.doubts
                .extend(above.and_then(|above| other_zone(event, &row.when, above, place)));
        }
        (row.line, Entry::Row(Box::new(row)))
    });
    entries.extend(rows);
    // The order of the text; a heading that is also a row's line stands above it.
    entries.sort_by_key(|(line, _)| *line);
    let timed = |event: &&IntakeEvent| event.clock.is_some();
    Paste {
        asks_day: read.asks_day,
        asks_zone: read
            .events
            .iter()
            .filter(timed)
            .any(|event| event.zone.is_none()),
        zone: read.zone,
        entries: entries.into_iter().map(|(_, entry)| entry).collect(),
    }
}

/// The lines that became part of no row.
fn left(text: &str, events: &[IntakeEvent], headings: &[(usize, Entry)]) -> Vec<Said> {
    let used: HashSet<usize> = events
        .iter()
        .flat_map(|event| event.line..event.line + event.text.lines().count().max(1))
        .chain(headings.iter().map(|(line, _)| *line))
        .collect();
    let words: HashSet<&str> = events
        .iter()
        .flat_map(|event| event.text.lines())
        .map(str::trim)
        .collect();
    let lines = text
        .lines()
        .zip(1..)
        .map(|(line, number)| (line.trim(), number));
    let left = lines.filter(|(line, number)| {
        let tells = line.chars().any(char::is_alphanumeric);
        tells && !used.contains(number) && !words.contains(line)
    });
    left.map(|(text, line)| Said {
        line,
        text: text.to_owned(),
    })
    .collect()
}

fn row(event: &IntakeEvent, zone: Tz, asked: &Asked) -> Row {
    let (lane, text) = lanes::lane(&event.text, false);
    let lines = event.text.lines().count().max(1);
    let mut row = Row {
        line: event.line,
        last_line: event.line + lines - 1,
        when: event
            .when(zone)
            .unwrap_or_else(|_| moments::unknown(&event.typed)),
        lane,
        speaker: None,
        text: without_joint(text).to_owned(),
        day_said: !event.flags.contains(&Flag::DayFromContext),
        zone_said: event.zone.is_some() || event.clock.is_none(),
        notes: Vec::new(),
        doubts: Vec::new(),
    };
    let place = event.zone.map_or(zone, Zone::place);
    second_look(&mut row, event, place, asked);
    let doubted = row.doubts.iter().any(|doubt| doubt.code == "unreadable");
    for flag in &event.flags {
        let doubt = of_flag(*flag, event, &row.when, place, doubted);
        row.doubts.extend(doubt);
    }
    if event.flags.contains(&Flag::WeekdayOnly) {
        let day = event.day.map(when::day_text);
        row.notes
            .extend(day.map(|day| format!("Read as {day}, from the day of the week.")));
    }
    if event.flags.contains(&Flag::YearAssumed) {
        let year = row.when.at().map(|at| at.format("%Y").to_string());
        row.notes.extend(
            year.map(|year| format!("Read as the year {year}. Type the year when it was another.")),
        );
    }
    row
}

/// The words without a sign that only joined them to the time; ".env" and "/var" stay whole.
fn without_joint(text: &str) -> &str {
    let rest = text.trim_start_matches(['.', '/', ':', ',', ';', '…']);
    if rest.starts_with(char::is_whitespace) {
        rest.trim_start()
    } else {
        text
    }
}

/// Reads the time once more as one that somebody typed: it knows of questions that a whole document leaves open.
fn second_look(row: &mut Row, event: &IntakeEvent, place: Tz, asked: &Asked) {
    let context = Context {
        zone: place,
        previous: None,
        day: event.day,
        now: asked.now,
    };
    if event.day.is_none() && event.clock.is_some() {
        row.doubts.push(doubts::of(&Problem::NeedsDay {
            example: format!("2026-10-14 {}", event.typed),
        }));
        return;
    }
    match when::parse(&event.typed, &context) {
        Ok(read) if event.flags.contains(&Flag::Unreadable) => {
            // "15:??": the hour is known. "--:--": nothing is, and the day of the rows around says little.
            let assumed = event.flags.contains(&Flag::DayFromContext);
            if event.day.is_some() && (read.when.at().is_some() || assumed) {
                row.when = moments::kept(&event.typed, &read.when);
            }
        }
        Ok(read) => {
            let same = read
                .when
                .at()
                .zip(row.when.at())
                .is_some_and(|(one, other)| {
                    one.timestamp() == other.timestamp()
                        && read.when.precision() == Precision::Exact
                });
            // The same second, with the fraction that was typed.
            if same && row.when.precision() == Precision::Exact {
                row.when = moments::kept(&event.typed, &read.when);
            }
        }
        Err(problem @ Problem::NoSuchTime { .. }) => row.doubts.push(doubts::of(&problem)),
        Err(problem @ (Problem::TwoTimes { .. } | Problem::Gap { .. } | Problem::Fold { .. })) => {
            row.doubts.push(doubts::of(&problem));
        }
        // "--:--": nothing is known, and the day of the rows around says little.
        Err(_)
            if event.flags.contains(&Flag::Unreadable)
                && event.flags.contains(&Flag::DayFromContext) =>
        {
            row.when = moments::unknown(if event.typed.is_empty() {
                "?"
            } else {
                &event.typed
            });
        }
        Err(_) => {}
    }
}

/// `doubted`: whether it was said already why the time cannot be read.
fn of_flag(
    flag: Flag,
    event: &IntakeEvent,
    when: &When,
    place: Tz,
    doubted: bool,
) -> Option<Doubt> {
    match flag {
        Flag::MidnightAssumed => Some(doubts::next_day(when, place)),
        Flag::WinterNameInSummer => Some(doubts::zone_mark(
            when,
            "",
            place,
            "The zone's mark is that of winter time, on a day with summer time. Read as written."
                .to_owned(),
        )),
        Flag::DayMonthOrder => Some(swapped(event, when, place)),
        Flag::Unreadable if doubted => None,
        Flag::Unreadable if when.precision() == Precision::Unknown => {
            Some(doubts::unknown(&event.typed))
        }
        Flag::Unreadable => Some(Doubt {
            code: "placeholder",
            sentence: format!("“{}” says the hour only.", event.typed),
            choices: Vec::new(),
        }),
        _ => None,
    }
}

/// The row above names a zone of its own: this one could be meant in it.
fn other_zone(event: &IntakeEvent, when: &When, above: Zone, place: Tz) -> Option<Doubt> {
    let there = above.instant(event.local()?)?.to_utc();
    Some(Doubt {
        code: "other-zone",
        sentence: format!(
            "The row above names its zone and this one does not. Read as {}, not as the zone above.",
            when::zone_text(place, when.at()?)
        ),
        choices: vec![doubts::choice(when, there, above.place())],
    })
}

/// Day and month the other way round.
fn swapped(event: &IntakeEvent, when: &When, place: Tz) -> Doubt {
    use chrono::Datelike as _;
    let other = event.day.and_then(|day| {
        let swapped = chrono::NaiveDate::from_ymd_opt(day.year(), day.day(), day.month())?;
        let apart = TimeDelta::days((swapped - day).num_days());
        let local = when.at()?.with_timezone(&place).naive_local() + apart;
        let at = place.from_local_datetime(&local).earliest()?;
        Some(doubts::choice(when, at.to_utc(), place))
    });
    let day = event.day.map(when::day_text).unwrap_or_default();
    Doubt {
        code: "two-meanings",
        sentence: format!("Day and month could be meant the other way round. Read as {day}."),
        choices: other.into_iter().collect(),
    }
}

/// The place that a mark such as CET belongs to.
pub(super) fn place_of(mark: &str) -> Option<Tz> {
    intake::zone_named(mark).map(Zone::place)
}
