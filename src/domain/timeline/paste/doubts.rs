//! Points out what may be wrong with a row, with what could be meant instead. Nothing is changed here.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use super::{Asked, Doubt, Entry, Paste};
use crate::domain::when::{self, Choice, Note, Problem, Read, When};

/// So many days from the others a row stands far away.
const FAR: i64 = 183;
/// So many days from the others a row stands with them.
const NEAR: i64 = 31;

/// Compares each row with its neighbours.
pub(super) fn point_out(paste: &mut Paste, asked: &Asked) {
    let zone = paste.zone.or(asked.zone).unwrap_or(asked.otherwise);
    let middle = middle(paste, zone);
    let newest_first = newest_first(paste);
    let mut above: Option<DateTime<Utc>> = None;
    for entry in &mut paste.entries {
        let Entry::Row(row) = entry else { continue };
        let Some(at) = row.when.at() else { continue };
        let far = middle.and_then(|middle| far_away(&row.when, at, middle, zone));
        let is_far = far.is_some();
        row.doubts.extend(far);
        // A day or a range that holds the row above does not lie before it.
        let holds = |above: &DateTime<Utc>| row.when.until().is_some_and(|until| until > *above);
        if let Some(above) = above.filter(|above| !is_far && !holds(above) && !newest_first) {
            row.doubts.extend(backwards(at, above));
        }
        if at > asked.now && !row.doubts.iter().any(|doubt| doubt.code == "future") {
            row.doubts
                .push(plain("future", Note::InTheFuture.sentence()));
        }
        // What follows a slip is compared with the rows before it.
        if !is_far {
            above = Some(at);
        }
    }
}

/// Whether the rows stand the other way round; it is said once, at the first of them.
fn newest_first(paste: &mut Paste) -> bool {
    let times: Vec<DateTime<Utc>> = paste.rows().filter_map(|row| row.when.at()).collect();
    let pairs = times.len().saturating_sub(1);
    let back = times
        .windows(2)
        .filter(|pair| matches!(pair, [above, at] if at < above));
    let on = times
        .windows(2)
        .filter(|pair| matches!(pair, [above, at] if at > above));
    if pairs < 2 || on.count() > 0 || back.count() * 2 <= pairs {
        return false;
    }
    let rows = paste.entries.iter_mut().filter_map(|entry| match entry {
        Entry::Row(row) => Some(row),
        _ => None,
    });
    let said = "The newest row stands first here. The rows are put in order when they are added.";
    if let Some(first) = rows.into_iter().next() {
        first.doubts.push(plain("newest-first", said.to_owned()));
    }
    true
}

/// The day in the middle, if most of the rows lie near it.
fn middle(paste: &Paste, zone: Tz) -> Option<NaiveDate> {
    let days = paste.rows().filter_map(|row| row.when.at());
    let mut days: Vec<NaiveDate> = days
        .map(|at| at.with_timezone(&zone).date_naive())
        .collect();
    days.sort_unstable();
    let middle = days.get(days.len() / 2).copied()?;
    let near = days
        .iter()
        .filter(|day| (**day - middle).num_days().abs() <= NEAR);
    (days.len() >= 3 && near.count() * 3 >= days.len() * 2).then_some(middle)
}

fn far_away(when: &When, at: DateTime<Utc>, middle: NaiveDate, zone: Tz) -> Option<Doubt> {
    let local = at.with_timezone(&zone);
    let day = local.date_naive();
    if (day - middle).num_days().abs() <= FAR {
        return None;
    }
    let years = [middle.year(), middle.year() - 1, middle.year() + 1];
    let near = years
        .into_iter()
        .filter_map(|year| day.with_year(year))
        .filter(|day| (*day - middle).num_days().abs() <= NEAR)
        .min_by_key(|day| (*day - middle).num_days().abs());
    let choices = near.and_then(|near| {
        let moved = near
            .and_time(local.time())
            .and_local_timezone(zone)
            .earliest()?;
        Some(choice(when, moved.to_utc(), zone))
    });
    Some(Doubt {
        code: "far-away",
        sentence: format!(
            "{} is more than half a year from the other rows. Perhaps a slip in year or month.",
            when::day_text(day)
        ),
        choices: choices.into_iter().collect(),
    })
}

