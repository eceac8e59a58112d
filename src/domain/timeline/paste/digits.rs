//! `1032 alert`: four digits that are times because the lines around them begin with times too.

use super::clip::marked;

/// What is counted rather than told: "1830 users affected".
const COUNTED: [&str; 24] = [
    "users",
    "customers",
    "orders",
    "requests",
    "errors",
    "people",
    "hosts",
    "nodes",
    "servers",
    "tickets",
    "calls",
    "messages",
    "rows",
    "records",
    "events",
    "jobs",
    "pods",
    "days",
    "minutes",
    "seconds",
    "hours",
    "units",
    "items",
    "eur",
];

/// Whether the lines of a text that begin with four digits begin with times.
pub(super) fn are_times(text: &str) -> bool {
    let (mut found, mut plain, mut clocks, mut filled) = (Vec::new(), 0, 0, 0_usize);
    for line in text.lines() {
        let (_, words) = marked(line);
        filled += usize::from(!words.is_empty());
        if let Some((hour, minute)) = time(words) {
            found.push(hour * 60 + minute);
            plain += usize::from(!(19..21).contains(&hour));
        } else if is_clock(words) {
            clocks += 1;
        }
    }
    let rises = found
        .windows(2)
        .filter(|pair| matches!(pair, [one, other] if one <= other));
    let falls = found.len().saturating_sub(1) - rises.count();
    // Years rise too: some of the numbers must be none.
    let are_no_years = plain == found.len() || plain >= 2 || clocks > 0;
    found.len() >= 2 && falls <= 1 && are_no_years && (found.len() + clocks) * 2 >= filled
}

/// The hour and minute that four digits say before words.
pub(super) fn time(text: &str) -> Option<(u32, u32)> {
    let (digits, rest) = text.split_at_checked(4)?;
    let number: u32 = digits
        .parse()
        .ok()
        .filter(|_| digits.bytes().all(|b| b.is_ascii_digit()))?;
    let words = rest
        .strip_prefix([' ', '\t'])?
        .trim_start_matches([' ', '-', '–', ':']);
    let word = words
        .split(|c: char| !c.is_alphanumeric())
        .next()?
        .to_lowercase();
    let is_word = word.starts_with(char::is_alphabetic) && !COUNTED.contains(&word.as_str());
    let (hour, minute) = (number / 100, number % 100);
    (is_word && hour < 24 && minute < 60).then_some((hour, minute))
}

/// `10:32`, `10.32`, `10h32` in front of a line.
fn is_clock(text: &str) -> bool {
    let digits = text.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let rest = text.get(digits..).unwrap_or_default();
    let minutes = rest.strip_prefix([':', '.', 'h']);
    (1..=2).contains(&digits)
        && minutes.is_some_and(|rest| rest.bytes().take(2).filter(u8::is_ascii_digit).count() == 2)
}
