//! What looks like a name, and what only looks like one.

/// The longest name, in characters.
const LONGEST: usize = 40;

/// Words that stand in front of a colon, or alone in a line, and name nobody.
const NOT_NAMES: [&str; 58] = [
    "ack",
    "action",
    "afk",
    "alert",
    "ok",
    "okay",
    "critical",
    "debug",
    "done",
    "edit",
    "edited",
    "error",
    "fatal",
    "fixed",
    "fyi",
    "good",
    "great",
    "hello",
    "hi",
    "hm",
    "hmm",
    "http",
    "https",
    "identified",
    "impact",
    "info",
    "investigating",
    "lol",
    "mitigated",
    "monitoring",
    "nice",
    "no",
    "note",
    "notice",
    "ouch",
    "please",
    "re",
    "resolved",
    "same",
    "sorry",
    "status",
    "summary",
    "sure",
    "thanks",
    "thx",
    "time",
    "todo",
    "trace",
    "update",
    "verbose",
    "wait",
    "warn",
    "warning",
    "what",
    "why",
    "wow",
    "yep",
    "yes",
];

/// Small words within names.
const PARTICLES: [&str; 14] = [
    "al", "bin", "da", "de", "del", "den", "der", "di", "dos", "la", "le", "ten", "van", "von",
];

/// Whether a few words look like what a chat shows above or in front of a message.
pub(super) fn is_name(text: &str) -> bool {
    // "Weber, Jonas (Ext)"
    if let Some((family, given)) = text.split_once(", ") {
        let capital = |part: &str| part.starts_with(char::is_uppercase);
        let is_own = |part: &str| capital(part) && !part.contains(',') && is_name(part);
        return is_own(family) && is_own(given) && text.chars().count() <= LONGEST;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let fits = text.chars().count() <= LONGEST
        && (1..=4).contains(&words.len())
        && text.chars().any(char::is_alphabetic)
        && text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '@' | '_'))
        && text.chars().all(may_stand)
        && !text.ends_with(['.', '-', '/']);
    let lower = text.trim_start_matches('@').to_lowercase();
    if !fits || NOT_NAMES.contains(&lower.as_str()) {
        return false;
    }
    let capital = |word: &&str| {
        PARTICLES.contains(word)
            || word.starts_with(|c: char| !c.is_lowercase())
            || word.len() > 1 && word.contains('_')
    };
    words.len() == 1 || words.iter().all(capital)
}

/// Whether a few words in front of a colon may be what a phone calls a contact.
pub(super) fn is_contact(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= LONGEST
        && text.split_whitespace().count() <= 5
        && !text.contains(['/', '"', '<', '=', '{'])
        && !NOT_NAMES.contains(&text.to_lowercase().as_str())
}

/// Whether a word may be a name: a level of a log is none.
pub(super) fn is_somebody(word: &str) -> bool {
    !NOT_NAMES.contains(&word.to_lowercase().as_str())
}

/// A name without the emoji that says how somebody is: `Lea Novák :palm_tree:`.
pub(super) fn without_status(name: &str) -> &str {
    let mut name = name.trim();
    while let Some((rest, last)) = name.rsplit_once(char::is_whitespace) {
        let named = last.len() > 2 && last.starts_with(':') && last.ends_with(':');
        let drawn = !last.chars().any(|c| c.is_alphanumeric() || c.is_ascii());
        if !(named || drawn) {
            break;
        }
        name = rest.trim_end();
    }
    name
}

fn may_stand(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(
            c,
            ' ' | '.' | '\'' | '’' | '-' | '_' | '@' | '(' | ')' | '|' | '#' | '/'
        )
}

/// A nick as IRC writes it, without the mark of a right: `@nell`, `+bot`.
pub(super) fn nick(text: &str) -> Option<&str> {
    let nick = text
        .trim()
        .trim_start_matches(['@', '+', '%', '~', '&', '!']);
    let fits = !nick.is_empty()
        && nick.chars().count() <= LONGEST
        && !nick.contains(char::is_whitespace)
        && !nick.contains(['<', '>', '/', '=', '"']);
    fits.then_some(nick)
}

/// The handles that a text calls: `@nell`, not the middle of an address.
pub(super) fn handles(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let begins =
            c == '@' && !(before.is_alphanumeric() || matches!(before, '.' | '/' | '@' | '_'));
        before = c;
        if !begins {
            continue;
        }
        let rest = text.get(at + 1..).unwrap_or_default();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-')));
        let name = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        let name = name.trim_end_matches(['.', '-']);
        let is_group = ["here", "channel", "all", "everyone", "room", "team"].contains(&name);
        if name.chars().count() >= 2 && name.chars().any(char::is_alphabetic) && !is_group {
            found.push(name.to_owned());
        }
    }
    found
}
