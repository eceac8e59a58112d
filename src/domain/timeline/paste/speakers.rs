//! Who speaks: a name or nick between the time of a message and its words.

use super::heads::{Head, Style};
use super::names;
use super::times::is_machine;

/// Takes `<nick>`, `* nick` and the marks of coming and going from the text.
pub(super) fn nicked(head: &mut Head) -> bool {
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
pub(super) fn tabbed(head: &mut Head, typed: &str) -> bool {
    let parts: Vec<String> = head.text.splitn(2, '\t').map(str::to_owned).collect();
    let [nick, words] = parts.as_slice() else {
        return false;
    };
    let Some(nick) = names::nick(nick).filter(|nick| is_machine(typed) && names::is_somebody(nick))
    else {
        return false;
    };
    head.speaker = Some(nick.to_owned());
    head.text = words.trim_start().to_owned();
    head.style = Style::Nick;
    true
}

/// Takes `name: ` from the text.
pub(super) fn named(head: &mut Head, fits: fn(&str) -> bool) -> bool {
    let text = head.text.clone();
    if let Some((name, words)) = of_meeting(&text) {
        head.speaker = Some(name.to_owned());
        head.text = words.trim_start().to_owned();
        return true;
    }
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

/// `From name to Everyone: words`, as the chat of a meeting has it.
pub(super) fn of_meeting(text: &str) -> Option<(&str, &str)> {
    let rest = text.trim_start().strip_prefix("From ")?;
    let (people, words) = rest.split_once(':')?;
    let (name, _) = people.split_once(" to ").unwrap_or((people, ""));
    names::is_name(name.trim()).then(|| (name.trim(), words))
}
