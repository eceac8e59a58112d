//! Reads dates: numbers, names of months and of days.

use chrono::Weekday;

use super::reading::DateText;
use super::token::Cursor;

/// Reads one date at the cursor.
pub(super) fn date(cursor: &mut Cursor<'_>) -> Option<DateText> {
    let rules = [
        year_month_day,
        compact,
        numbers,
        numbers_before_a_clock,
        year_month,
        day_month_name,
        month_name_day,
        month_name,
        year,
        relative,
    ];
    rules.into_iter().find_map(|rule| cursor.attempt(rule))
}

/// "Tue", "tues." or "Tuesday".
pub(super) fn weekday(cursor: &mut Cursor<'_>) -> Option<Weekday> {
    cursor.attempt(|c| {
        let found = match c.word()? {
            "mon" | "monday" => Weekday::Mon,
            "tue" | "tues" | "tuesday" => Weekday::Tue,
            "wed" | "weds" | "wednesday" => Weekday::Wed,
            "thu" | "thur" | "thurs" | "thursday" => Weekday::Thu,
            "fri" | "friday" => Weekday::Fri,
            "sat" | "saturday" => Weekday::Sat,
            "sun" | "sunday" => Weekday::Sun,
            _ => return None,
        };
        c.sign(&['.']);
        Some(found)
    })
}

/// A year that follows a date without one. Four digits between 1900 and 2099 are a year there,
/// and so are those that no clock shows; "Oct 14 1432" is a clock time.
pub(super) fn late_year(cursor: &mut Cursor<'_>) -> Option<i32> {
    cursor.attempt(|c| {
        let year = four_digits(c)?;
        let is_clock = year / 100 <= 24 && year % 100 <= 59;
        let mut ahead = *c;
        let is_followed_by_minutes =
            ahead.sign(&[':', '.']).is_some() && ahead.number(2, 2).is_some();
        if is_followed_by_minutes || (is_clock && !(1900..=2099).contains(&year)) {
            return None;
        }
        Some(year)
    })
}

fn four_digits(c: &mut Cursor<'_>) -> Option<i32> {
    i32::try_from(c.number(4, 4)?).ok()
}

/// "2026-10-14", "2026/10/14" and "2026.10.14".
fn year_month_day(c: &mut Cursor<'_>) -> Option<DateText> {
    let year = four_digits(c)?;
    let sign = c.sign(&['-', '/', '.'])?;
    let month = c.number(1, 2)?;
    c.sign(&[sign])?;
    let day = c.number(1, 2)?;
    Some(full(year, month, day))
}

/// "20261014".
fn compact(c: &mut Cursor<'_>) -> Option<DateText> {
    let number = c.number(8, 8)?;
    let year = i32::try_from(number / 10_000).ok()?;
    Some(full(year, number / 100 % 100, number % 100))
}

/// "14/10/2026", "10-14-2026", "14.10.2026" and "14/10/26". With dots the day comes first, as
/// in every country that writes dates so; otherwise whichever number is over 12 is the day, and
/// when none is, or both are the same, it is settled later.
fn numbers(c: &mut Cursor<'_>) -> Option<DateText> {
    let start = c.position();
    let one = c.number(1, 2)?;
    let sign = c.sign(&['/', '-', '.'])?;
    let two = c.number(1, 2)?;
    c.sign(&[sign])?;
    let (year, short_year) = match c.attempt(four_digits) {
        Some(year) => (year, false),
        // "14-10-26" could begin with the year, and "14.10.26" be a clock time with seconds unless another one follows.
        None if sign == '/' => (century(c.number(2, 2)?), true),
        None if sign == '.' => {
            let short = c.number(2, 2)?;
            before_a_clock(c).then_some(())?;
            (century(short), true)
        }
        None => return None,
    };
    let place = start..c.position();
    let day = |day, month| DateText::Day {
        year,
        month,
        day,
        short_year,
    };
    Some(match (one, two) {
        _ if sign == '.' => day(one, two),
        (1..=12, 13..) => day(two, one),
        (1..=12, 1..=12) if one != two => DateText::Ambiguous {
            year: Some(year),
            one,
            two,
            place,
        },
        _ => day(one, two),
    })
}

/// "14/10 14:31" and "10-14 14:31". Without a clock time behind it, "1/2" could be anything.
fn numbers_before_a_clock(c: &mut Cursor<'_>) -> Option<DateText> {
    let start = c.position();
    let one = c.number(1, 2)?;
    c.sign(&['/', '-'])?;
    let two = c.number(1, 2)?;
    let place = start..c.position();
    before_a_clock(c).then_some(())?;
    Some(match (one, two) {
        (1..=12, 13..) => DateText::MonthDay {
            month: one,
            day: two,
        },
        (1..=12, 1..=12) if one != two => DateText::Ambiguous {
            year: None,
            one,
            two,
            place,
        },
        _ => DateText::MonthDay {
            month: two,
            day: one,
        },
    })
}

