//! What stands around a day and a time: what joins them, a zone, the end of a range, a day behind the time.

use super::clock::{self, Half, Reading};
use super::cursor::Cursor;
use super::dates;
use super::stamp::Stamp;
use super::zones;

/// A zone behind the time. A sign counts as an offset only where it cannot be a dash or the end of a range.
pub(super) fn zone_after(cursor: &mut Cursor<'_>, stamp: &mut Stamp<'_>) {
    let mut ahead = *cursor;
    let spaced = ahead.spaces() > 0;
    if (spaced && ahead.eat_word(&["hrs", "hours"])) || (!spaced && ahead.eat_word(&["h", "hrs"])) {
        ahead.spaces();
    }
    let to_the_second = stamp.clock.is_some_and(|clock| clock.to_the_second);
    match ahead.peek() {
        Some('-') if stamp.date.is_none() || spaced || !to_the_second => return,
        Some('+') if stamp.clock.is_none() => return,
        _ => {}
    }
    if let Some(zone) = zones::zone(&mut ahead) {
        stamp.zone = stamp.zone.or(Some(zone));
        *cursor = ahead;
    }
}

/// The end of a range: "- 22:25", "to 19:50", "and 2020-02-18 14:26", "-58". Says the half of the day it names.
pub(super) fn range(
    cursor: &mut Cursor<'_>,
    stamp: &mut Stamp<'_>,
    after_time: bool,
) -> Option<Half> {
    let mut ahead = *cursor;
    ahead.spaces();
    let dash = ahead.eat_any(&['-', '\u{2013}', '\u{2014}']).is_some();
    if !dash && !ahead.eat_word(&["to", "until", "till", "and", "through"]) {
        return None;
    }
    ahead.spaces();
    if ahead.eat_any(&['~']).is_some() {
        stamp.about = true;
    }
    let date = dates::date(&mut ahead);
    let behind_date = ahead;
    if date.is_some() {
        join(&mut ahead, stamp);
    }
    let mut end = ahead;
    let reading = clock::time(&mut end, date.is_some()).filter(|_| after_time || date.is_some());
    if let Some(reading) = reading {
        *cursor = end;
        stamp.until = reading.clock();
        stamp.until_date = date;
        return match reading {
            Reading::Time(_, half) => half,
            Reading::Unreadable => None,
        };
    }
    if date.is_some() && !behind_date.in_word() {
        stamp.until_date = date;
        *cursor = behind_date;
    } else if dash
        && after_time
        && ahead.digits(2, 2).is_some()
        && !ahead.in_word()
        && ahead.peek() != Some(':')
        && cursor.rest.starts_with('-')
    {
        // "16:05:57-58": seconds only, or minutes.
        *cursor = ahead;
    }
    None
}

/// A day after the time: "22:30 UTC (Oct 29)", "05:30 on 2015-02-24", "13:26, 22 May 2018".
pub(super) fn date_after(cursor: &mut Cursor<'_>, stamp: &mut Stamp<'_>) {
    let mut ahead = *cursor;
    ahead.eat_all(&[']', '*', '_']);
    ahead.spaces();
    let open = ahead.eat_any(&['(', '[']).is_some();
    ahead.eat_any(&[',']);
    ahead.spaces();
    let on = ahead.eat_word(&["on"]);
    ahead.spaces();
    dates::weekday(&mut ahead);
    let named = ahead.peek().is_some_and(char::is_alphabetic);
    let Some(date) = dates::date(&mut ahead) else {
        return;
    };
    if ahead.in_word() || !(open || on || named || date.year.is_some()) {
        return;
    }
    stamp.date = Some(date);
    if open {
        ahead.spaces();
        ahead.eat_any(&[')', ']']);
    }
    *cursor = ahead;
}

