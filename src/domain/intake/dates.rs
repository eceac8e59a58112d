//! Days of the calendar as people type them: `2020-02-12`, `Sep 29 2017`, `13th Sept`, `19. April`, `07/08/16`.

use chrono::NaiveDate;

use super::cursor::Cursor;

/// A day as typed; the year may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PartDate {
    pub(super) year: Option<i32>,
    pub(super) month: u32,
    pub(super) day: u32,
    /// How day and month stand, where both are numbers.
    pub(super) order: Option<Order>,
}

/// The order of day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Order {
    pub(super) month_first: bool,
    /// Whether it cannot be the other way.
    pub(super) certain: bool,
}

impl PartDate {
    fn new(year: Option<i32>, month: u32, day: u32) -> Option<Self> {
        // 2000 is a leap year, so that 29 February without a year is a day.
        NaiveDate::from_ymd_opt(year.unwrap_or(2000), month, day)?;
        Some(Self {
            year,
            month,
            day,
            order: None,
        })
    }

    /// Whether day and month could be meant the other way round.
    pub(super) fn is_ambiguous(self) -> bool {
        self.month != self.day && self.order.is_some_and(|order| !order.certain)
    }

    /// Takes the order that other dates of the text show, else the one that lies near the day of the incident.
    pub(super) fn settle(&mut self, month_first: Option<bool>, base: Option<NaiveDate>) {
        let Some(order) = self.order.filter(|order| !order.certain) else {
            return;
        };
        let mut swapped = *self;
        (swapped.month, swapped.day) = (self.day, self.month);
        let distance = |date: Self| {
            base.zip(date.resolve(base))
                .map(|(base, day)| (day - base).num_days().abs())
        };
        let swap = match month_first {
            Some(month_first) => month_first != order.month_first,
            None => distance(swapped)
                .zip(distance(*self))
                .is_some_and(|(other, this)| other <= 31 && this > 31),
        };
        if swap {
            *self = swapped;
        }
        self.order = Some(Order {
            month_first: month_first.unwrap_or(order.month_first != swap),
            certain: month_first.is_some(),
        });
    }

    /// The whole date, the year taken so that it lies nearest to `near` where it is missing.
    pub(super) fn resolve(self, near: Option<NaiveDate>) -> Option<NaiveDate> {
        if let Some(year) = self.year {
            return NaiveDate::from_ymd_opt(year, self.month, self.day);
        }
        let near = near?;
        let year = chrono::Datelike::year(&near);
        [year - 1, year, year + 1]
            .into_iter()
            .filter_map(|year| NaiveDate::from_ymd_opt(year, self.month, self.day))
            .min_by_key(|day| (*day - near).num_days().abs())
    }
}

