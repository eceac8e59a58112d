//! What programs put in front of the time of a log line, and times of theirs in other forms.

use super::times;

/// The line with its time in front, and what stood before it behind it; `None` if the line needs no change.
pub(super) fn moved(line: &str) -> Option<String> {
    let text = line.trim();
    syslog(text)
        .or_else(|| compact(text))
        .or_else(|| offset_last(text))
        .or_else(|| container(text))
        .or_else(|| commit(text))
}

/// `<34>1 2026-10-14T08:37:00.003Z host app - - words`: the priority says nothing to people.
fn syslog(text: &str) -> Option<String> {
    let (priority, rest) = text.strip_prefix('<')?.split_once('>')?;
    let is_priority =
        (1..=3).contains(&priority.len()) && priority.bytes().all(|b| b.is_ascii_digit());
    let rest = rest.strip_prefix("1 ").unwrap_or(rest);
    let starts = rest.starts_with(|c: char| c.is_ascii_digit()) || is_month(rest);
    (is_priority && starts).then(|| rest.to_owned())
}

fn is_month(text: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "Jan ", "Feb ", "Mar ", "Apr ", "May ", "Jun ", "Jul ", "Aug ", "Sep ", "Oct ", "Nov ",
        "Dec ",
    ];
    MONTHS.iter().any(|month| text.starts_with(month))
}

/// `20261014T083206Z words`
fn compact(text: &str) -> Option<String> {
    let (stamp, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let (day, clock) = stamp.split_once('T')?;
    let (clock, zone) = match clock.strip_suffix('Z') {
        Some(clock) => (clock, "Z"),
        None => (clock, ""),
    };
    let are_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if day.len() != 8 || clock.len() != 6 || !are_digits(day) || !are_digits(clock) {
        return None;
    }
    let part =
        |text: &'_ str, from: usize, to: usize| text.get(from..to).unwrap_or_default().to_owned();
    Some(format!(
        "{}-{}-{}T{}:{}:{}{zone} {rest}",
        part(day, 0, 4),
        part(day, 4, 6),
        part(day, 6, 8),
        part(clock, 0, 2),
        part(clock, 2, 4),
        part(clock, 4, 6),
    ))
}

/// `Wed Oct 14 10:35:00 2026 +0200`, as `git log` writes it, with or without `Date:` in front.
fn offset_last(text: &str) -> Option<String> {
    let (label, stamp) = match text.strip_prefix("Date:") {
        Some(stamp) => ("Date: ", stamp.trim_start()),
        None => ("", text),
    };
    let mut words = stamp.splitn(7, ' ').filter(|word| !word.is_empty());
    let (weekday, month, day, clock) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let (year, offset, rest) = (
        words.next()?,
        words.next()?,
        words.next().unwrap_or_default(),
    );
    let is_offset = offset.len() == 5 && offset.starts_with(['+', '-']);
    let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    let fits = weekday.len() == 3 && is_month(&format!("{month} ")) && clock.len() == 8;
    (is_offset && is_year && fits).then(|| {
        format!("{label}{day} {month} {year} {clock} {offset} {rest}")
            .trim_end()
            .to_owned()
    })
}

/// `web-1  | 2026-10-14T08:32:06Z words`, as Docker Compose writes it.
fn container(text: &str) -> Option<String> {
    let (name, rest) = text.split_once('|')?;
    let name = name.trim_end();
    let is_name = !name.is_empty() && name.len() <= 60 && !name.contains(char::is_whitespace);
    let rest = rest.trim_start();
    (is_name && has_stamp(rest)).then(|| in_front(rest, &format!("{name} |")))
}

/// `a1b2c3d 2026-10-14 10:32:08 +0200 words`: the number of a commit, or of a request.
fn commit(text: &str) -> Option<String> {
    let (number, rest) = text.split_once(' ')?;
    let is_number = (7..=40).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_hexdigit())
        && number.bytes().any(|b| b.is_ascii_alphabetic())
        && number.bytes().any(|b| b.is_ascii_digit());
    (is_number && has_stamp(rest)).then(|| in_front(rest, number))
}

/// Whether a text begins with a day in numbers and a time to the second.
fn has_stamp(text: &str) -> bool {
    let begins = text.get(..19).is_some_and(|stamp| {
        let signs = stamp
            .bytes()
            .map(|b| if b.is_ascii_digit() { b'0' } else { b });
        let form: Vec<u8> = signs.collect();
        form == *b"0000-00-00T00:00:00" || form == *b"0000-00-00 00:00:00"
    });
    begins
}

/// The time of a line, then what stood before it, then the rest.
fn in_front(text: &str, before: &str) -> String {
    let end = times::end(text).unwrap_or(19);
    let (stamp, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    format!("{} {before} {}", stamp.trim_end(), rest.trim_start())
}
