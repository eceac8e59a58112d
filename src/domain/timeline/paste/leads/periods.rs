//! Weeks, months and quarters: what an organisation writes where a machine has an instant.

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};

use super::dates::{of_month, written, year};
use super::scan::Scan;
use super::{UNKNOWN, tongues};

/// Parts of a month or year without an agreed beginning and end: only their place among the rows is known.
const VAGUE: [&str; 37] = [
    "the beginning of",
    "the end of",
    "the middle of",
    "spring",
    "fall",
    "sommer",
    "frühling",
    "frühjahr",
    "herbst",
    "printemps",
    "été",
    "automne",
    "hiver",
    "mid of",
    "verano",
    "beginning of",
    "start of",
    "end of",
    "middle of",
    "early in",
    "late in",
    "early",
    "late",
    "mid",
    "summer",
    "autumn",
    "winter",
    "anfang",
    "mitte",
    "ende",
    "début",
    "mi",
    "fin",
    "principios de",
    "mediados de",
    "finales de",
    "around the end of",
];

/// Words in front of a period.
const BEFORE: [&str; 10] = [
    "in", "by", "since", "until", "from", "between", "im", "seit", "bis", "en",
];

/// What stands in front of the first day of a week.
const WEEKS: [&str; 5] = [
    "week of the",
    "week of",
    "week commencing",
    "woche vom",
    "semaine du",
];

/// Whether a word is one with which a period may begin.
pub(super) fn may_begin(word: &str) -> bool {
    let first = |saying: &&str| saying.split(' ').next() == Some(word);
    BEFORE.contains(&word)
        || ["q", "kw", "cw", "week"].contains(&word)
        || VAGUE.iter().chain(&WEEKS).any(first)
}

/// Reads a period in front of a text: how many bytes it takes, and what is read. A mark must follow, or nothing.
pub(super) fn read(start: Scan<'_>) -> Option<(usize, String)> {
    let readers: [fn(&mut Scan<'_>) -> Option<String>; 8] = [
        week,
        numbered_week,
        quarter,
        days,
        month,
        vague,
        month_in_numbers,
        whole_year,
    ];
    readers.into_iter().find_map(|reader| {
        let mut scan = start;
        scan.word_of(&BEFORE);
        scan.spaces();
        let read = reader(&mut scan)?;
        let mut behind = scan;
        let apart = behind.spaces();
        let marked = behind.rest.is_empty()
            || behind
                .rest
                .starts_with([':', '–', '—', '|', '\t', ']', ')'])
            || (apart && behind.rest.starts_with("- "))
            || behind.rest.starts_with("**");
        marked.then(|| (start.rest.len() - scan.rest.len(), read))
    })
}

/// `Week of 9 March`, `Woche vom 9. März`
fn week(scan: &mut Scan<'_>) -> Option<String> {
    let named = [
        "week of the",
        "week of",
        "week commencing",
        "woche vom",
        "semaine du",
    ];
    scan.saying(&named).then_some(())?;
    scan.spaces();
    let (day, month, year) = one_day(scan)?;
    // The year only says whether February has 29 days.
    let first = format!("{day} {month} {}", year.unwrap_or("2026"));
    let first = NaiveDate::parse_from_str(&first, "%d %b %Y").ok()?;
    let last = first.checked_add_days(Days::new(6))?;
    Some(format!(
        "{} to {}",
        written(day, month, year),
        written(
            last.day(),
            &last.format("%b").to_string(),
            year_of(last, year).as_deref()
        ),
    ))
}

/// The year of the last day, if one was typed.
fn year_of(last: NaiveDate, typed: Option<&str>) -> Option<String> {
    typed.map(|_| last.year().to_string())
}

fn one_day<'a>(scan: &mut Scan<'a>) -> Option<(u32, &'static str, Option<&'a str>)> {
    if let Some((month, _)) = scan.attempt(tongues::month) {
        scan.spaces();
        let day = of_month(scan.digits(1, 2)?)?;
        scan.word_of(&["st", "nd", "rd", "th"]);
        return Some((day, month, year(scan)));
    }
    let day = of_month(scan.digits(1, 2)?)?;
    scan.word_of(&["st", "nd", "rd", "th"]);
    scan.sign(&['.']);
    scan.spaces();
    let (month, _) = tongues::month(scan)?;
    Some((day, month, year(scan)))
}

/// `KW 11 2026`, `week 11`: without a year only its place among the rows is known.
fn numbered_week(scan: &mut Scan<'_>) -> Option<String> {
    scan.word_of(&["kw", "cw", "week"])?;
    scan.spaces();
    let number: u32 = scan.digits(1, 2)?.parse().ok()?;
    let year = scan.attempt(|scan| {
        scan.sign(&['/']);
        year(scan)
    });
    let Some(year) = year else {
        return (1..=53).contains(&number).then(|| UNKNOWN.to_owned());
    };
    let first = NaiveDate::from_isoywd_opt(year.parse().ok()?, number, Weekday::Mon)?;
    Some(format!(
        "{first} to {}",
        first.checked_add_days(Days::new(6))?
    ))
}

