//! The front matter: YAML between two lines of three hyphens. Its shapes are private: nothing outside depends on how it
//! is written.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_saphyr::Spanned;

use super::{DocumentKept, DocumentProblem, Problems, known};
use crate::domain::ids::Number;
use crate::domain::postmortem::{
    Detection, Impact, Kind, Severity, Status, SystemKind, Tier, Trigger, Visibility,
};
use crate::domain::text::{Line, Title, day};
use crate::domain::wording::Reason;
use crate::domain::{postmortem, when};

/// The keys that mean something here, in the order in which they are written.
pub(super) const KEYS: [&str; 18] = [
    "number",
    "title",
    "kind",
    "tier",
    "system",
    "severity",
    "status",
    "visibility",
    "zone",
    "happened_on",
    "trigger",
    "detection",
    "impact",
    "roles",
    "facilitator",
    "source",
    "approved",
    KEPT,
];
/// Wording that is kept where no comment can say it.
pub(super) const KEPT: &str = "kept_wording";
/// The last key, apart only because lists of codes are short.
pub(super) const READERS: &str = "readers_confirmed";

/// A value and where it stands.
type At<T> = Option<Spanned<T>>;

#[derive(Deserialize, Default)]
struct Typed {
    number: At<String>,
    title: At<String>,
    kind: At<String>,
    tier: At<String>,
    system: At<String>,
    severity: At<String>,
    status: At<String>,
    visibility: At<String>,
    zone: At<String>,
    happened_on: At<String>,
    trigger: At<String>,
    detection: At<String>,
    impact: Option<Vec<Spanned<String>>>,
    roles: Option<Vec<Spanned<String>>>,
    facilitator: At<String>,
    source: At<String>,
    approved: At<bool>,
    readers_confirmed: At<bool>,
    kept_wording: Option<Vec<Spanned<KeptTyped>>>,
}

/// An answer to a note on wording.
#[derive(Deserialize, Default)]
#[serde(default)]
struct KeptTyped {
    place: String,
    rule: String,
    because: String,
    sentence: String,
    words: String,
}

/// The front matter as it was read; what is left out is empty.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) number: Option<Number>,
    pub(super) title: Option<Title>,
    pub(super) kind: Option<Kind>,
    pub(super) tier: Option<Tier>,
    pub(super) system: Option<SystemKind>,
    pub(super) severity: Option<Severity>,
    pub(super) status: Option<Status>,
    pub(super) visibility: Option<Visibility>,
    pub(super) zone: Option<chrono_tz::Tz>,
    pub(super) happened_on: Option<chrono::NaiveDate>,
    pub(super) trigger: Option<Trigger>,
    pub(super) detection: Option<Detection>,
    pub(super) impacts: Vec<Impact>,
    pub(super) roles: Vec<Line>,
    pub(super) facilitator: Option<Line>,
    pub(super) source: Option<String>,
    pub(super) approved: bool,
    pub(super) readers_confirmed: bool,
    pub(super) others: Vec<(String, String)>,
    pub(super) kept: Vec<DocumentKept>,
}

/// Cuts a text into front matter and body; the second number is the line on which the body begins.
pub(super) fn split(text: &str) -> (Option<&str>, &str, usize) {
    let Some(rest) = text.strip_prefix("---\n") else {
        return (None, text, 1);
    };
    let mut at = 0;
    for (line, number) in rest.split_inclusive('\n').zip(2..) {
        let end = at + line.len();
        if matches!(line.trim_end(), "---" | "...") {
            let head = rest.get(..at).unwrap_or_default();
            return (Some(head), rest.get(end..).unwrap_or_default(), number + 1);
        }
        at = end;
    }
    (None, text, 1)
}

/// Whether a text is written in this format. It says so by a kind and a tier; by one of them, or none, if something else in
/// it is written as only this format writes it.
#[must_use]
pub(super) fn is_ours(text: &str) -> bool {
    const OWN: [&str; 10] = [
        "system",
        "happened_on",
        "trigger",
        "detection",
        "impact",
        "roles",
        "facilitator",
        "approved",
        READERS,
        KEPT,
    ];
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let (head, body, _) = split(&text);
    let value = |key: &str| {
        let mut lines = head.unwrap_or_default().lines();
        lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(':'))
    };
    let code = |typed: &str| -> String {
        let bare = typed.split('#').next().unwrap_or_default();
        bare.trim().trim_matches(['"', '\'']).replace(' ', "-")
    };
    let (kind, tier) = (value("kind"), value("tier"));
    if kind.is_some() && tier.is_some() {
        return true;
    }
    let named = kind.is_some_and(|typed| Kind::from_code(&code(typed)).is_some())
        || tier.is_some_and(|typed| Tier::from_code(&code(typed)).is_some());
    (named && OWN.iter().any(|key| value(key).is_some())) || is_own_body(body)
}

