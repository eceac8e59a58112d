//! Threads of mails: who wrote when stands above each, in the forms that mail programs and `git log` have.

use super::given::{Given, GivenRow};
use super::heads::{self, Head, Style};
use super::times::time_of;
use super::{Said, names};

/// Names of headers that say when; who; and others that stand beside them.
const WHEN: [&str; 9] = [
    "date",
    "sent",
    "gesendet",
    "datum",
    "envoyé",
    "enviado",
    "fecha",
    "inviato",
    "verzonden",
];
const WHO: [&str; 6] = ["from", "von", "de", "da", "van", "author"];
const ABOUT: [&str; 5] = ["subject", "betreff", "objet", "asunto", "oggetto"];
const OTHERS: [&str; 12] = [
    "to",
    "cc",
    "bcc",
    "an",
    "à",
    "para",
    "a",
    "aan",
    "reply-to",
    "importance",
    "commit",
    "merge",
];

/// A line without the marks of quoting.
struct Line<'a> {
    number: usize,
    text: &'a str,
}

/// What stands above a mail.
struct Top {
    /// How many lines it takes.
    lines: usize,
    typed: String,
    read: String,
    who: Option<String>,
    about: Option<String>,
}

/// Reads a thread of mails; `None` if it is none.
pub(super) fn given(text: &str) -> Option<Vec<Given>> {
    let lines: Vec<Line<'_>> = text.lines().zip(1..).filter_map(unquoted).collect();
    let is_document = lines
        .iter()
        .any(|line| line.text.starts_with("# ") || line.text.starts_with("## "));
    if is_document {
        return None;
    }
    let begins = |at: usize| {
        let rest = lines.get(at..).unwrap_or_default();
        attribution(rest).or_else(|| headers(rest))
    };
    if !(0..lines.len()).any(|at| begins(at).is_some()) {
        return None;
    }
    let mut thread = Thread::default();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += match begins(at) {
            Some(top) => thread.begin(line, top),
            None => thread.go_on(line),
        };
    }
    thread.close();
    Some(thread.found)
}

fn unquoted((raw, number): (&str, usize)) -> Option<Line<'_>> {
    let text = raw
        .trim_start_matches(['>', ' ', '\t', '|', '\u{a0}'])
        .trim_end();
    let text = if raw.trim_start().starts_with('|') {
        raw.trim()
    } else {
        text
    };
    (!text.is_empty()).then_some(Line { number, text })
}

#[derive(Default)]
struct Thread {
    found: Vec<Given>,
    open: Option<GivenRow>,
    /// What the open mail is about: its words, if it has no others.
    about: Option<String>,
}

impl Thread {
    fn begin(&mut self, line: &Line<'_>, top: Top) -> usize {
        self.close();
        self.about = top.about;
        self.open = Some(GivenRow {
            line: line.number,
            last_line: line.number + top.lines - 1,
            typed: top.typed,
            read: top.read,
            speaker: top.who,
            ..GivenRow::default()
        });
        top.lines
    }

    fn go_on(&mut self, line: &Line<'_>) -> usize {
        let words = line.text.trim_start_matches(['-', '*', '•', ' ']);
        let head = heads::head(words)
            .filter(is_row)
            .or_else(|| labelled(words));
        match (head, self.open.as_mut()) {
            (Some(head), _) => {
                self.close();
                self.open = Some(GivenRow {
                    line: line.number,
                    last_line: line.number,
                    typed: head.typed,
                    read: head.read,
                    machine: head.style == Style::Machine,
                    speaker: head.speaker,
                    text: head.text,
                });
            }
            (None, Some(row)) => {
                row.text
                    .push_str(if row.text.is_empty() { "" } else { "\n" });
                row.text.push_str(line.text);
                row.last_line = line.number;
            }
            (None, None) => self.found.push(Given::Left(Said {
                line: line.number,
                text: line.text.to_owned(),
            })),
        }
        1
    }

    fn close(&mut self) {
        let about = self.about.take();
        let Some(mut row) = self.open.take() else {
            return;
        };
        if row.text.is_empty() {
            row.text = about.unwrap_or_default();
        }
        self.found
            .push(if row.text.chars().any(char::is_alphanumeric) {
                Given::Row(row)
            } else {
                Given::Left(Said {
                    line: row.line,
                    text: row.typed,
                })
            });
    }
}

/// Whether a line within a mail is a row of its own.
fn is_row(head: &Head) -> bool {
    !head.text.is_empty() && !matches!(head.style, Style::Noise | Style::Trailing)
}

