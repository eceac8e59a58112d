//! Texts in which the time stands below its words: status pages, some messengers.

use super::given::{Given, GivenRow};
use super::heads::Style;
use super::line::Line;
use super::{names, noise};

/// How an entry of a status page begins.
const STATES: [&str; 14] = [
    "resolved",
    "monitoring",
    "identified",
    "investigating",
    "update",
    "completed",
    "in progress",
    "scheduled",
    "verifying",
    "degraded",
    "recovering",
    "mitigated",
    "behoben",
    "postmortem",
];

/// What stands at the foot of a status page.
const FEET: [&str; 4] = [
    "this incident affected",
    "this scheduled maintenance affected",
    "no incidents reported",
    "← ",
];

/// Reads a text whose times stand below their words; `None` if it is none.
pub(super) fn given(lines: &[Line<'_>]) -> Option<Vec<Given>> {
    let times: Vec<usize> = (0..lines.len())
        .filter(|at| lines.get(*at).is_some_and(is_time))
        .collect();
    stands_below(lines, &times).then(|| rows(lines, &times))
}

fn is_time(line: &Line<'_>) -> bool {
    matches!(&line.head, Some(head) if head.style == Style::Bare)
}

/// Whether the words of each time stand above it.
fn stands_below(lines: &[Line<'_>], times: &[usize]) -> bool {
    let (Some(first), Some(last)) = (times.first(), times.last()) else {
        return false;
    };
    let heads = lines.iter().filter(|line| line.head.is_some()).count();
    let above = lines.get(..*first).unwrap_or_default();
    let below = lines.get(last + 1..).unwrap_or_default();
    let has_states = above.iter().any(|line| is_state(line.text));
    if heads > times.len() + times.len() / 4
        || !above.iter().any(tells)
        || (times.len() < 2 && !has_states)
    {
        return false;
    }
    let above_of = |at: &usize| at.checked_sub(1).and_then(|above| lines.get(above));
    let is_named = |line: &&Line<'_>| {
        tells(line) && names::is_name(names::without_status(line.text)) && !is_state(line.text)
    };
    let named = times.iter().filter_map(above_of).filter(is_named);
    // A thread begins with a name, and may be cut off below one.
    let begins_with_name = above.iter().filter(|line| tells(line)).count() == 1
        && above_of(first).as_ref().is_some_and(is_named);
    if named.count() * 2 > times.len() || begins_with_name {
        return false;
    }
    !below.iter().any(tells) || has_states || is_tight(lines, times)
}

/// Whether a line is one of words.
fn tells(line: &Line<'_>) -> bool {
    let lower = line.text.to_lowercase();
    line.head.is_none()
        && line.day.is_none()
        && line.text.chars().any(char::is_alphanumeric)
        && !noise::is_noise(line.text)
        && !noise::is_number(line.text)
        && !FEET.iter().any(|foot| lower.starts_with(foot))
}

/// "Resolved - all is well", or "Resolved" alone.
fn is_state(text: &str) -> bool {
    let lower = text.to_lowercase();
    STATES.iter().any(|state| {
        lower.strip_prefix(state).is_some_and(|rest| {
            let rest = rest.trim_start();
            rest.is_empty() || rest.starts_with(['-', '–', '—', ':'])
        })
    })
}

/// Whether each time stands right below a line, with a blank line below it.
fn is_tight(lines: &[Line<'_>], times: &[usize]) -> bool {
    let number = |at: usize| lines.get(at).map(|line| line.number);
    times.iter().all(|at| {
        let own = number(*at);
        let above = at.checked_sub(1).and_then(number);
        let below = number(at + 1);
        above.zip(own).is_some_and(|(above, own)| above + 1 == own)
            && below.zip(own).is_none_or(|(below, own)| own + 1 != below)
    })
}

fn rows(lines: &[Line<'_>], times: &[usize]) -> Vec<Given> {
    let mut found = Vec::new();
    let mut from = 0;
    let starts = std::iter::once(0).chain(times.iter().map(|at| at + 1));
    let firsts = starts.zip(times).filter(|(start, at)| {
        let first = lines.get(*start).filter(|line| tells(line));
        **at >= start + 2
            && first.is_some_and(|line| names::is_name(line.text) && !is_state(line.text))
    });
    let spoken = firsts.count() * 2 > times.len();
    for at in times {
        let (Some(block), Some(time)) = (lines.get(from..*at), lines.get(*at)) else {
            continue;
        };
        from = at + 1;
        entry(block, time, spoken, &mut found);
    }
    found.extend(lines.get(from..).unwrap_or_default().iter().map(other));
    found
}

/// A day, or a line that tells nothing.
fn other(line: &Line<'_>) -> Given {
    match &line.day {
        Some(day) => Given::Day(line.said(), day.clone()),
        None => Given::Left(line.said()),
    }
}

/// One time with the words above it. `spoken`: the first line says who wrote.
fn entry(block: &[Line<'_>], time: &Line<'_>, spoken: bool, found: &mut Vec<Given>) {
    let after_day = block.iter().rposition(|line| line.day.is_some());
    let after_day = after_day.map_or(0, |at| at + 1);
    // A title stands above the first entry.
    let state = block.iter().rposition(|line| is_state(line.text));
    let begin = state.unwrap_or(0).max(after_day);
    let (above, own) = block.split_at_checked(begin).unwrap_or((block, &[]));
    found.extend(above.iter().map(other));
    let (told, left): (Vec<&Line<'_>>, Vec<&Line<'_>>) = own.iter().partition(|line| tells(line));
    let mut told = told.into_iter();
    let first = told.clone().next();
    let speaker = first.filter(|line| spoken && told.len() > 1 && names::is_name(line.text));
    if speaker.is_some() {
        told.next();
    }
    let words: Vec<&str> = told.map(|line| line.text).collect();
    let (Some(first), Some(head)) = (first, &time.head) else {
        found.push(Given::Left(time.said()));
        return;
    };
    found.push(Given::Row(GivenRow {
        line: first.number,
        last_line: time.number,
        typed: head.typed.clone(),
        read: head.read.clone(),
        speaker: speaker.map(|line| line.text.to_owned()),
        text: words.join("\n"),
        machine: false,
    }));
    found.extend(left.into_iter().map(other));
}
