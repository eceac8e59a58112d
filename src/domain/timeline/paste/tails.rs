//! Heads of messages whose time stands behind the name.

use super::heads::{Head, Style};
use super::times::{day_of, time_of};
use super::{names, noise};

/// `name  10:32 AM`, `name — Today at 10:32`, `name, [14.10.26, 10:32]`: the words stand below.
pub(super) fn above(line: &str) -> Option<Head> {
    if line.chars().count() > 100 {
        return None;
    }
    const JOINTS: [&str; 9] = ["  ", "\t", " — ", " – ", ", ", " [", " • ", " · ", " | "];
    let places = JOINTS.iter().flat_map(|joint| line.match_indices(joint));
    let mut places: Vec<usize> = places.map(|(at, _)| at).collect();
    places.sort_unstable();
    places.into_iter().take(6).find_map(|at| {
        let name = names::without_status(line.get(..at)?);
        let edges = [
            ' ', '\t', '—', '–', '-', ',', '[', ']', '(', ')', '•', '·', '|', '\u{a0}',
        ];
        let tail = line.get(at..)?.trim_end_matches(':').trim_matches(edges);
        let typed = noise::without_badge(noise::without_edited(tail)).trim_matches(edges);
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

/// `name added a comment - 14/Oct/26 10:32 AM`, `name commented on Oct 14, 2026`, with the words below; and what
/// somebody did on a day: `name closed this on Oct 15, 2026`.
pub(super) fn commented(line: &str) -> Option<Head> {
    const SAID: [&str; 5] = [
        " added a comment",
        " commented",
        " replied",
        " hat einen Kommentar hinzugefügt",
        " wrote",
    ];
    const DID: [&str; 12] = [
        " closed ",
        " reopened ",
        " merged ",
        " assigned ",
        " added ",
        " removed ",
        " changed ",
        " moved ",
        " resolved ",
        " linked ",
        " requested ",
        " opened ",
    ];
    if line.chars().count() > 140 {
        return None;
    }
    let at = SAID
        .iter()
        .chain(&DID)
        .filter_map(|verb| line.find(verb))
        .min()?;
    let name = names::without_status(line.get(..at)?);
    let words = line.get(at..)?;
    let said = SAID.iter().find_map(|verb| words.strip_prefix(verb));
    let (text, typed) = match said {
        Some(rest) => ("", rest.trim_start_matches([' ', '-', '–', '—', ':', ','])),
        None => {
            let at = words.rfind(" on ").or_else(|| words.rfind(" - "))?;
            (words.get(..at)?, words.get(at + 3..)?)
        }
    };
    let typed = typed.strip_prefix("on ").unwrap_or(typed);
    let typed = noise::without_edited(typed).trim_matches([' ', '-', ',', '(', ')', ':']);
    let read = time_of(typed).or_else(|| day_of(typed).filter(|_| !text.is_empty()))?;
    names::is_name(name).then(|| Head {
        typed: typed.to_owned(),
        read,
        speaker: Some(name.trim_start_matches('@').to_owned()),
        text: text.trim().to_owned(),
        style: Style::Above,
    })
}

/// `name: words 10:32`
pub(super) fn trailing(line: &str) -> Option<Head> {
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

/// `name [10:32]: words`, `name (10:32): words`, `@name 10:32: words`
pub(super) fn beside(line: &str) -> Option<Head> {
    let head = |name: &str, typed: &str, words: &str, style: Style| {
        let read = time_of(typed)?;
        let fits = names::is_name(name) && !words.trim().is_empty();
        fits.then(|| Head {
            typed: typed.trim().to_owned(),
            read,
            speaker: Some(name.trim_start_matches('@').to_owned()),
            text: words.trim().to_owned(),
            style,
        })
    };
    for (open, close) in [(" [", "]:"), (" (", "):")] {
        if let Some((name, rest)) = line.split_once(open)
            && let Some((typed, words)) = rest.split_once(close)
            && typed.len() < 48
        {
            return head(names::without_status(name), typed, words, Style::Bracket);
        }
    }
    let (start, words) = line
        .split_once(": ")
        .filter(|(start, _)| start.len() < 64)?;
    let (name, typed) = start.rsplit_once(' ')?;
    head(name, typed, words, Style::Colon)
}

/// `Name Surname 10:32 AM`, `Name Today at 10:32`: whatever stands behind the name is the time.
pub(super) fn spaced(line: &str) -> Option<Head> {
    let line = noise::without_edited(line);
    if line.chars().count() > 70 || !ends_with_time(line) {
        return None;
    }
    let places = line.match_indices(' ').map(|(at, _)| at).take(5);
    places.into_iter().find_map(|at| {
        let name = names::without_status(line.get(..at)?);
        let is_bold = name.starts_with("**") && name.ends_with("**");
        let name = name.trim_matches('*');
        let typed = noise::without_badge(line.get(at..)?.trim_matches([' ', '(', ')', '*']));
        let read = time_of(typed).filter(|_| names::is_name(name))?;
        Some(Head {
            typed: typed.to_owned(),
            read,
            speaker: Some(name.trim_start_matches('@').to_owned()),
            text: String::new(),
            style: if is_bold { Style::Above } else { Style::Spaced },
        })
    })
}

/// A quick look: whether a line may end with a time.
fn ends_with_time(line: &str) -> bool {
    let last = line.rsplit(' ').next().unwrap_or_default();
    let last = last.trim_matches(['(', ')', '*']);
    let half = ["am", "pm", "uhr", "h", "p.m.", "a.m."].contains(&last.to_lowercase().as_str());
    half || last.bytes().any(|b| b.is_ascii_digit())
}