fn backwards(at: DateTime<Utc>, above: DateTime<Utc>) -> Option<Doubt> {
    let back = above - at;
    if back <= TimeDelta::zero() {
        return None;
    }
    let length = when::duration(back);
    Some(if back > TimeDelta::days(1) {
        plain(
            "jump-back",
            format!("This is {length} before the row above. Check the day."),
        )
    } else {
        plain(
            "out-of-order",
            format!("This is {length} before the row above."),
        )
    })
}

fn plain(code: &'static str, sentence: String) -> Doubt {
    Doubt {
        code,
        sentence,
        choices: Vec::new(),
    }
}

/// The same length and precision at another instant, as a text that has this meaning only.
pub(super) fn choice(when: &When, at: DateTime<Utc>, zone: Tz) -> Choice {
    let text = |at: DateTime<Utc>| {
        at.with_timezone(&zone)
            .format("%Y-%m-%d %H:%M:%S%:z")
            .to_string()
    };
    let shift = when.at().map(|before| at - before).unwrap_or_default();
    let until = when.until().map(|until| until + shift);
    let moved = When::from_parts(when.typed(), Some(at), until, when.precision());
    let label = moved.map_or_else(|_| text(at), |moved| when::full(&moved, zone));
    let mark = if when.precision() == when::Precision::About {
        "~"
    } else {
        ""
    };
    let minute = |at: DateTime<Utc>| match when.precision() {
        when::Precision::Exact => text(at),
        _ => at
            .with_timezone(&zone)
            .format("%Y-%m-%d %H:%M%:z")
            .to_string(),
    };
    let typed = match until {
        Some(until) => format!("{} to {}", minute(at), minute(until)),
        None => format!("{mark}{}", minute(at)),
    };
    Choice { label, typed }
}

/// Why a time could not be read, or which of its meanings was taken until somebody chooses.
pub(super) fn of(problem: &Problem) -> Doubt {
    let code = match problem {
        Problem::AmbiguousDate { .. } => "two-meanings",
        Problem::TwoTimes { .. } => "two-times",
        Problem::Gap { .. } => "clocks-forward",
        Problem::Fold { .. } => "clocks-back",
        Problem::NeedsDay { .. } => "needs-day",
        Problem::UnknownZone { .. } => "unknown-zone",
        _ => "unreadable",
    };
    Doubt {
        code,
        sentence: problem.to_string(),
        choices: problem.choices().to_vec(),
    }
}

/// The notes of a reading that are doubts.
pub(super) fn of_notes(read: &Read, zone: Tz) -> Vec<Doubt> {
    let doubt = |note: &Note| match note {
        Note::RolledPastMidnight { .. } => Some(next_day(&read.when, zone)),
        Note::WeekdayDiffers { .. } => Some(plain("weekday", note.sentence())),
        Note::OffsetTaken { abbreviation, .. } => {
            Some(zone_mark(&read.when, abbreviation, zone, note.sentence()))
        }
        _ => None,
    };
    read.notes.iter().filter_map(doubt).collect()
}

/// The clock went back: the next day was taken.
pub(super) fn next_day(when: &When, zone: Tz) -> Doubt {
    let earlier = when
        .at()
        .map(|at| choice(when, at - TimeDelta::days(1), zone));
    let day = when
        .at()
        .map(|at| when::day_text(at.with_timezone(&zone).date_naive()));
    Doubt {
        code: "next-day",
        sentence: format!(
            "The clock goes back here without a day. Read as the next day, {}.",
            day.unwrap_or_default()
        ),
        choices: earlier.into_iter().collect(),
    }
}

/// A mark of a zone that its clocks did not show then, as CET in summer: taken as written.
pub(super) fn zone_mark(when: &When, mark: &str, zone: Tz, sentence: String) -> Doubt {
    let summer = super::written::place_of(mark).unwrap_or(zone);
    let hour_before = when.at().map(|at| at - TimeDelta::hours(1));
    let choices = hour_before.map(|at| choice(when, at, summer));
    Doubt {
        code: "zone-mark",
        sentence,
        choices: choices.into_iter().collect(),
    }
}

/// A row whose time cannot be known from the text.
pub(super) fn unknown(typed: &str) -> Doubt {
    plain(
        "unknown-time",
        match typed {
            "" => "The line says no time. Type one, or leave ? when nobody knows it.".to_owned(),
            typed => format!("“{typed}” says no time. Type one, or leave ? when nobody knows it."),
        },
    )
}
