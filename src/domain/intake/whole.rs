//! What holds for the text as a whole: the day, the zone, and what to say to the person who imports.

use chrono::NaiveDate;

use super::front_matter::Front;
use super::hints;
use super::lines::{Kind, Line};
use super::said;
use super::taken::Taken;
use super::title::{self, Title};
use super::zones::{self, Zone};
use super::{Flag, Intake, Remark};

/// Decides on the day of the incident: the title's, the file name's, the first row's, the front matter's.
pub(super) fn day(
    path: &str,
    title: &Title,
    front: &Front,
    lines: &[Line<'_>],
    taken: &mut [Taken<'_>],
    intake: &mut Intake,
) {
    let outside = title::days(path, &title.typed, front);
    let candidates = [outside.in_title, outside.in_path, outside.in_front];
    let month_first = taken
        .iter()
        .find_map(|taken| said::month_first(&taken.pieces));
    for taken in taken.iter_mut() {
        said::settle(
            &mut taken.pieces,
            month_first,
            candidates.into_iter().flatten().next(),
        );
    }
    let said: Vec<NaiveDate> = taken
        .iter()
        .flat_map(|taken| said::said(&taken.pieces))
        .collect();
    // The day of a web log's entry is the day of publication; only the first row can confirm it.
    let confirming = if outside.in_front.is_some() {
        said.get(..1).unwrap_or_default()
    } else {
        said.as_slice()
    };
    let near =
        |day: &NaiveDate| said.is_empty() || confirming.iter().any(|row| is_near(*day, *row));
    let found = candidates
        .into_iter()
        .flatten()
        .find(near)
        .or_else(|| said::first_of_most(&said))
        .or_else(|| candidates.into_iter().flatten().next());
    intake.happened_on = found.or_else(|| {
        lines
            .iter()
            .filter(|line| !matches!(line.kind, Kind::Code | Kind::Comment))
            .take(200)
            .find_map(|line| title::find(line.text))
    });
    if let (Some(titled), Some(taken)) = (outside.in_title, intake.happened_on)
        && titled != taken
    {
        intake.remarks.push(Remark {
            line: title.line.unwrap_or(0),
            text: format!(
                "The title says {titled}, but the text begins on {taken}; {taken} was taken."
            ),
        });
    }
}

/// Within a week, or within a week but for a slip in the year.
fn is_near(day: NaiveDate, row: NaiveDate) -> bool {
    let apart = (day - row).num_days().abs();
    apart <= 7 || (358..=373).contains(&apart)
}

/// The zone that a line of the text states for all times.
pub(super) fn stated_zone(lines: &[Line<'_>]) -> Option<Zone> {
    const PHRASES: [&str; 9] = [
        "all times",
        "times are",
        "times in",
        "timestamps",
        "time zone",
        "timezone",
        "timelines are",
        "events are",
        "timeline",
    ];
    lines
        .iter()
        .filter(|line| {
            !matches!(
                line.kind,
                Kind::Code | Kind::Comment | Kind::Quote | Kind::Blank
            )
        })
        .find_map(|line| {
            let head = line
                .text
                .get(..super::stamp::boundary(line.text, 400))?
                .to_ascii_lowercase();
            let at = PHRASES.iter().find_map(|phrase| head.find(phrase))?;
            let short = line
                .text
                .get(at..super::stamp::boundary(line.text, at + 80))?;
            zones::stated(short)
        })
}

/// The zone that the prose names behind times, and the first line that does: "at roughly 18:52 UTC". Nothing if
/// it names several, or another one than UTC only once: that may be somebody far away.
pub(super) fn prose_zone(lines: &[Line<'_>]) -> Option<(Zone, usize)> {
    let prose = lines
        .iter()
        .filter(|line| matches!(line.kind, Kind::Text | Kind::Item(_)));
    let mut named = prose.flat_map(|line| {
        hints::zones_behind_times(line.text)
            .into_iter()
            .map(|zone| (zone, line.number))
    });
    let (zone, line) = named.next()?;
    let mut count = 1;
    for (other, _) in named {
        if other != zone {
            return None;
        }
        count += 1;
    }
    (count > 1 || zone == zones::UTC).then_some((zone, line))
}

/// The zone of the whole text: the stated one, else the one that most rows carry.
pub(super) fn settle_zone(intake: &mut Intake, stated: Option<Zone>) {
    let mut counts: Vec<(Zone, usize)> = Vec::new();
    for zone in intake.events.iter().filter_map(|event| event.zone) {
        match counts.iter_mut().find(|(counted, _)| *counted == zone) {
            Some((_, count)) => *count += 1,
            None => counts.push((zone, 1)),
        }
    }
    let zone = stated.or_else(|| {
        counts
            .into_iter()
            .max_by_key(|(_, count)| *count)
            .map(|(zone, _)| zone)
    });
    intake.zone = zone.map(Zone::place);
    intake.zone_said = zone.is_some();
}

/// Says in plain sentences what was assumed about rows: each sentence once, at the first row it holds for.
pub(super) fn remarks(intake: &mut Intake) {
    const SENTENCES: [(Flag, &str); 5] = [
        (
            Flag::FarAway,
            "This day is more than half a year from the others. Perhaps a slip in year or month; it was kept as typed.",
        ),
        (
            Flag::MidnightAssumed,
            "The clock goes back here without a new day; the next day was assumed.",
        ),
        (
            Flag::Unreadable,
            "The time could not be read; the row was kept in its place.",
        ),
        (
            Flag::WinterNameInSummer,
            "A name of winter time on a summer's day; it was taken as written.",
        ),
        (
            Flag::DayMonthOrder,
            "Day and month could be meant the other way round; check which one was taken.",
        ),
    ];
    for (flag, sentence) in SENTENCES {
        let mut lines = intake
            .events
            .iter()
            .filter(|event| event.flags.contains(&flag))
            .map(|event| event.line);
        let Some(line) = lines.next() else { continue };
        let text = match lines.count() {
            0 => sentence.to_owned(),
            1 => format!("{sentence} (And in one more row.)"),
            more => format!("{sentence} (And in {more} more rows.)"),
        };
        intake.remarks.push(Remark { line, text });
    }
    intake.remarks.sort_by_key(|remark| remark.line);
}
