//! Names of time zones as they stand in texts: `UTC`, `Z`, `CEST`, `PT`, `UTC-7`, `Eastern Time`.

use chrono::{DateTime, FixedOffset, NaiveDateTime, Offset as _, TimeZone as _};
use chrono_tz::{OffsetComponents as _, Tz};

use super::cursor::Cursor;

/// A zone that holds for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Zone {
    /// A fixed distance from UTC, as its name says: `PST` is eight hours behind even in summer.
    Fixed {
        /// Seconds east of UTC.
        east: i32,
        /// A place that uses it, for showing other times of the same text.
        place: Tz,
    },
    /// The clock of a place.
    Place(Tz),
}

impl Zone {
    /// The place whose clock it is.
    #[must_use]
    pub fn place(self) -> Tz {
        match self {
            Self::Fixed { place, .. } | Self::Place(place) => place,
        }
    }

    /// The moment of a local time; the first one where the clock was set back, an hour later where it was set
    /// forward.
    #[must_use]
    pub fn instant(self, local: NaiveDateTime) -> Option<DateTime<FixedOffset>> {
        match self {
            Self::Fixed { east, .. } => FixedOffset::east_opt(east)?
                .from_local_datetime(&local)
                .single(),
            Self::Place(place) => {
                let found = place.from_local_datetime(&local).earliest().or_else(|| {
                    place
                        .from_local_datetime(&(local + chrono::Duration::hours(1)))
                        .earliest()
                })?;
                let offset = found.offset().fix();
                Some(found.with_timezone(&offset))
            }
        }
    }

    /// Whether it names winter time on a day when the place keeps summer time.
    pub(super) fn is_winter_name_in_summer(self, local: NaiveDateTime) -> bool {
        let Self::Fixed { east, place } = self else {
            return false;
        };
        place
            .from_local_datetime(&local)
            .earliest()
            .is_some_and(|there| {
                !there.offset().dst_offset().is_zero()
                    && there.offset().base_utc_offset().num_seconds() == i64::from(east)
            })
    }
}

/// UTC.
pub(super) const UTC: Zone = Zone::Fixed {
    east: 0,
    place: Tz::UTC,
};

/// Name, minutes east of UTC (`None`: the place's own clock), place.
const NAMES: [(&str, Option<i32>, Tz); 47] = [
    ("utc", Some(0), Tz::UTC),
    ("z", Some(0), Tz::UTC),
    ("gmt", Some(0), Tz::UTC),
    ("bst", Some(60), Tz::Europe__London),
    ("wet", Some(0), Tz::Europe__Lisbon),
    ("west", Some(60), Tz::Europe__Lisbon),
    ("cet", Some(60), Tz::Europe__Brussels),
    ("cest", Some(120), Tz::Europe__Brussels),
    ("mez", Some(60), Tz::Europe__Berlin),
    ("mesz", Some(120), Tz::Europe__Berlin),
    ("eet", Some(120), Tz::Europe__Helsinki),
    ("eest", Some(180), Tz::Europe__Helsinki),
    ("msk", Some(180), Tz::Europe__Moscow),
    ("est", Some(-300), Tz::America__New_York),
    ("edt", Some(-240), Tz::America__New_York),
    ("et", None, Tz::America__New_York),
    ("eastern", None, Tz::America__New_York),
    ("cst", Some(-360), Tz::America__Chicago),
    ("cdt", Some(-300), Tz::America__Chicago),
    ("ct", None, Tz::America__Chicago),
    ("central", None, Tz::America__Chicago),
    ("mst", Some(-420), Tz::America__Denver),
    ("mdt", Some(-360), Tz::America__Denver),
    ("mt", None, Tz::America__Denver),
    ("mountain", None, Tz::America__Denver),
    ("pst", Some(-480), Tz::America__Los_Angeles),
    ("pdt", Some(-420), Tz::America__Los_Angeles),
    ("pt", None, Tz::America__Los_Angeles),
    ("pacific", None, Tz::America__Los_Angeles),
    ("akst", Some(-540), Tz::America__Anchorage),
    ("akdt", Some(-480), Tz::America__Anchorage),
    ("hst", Some(-600), Tz::Pacific__Honolulu),
    ("nst", Some(-210), Tz::America__St_Johns),
    ("ndt", Some(-150), Tz::America__St_Johns),
    ("brt", Some(-180), Tz::America__Sao_Paulo),
    ("sast", Some(120), Tz::Africa__Johannesburg),
    ("ist", Some(330), Tz::Asia__Kolkata),
    ("npt", Some(345), Tz::Asia__Kathmandu),
    ("sgt", Some(480), Tz::Asia__Singapore),
    ("hkt", Some(480), Tz::Asia__Hong_Kong),
    ("jst", Some(540), Tz::Asia__Tokyo),
    ("kst", Some(540), Tz::Asia__Seoul),
    ("awst", Some(480), Tz::Australia__Perth),
    ("aest", Some(600), Tz::Australia__Sydney),
    ("aedt", Some(660), Tz::Australia__Sydney),
    ("nzst", Some(720), Tz::Pacific__Auckland),
    ("nzdt", Some(780), Tz::Pacific__Auckland),
];

