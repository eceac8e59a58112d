//! Times of day as people type them: `14:31`, `14:31:07`, `9pm`, `12:28p`, `11.50`, `1600`, `24:00`.

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};

use super::cursor::Cursor;

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clock {
    /// Seconds since midnight; 86,400 and more belong to the next day ("24:00").
    pub seconds: u32,
    /// Whether seconds were typed.
    pub to_the_second: bool,
}

impl Clock {
    /// This time on a day.
    #[must_use]
    pub fn on(self, day: NaiveDate) -> Option<NaiveDateTime> {
        day.and_time(NaiveTime::MIN)
            .checked_add_signed(Duration::seconds(i64::from(self.seconds)))
    }

    fn new(hour: u32, minute: u32, second: Option<u32>) -> Option<Self> {
        (hour <= 24 && minute < 60 && second.unwrap_or(0) < 61).then(|| Self {
            seconds: hour * 3600 + minute * 60 + second.unwrap_or(0),
            to_the_second: second.is_some(),
        })
    }

    fn with_half(self, half: Option<Half>) -> Self {
        let seconds = match half {
            Some(Half::Morning) if self.seconds >= 12 * 3600 && self.seconds < 13 * 3600 => {
                self.seconds - 12 * 3600
            }
            Some(Half::Evening) if self.seconds < 12 * 3600 => self.seconds + 12 * 3600,
            _ => self.seconds,
        };
        Self { seconds, ..self }
    }
}

/// Half of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    Morning,
    Evening,
}

/// What stands where a time would.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// A time, and the half of the day if it was typed.
    Time(Clock, Option<Half>),
    /// A placeholder or a time that was not known: `22:XX`, `--:--`, `HH:mm`.
    Unreadable,
}

impl Reading {
    pub(super) fn clock(self) -> Option<Clock> {
        match self {
            Self::Time(clock, half) => Some(clock.with_half(half)),
            Self::Unreadable => None,
        }
    }

    /// The same time in the half of the day that the end of its range names ("00:25 - 00:29 AM").
    pub(super) fn or_half(self, other: Option<Half>) -> Self {
        match self {
            Self::Time(clock, None) => Self::Time(clock, other),
            said => said,
        }
    }
}

