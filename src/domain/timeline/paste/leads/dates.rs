//! Days in front of a time.

use super::scan::Scan;
use super::tongues;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Parts of a day that some write in the place of a time.
const PARTS: [&str; 25] = [
    "in the morning",
    "in the afternoon",
    "in the evening",
    "at night",
    "early morning",
    "late morning",
    "early afternoon",
    "late afternoon",
    "early evening",
    "late evening",
    "morning",
    "afternoon",
    "evening",
    "night",
    "noon",
    "midday",
    "lunchtime",
    "morgens",
    "vormittags",
    "nachmittags",
    "abends",
    "abend",
    "nachts",
    "matin",
    "soir",
];

/// A day, in the form that is read, and whether the readers know its notation.
pub(super) fn day(scan: &mut Scan<'_>) -> Option<(String, bool)> {
    if let Some(read) = tongues::relative(scan) {
        return Some((read.to_owned(), true));
    }
    let relative = scan.attempt(|scan| scan.word_of(&["yesterday", "today"]));
    if let Some(word) = relative {
        return Some((word, false));
    }
    named_first(scan)
        .or_else(|| numbered_first(scan))
        .or_else(|| in_numbers(scan))
        .or_else(|| dotted(scan))
}

pub(super) fn is_relative(day: &str) -> bool {
    let lower = day.to_lowercase();
    lower == "yesterday" || lower == "today"
}

/// The day of the week as English has it, and whether it stood in another language.
pub(super) fn weekday(scan: &mut Scan<'_>) -> Option<(String, bool)> {
    if let Some(read) = tongues::weekday(scan) {
        return Some((read.to_owned(), true));
    }
    const ENGLISH: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let word = scan.word();
    let short: String = word.chars().take(3).collect();
    let whole = word.len() <= 5 || word.ends_with("day");
    if !ENGLISH.contains(&short.as_str()) || !whole {
        return None;
    }
    scan.pass_word();
    scan.sign(&['.', ',']);
    Some((word, false))
}

/// ", evening" behind a day: it stays in what was typed.
pub(super) fn part_of_day(scan: &mut Scan<'_>) -> bool {
    scan.attempt(|scan| {
        scan.sign(&[',']);
        scan.spaces();
        let found = scan.saying(&PARTS);
        let mut behind = *scan;
        behind.spaces();
        (found && (behind.rest.is_empty() || behind.sign(&[':', '-', '–', '—', '|']).is_some()))
            .then_some(())
    })
    .is_some()
}

/// `March 12, 2026`, `October 14th`
fn named_first(scan: &mut Scan<'_>) -> Option<(String, bool)> {
    scan.attempt(|scan| {
        let (month, english) = tongues::month(scan)?;
        scan.spaces();
        let day = of_month(scan.digits(1, 2)?)?;
        scan.word_of(&["st", "nd", "rd", "th"]);
        if scan.in_word() || is_clock_behind(scan) {
            return None;
        }
        let year = year(scan);
        Some((written(day, month, year), !english))
    })
}

/// `12. März 2026`, `14 de octubre de 2026`, `1er mars`, `14/Oct/26`
fn numbered_first(scan: &mut Scan<'_>) -> Option<(String, bool)> {
    scan.attempt(|scan| {
        let day = of_month(scan.digits(1, 2)?)?;
        scan.word_of(&["st", "nd", "rd", "th", "er"]);
        scan.sign(&['.']);
        let slash = scan.sign(&['/', '-']);
        let apart = scan.spaces();
        let of = scan.word_of(&["de", "of"]).is_some() && scan.spaces();
        let (month, english) = tongues::month(scan)?;
        if scan.in_word() || !(apart || of || slash.is_some() || !english) {
            return None;
        }
        if let Some(sign) = slash {
            scan.sign(&[sign])?;
            let year = scan.digits(2, 4)?;
            let short = year.len() == 2;
            let year = if short {
                format!("20{year}")
            } else {
                year.to_owned()
            };
            return Some((written(day, month, Some(&year)), short));
        }
        scan.attempt(|scan| {
            scan.spaces();
            scan.word_of(&["de", "del"])
        });
        let year = year(scan);
        Some((written(day, month, year), !english))
    })
}

/// `14/10/2026`, `14.10.2026`, `2026-10-14`: the readers know them, and ask where they have two meanings.
fn in_numbers<'a>(scan: &mut Scan<'a>) -> Option<(String, bool)> {
    let start = scan.rest;
    scan.attempt(|scan| {
        let one = scan.digits(1, 4)?;
        let sign = scan.sign(&['.', '/', '-'])?;
        scan.digits(1, 2)?;
        scan.sign(&[sign])?;
        let last = scan.digits(if one.len() == 4 { 1 } else { 4 }, 4)?;
        if one.len() == 3 || (one.len() == 4 && last.len() > 2) || scan.in_word() {
            return None;
        }
        let read = start.get(..start.len() - scan.rest.len())?;
        Some((read.to_owned(), false))
    })
}

/// `14.10.` and `14.10.26`: sections of a text are numbered so too, unless a time follows or both have two digits.
fn dotted(scan: &mut Scan<'_>) -> Option<(String, bool)> {
    scan.attempt(|scan| {
        let day = scan.digits(1, 2)?;
        scan.sign(&['.'])?;
        let month = scan.digits(1, 2)?;
        scan.sign(&['.'])?;
        let year = scan.attempt(|scan| scan.digits(2, 2));
        let mut behind = *scan;
        behind.sign(&[',']);
        behind.spaces();
        super::tongues::joint(&mut behind);
        behind.spaces();
        let timed = behind.digits(1, 2).is_some()
            && (behind.sign(&[':', '.']).is_some() || super::clocks::is_marked(&behind));
        let two = day.len() == 2 && month.len() == 2;
        if !(timed || two) || scan.in_word() {
            return None;
        }
        let month: usize = month.parse().ok()?;
        let month = MONTHS.get(month.checked_sub(1)?)?;
        let year = year.map(|year| format!("20{year}"));
        Some((written(of_month(day)?, month, year.as_deref()), true))
    })
}

/// A day of a month without the noughts in front.
pub(super) fn of_month(digits: &str) -> Option<u32> {
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

/// The day in the form that is read.
pub(super) fn written(day: u32, month: &str, year: Option<&str>) -> String {
    match year {
        Some(year) => format!("{day} {month} {year}"),
        None => format!("{day} {month}"),
    }
}

/// A year behind a day.
pub(super) fn year<'a>(scan: &mut Scan<'a>) -> Option<&'a str> {
    scan.attempt(|scan| {
        scan.sign(&[',']);
        scan.spaces();
        let year = scan.digits(4, 4)?;
        (year.starts_with("19") || year.starts_with("20")).then_some(())?;
        (!scan.in_word() && !is_clock_behind(scan)).then_some(year)
    })
}

/// Whether `:32` follows: the number was an hour.
fn is_clock_behind(scan: &Scan<'_>) -> bool {
    let mut ahead = *scan;
    ahead.sign(&[':']).is_some() && ahead.digits(2, 2).is_some()
}