/// `Q2 2026`, `2026 Q2`, `Q2`
fn quarter(scan: &mut Scan<'_>) -> Option<String> {
    let early = scan.attempt(|scan| scan.digits(4, 4));
    scan.sign(&['-', ' ']);
    scan.word_of(&["q"])?;
    let number: u32 = scan.digits(1, 1)?.parse().ok()?;
    let month = (1..=4).contains(&number).then(|| number * 3 - 2)?;
    match early.or_else(|| year(scan)) {
        Some(year) => span(NaiveDate::from_ymd_opt(year.parse().ok()?, month, 1)?, 3),
        None => Some(without_year(month, month + 2)),
    }
}

/// From the first day of one month to the last of another.
fn without_year(first: u32, last: u32) -> String {
    const DAYS: [(&str, u32); 12] = [
        ("Jan", 31),
        ("Feb", 28),
        ("Mar", 31),
        ("Apr", 30),
        ("May", 31),
        ("Jun", 30),
        ("Jul", 31),
        ("Aug", 31),
        ("Sep", 30),
        ("Oct", 31),
        ("Nov", 30),
        ("Dec", 31),
    ];
    let of = |month: u32| DAYS.iter().zip(1..).find(|(_, at)| *at == month);
    let first = of(first).map_or("", |((name, _), _)| name);
    let (last, days) = of(last).map_or(("", 0), |((name, days), _)| (name, *days));
    format!("1 {first} to {days} {last}")
}

/// `2025-12`
fn month_in_numbers(scan: &mut Scan<'_>) -> Option<String> {
    let year = scan.digits(4, 4).filter(|year| is_year(year))?;
    scan.sign(&['-', '/'])?;
    let month = scan.digits(2, 2)?.parse().ok()?;
    span(NaiveDate::from_ymd_opt(year.parse().ok()?, month, 1)?, 1)
}

/// `2019`, with a mark behind it; `2045` is rather a time.
fn whole_year(scan: &mut Scan<'_>) -> Option<String> {
    let year = scan.digits(4, 4).filter(|year| is_year(year))?;
    span(NaiveDate::from_ymd_opt(year.parse().ok()?, 1, 1)?, 12)
}

fn is_year(digits: &str) -> bool {
    digits.starts_with("19")
        || digits.starts_with("200")
        || digits.starts_with("201")
        || digits.starts_with("202")
}

/// `18–20 March 2026`, `March 18–20, 2026`
fn days(scan: &mut Scan<'_>) -> Option<String> {
    let month = scan.attempt(tongues::month);
    scan.spaces();
    let from = of_month(scan.digits(1, 2)?)?;
    scan.sign(&['.']);
    scan.spaces();
    let sign = scan.sign(&['-', '–', '—']).is_some();
    if !sign {
        scan.word_of(&["to", "and", "until", "bis", "und", "au", "al"])?;
    }
    scan.spaces();
    let until = of_month(scan.digits(1, 2)?)?;
    scan.sign(&['.']);
    let (month, _) = match month {
        Some(month) => month,
        None => {
            scan.spaces().then_some(())?;
            tongues::month(scan)?
        }
    };
    let year = year(scan);
    (from < until).then(|| {
        format!(
            "{} to {}",
            written(from, month, year),
            written(until, month, year)
        )
    })
}

/// `March 2026`, `March`
fn month(scan: &mut Scan<'_>) -> Option<String> {
    let (month, _) = tongues::month(scan)?;
    let Some(year) = year(scan) else {
        let number = NaiveDate::parse_from_str(&format!("1 {month} 2026"), "%d %b %Y")
            .ok()?
            .month();
        return Some(without_year(number, number));
    };
    let first = format!("1 {month} {year}");
    span(NaiveDate::parse_from_str(&first, "%d %b %Y").ok()?, 1)
}

/// `Mid-March`, `End of June 2026`, `Ende Juni`
fn vague(scan: &mut Scan<'_>) -> Option<String> {
    scan.saying(&VAGUE).then_some(())?;
    scan.sign(&['-']);
    scan.spaces();
    scan.word_of(&["of"]);
    scan.spaces();
    let month = scan.attempt(tongues::month);
    let year = year(scan);
    (month.is_some() || year.is_some()).then(|| UNKNOWN.to_owned())
}

/// So many months as two days.
fn span(first: NaiveDate, months: u32) -> Option<String> {
    let after = first.checked_add_months(Months::new(months))?;
    Some(format!("{first} to {}", after.pred_opt()?))
}