/// An aside that only says the time again, in another zone or as uncertain: "(17:14 UTC)", "(approximately)".
pub(super) fn aside(cursor: &mut Cursor<'_>, stamp: &mut Stamp<'_>) {
    let mut ahead = *cursor;
    ahead.eat_all(&['*', '_', ']']);
    ahead.spaces();
    if ahead.eat_any(&['(', '/']).is_none() {
        return;
    }
    let bracket = cursor.rest.contains('(');
    ahead.spaces();
    let mut about = false;
    if ahead.eat_word(&["approximately", "approx", "about", "ca"]) {
        ahead.eat_any(&['.']);
        about = true;
    }
    ahead.spaces();
    let again = clock::time(&mut ahead, false).is_some();
    ahead.spaces();
    let zone = zones::zone(&mut ahead);
    ahead.spaces();
    if !(about || again || zone.is_some())
        || (bracket && ahead.eat_any(&[')']).is_none())
        || (!bracket && zone.is_none())
    {
        return;
    }
    stamp.about |= about;
    if !again {
        stamp.zone = stamp.zone.or(zone);
    }
    *cursor = ahead;
}

/// `2022-05-??`, `2021/22-??-??`: a row of a timeline whose day is not known.
pub(super) fn unknown_day<'a>(cursor: &Cursor<'a>) -> Option<Cursor<'a>> {
    let mut ahead = *cursor;
    let before = ahead.rest.len();
    ahead.digits(4, 4)?;
    ahead.eat_any(&['-', '/', '.'])?;
    let taken = ahead.eat_all(&[
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '-', '/', '?', 'X', 'x',
    ]);
    let typed = cursor.rest.get(..before - ahead.rest.len())?;
    if taken < 2 || !typed.contains(['?', 'X', 'x']) || ahead.in_word() {
        return None;
    }
    let mut time = ahead;
    time.spaces();
    if clock::time(&mut time, true).is_some() {
        ahead = time;
    }
    Some(ahead)
}

/// "TBC", "(Time TBC)", "unknown" after a day.
pub(super) fn unknown_time(cursor: &mut Cursor<'_>, stamp: &mut Stamp<'_>) {
    let mut ahead = *cursor;
    ahead.spaces();
    ahead.eat_any(&['(']);
    if ahead.eat_word(&["time"]) {
        ahead.spaces();
    }
    if ahead.eat_word(&["tbc", "tbd", "unknown"]) {
        ahead.eat_any(&[')']);
        stamp.unreadable = true;
        *cursor = ahead;
    }
}

/// `25:61` after a day: it was meant as a time, and no clock shows it.
pub(super) fn impossible(cursor: &mut Cursor<'_>, stamp: &mut Stamp<'_>) {
    let mut ahead = *cursor;
    let apart = ahead.spaces() > 0 || ahead.eat_any(&['T']).is_some();
    if !apart || ahead.digits(1, 2).is_none() || ahead.eat_any(&[':']).is_none() {
        return;
    }
    if ahead.digits(2, 2).is_some() && !ahead.in_word() && ahead.peek() != Some(':') {
        stamp.unreadable = true;
        *cursor = ahead;
    }
}

/// What joins a day to its time: `T`, commas, "at", "around", a weekday, emphasis.
pub(super) fn join(cursor: &mut Cursor<'_>, stamp: &mut Stamp<'_>) {
    let mut ahead = *cursor;
    if ahead.eat_any(&['T', 't', '_']).is_some()
        && ahead.peek().is_some_and(|next| next.is_ascii_digit())
    {
        *cursor = ahead;
        return;
    }
    cursor.eat_all(&['*', '_', ']', ')', ',', '.', ':', ' ', '\t', '|', '\u{a0}']);
    for _ in 0..6 {
        cursor.spaces();
        if cursor.eat_word(&[
            "around",
            "about",
            "approx",
            "approximately",
            "ca",
            "circa",
            "roughly",
        ]) || cursor.eat_any(&['~', '\u{2248}']).is_some()
        {
            cursor.eat_any(&['.']);
            stamp.about = true;
        } else if !(cursor.eat_word(&["at", "from", "between"])
            || cursor.eat_any(&['*', '_', '[', '(', '@', ',']).is_some()
            || dates::weekday(cursor))
        {
            break;
        }
    }
}
