//! The line with which a message begins, in the forms that chats give to the clipboard.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::{machine, names};
use crate::domain::when::{self, Context, Precision};

/// The form of a head. Lines of people have several; each chat keeps to one or two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// `[10:32] name: words`, with a name.
    Bracket,
    /// `[10:32] words`, without one.
    BracketAlone,
    /// `<nick> words`, `* nick words`, with the time on either side.
    Nick,
    /// `14/10/2026, 10:32 - name: words`.
    Dash,
    /// `name  10:32`, the words below.
    Above,
    /// `10:32` alone.
    Bare,
    /// A line of a program, with day and seconds.
    Machine,
    /// `10:32 name: words`: a chat only if others in the text are.
    Colon,
    /// `name: words 10:32`, likewise.
    Trailing,
    /// `10:32 words`, as people write lists.
    Plain,
    /// Who came and went.
    Noise,
}

/// The beginning of a message.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Head {
    /// The time as it stands in the text.
    pub(super) typed: String,
    /// The same in a form that can be read.
    pub(super) read: String,
    pub(super) speaker: Option<String>,
    pub(super) text: String,
    pub(super) style: Style,
}

/// No head is longer; what follows is the message.
const REACH: usize = 160;

/// Reads the head with which a line begins. The line is trimmed.
pub(super) fn head(line: &str) -> Option<Head> {
    let start = line.get(..boundary(line, REACH))?;
    if !start.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    bracketed(line)
        .or_else(|| nick_first(line))
        .or_else(|| plain(line, start))
        .or_else(|| machine::head(line))
        .or_else(|| above(line))
        .or_else(|| trailing(line))
}

/// What any time is cut out against: only its form counts here.
fn anywhere() -> Context {
    Context {
        zone: Tz::UTC,
        previous: None,
        day: NaiveDate::from_ymd_opt(2026, 7, 1),
        now: DateTime::<Utc>::UNIX_EPOCH,
    }
}

/// The text as it can be read, if it is a time of day as a whole, with or without a day.
pub(super) fn time_of(text: &str) -> Option<String> {
    let read = spelled(text.trim());
    let (typed, rest) = when::split(&read, &anywhere())?;
    let is_time = rest.is_empty() && typed.trim().len() == read.trim().len() && has_clock(typed);
    is_time.then(|| read.clone())
}

/// The text as it can be read, if it is a day as a whole.
pub(super) fn day_of(text: &str) -> Option<String> {
    let read = spelled(text.trim());
    let lower = read.to_ascii_lowercase();
    let is_word = read.chars().all(|c| c.is_alphabetic() || c == ',');
    let has_month = !is_word || lower.contains("day");
    let parsed = when::parse(&read, &anywhere());
    let is_day = match &parsed {
        Ok(found) => {
            found.when.precision() == Precision::Range
                && found
                    .when
                    .at()
                    .zip(found.when.until())
                    .is_some_and(|(at, until)| (20..=28).contains(&(until - at).num_hours()))
        }
        Err(when::Problem::AmbiguousDate { .. }) => true,
        Err(_) => false,
    };
    (is_day && has_month && !has_clock(&read)).then_some(read)
}

