//! What programs put in front of the time of a log line, and times of theirs in other forms.

use super::times;

/// A line with its time in front in a form that is read.
pub(super) struct Moved {
    pub(super) text: String,
    /// The time as typed and as read, if they differ.
    pub(super) time: Option<(String, String)>,
}

/// The line with its time in front, and what stood before it behind it; `None` if the line needs no change.
pub(super) fn moved(line: &str) -> Option<Moved> {
    let text = line.trim();
    let plain = |text: String| Moved { text, time: None };
    compact(text)
        .or_else(|| offset_last(text))
        .or_else(|| in_place(text).map(plain))
}

/// Lines whose time stays as it is.
fn in_place(text: &str) -> Option<String> {
    syslog(text)
        .or_else(|| container(text))
        .or_else(|| commit(text))
        .or_else(|| level(text))
        .or_else(|| pairs(text))
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

/// `20261014T083206Z words`, `20261014 083206 words`
fn compact(text: &str) -> Option<Moved> {
    let (day, rest) = text.split_once(['T', ' '])?;
    let (clock, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let (clock, zone) = match clock.strip_suffix('Z') {
        Some(clock) => (clock, "Z"),
        None => (clock, ""),
    };
    let are_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if day.len() != 8 || clock.len() != 6 || !are_digits(day) || !are_digits(clock) {
        return None;
    }
    let (year, month, of_month) = (day.get(..4)?, day.get(4..6)?, day.get(6..)?);
    let (hour, minute, second) = (clock.get(..2)?, clock.get(2..4)?, clock.get(4..)?);
    let read = format!("{year}-{month}-{of_month}T{hour}:{minute}:{second}{zone}");
    let typed = text.get(..day.len() + 1 + clock.len() + zone.len())?;
    Some(Moved {
        text: format!("{read} {rest}"),
        time: Some((typed.to_owned(), read)),
    })
}

/// `Wed Oct 14 10:35:00 2026 +0200`, as `git log` writes it, with or without `Date:` in front, and
/// `Wed Oct 14 10:35:00 CEST 2026`, as `date` does.
fn offset_last(text: &str) -> Option<Moved> {
    let (label, stamp) = match text.strip_prefix("Date:") {
        Some(stamp) => ("Date: ", stamp.trim_start()),
        None => ("", text),
    };
    let mut words = stamp.splitn(7, ' ').filter(|word| !word.is_empty());
    let (weekday, month, day, clock) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let (one, other) = (words.next()?, words.next()?);
    let rest = words.next().unwrap_or_default();
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let is_offset = |word: &str| word.len() == 5 && word.starts_with(['+', '-']);
    let is_name =
        |word: &str| (2..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
    let (year, zone) = match (one, other) {
        (year, offset) if is_year(year) && is_offset(offset) => (year, offset),
        (name, year) if is_name(name) && is_year(year) => (year, name),
        _ => return None,
    };
    let fits = weekday.len() == 3 && is_month(&format!("{month} ")) && clock.len() == 8;
    let read = format!("{day} {month} {year} {clock} {zone}");
    let typed = format!("{weekday} {month} {day} {clock} {one} {other}");
    fits.then(|| Moved {
        text: format!("{label}{read} {rest}").trim_end().to_owned(),
        time: Some((typed, read)),
    })
}

/// `web-1  | 2026-10-14T08:32:06Z words`, as Docker Compose writes it.
fn container(text: &str) -> Option<String> {
    let (name, rest) = text.split_once('|')?;
    let name = name.trim_end();
    let is_name = !name.is_empty() && name.len() <= 60 && !name.contains(char::is_whitespace);
    let rest = rest.trim_start();
    if let Some(inner) = rest.strip_prefix('[')
        && is_name
        && has_stamp(inner)
    {
        let (stamp, words) = inner.split_once(']')?;
        return Some(format!("{stamp} {name} | {}", words.trim_start()));
    }
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
    text.get(..19).is_some_and(|stamp| {
        let signs = stamp.bytes();
        let form: Vec<u8> = signs
            .map(|b| if b.is_ascii_digit() { b'0' } else { b })
            .collect();
        form == *b"0000-00-00T00:00:00" || form == *b"0000-00-00 00:00:00"
    })
}

/// The time of a line, then what stood before it, then the rest.
fn in_front(text: &str, before: &str) -> String {
    let end = times::end(text).unwrap_or(19);
    let (stamp, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    format!("{} {before} {}", stamp.trim_end(), rest.trim_start())
}

/// `ERROR 2026-10-14 10:32:05 words`, `host [2026-10-14 10:32:05] words`
fn level(text: &str) -> Option<String> {
    let (word, rest) = text.split_once(char::is_whitespace)?;
    let rest = rest.trim_start();
    let label = word.trim_end_matches(':');
    let is_level = [
        "error", "warn", "warning", "info", "debug", "fatal", "critical", "notice", "trace",
    ];
    let is_level = is_level.contains(&label.to_lowercase().as_str());
    let is_word = word.len() <= 40 && word.starts_with(char::is_alphabetic);
    if !is_word || (word.ends_with(':') && !is_level) {
        return None;
    }
    let (inner, closed) = match rest.strip_prefix('[') {
        Some(inner) => (inner, true),
        None => (rest, false),
    };
    if !has_stamp(inner) {
        return None;
    }
    let end = times::end(inner)?;
    let (stamp, rest) = inner.split_at_checked(end)?;
    let rest = if closed {
        rest.trim_start().strip_prefix(']')?
    } else {
        rest
    };
    let rest = rest.trim_start();
    (!rest.is_empty()).then(|| format!("{} {label} {rest}", stamp.trim_end()))
}

/// `level=info ts=2026-10-14T10:32:05Z msg=words`: the time is not the first of the pairs.
fn pairs(text: &str) -> Option<String> {
    let (first, _) = text.split_once('=')?;
    let is_key = |key: &str| {
        !key.is_empty()
            && key
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"_.@-".contains(&b))
    };
    if !is_key(first) {
        return None;
    }
    let keys = [" ts=", " time=", " timestamp=", " @timestamp="];
    let at = keys
        .iter()
        .filter_map(|key| text.find(key))
        .min()
        .filter(|at| *at < 200)?;
    let (before, rest) = text.split_at_checked(at)?;
    let rest = rest.trim_start();
    let (pair, after) = rest.split_once(' ').unwrap_or((rest, ""));
    (!pair.contains('"')).then(|| format!("{pair} {before} {after}"))
}