/// Reads a time at the cursor, going past it. `after_date` allows the forms that are numbers otherwise.
pub(super) fn time(cursor: &mut Cursor<'_>, after_date: bool) -> Option<Reading> {
    let readers: [fn(&mut Cursor<'_>, bool) -> Option<Reading>; 5] =
        [colon, dot, hour_only, four_digits, placeholder];
    for reader in readers {
        let mut ahead = *cursor;
        if let Some(found) = reader(&mut ahead, after_date) {
            *cursor = ahead;
            return Some(found);
        }
    }
    None
}

/// `14:31`, `14:31:07.5`, `2:31 pm`, `14h31`
fn colon(cursor: &mut Cursor<'_>, _: bool) -> Option<Reading> {
    let (hour, _) = cursor.digits(1, 2)?;
    cursor.eat_any(&[':', 'h', '\u{ff1a}'])?;
    if hour <= 24 && blank_minutes(cursor) {
        return Some(Reading::Unreadable);
    }
    let (minute, _) = cursor.digits(2, 2)?;
    let mut ahead = *cursor;
    let mut second = None;
    if ahead.eat_any(&[':']).is_some()
        && let Some((found, _)) = ahead.digits(2, 2)
    {
        second = Some(found);
        let mut fraction = ahead;
        if fraction.eat_any(&['.', ',']).is_some() && fraction.digits(1, 9).is_some() {
            ahead = fraction;
        }
        *cursor = ahead;
    }
    let half = half(cursor);
    ends(cursor).then_some(())?;
    Some(Reading::Time(Clock::new(hour, minute, second)?, half))
}

/// `11.50`: two digits each, so that `1.24` stays a number.
fn dot(cursor: &mut Cursor<'_>, after_date: bool) -> Option<Reading> {
    let (hour, _) = cursor.digits(if after_date { 1 } else { 2 }, 2)?;
    cursor.eat_any(&['.'])?;
    let (minute, _) = cursor.digits(2, 2)?;
    let half = half(cursor);
    let next = cursor.peek();
    if !ends(cursor) || next == Some('.') || next == Some('%') {
        return None;
    }
    Some(Reading::Time(Clock::new(hour, minute, None)?, half))
}

/// `9pm`, `9 p.m.`
fn hour_only(cursor: &mut Cursor<'_>, _: bool) -> Option<Reading> {
    let (hour, _) = cursor.digits(1, 2)?;
    let before = cursor.rest;
    let half = half(cursor)?;
    // "10 a" is not a time, "10 am" and "10a" are.
    if cursor.in_word()
        || (before.starts_with(' ') && before.len() - cursor.rest.len() < 3)
        || hour > 12
    {
        return None;
    }
    Some(Reading::Time(Clock::new(hour, 0, None)?, Some(half)))
}

/// `0400 -`, `1600 UTC`; numbers that may be years are none without a mark.
fn four_digits(cursor: &mut Cursor<'_>, after_date: bool) -> Option<Reading> {
    let (number, _) = cursor.digits(4, 4)?;
    let clock = Clock::new(number / 100, number % 100, None)?;
    let mut ahead = *cursor;
    if ahead.eat_word(&["h", "hrs", "hours", "z"]) {
        if ahead.word().is_empty() && !cursor.word().eq_ignore_ascii_case("z") {
            *cursor = ahead;
        }
        return Some(Reading::Time(clock, None));
    }
    ahead.spaces();
    let zone = super::zones::zone(&mut ahead).is_some() || ahead.eat_word(&["h", "hrs", "hours"]);
    let year_like = (1900..2100).contains(&number);
    let marked = ahead
        .eat_any(&['-', '\u{2013}', '\u{2014}', ':', '|', ']', '*'])
        .is_some()
        || ahead.rest.is_empty();
    if cursor.in_word()
        || cursor.rest.starts_with(['.', '-', '/'])
        || !(zone || (!year_like && (marked || after_date)))
    {
        return None;
    }
    Some(Reading::Time(clock, None))
}

/// `HH:mm`, `--:--`, `??:??`, `XX:XX`, `2X:XX`
fn placeholder(cursor: &mut Cursor<'_>, _: bool) -> Option<Reading> {
    if let Some(found) = since_the_beginning(cursor) {
        return Some(found);
    }
    const BLANKS: [&str; 8] = [
        "hh:mm", "--:--", "??:??", "xx:xx", "##:##", "__:__", "0x:xx", "nn:nn",
    ];
    let head: String = cursor
        .rest
        .chars()
        .take(5)
        .collect::<String>()
        .to_ascii_lowercase();
    let tens = head
        .strip_prefix(['0', '1', '2'])
        .is_some_and(|rest| rest == "x:xx" || rest == "?:??");
    if !tens && !BLANKS.contains(&head.as_str()) {
        return None;
    }
    cursor.skip(5);
    let mut seconds = *cursor;
    if seconds.eat_any(&[':']).is_some() && blank_minutes(&mut seconds) {
        *cursor = seconds;
    }
    ends(cursor).then_some(Reading::Unreadable)
}

/// `T+5`, `T-10 min`: only its place among the other rows is known.
fn since_the_beginning(cursor: &mut Cursor<'_>) -> Option<Reading> {
    let mut ahead = *cursor;
    let named = ahead.eat_any(&['T', 't']).is_some();
    if named {
        ahead.eat_any(&['+', '-', '\u{2212}'])?;
    } else {
        ahead.eat_any(&['+'])?;
    }
    ahead.digits(1, 4)?;
    // "+2 hosts" counts something; "+0:05" and "+5m" pass.
    let mut unit = ahead;
    unit.spaces();
    let timed = unit.peek() == Some(':')
        || unit.eat_word(&[
            "s", "sec", "m", "min", "mins", "minutes", "h", "hour", "hours",
        ]);
    if !named && !timed {
        return None;
    }
    *cursor = ahead;
    if ahead.eat_any(&[':']).is_some() && ahead.digits(2, 2).is_some() {
        *cursor = ahead;
    }
    ahead = *cursor;
    ahead.spaces();
    if ahead.eat_any(&['h']).is_some() && ahead.digits(2, 2).is_some() && !ahead.in_word() {
        *cursor = ahead;
        return Some(Reading::Unreadable);
    }
    ahead = *cursor;
    ahead.spaces();
    if ahead.eat_word(&[
        "s", "sec", "m", "min", "mins", "minutes", "h", "hour", "hours", "d", "days",
    ]) && !ahead.in_word()
    {
        *cursor = ahead;
    }
    (!cursor.in_word()).then_some(Reading::Unreadable)
}

/// `XX`, `??`, `--` where minutes would stand.
fn blank_minutes(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    let blank = ahead.eat_all(&['X', 'x', '?', '-', '_', 'm', 's']) == 2 && !ahead.in_word();
    if blank {
        *cursor = ahead;
    }
    blank
}

/// `am`, `PM`, `a.m.`, and `a` or `p` directly after a digit.
fn half(cursor: &mut Cursor<'_>) -> Option<Half> {
    let mut ahead = *cursor;
    let spaced = ahead.spaces() > 0;
    let word = ahead.word().to_ascii_lowercase();
    let half = match word.as_str() {
        "am" => Half::Morning,
        "pm" => Half::Evening,
        "a" if !spaced || ahead.rest.to_ascii_lowercase().starts_with("a.m") => Half::Morning,
        "p" if !spaced || ahead.rest.to_ascii_lowercase().starts_with("p.m") => Half::Evening,
        _ => return None,
    };
    ahead.skip(word.len());
    if word.len() == 1 && ahead.eat_any(&['.']).is_some() {
        ahead.eat_word(&["m"]);
        ahead.eat_any(&['.']);
    }
    *cursor = ahead;
    Some(half)
}

/// Whether the time ends here: a letter may follow only as part of a zone's name.
fn ends(cursor: &Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    if ahead.peek().is_some_and(|next| {
        next.is_ascii_digit()
            || next == ':' && ahead.rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit)
    }) {
        return false;
    }
    !ahead.in_word() || super::zones::zone(&mut ahead).is_some()
}