/// `Started: 2026-10-14 10:33:30 +0200`
fn labelled(line: &str) -> Option<Head> {
    let (label, typed) = line.split_once(": ")?;
    let has_day = typed.bytes().filter(u8::is_ascii_digit).count() >= 8;
    let read = time_of(typed).filter(|_| has_day)?;
    (label.split_whitespace().count() <= 4).then(|| Head {
        typed: typed.trim().to_owned(),
        read,
        speaker: None,
        text: label.to_owned(),
        style: Style::Plain,
    })
}

/// `On Wed, Oct 14, 2026 at 11:15 AM Jonas Weber <jonas@example.org> wrote:`, in one line or two.
fn attribution(lines: &[Line<'_>]) -> Option<Top> {
    const BEGINNINGS: [&str; 6] = ["On ", "Am ", "Le ", "El ", "Op ", "Il "];
    let first = lines.first()?;
    let begins = BEGINNINGS
        .iter()
        .find_map(|word| first.text.strip_prefix(word))
        .or_else(|| first.text.contains(" schrieb ").then_some(first.text))?;
    (1..=3).find_map(|count| {
        let more = lines.get(1..count)?.iter().map(|line| line.text);
        let whole: Vec<&str> = std::iter::once(begins).chain(more).collect();
        let whole = whole.join(" ");
        let (typed, who) = said_by(whole.trim_end())?;
        Some(Top {
            lines: count,
            read: time_of(&typed)?,
            typed,
            who,
            about: None,
        })
    })
}

/// The time and the name of an attribution.
fn said_by(text: &str) -> Option<(String, Option<String>)> {
    const ENDINGS: [&str; 6] = [
        " wrote:",
        " schrieb:",
        " a écrit :",
        " a écrit:",
        " escribió:",
        " schreef:",
    ];
    if text.chars().count() > 240 || !text.ends_with(':') {
        return None;
    }
    // German has the name behind the verb.
    if let Some((typed, name)) = text.split_once(" schrieb ") {
        return Some((typed.to_owned(), person(name.trim_end_matches(':'))));
    }
    let text = ENDINGS
        .iter()
        .find_map(|ending| text.strip_suffix(ending))?;
    let ends = text.match_indices([' ', ',']).map(|(at, _)| at);
    let ends: Vec<usize> = ends.take_while(|at| *at < 70).collect();
    ends.into_iter().rev().find_map(|end| {
        let typed = text.get(..end)?.trim_end_matches([',', ' ']);
        time_of(typed)?;
        Some((typed.to_owned(), person(text.get(end..)?)))
    })
}

/// A name without its address; an address alone without the part behind the sign.
fn person(text: &str) -> Option<String> {
    let text = text.trim_matches([',', ' ', '"', '\'']);
    let (name, address) = text.split_once(['<', '[']).unwrap_or((text, ""));
    let name = name.trim().trim_matches(['"', '\'']);
    if names::is_name(name) && !name.contains('.') && !name.contains('@') {
        return Some(name.to_owned());
    }
    let address = if address.is_empty() { name } else { address };
    let local = address.split('@').next().unwrap_or_default();
    let local = local
        .trim_start_matches("mailto:")
        .trim_matches(['<', '>', ' ']);
    let shown = if name.is_empty() || name.contains('@') {
        local
    } else {
        name
    };
    (!shown.is_empty()).then(|| shown.to_owned())
}

/// `From: ...`, `Sent: ...`, `Subject: ...`, one below the other.
fn headers(lines: &[Line<'_>]) -> Option<Top> {
    field(lines.first()?.text)?;
    let fields: Vec<(String, &str)> = lines
        .iter()
        .take(12)
        .map_while(|line| field(line.text))
        .collect();
    let value = |names: &[&str]| {
        let found = fields
            .iter()
            .find(|(name, _)| names.contains(&name.as_str()));
        found.map(|(_, value)| *value)
    };
    let typed = value(&WHEN)?;
    let who = value(&WHO)?;
    // "Date: 2026-10-14 10:34:00 +0200 (CEST)"
    let plain = typed.split_once(" (").map_or(typed, |(plain, _)| plain);
    Some(Top {
        lines: fields.len(),
        read: time_of(plain)?,
        typed: plain.to_owned(),
        who: person(who),
        about: value(&ABOUT)
            .filter(|about| !about.is_empty())
            .map(str::to_owned),
    })
}

fn field(text: &str) -> Option<(String, &str)> {
    // "commit 9f8e7d6c" is the first line of a commit.
    if let Some(number) = text.strip_prefix("commit ") {
        return Some(("commit".to_owned(), number));
    }
    let (name, value) = text.split_once(':')?;
    let name = name.trim().trim_matches('*').to_lowercase();
    let all = [&WHEN[..], &WHO[..], &ABOUT[..], &OTHERS[..]];
    all.iter()
        .any(|names| names.contains(&name.as_str()))
        .then(|| (name, value.trim().trim_start_matches("**").trim()))
}
