//! Cuts a text at its headings into parts, and says what stands in each.

use super::headings::{self, Role};
use super::lines::{Kind, Line};
use super::stamp;

/// The level of a heading that is only bold words, or a template's question.
pub(super) const LABEL: u8 = 7;
/// The level of a label in a list of labels: `- **Impact**: words`.
const ITEM_LABEL: u8 = 8;
/// The level of a label that holds for one paragraph: `Impact: words`.
const PARAGRAPH_LABEL: u8 = 9;

/// A stretch of the text under one heading.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part<'a> {
    pub(super) role: Role,
    /// The heading as typed; empty if there is none.
    pub(super) heading: &'a str,
    /// The heading's line, 0 if there is none.
    pub(super) line: usize,
    /// 1 to 6, or one of the levels of labels.
    pub(super) level: u8,
    /// Whether the heading stands below another one that gave the part its role.
    pub(super) inherited: bool,
    /// Whether text stands behind the label in its own line.
    pub(super) inline: bool,
    /// Whether the heading is a template's question.
    pub(super) prompted: bool,
    /// The lines below the heading.
    pub(super) lines: Vec<Line<'a>>,
}

impl<'a> Part<'a> {
    fn new(role: Role, heading: &'a str, line: usize, level: u8) -> Self {
        Self {
            role,
            heading,
            line,
            level,
            inherited: false,
            inline: false,
            prompted: false,
            lines: Vec::new(),
        }
    }
}

/// What a line opens.
struct Opening<'a> {
    part: Part<'a>,
    /// What stands in the heading's line behind the heading.
    rest: Option<Line<'a>>,
}

/// Cuts a text into parts. `title_line` is the line of the heading that is the title.
pub(super) fn cut<'a>(lines: &[Line<'a>], title_line: Option<usize>) -> Vec<Part<'a>> {
    let plain = !lines
        .iter()
        .any(|line| matches!(line.kind, Kind::Heading(_)) && title_line != Some(line.number));
    let mut parts = vec![Part::new(Role::Opening, "", 0, 0)];
    // The headings that are open: level and role.
    let mut open: Vec<(u8, Role)> = Vec::new();
    let mut above = Kind::Blank;
    for line in lines {
        if title_line == Some(line.number) {
            continue;
        }
        let last = parts.last().map_or(Role::Opening, |part| part.role);
        let opening = match line.kind {
            Kind::Heading(level) => heading(line, level, &open, last),
            Kind::Text | Kind::Item(_) => {
                prompt(line).or_else(|| labelled(line, above, plain, &parts))
            }
            _ => None,
        };
        above = line.kind;
        match opening {
            Some(Opening { part, rest }) => {
                while open.last().is_some_and(|(level, _)| *level >= part.level) {
                    open.pop();
                }
                open.push((part.level, part.role));
                parts.push(part);
                if let Some(part) = parts.last_mut() {
                    part.lines.extend(rest);
                }
            }
            None => {
                if let Some(part) = parts.last_mut() {
                    part.lines.push(*line);
                }
            }
        }
    }
    parts
}

/// A Markdown heading. Headings that are a day or a time stay in their part: they are rows of a timeline.
fn heading<'a>(line: &Line<'a>, level: u8, open: &[(u8, Role)], last: Role) -> Option<Opening<'a>> {
    let above = open
        .iter()
        .rev()
        .find(|(open_level, _)| *open_level < level)
        .map(|(_, role)| *role);
    let known = headings::role(line.text);
    if known.is_none()
        && let Some(stamp) = stamp::read(line.text)
        && (stamp.has_time()
            || last == Role::Timeline
            || (stamp.date.is_some() && (stamp.rest.is_empty() || above == Some(Role::Timeline))))
    {
        return None;
    }
    let (role, inherited) = match (above, known) {
        // "Monitoring" under "Action items" groups action items.
        (Some(Role::Actions), _) => (Role::Actions, true),
        (_, Some(role)) => (role, false),
        (Some(role), None) => (role, true),
        (None, None) => (Role::Notes, false),
    };
    let mut part = Part::new(role, line.text, line.number, level);
    part.inherited = inherited;
    Some(Opening { part, rest: None })
}

fn prompt<'a>(line: &Line<'a>) -> Option<Opening<'a>> {
    let role = headings::prompt(line.text)?;
    let mut part = Part::new(role, line.text, line.number, LABEL);
    part.prompted = true;
    Some(Opening { part, rest: None })
}

fn labelled<'a>(
    line: &Line<'a>,
    above: Kind,
    plain: bool,
    parts: &[Part<'a>],
) -> Option<Opening<'a>> {
    let part = parts.last()?;
    label(line, part).or_else(|| {
        if plain {
            plain_label(line, above, part)
        } else {
            cause_label(line, above, parts)
        }
    })
}

