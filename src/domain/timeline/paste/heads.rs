//! The line with which a message begins, in the forms that chats give to the clipboard.

use super::speakers::{named, nicked, of_meeting, tabbed};
use super::times::{anywhere, has_clock, is_machine, spelled, time_of};
use super::{machine, names, tails};
use crate::domain::when;

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
    /// `Name Surname 10:32`, with one space between them: a chat only if the words stand below each.
    Spaced,
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
    /// `14/10/2026, 10:32 - words` without a name: among messages what the program says, else a line of a list.
    Unspoken,
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
        .or_else(|| tails::commented(line))
        .or_else(|| tails::beside(line))
        .or_else(|| tails::above(line))
        .or_else(|| tails::trailing(line))
        .or_else(|| tails::spaced(line))
}

/// `[10:32] name: words`
fn bracketed(line: &str) -> Option<Head> {
    let (inside, close) = match line.strip_prefix('[') {
        Some(inside) => (inside, ']'),
        None => (line.strip_prefix('(')?, ')'),
    };
    let close = inside.find(close).filter(|close| *close < 64)?;
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
    } else if !nicked(&mut head) && !is_epoch(typed) && named(&mut head, names::is_name) {
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
    let joint = rest.strip_prefix([':', '|', ',', ';']);
    let joint = joint.filter(|rest| rest.starts_with(char::is_whitespace));
    let rest = joint.map_or(rest, str::trim_start);
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
            head.style = if spoken { Style::Dash } else { Style::Unspoken };
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
    } else {
        let is_meeting = of_meeting(rest).is_some();
        if named(&mut head, names::is_name) {
            head.style = if is_meeting {
                Style::Bracket
            } else {
                Style::Colon
            };
        }
    }
    Some(head)
}

/// The nearest character boundary at or below `bytes`.
fn boundary(text: &str, bytes: usize) -> usize {
    let mut at = bytes.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether a time is a count of seconds: programs write it, not people.
fn is_epoch(typed: &str) -> bool {
    typed.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}
