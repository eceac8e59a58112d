//! What the words of a follow-up item say about it: done or not, whose, which ticket.

/// A title longer than this is cut after its first sentence; the rest becomes the note.
const TITLE: usize = 200;

/// Cuts a long title after its first sentence, or at a word.
pub(super) fn cut(title: &str) -> Option<(String, String)> {
    if title.chars().count() <= TITLE {
        return None;
    }
    let end = title
        .char_indices()
        .nth(TITLE)
        .map_or(title.len(), |(at, _)| at);
    let head = title.get(..end)?;
    let at = head
        .rfind(". ")
        .map(|at| at + 1)
        .filter(|at| *at > 20)
        .or_else(|| head.rfind(' '))?;
    Some((
        head.get(..at)?.trim().to_owned(),
        title.get(at..)?.trim().to_owned(),
    ))
}

/// `[x] words`
pub(super) fn check_box(text: &str) -> (&str, Option<bool>) {
    for (mark, done) in [
        ("[x]", true),
        ("[X]", true),
        ("[ ]", false),
        ("[]", false),
        ("\u{2705}", true),
        ("\u{2611}", true),
        ("\u{2610}", false),
    ] {
        if let Some(rest) = text.strip_prefix(mark) {
            return (rest.trim(), Some(done));
        }
    }
    (text, None)
}

/// Whether the words of an item say that it is done.
pub(super) fn state(title: &str) -> Option<bool> {
    let lower = title.to_lowercase();
    let bare = lower.trim_matches(|character: char| !character.is_alphanumeric());
    let open = [
        "not done",
        "todo",
        "to do",
        "in progress",
        "status: on going",
        "status: ongoing",
        "status: unresolved",
        "status: open",
        "pending",
    ];
    if open
        .iter()
        .any(|words| bare.starts_with(words) || lower.ends_with(&format!("({words})")))
    {
        return Some(false);
    }
    let done = [
        "done",
        "status: done",
        "completed",
        "status: resolved",
        "fixed:",
        "status:    done",
    ];
    let begins = done.iter().any(|words| {
        bare.strip_prefix(words)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    });
    let ends = [
        "(done)",
        "- done",
        " done!",
        "[done]",
        "(completed)",
        "\u{2705}",
        ":white_check_mark:",
    ]
    .iter()
    .any(|words| lower.trim_end_matches('.').ends_with(words))
        || bare.ends_with(" done");
    let struck = title.starts_with("~~") && title.trim_end_matches('.').ends_with("~~");
    (begins || ends || struck).then_some(true)
}

/// The first address that looks like a ticket or a change request.
pub(super) fn tracker(words: &str) -> Option<String> {
    const SIGNS: [&str; 12] = [
        "/issues/",
        "/issue/",
        "/pull/",
        "/pulls/",
        "/browse/",
        "/merge_requests/",
        "/tickets/",
        "/ticket/",
        "show_bug",
        "phabricator",
        "/workitems/",
        "linear.app",
    ];
    words
        .split(|character: char| {
            character.is_whitespace()
                || matches!(character, '(' | ')' | '<' | '>' | '"' | '[' | ']')
        })
        .find(|word| {
            (word.starts_with("https://") || word.starts_with("http://"))
                && SIGNS.iter().any(|sign| word.contains(sign))
        })
        .map(|word| word.trim_end_matches(['.', ',', ';', ':']).to_owned())
}

/// The team or role after "Owner:". A person's name is not taken.
pub(super) fn owner(words: &str) -> Option<String> {
    let lower = words.to_lowercase();
    let at = ["owner:", "owned by:", "assigned to:", "responsible:"]
        .iter()
        .find_map(|mark| lower.find(mark).map(|at| at + mark.len()))?;
    let said = words
        .get(at..)?
        .lines()
        .next()?
        .trim_matches(['*', '_', ' '])
        .split(['.', ';', '|', ')', ','])
        .next()?
        .trim();
    is_team(said).then(|| said.to_owned())
}

/// Whether words name a team or a role.
pub(super) fn is_team(words: &str) -> bool {
    const SIGNS: [&str; 22] = [
        "team",
        "group",
        "squad",
        "engineering",
        "operations",
        "ops",
        "sre",
        "support",
        "security",
        "platform",
        "infrastructure",
        "department",
        "office",
        "lead",
        "manager",
        "management",
        "on-call",
        "engineer",
        "finance",
        "legal",
        "it",
        "hr",
    ];
    !words.contains('@')
        && words.len() < 80
        && words
            .to_lowercase()
            .split(|character: char| !(character.is_alphanumeric() || character == '-'))
            .any(|word| SIGNS.contains(&word))
}

pub(super) fn is_numbered(heading: &str) -> bool {
    let rest = heading.trim_start_matches(|character: char| character.is_ascii_digit());
    rest.len() < heading.len() && rest.starts_with([')', '.'])
}