/// Reads a day at the cursor, going past it.
pub(super) fn date(cursor: &mut Cursor<'_>) -> Option<PartDate> {
    let readers: [fn(&mut Cursor<'_>) -> Option<PartDate>; 6] = [
        year_first,
        compact,
        numbers,
        named_month_first,
        named_day_first,
        month_and_day,
    ];
    for reader in readers {
        let mut ahead = *cursor;
        if let Some(found) = reader(&mut ahead) {
            *cursor = ahead;
            return Some(found);
        }
    }
    None
}

/// `2020-02-12`, `2020/02/12`, `2020.02.12`
fn year_first(cursor: &mut Cursor<'_>) -> Option<PartDate> {
    let (year, _) = cursor.digits(4, 4)?;
    let separator = cursor.eat_any(&['-', '/', '.', '\u{2010}', '\u{2011}'])?;
    let (month, _) = cursor.digits(1, 2)?;
    cursor.eat_any(&[separator])?;
    let (day, _) = cursor.digits(1, 2)?;
    PartDate::new(Some(plausible(year)?), month, day)
}

/// `20180110`
fn compact(cursor: &mut Cursor<'_>) -> Option<PartDate> {
    let (number, _) = cursor.digits(8, 8)?;
    PartDate::new(
        Some(plausible(number / 10_000)?),
        number / 100 % 100,
        number % 100,
    )
}

/// `07/05/2023`, `07/08/16`, `5.7.2023`, `05-07-2023`. With slashes the month comes first unless it cannot.
fn numbers(cursor: &mut Cursor<'_>) -> Option<PartDate> {
    let (first, _) = cursor.digits(1, 2)?;
    let separator = cursor.eat_any(&['/', '.', '-'])?;
    let (second, _) = cursor.digits(1, 2)?;
    cursor.eat_any(&[separator])?;
    let (year, digits) = cursor.digits(2, 4)?;
    if cursor.in_word() {
        return None;
    }
    let year = match digits {
        4 => Some(plausible(year)?),
        2 if separator == '/' => Some(plausible(2000 + year)?),
        // A digit is missing ("11/03/202"): the year is not known.
        3 if separator == '/' => None,
        _ => return None,
    };
    let month_first = second > 12 || (first <= 12 && separator == '/');
    let (month, day) = if month_first {
        (first, second)
    } else {
        (second, first)
    };
    let mut found = PartDate::new(year, month, day)?;
    found.order = Some(Order {
        month_first,
        certain: separator == '.' || first > 12 || second > 12,
    });
    Some(found)
}

/// `Sep 29 2017`, `March 22`, `June 14th, 2022`
fn named_month_first(cursor: &mut Cursor<'_>) -> Option<PartDate> {
    let month = month_name(cursor)?;
    cursor.spaces();
    let (day, _) = cursor.digits(1, 2)?;
    ordinal(cursor);
    if cursor.in_word()
        || cursor.rest.starts_with(':')
            && cursor
                .rest
                .as_bytes()
                .get(1)
                .is_some_and(u8::is_ascii_digit)
    {
        return None;
    }
    let mut range = *cursor;
    if range.eat_any(&['-', '\u{2013}']).is_some() && range.digits(1, 2).is_some() {
        ordinal(&mut range);
        if let Some(year) = year_after(&mut range) {
            // "October 29-30, 2025"
            *cursor = range;
            return PartDate::new(Some(year), month, day);
        }
    }
    let year = year_after(cursor);
    PartDate::new(year, month, day)
}

/// `29 Sep 2017`, `13th Sept`, `19. April`
fn named_day_first(cursor: &mut Cursor<'_>) -> Option<PartDate> {
    let (day, _) = cursor.digits(1, 2)?;
    ordinal(cursor);
    cursor.eat_any(&['.']);
    cursor.eat_any(&['-', '/']);
    cursor.spaces();
    if cursor.eat_word(&["of"]) {
        cursor.spaces();
    }
    let month = month_name(cursor)?;
    cursor.eat_any(&['-', '/']);
    let year = year_after(cursor);
    PartDate::new(year, month, day)
}

/// `12-05`, `12/05` or `25/05`, only where a time follows.
fn month_and_day(cursor: &mut Cursor<'_>) -> Option<PartDate> {
    let (first, _) = cursor.digits(1, 2)?;
    let separator = cursor.eat_any(&['-', '/'])?;
    let (second, _) = cursor.digits(1, 2)?;
    let mut ahead = *cursor;
    ahead.spaces();
    ahead.digits(1, 2)?;
    ahead.eat_any(&[':'])?;
    ahead.digits(2, 2)?;
    if cursor.spaces() == 0 {
        return None;
    }
    let month_first = first <= 12;
    let (month, day) = if month_first {
        (first, second)
    } else {
        (second, first)
    };
    let mut found = PartDate::new(None, month, day)?;
    found.order = (separator == '/').then_some(Order {
        month_first,
        certain: first > 12 || second > 12,
    });
    Some(found)
}

/// A year after a comma or a space; a time such as `2015` is not told apart from one.
fn year_after(cursor: &mut Cursor<'_>) -> Option<i32> {
    let mut ahead = *cursor;
    ahead.eat_any(&[',']);
    ahead.spaces();
    let (year, _) = ahead.digits(4, 4)?;
    if ahead.in_word()
        || ahead.rest.starts_with(':')
            && ahead.rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit)
    {
        return None;
    }
    let year = plausible(year)?;
    *cursor = ahead;
    Some(year)
}

fn plausible(year: u32) -> Option<i32> {
    (1900..2200)
        .contains(&year)
        .then(|| i32::try_from(year).ok())
        .flatten()
}

fn ordinal(cursor: &mut Cursor<'_>) {
    cursor.eat_word(&["st", "nd", "rd", "th"]);
}

fn month_name(cursor: &mut Cursor<'_>) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = cursor.word().to_ascii_lowercase();
    if word.len() < 3 {
        return None;
    }
    let short = if word == "sept" { "sep" } else { word.as_str() };
    let at = MONTHS
        .iter()
        .position(|month| *month == short || (short.len() == 3 && month.starts_with(short)))?;
    cursor.skip(word.len());
    cursor.eat_any(&['.']);
    u32::try_from(at + 1).ok()
}

/// Goes past the name of a weekday and what joins it to a date.
pub(super) fn weekday(cursor: &mut Cursor<'_>) -> bool {
    const DAYS: [&str; 19] = [
        "mon",
        "monday",
        "tue",
        "tues",
        "tuesday",
        "wed",
        "weds",
        "wednesday",
        "thu",
        "thur",
        "thurs",
        "thursday",
        "fri",
        "friday",
        "sat",
        "saturday",
        "sun",
        "sunday",
        "today",
    ];
    let mut ahead = *cursor;
    if !ahead.eat_word(&DAYS) || ahead.in_word() {
        return false;
    }
    ahead.eat_all(&['.', ',']);
    ahead.spaces();
    *cursor = ahead;
    true
}

/// The day of the week that a word names: "Tues", "Wednesday".
pub(super) fn weekday_named(word: &str) -> Option<chrono::Weekday> {
    word.get(..3)?.parse().ok()
}