/// Digits with a colon, a dot or an am between them, or the count of an epoch.
fn has_clock(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let colon = lower.match_indices(':').any(|(at, _)| {
        let before = lower.get(..at).unwrap_or_default();
        before.ends_with(|c: char| c.is_ascii_digit() || c == '?' || c == '-')
    });
    let digits = lower.bytes().filter(u8::is_ascii_digit).count();
    let dotted = lower.split_once('.').is_some_and(|(hour, minute)| {
        hour.len() <= 2 && minute.len() >= 2 && !minute.contains('.')
    });
    let half =
        lower.trim_end_matches('.').ends_with('m') && lower.contains(|c: char| c.is_ascii_digit());
    colon
        || dotted
        || half
        || (digits >= 9 && lower.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
}

/// Puts a day with two digits for the year in a form that has no second meaning: `14.10.26, 10:32`.
fn spelled(text: &str) -> String {
    let end = text.find([',', ' ']).unwrap_or(text.len());
    let (day, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let parts: Vec<&str> = day.split('.').collect();
    let digits = |part: &&str| {
        !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit())
    };
    match parts.as_slice() {
        [of_month, month, year] if parts.iter().all(digits) && year.len() == 2 => {
            format!("{of_month}.{month}.20{year}{rest}")
        }
        _ => text.to_owned(),
    }
}

/// Whether a program wrote it: a day and seconds, or the count of an epoch.
fn is_machine(typed: &str) -> bool {
    let digits = typed.bytes().filter(u8::is_ascii_digit).count();
    let month = typed.starts_with(|c: char| c.is_ascii_alphabetic());
    let colons = typed.matches(':').count();
    (colons >= 2 && (digits >= 12 || (month && digits >= 7)))
        || (digits >= 9 && typed.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
}

/// `[10:32] name: words`
fn bracketed(line: &str) -> Option<Head> {
    let inside = line.strip_prefix('[')?;
    let close = inside.find(']').filter(|close| *close < 64)?;
    let typed = inside.get(..close)?;
    let read = time_of(typed)?;
    let rest = inside.get(close + 1..)?.trim_start();
    let mut head = Head {
        typed: typed.trim().to_owned(),
        read,
        speaker: None,
        text: rest.to_owned(),
        style: Style::BracketAlone,
    };
    if rest.is_empty() {
        head.style = Style::Bare;
    } else if !nicked(&mut head) && named(&mut head, names::is_name) {
        head.style = Style::Bracket;
    } else if head.style == Style::BracketAlone && is_machine(typed) {
        head.style = Style::Machine;
    }
    Some(head)
}

/// `<nick> [10:32] words`
fn nick_first(line: &str) -> Option<Head> {
    let (nick, rest) = line.strip_prefix('<')?.split_once('>')?;
    let nick = names::nick(nick)?;
    let rest = rest.trim_start();
    let (typed, text) = match rest.strip_prefix('[') {
        Some(inside) => inside.split_once(']')?,
        None => when::split(rest.get(..boundary(rest, REACH))?, &anywhere())
            .map(|(typed, _)| (typed, rest.get(typed.len()..).unwrap_or_default()))?,
    };
    Some(Head {
        typed: typed.to_owned(),
        read: time_of(typed)?,
        speaker: Some(nick.to_owned()),
        text: text.trim_start().to_owned(),
        style: Style::Nick,
    })
}

/// The time in front, without a bracket.
fn plain(line: &str, start: &str) -> Option<Head> {
    // A day of two digits for the year is spelled out first, and is longer then.
    let spelled = spelled(start);
    let longer = spelled.len() - start.len().min(spelled.len());
    let (typed, _) = when::split(&spelled, &anywhere())?;
    let as_typed = start.get(..typed.len().checked_sub(longer)?)?;
    let raw = line.get(as_typed.len()..)?;
    if !has_clock(typed) {
        return None;
    }
    let rest = raw.trim_start();
    let mut head = Head {
        typed: as_typed.to_owned(),
        read: typed.to_owned(),
        speaker: None,
        text: rest.to_owned(),
        style: Style::Plain,
    };
    if rest.is_empty() {
        head.style = Style::Bare;
        return Some(head);
    }
    if let Some(words) = raw.strip_prefix(" - ").or_else(|| raw.strip_prefix(" – ")) {
        head.text = words.trim_start().to_owned();
        if is_machine(typed) {
            head.style = Style::Machine;
        } else if as_typed.contains(['/', ',']) || as_typed.matches('.').count() > 1 {
            let spoken = named(&mut head, names::is_contact);
            head.style = if spoken { Style::Dash } else { Style::Noise };
        }
        return Some(head);
    }
    if nicked(&mut head) || tabbed(&mut head, typed) {
        return Some(head);
    }
    if is_machine(typed) {
        head.style = Style::Machine;
        let text = rest.split_whitespace();
        if rest.contains("   ") {
            head.text = text.collect::<Vec<_>>().join(" ");
        }
    } else if named(&mut head, names::is_name) {
        head.style = Style::Colon;
    }
    Some(head)
}

/// Takes `<nick>`, `* nick` and the marks of coming and going from the text.
fn nicked(head: &mut Head) -> bool {
    let text = head.text.clone();
    if ["-!-", "***", "-->", "<--", "--\t", "=== "]
        .iter()
        .any(|mark| text.starts_with(mark))
    {
        head.style = Style::Noise;
        return true;
    }
    let found =
        if let Some((nick, words)) = text.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
            names::nick(nick).zip(Some(words))
        } else if let Some(action) = text.strip_prefix("* ").or_else(|| text.strip_prefix("*\t")) {
            let action = action.trim_start();
            action
                .split_once(char::is_whitespace)
                .and_then(|(nick, words)| names::nick(nick).zip(Some(words)))
        } else {
            None
        };
    let Some((nick, words)) = found else {
        return false;
    };
    head.speaker = Some(nick.to_owned());
    head.text = words.trim_start().to_owned();
    head.style = Style::Nick;
    true
}

/// `2026-10-14 10:32:05<tab>nick<tab>words`, as WeeChat writes.
fn tabbed(head: &mut Head, typed: &str) -> bool {
    let parts: Vec<String> = head.text.splitn(2, '\t').map(str::to_owned).collect();
    let [nick, words] = parts.as_slice() else {
        return false;
    };
    let Some(nick) = names::nick(nick).filter(|_| is_machine(typed)) else {
        return false;
    };
    head.speaker = Some(nick.to_owned());
    head.text = words.trim_start().to_owned();
    head.style = Style::Nick;
    true
}

/// Takes `name: ` from the text.
fn named(head: &mut Head, fits: fn(&str) -> bool) -> bool {
    let text = head.text.clone();
    let Some((name, words)) = text.split_once(':') else {
        return false;
    };
    let spaced = words.is_empty() || words.starts_with(char::is_whitespace);
    if !spaced || !fits(name.trim()) {
        return false;
    }
    head.speaker = Some(name.trim().trim_start_matches('@').to_owned());
    head.text = words.trim_start().to_owned();
    true
}

/// `name  10:32 AM`, `name — Today at 10:32`, `name, [14.10.26, 10:32]`: the words stand below.
fn above(line: &str) -> Option<Head> {
    if line.chars().count() > 100 {
        return None;
    }
    const JOINTS: [&str; 7] = ["  ", "\t", " — ", " – ", ", ", " [", " • "];
    let places = JOINTS.iter().flat_map(|joint| line.match_indices(joint));
    let mut places: Vec<usize> = places.map(|(at, _)| at).collect();
    places.sort_unstable();
    places.into_iter().take(6).find_map(|at| {
        let name = line.get(..at)?.trim();
        let tail = line
            .get(at..)?
            .trim_matches([' ', '\t', '—', '–', ',', '[', ']', '•', '\u{a0}']);
        let typed = tail
            .strip_prefix("APP ")
            .or_else(|| tail.strip_prefix("BOT "))
            .unwrap_or(tail)
            .trim_start();
        let read = time_of(typed).filter(|_| names::is_name(name))?;
        Some(Head {
            typed: typed.to_owned(),
            read,
            speaker: Some(name.trim_start_matches('@').to_owned()),
            text: String::new(),
            style: Style::Above,
        })
    })
}

/// `name: words 10:32`
fn trailing(line: &str) -> Option<Head> {
    let (name, rest) = line.split_once(": ")?;
    let at = rest.rfind(' ')?;
    let half = rest.get(at + 1..)?.eq_ignore_ascii_case("am")
        || rest.get(at + 1..)?.eq_ignore_ascii_case("pm");
    let at = if half {
        rest.get(..at)?.rfind(' ')?
    } else {
        at
    };
    let typed = rest.get(at + 1..)?;
    let is_clock = typed.starts_with(|c: char| c.is_ascii_digit()) && typed.contains(':');
    let read = time_of(typed).filter(|_| is_clock && names::is_name(name))?;
    Some(Head {
        typed: typed.to_owned(),
        read,
        speaker: Some(name.to_owned()),
        text: rest.get(..at)?.trim_end().to_owned(),
        style: Style::Trailing,
    })
}

/// The nearest character boundary at or below `bytes`.
fn boundary(text: &str, bytes: usize) -> usize {
    let mut at = bytes.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
