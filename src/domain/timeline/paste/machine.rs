//! Lines that programs write: access logs, Kubernetes' own logs, JSON and `key=value` lines, ages of events.

use super::heads::{Head, Style};
use super::times::time_of;

/// Reads a line whose time does not stand plainly in front.
pub(super) fn head(line: &str) -> Option<Head> {
    json(line)
        .or_else(|| klog(line))
        .or_else(|| logfmt(line))
        .or_else(|| access(line))
}

fn log(typed: &str, read: String, text: String) -> Head {
    Head {
        typed: typed.to_owned(),
        read,
        speaker: None,
        text,
        style: Style::Machine,
    }
}

/// `203.0.113.9 - - [14/Oct/2026:10:32:05 +0200] "GET /"` and `[core] [Wed Oct 14 10:32:05 2026] words`.
fn access(line: &str) -> Option<Head> {
    let open = line.find('[')?;
    if open == 0 || open > 200 {
        return None;
    }
    let inside = line.get(open + 1..)?;
    let close = inside.find(']').filter(|close| *close < 48)?;
    let typed = inside.get(..close)?;
    let is_machine = typed.contains('/') && typed.matches(':').count() >= 3;
    let read = time_of(typed).filter(|_| is_machine)?;
    let before = line.get(..open)?.trim_end();
    let after = inside.get(close + 1..)?.trim_start();
    Some(log(typed, read, format!("{before} {after}")))
}

/// `E1014 10:32:05.123456       1 controller.go:114] words`: month and day without a year.
fn klog(line: &str) -> Option<Head> {
    let rest = line.strip_prefix(['I', 'W', 'E', 'F'])?;
    let (day, rest) = rest.split_once(' ')?;
    if day.len() != 4 || !day.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (clock, rest) = rest.trim_start().split_once(' ')?;
    let (month, day_of_month) = day.split_at_checked(2)?;
    let read = time_of(&format!("{} {day_of_month} {clock}", month_name(month)?))?;
    let rest = rest.trim_start();
    let text = rest
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .trim_start();
    text.contains(']')
        .then(|| log(&format!("{day} {clock}"), read, text.to_owned()))
}

fn month_name(digits: &str) -> Option<&'static str> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let month: usize = digits.parse().ok()?;
    MONTHS.get(month.checked_sub(1)?).copied()
}

const TIME_KEYS: [&str; 8] = [
    "time",
    "ts",
    "timestamp",
    "@timestamp",
    "t",
    "date",
    "datetime",
    "at",
];
const LEVEL_KEYS: [&str; 4] = ["level", "severity", "lvl", "levelname"];
const TEXT_KEYS: [&str; 5] = ["msg", "message", "event", "text", "error"];

/// `time=2026-10-14T10:32:05Z level=warn msg="slow query"`: the rest stays as it is.
fn logfmt(line: &str) -> Option<Head> {
    let (key, rest) = line.split_once('=')?;
    if !TIME_KEYS.contains(&key) {
        return None;
    }
    let (typed, rest) = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"')?,
        None => rest.split_once(' ')?,
    };
    let read = time_of(typed)?;
    Some(log(typed, read, rest.trim_start().to_owned()))
}

/// `{"time":"2026-10-14T10:32:05Z","level":"error","msg":"words"}`: level and words, or the whole line.
fn json(line: &str) -> Option<Head> {
    if !line.starts_with('{') || !line.ends_with('}') {
        return None;
    }
    let value = |keys: &[&str]| keys.iter().find_map(|key| json_value(line, key));
    let typed = value(&TIME_KEYS)?;
    let read = time_of(&typed)?;
    let words = match (value(&LEVEL_KEYS), value(&TEXT_KEYS)) {
        (Some(level), Some(text)) => format!("{level} {text}"),
        (None, Some(text)) => text,
        _ => line.to_owned(),
    };
    Some(log(&typed, read, words))
}

/// The first value of a key: a text without its escapes, or a number.
fn json_value(line: &str, key: &str) -> Option<String> {
    let mark = format!("\"{key}\"");
    let (at, _) = line.match_indices(&mark).find(|(at, _)| {
        let before = line.get(..*at).unwrap_or_default().trim_end();
        before.ends_with(['{', ','])
    })?;
    let rest = line
        .get(at + mark.len()..)?
        .trim_start()
        .strip_prefix(':')?
        .trim_start();
    let Some(quoted) = rest.strip_prefix('"') else {
        let end = rest.find([',', '}', ' '])?;
        return rest.get(..end).map(str::to_owned);
    };
    let mut found = String::new();
    let mut characters = quoted.chars();
    while let Some(c) = characters.next() {
        match c {
            '"' => return Some(found),
            '\\' => match characters.next()? {
                'n' => found.push('\n'),
                't' => found.push('\t'),
                other => found.push(other),
            },
            c => found.push(c),
        }
    }
    None
}