/// Whether a clock time stands behind a day.
fn before_a_clock(c: &Cursor<'_>) -> bool {
    let mut ahead = *c;
    if !ahead.space() {
        return false;
    }
    ahead.sign(&['~']);
    ahead.number(1, 2).is_some() && ahead.sign(&[':']).is_some()
}

/// The year of two digits: 1970 to 2069, as computers count.
fn century(short: u32) -> i32 {
    let year = if short < 70 {
        2000 + short
    } else {
        1900 + short
    };
    i32::try_from(year).unwrap_or(0)
}

/// "2016-06" and "2016/06".
fn year_month(c: &mut Cursor<'_>) -> Option<DateText> {
    let year = four_digits(c)?;
    let sign = c.sign(&['-', '/'])?;
    let month = c.number(2, 2).filter(|m| (1..=12).contains(m))?;
    let goes_on = c.sign(&[sign, ':']).is_some();
    (!goes_on).then_some(DateText::Month {
        year: Some(year),
        month,
    })
}

/// "14 October 2026", "14th of Oct, 2026", "14-Oct-2026", "14/Oct/2026" and "14 Oct".
fn day_month_name(c: &mut Cursor<'_>) -> Option<DateText> {
    let day = c.number(1, 2)?;
    ordinal(c);
    c.sign(&['.']);
    let sign = c.sign(&['-', '/']);
    c.space();
    if c.word_of(&["of"]).is_some() {
        c.space();
    }
    let month = month_of(c)?;
    let year = c.attempt(|c| match sign {
        Some(sign) => {
            c.sign(&[sign])?;
            four_digits(c)
        }
        None => {
            comma(c);
            late_year(c)
        }
    });
    Some(with_year(year, month, day))
}

/// "October 14, 2026", "Oct. 14th 2026" and "Oct 14".
fn month_name_day(c: &mut Cursor<'_>) -> Option<DateText> {
    let month = month_of(c)?;
    c.space();
    let day = c.number(1, 2)?;
    ordinal(c);
    // "Oct 1:11" is no day.
    if c.attempt(|c| {
        c.sign(&[':'])?;
        c.number(2, 2)
    })
    .is_some()
    {
        return None;
    }
    let year = c.attempt(|c| {
        comma(c);
        late_year(c)
    });
    Some(with_year(year, month, day))
}

/// "June 2016" and "June".
fn month_name(c: &mut Cursor<'_>) -> Option<DateText> {
    let month = month_of(c)?;
    let year = c.attempt(|c| {
        comma(c);
        late_year(c)
    });
    Some(DateText::Month { year, month })
}

/// "year 2017" and "in 2017": never a clock time.
fn year(c: &mut Cursor<'_>) -> Option<DateText> {
    c.word_of(&["year", "in"])?;
    c.space();
    four_digits(c).map(DateText::Year)
}

fn relative(c: &mut Cursor<'_>) -> Option<DateText> {
    match c.word()? {
        "today" => Some(DateText::Today),
        "yesterday" => Some(DateText::Yesterday),
        _ => None,
    }
}

fn full(year: i32, month: u32, day: u32) -> DateText {
    DateText::Day {
        year,
        month,
        day,
        short_year: false,
    }
}

fn with_year(year: Option<i32>, month: u32, day: u32) -> DateText {
    year.map_or(DateText::MonthDay { month, day }, |year| {
        full(year, month, day)
    })
}

/// "st", "nd", "rd" and "th" behind a day.
pub(super) fn ordinal(c: &mut Cursor<'_>) {
    c.word_of(&["st", "nd", "rd", "th"]);
}

/// A comma and a space, if they are there.
pub(super) fn comma(c: &mut Cursor<'_>) {
    c.sign(&[',']);
    c.space();
}

/// "Oct", "Oct." or "October".
pub(super) fn month_of(c: &mut Cursor<'_>) -> Option<u32> {
    let month = match c.word()? {
        "jan" | "january" => 1,
        "feb" | "february" => 2,
        "mar" | "march" => 3,
        "apr" | "april" => 4,
        "may" => 5,
        "jun" | "june" => 6,
        "jul" | "july" => 7,
        "aug" | "august" => 8,
        "sep" | "sept" | "september" => 9,
        "oct" | "october" => 10,
        "nov" | "november" => 11,
        "dec" | "december" => 12,
        _ => return None,
    };
    c.sign(&['.']);
    Some(month)
}