/// Reads a zone at the cursor, going past it.
pub(super) fn zone(cursor: &mut Cursor<'_>) -> Option<Zone> {
    if cursor.peek().is_some_and(|next| next == '+' || next == '-') {
        return offset(cursor, Tz::UTC);
    }
    let word = cursor.word();
    let lower = word.to_ascii_lowercase();
    let (_, minutes, place) = NAMES.iter().find(|(name, _, _)| *name == lower)?;
    // "et", "ct", "west", "central" and the like are words unless they are capitals or followed by "time".
    let after = cursor.rest.get(word.len()..).unwrap_or_default();
    let next = Cursor::new(after.trim_start()).word();
    let names_time = next.eq_ignore_ascii_case("time");
    let region = minutes.is_none() && word.len() > 2;
    if (region && !(next.is_empty() || names_time || matches!(next, "Standard" | "Daylight")))
        || minutes.is_none() && !names_time && word.chars().next().is_some_and(char::is_lowercase)
        || matches!(lower.as_str(), "west" | "z") && word.chars().any(char::is_lowercase)
    {
        return None;
    }
    let mut ahead = *cursor;
    ahead.skip(word.len());
    if ahead
        .peek()
        .is_some_and(|next| next.is_ascii_digit() || next == '_')
    {
        return None;
    }
    let mut found = minutes.map_or(Zone::Place(*place), |minutes| Zone::Fixed {
        east: minutes * 60,
        place: *place,
    });
    if found == UTC && ahead.peek().is_some_and(|next| next == '+' || next == '-') {
        let mut distance = ahead;
        if let Some(zone) = offset(&mut distance, Tz::UTC) {
            found = zone;
            ahead = distance;
        }
    }
    if names_time {
        ahead.spaces();
        ahead.eat_word(&["time"]);
    }
    *cursor = ahead;
    Some(found)
}

/// `+02:00`, `-0700`, `+2`
fn offset(cursor: &mut Cursor<'_>, place: Tz) -> Option<Zone> {
    let mut ahead = *cursor;
    let sign = if ahead.eat_any(&['+', '-'])? == '-' {
        -1
    } else {
        1
    };
    let (hours, minutes) = match ahead.digits(1, 4)? {
        (number, 4) => (number / 100, number % 100),
        (number, 1 | 2) => {
            let mut rest = ahead;
            let minutes = (rest.eat_any(&[':']).is_some())
                .then(|| rest.digits(2, 2))
                .flatten();
            if minutes.is_some() {
                ahead = rest;
            }
            (number, minutes.map_or(0, |(minutes, _)| minutes))
        }
        _ => return None,
    };
    if hours > 14 || minutes > 59 || ahead.in_word() {
        return None;
    }
    *cursor = ahead;
    let east = i32::try_from(hours * 3600 + minutes * 60).ok()? * sign;
    Some(Zone::Fixed { east, place })
}

/// The zone that a sentence about times names: "All times in CET", "Timeline (all times PST)", "Time (UTC)".
#[must_use]
pub fn stated(text: &str) -> Option<Zone> {
    let mut previous_is_letter = false;
    for (at, character) in text.char_indices().take(200) {
        if character.is_ascii_alphabetic() && !previous_is_letter {
            let mut cursor = Cursor::new(text.get(at..)?);
            let word = cursor.word();
            let telling = word.chars().all(|letter| letter.is_ascii_uppercase()) && word.len() > 1
                || matches!(word, "Eastern" | "Pacific" | "Central" | "Mountain" | "utc");
            if telling && let Some(zone) = zone(&mut cursor) {
                // "Eastern Time (UTC-4)" and "PDT (UTC-7)": the first name wins, the place is known by it.
                return Some(zone);
            }
        }
        previous_is_letter = character.is_alphabetic();
    }
    None
}
