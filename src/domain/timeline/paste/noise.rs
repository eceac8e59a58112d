//! Lines that a program adds around messages and that tell nothing of the story.

/// What stands in a line that only says who came and went, or how the channel is called.
const COMINGS: [&str; 27] = [
    " has joined",
    " joined #",
    " joined the ",
    " has quit",
    " quit (",
    " has left",
    " left #",
    " left the channel",
    " left the group",
    " was added to ",
    " added you",
    " was removed from ",
    " is now known as ",
    " set the channel",
    " set the topic",
    " changed the topic",
    " changed the subject",
    " changed their nick",
    " pinned a message",
    " renamed the channel",
    " archived the channel",
    " created this group",
    " created group",
    " created the channel",
    "end-to-end encrypted",
    " changed their phone number",
    "mode/#",
];

/// What stands alone in a line around messages.
const FRAMES: [&str; 19] = [
    "new",
    "new messages",
    "edited",
    "(edited)",
    "(bearbeitet)",
    "app",
    "bot",
    "view thread",
    "view message",
    "also sent to the channel",
    "replied to a thread:",
    "reply",
    "thread",
    "show more",
    "see more",
    "<media omitted>",
    "image omitted",
    "this message was deleted",
    "saved for later",
];

/// Whether a whole line tells nothing.
pub(super) fn is_noise(line: &str) -> bool {
    let line = line.trim_start_matches(['\u{200e}', '\u{200f}', ' ']);
    let lower = line.trim().to_lowercase();
    if lower.is_empty() || lower.chars().count() > 160 {
        return false;
    }
    FRAMES.contains(&lower.as_str())
        || COMINGS
            .iter()
            .any(|words| lower.contains(words) || lower.starts_with(words.trim_start()))
        || is_count(&lower)
        || is_reaction(&lower)
        || is_picture(&lower)
        || [
            "-->",
            "<--",
            "-!-",
            "***",
            "last reply ",
            "pinned by ",
            "--- log ",
            "-- boot ",
            "-- logs begin",
            "replied to a thread",
        ]
        .iter()
        .any(|mark| lower.starts_with(mark))
}

/// "image.png": the name of a file that was shown.
fn is_picture(lower: &str) -> bool {
    let endings = [".png", ".jpg", ".jpeg", ".gif", ".heic", ".webp"];
    !lower.contains(char::is_whitespace) && endings.iter().any(|ending| lower.ends_with(ending))
}

/// "3 replies", "1 reply", "2 attachments".
fn is_count(lower: &str) -> bool {
    let Some((count, what)) = lower.split_once(' ') else {
        return false;
    };
    !count.is_empty()
        && count.bytes().all(|byte| byte.is_ascii_digit())
        && [
            "reply",
            "replies",
            "files",
            "new messages",
            "new replies",
            "reactions",
            "like reaction.",
            "likes",
            "like",
            "antworten",
            "antwort",
        ]
        .contains(&what.trim())
}

/// ":eyes: 2", ":+1:", "👍 3": a reaction with how often it was given.
pub(super) fn is_reaction(lower: &str) -> bool {
    let rest = lower.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    if rest.is_empty() {
        return false;
    }
    let named = rest.starts_with(':')
        && rest.ends_with(':')
        && rest.len() > 2
        && !rest.contains(char::is_whitespace);
    named
        || !rest
            .chars()
            .any(|c| c.is_alphanumeric() || c.is_ascii_punctuation())
}

/// What a program puts beside the name of another program.
const BADGES: [&str; 4] = ["APP", "BOT", "WORKFLOW", "INTEGRATION"];

/// A number of two digits at most.
pub(super) fn is_number(text: &str) -> bool {
    (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// The text without the badge of a program in front: `APP  11:58 PM`.
pub(super) fn without_badge(text: &str) -> &str {
    let rest = BADGES.iter().find_map(|badge| text.strip_prefix(badge));
    let rest = rest.filter(|rest| rest.starts_with(char::is_whitespace));
    rest.map_or(text, str::trim_start)
}

/// Whether a line is a badge, or a sign that only parts a name from a time.
pub(super) fn is_frame(text: &str) -> bool {
    BADGES.contains(&text) || ["—", "–", "•", "·"].contains(&text)
}

/// The text without the mark that it was changed later.
pub(super) fn without_edited(text: &str) -> &str {
    let text = text.trim_end();
    const MARKS: [&str; 8] = [
        "(edited)",
        "(Edited)",
        "<This message was edited>",
        ", Edited",
        " Edited",
        " EDITED",
        "(bearbeitet)",
        " Bearbeitet",
    ];
    MARKS
        .iter()
        .find_map(|mark| text.strip_suffix(mark))
        .map_or(text, str::trim_end)
}