/// Whether a timeline, a statement or an action is written as only this format writes them.
fn is_own_body(body: &str) -> bool {
    let rows = |line: &str| {
        let cells: Vec<&str> = line
            .trim()
            .trim_matches('|')
            .split('|')
            .map(str::trim)
            .collect();
        line.starts_with('|')
            && ["When", "Lane", "Marker", "What"]
                .iter()
                .all(|name| cells.contains(name))
    };
    let below = |heading: &str, line: &str| {
        let mut lines = body
            .lines()
            .skip_while(move |other| other.trim_end() != heading);
        let mut inside = lines
            .by_ref()
            .skip(1)
            .take_while(|other| super::lines::heading(other, 2).is_none());
        inside.any(|other| other.starts_with(line))
    };
    body.lines().any(rows) || below("## Factors", "- Factor: ") || below("## Actions", "- Kind: ")
}

/// Reads the front matter.
///
/// # Errors
/// One problem if it is not YAML at all; values that cannot be kept go to `problems`.
pub(super) fn read(yaml: &str, problems: &mut Problems) -> Result<Head, DocumentProblem> {
    let failed = |error: serde_saphyr::Error| {
        let line = error.location().map_or(0, |at| line_of(at.line()));
        let reason = error.without_snippet().to_string();
        if reason.contains("budget") {
            let sentence = "The front matter holds far more than any post-mortem says about itself. Take out what repeats itself in it.".to_owned();
            return DocumentProblem { line: 1, sentence };
        }
        DocumentProblem {
            line: line.max(1),
            sentence: format!(
                "The front matter cannot be read as YAML: {reason}. Put a text with a colon or a hash into quotation marks."
            ),
        }
    };
    if yaml.trim().is_empty() {
        return Ok(Head::default());
    }
    let typed: Typed = serde_saphyr::from_str(yaml).map_err(failed)?;
    let all: BTreeMap<String, Spanned<serde_json::Value>> =
        serde_saphyr::from_str(yaml).map_err(failed)?;
    let mut others: Vec<(u64, String, String)> = all
        .into_iter()
        .filter(|(key, _)| !KEYS.contains(&key.as_str()) && key != READERS)
        .map(|(key, value)| (value.referenced.line(), key, value.value.to_string()))
        .collect();
    others.sort();
    let mut head = typed.read(problems);
    head.others = others
        .into_iter()
        .map(|(_, key, value)| (key, value))
        .collect();
    Ok(head)
}

/// The line of the file: the front matter begins on the second one.
fn line_of(line: u64) -> usize {
    usize::try_from(line).unwrap_or(0).saturating_add(1)
}