/// A heading that is only bold words, or a label in front of text.
fn label<'a>(line: &Line<'a>, part: &Part<'a>) -> Option<Opening<'a>> {
    // Under "Action items" a bold word names an item or a group of them.
    if part.role == Role::Actions && part.level < LABEL {
        return None;
    }
    let top_item = line.kind == Kind::Item(1);
    let in_list_of_labels = part.level == ITEM_LABEL;
    let may_begin_one = part.heading.is_empty() && matches!(part.role, Role::Opening | Role::Notes);
    if (top_item && !in_list_of_labels && !may_begin_one) || !(top_item || line.kind == Kind::Text)
    {
        return None;
    }
    let (words, rest) = bold(line.text)?;
    let level = if top_item { ITEM_LABEL } else { LABEL };
    match headings::role(words).filter(|_| stamp::read(words).is_none()) {
        Some(role) => Some(opening(
            Part::new(role, words, line.number, level),
            line,
            rest,
        )),
        // An unknown label among labels begins something new.
        None if (in_list_of_labels && top_item) || (part.inline && !top_item) => Some(Opening {
            part: Part::new(Role::Notes, "", line.number, level),
            rest: Some(*line),
        }),
        None => None,
    }
}

/// In a text that lost its headings: a short line that is one, or "Impact: words" for one paragraph.
fn plain_label<'a>(line: &Line<'a>, above: Kind, part: &Part<'a>) -> Option<Opening<'a>> {
    let below_one = part.level == PARAGRAPH_LABEL && above == Kind::Text;
    if line.kind != Kind::Text || !(above == Kind::Blank || below_one) {
        return None;
    }
    if let Some((role, words, rest)) = spoken(line) {
        return Some(opening(
            Part::new(role, words, line.number, PARAGRAPH_LABEL),
            line,
            rest,
        ));
    }
    if below_one {
        return None;
    }
    if line.text.len() <= 60
        && !line.text.ends_with(['.', ',', ';'])
        && !line.text.trim_end_matches(':').contains(": ")
        && let Some(role) = headings::role(line.text.trim_end_matches(':'))
    {
        return Some(Opening {
            part: Part::new(role, line.text, line.number, LABEL),
            rest: None,
        });
    }
    // The paragraph with a label has ended.
    (part.level == PARAGRAPH_LABEL).then(|| Opening {
        part: Part::new(Role::Notes, "", line.number, LABEL),
        rest: Some(*line),
    })
}

/// "Impact: words": what the label means, the label, the words.
fn spoken<'a>(line: &Line<'a>) -> Option<(Role, &'a str, &'a str)> {
    let (words, rest) = line.text.split_once(": ")?;
    let is_label = words.len() <= 40
        && words.starts_with(char::is_uppercase)
        && rest.chars().any(char::is_alphanumeric);
    let role = headings::role(words).filter(|_| is_label)?;
    Some((role, words, rest))
}

/// In a text with headings: "Root cause: words" for one paragraph, wherever it stands in a written part.
fn cause_label<'a>(line: &Line<'a>, above: Kind, parts: &[Part<'a>]) -> Option<Opening<'a>> {
    let part = parts.last()?;
    if above != Kind::Blank && !part.lines.is_empty() {
        return None;
    }
    let around = parts.iter().rev().find(|part| part.level < LABEL)?;
    let written = !matches!(around.role, Role::Timeline | Role::Actions | Role::Causes);
    let said = spoken(line).filter(|(role, ..)| *role == Role::Causes);
    match said.filter(|_| line.kind == Kind::Text && written) {
        Some((role, words, rest)) => Some(opening(
            Part::new(role, words, line.number, PARAGRAPH_LABEL),
            line,
            rest,
        )),
        // The paragraph with the label has ended, and its part goes on.
        None => (part.level == PARAGRAPH_LABEL).then(|| {
            let mut part = Part::new(around.role, "", line.number, LABEL);
            part.inherited = true;
            Opening {
                part,
                rest: Some(*line),
            }
        }),
    }
}

fn opening<'a>(mut part: Part<'a>, line: &Line<'a>, rest: &'a str) -> Opening<'a> {
    // What stands behind "Action items:" is one.
    let kind = match part.role {
        Role::Actions if part.level == PARAGRAPH_LABEL => Kind::Item(1),
        _ => Kind::Text,
    };
    let rest = (!rest.trim().is_empty()).then_some(Line {
        text: rest,
        raw: rest,
        kind,
        ..*line
    });
    part.inline = rest.is_some();
    Opening { part, rest }
}

/// `**Label**: rest`, `__Label__ rest`, `**Label:** rest`: label and rest.
fn bold(text: &str) -> Option<(&str, &str)> {
    let mark = ["**", "__"]
        .into_iter()
        .find(|mark| text.starts_with(mark))?;
    let (label, rest) = text.get(2..)?.split_once(mark)?;
    let rest = rest.trim();
    let (rest, colon) = rest
        .strip_prefix([':', '-', '\u{2013}'])
        .map_or((rest, false), |rest| (rest.trim_start(), true));
    let words = label.trim().trim_end_matches([':', '-']).trim();
    let ends = colon || label.trim().ends_with(':') || rest.is_empty();
    (ends && !words.is_empty() && words.len() <= 60).then_some((words, rest))
}