impl Typed {
    fn read(self, problems: &mut Problems) -> Head {
        use postmortem as p;
        let severity = self.severity.filter(|typed| !is_none(&typed.value));
        let source = self.source.filter(|typed| !typed.value.trim().is_empty());
        Head {
            number: value(self.number, problems, |typed| {
                Number::parse(typed)
                    .ok_or_else(|| "number: write it as PM-42, or leave it out.".to_owned())
            }),
            title: value(self.title, problems, Title::parse),
            kind: code(
                self.kind,
                "kind",
                p::Kind::from_code,
                known!(Kind),
                problems,
            ),
            tier: code(self.tier, "tier", Tier::from_code, known!(Tier), problems),
            system: code(
                self.system,
                "system",
                SystemKind::from_code,
                known!(SystemKind),
                problems,
            ),
            severity: code(
                severity,
                "severity",
                Severity::from_code,
                known!(Severity),
                problems,
            ),
            status: code(
                self.status,
                "status",
                Status::from_code,
                known!(Status),
                problems,
            ),
            visibility: code(
                self.visibility,
                "visibility",
                Visibility::from_code,
                known!(Visibility),
                problems,
            ),
            zone: value(self.zone, problems, when::zone),
            happened_on: value(self.happened_on, problems, day),
            trigger: code(
                self.trigger,
                "trigger",
                Trigger::from_code,
                known!(Trigger),
                problems,
            ),
            detection: code(
                self.detection,
                "detection",
                Detection::from_code,
                known!(Detection),
                problems,
            ),
            impacts: list(self.impact)
                .filter_map(|typed| {
                    code(
                        Some(typed),
                        "impact",
                        Impact::from_code,
                        known!(Impact),
                        problems,
                    )
                })
                .collect(),
            roles: list(self.roles)
                .filter_map(|typed| {
                    value(Some(typed), problems, |typed| Line::parse("A role", typed))
                })
                .collect(),
            facilitator: value(self.facilitator, problems, |typed| {
                Line::parse("The facilitator's role", typed)
            }),
            source: value(source, problems, |typed| {
                Line::parse("The source", typed).map(|line| line.as_str().to_owned())
            }),
            approved: self.approved.is_some_and(|said| said.value),
            readers_confirmed: self.readers_confirmed.is_some_and(|said| said.value),
            others: Vec::new(),
            kept: list(self.kept_wording)
                .filter_map(|typed| kept(typed, problems))
                .collect(),
        }
    }
}

fn kept(typed: Spanned<KeptTyped>, problems: &mut Problems) -> Option<DocumentKept> {
    let line = line_of(typed.referenced.line());
    let typed = typed.value;
    let known = known!(Reason);
    let reason = problems.code(line, KEPT, &typed.because, Reason::from_code, known)?;
    let words = problems.take(line, Line::optional("The reason", &typed.words))?;
    if reason == Reason::Other && words.is_none() {
        problems.say(line, "kept_wording: say in \"words\" why it is kept.");
        return None;
    }
    Some(DocumentKept {
        place: typed.place,
        rule: typed.rule,
        sentence: typed.sentence,
        reason,
        words,
    })
}

/// Writes what is kept as the value of its key.
pub(super) fn kept_list(kept: &[DocumentKept]) -> String {
    let mut out = String::new();
    for one in kept {
        out.push_str(&format!(
            "\n  - {{place: {}, rule: {}, because: {}, sentence: {}",
            scalar(&one.place),
            scalar(&one.rule),
            one.reason.as_code(),
            scalar(&one.sentence)
        ));
        if let Some(words) = &one.words {
            out.push_str(&format!(", words: {}", scalar(words.as_str())));
        }
        out.push('}');
    }
    out
}

fn list<T>(typed: Option<Vec<Spanned<T>>>) -> impl Iterator<Item = Spanned<T>> {
    typed.into_iter().flatten()
}

fn is_none(typed: &str) -> bool {
    matches!(typed.trim(), "" | "none" | "~" | "null")
}

fn value<T, E: std::fmt::Display>(
    typed: At<String>,
    problems: &mut Problems,
    read: impl Fn(&str) -> Result<T, E>,
) -> Option<T> {
    let typed = typed?;
    problems.take(line_of(typed.referenced.line()), read(&typed.value))
}

fn code<T>(
    typed: At<String>,
    key: &str,
    read: fn(&str) -> Option<T>,
    known: &[&str],
    problems: &mut Problems,
) -> Option<T> {
    let typed = typed?;
    problems.code(
        line_of(typed.referenced.line()),
        key,
        &typed.value,
        read,
        known,
    )
}

/// A text as a YAML scalar: plain where that cannot be misread, otherwise in double quotation marks.
pub(super) fn scalar(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next();
    let plain = first.is_some_and(char::is_alphabetic)
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || " ._/()'-".contains(c))
        && !text.ends_with(' ')
        && ![
            "true", "false", "yes", "no", "on", "off", "null", "nan", "inf", "y", "n",
        ]
        .contains(&text.to_lowercase().as_str());
    if plain {
        return text.to_owned();
    }
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(character);
            }
            c if c.is_alphanumeric() || c.is_ascii_graphic() || c == ' ' => quoted.push(c),
            c if u32::from(c) > 0xFFFF => quoted.push_str(&format!("\\U{:08X}", u32::from(c))),
            // Some of what is left would be taken for line ends or not be allowed at all.
            c if "–—…’‘“”«»·×°§€£".contains(c) => quoted.push(c),
            c => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
        }
    }
    quoted.push('"');
    quoted
}
