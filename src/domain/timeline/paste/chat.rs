//! Messages and log lines, each with the lines that belong to it.

use std::collections::HashMap;

use chrono_tz::Tz;

use super::given::{Given, GivenRow};
use super::heads::{self, Head, Style};
use super::{Said, names, noise};
use crate::domain::intake;

/// A line, trimmed and without the invisible marks that phones put in front.
struct Line<'a> {
    number: usize,
    text: &'a str,
    head: Option<Head>,
    day: Option<String>,
}

/// Reads a text as a chat or a log; `None` if it is neither.
pub(super) fn given(text: &str) -> Option<Vec<Given>> {
    let lines: Vec<Line<'_>> = text.lines().zip(1..).filter_map(line).collect();
    let taken = taken(&lines)?;
    Some(Collector::new(&lines, taken).collect())
}

/// The zone that a line of the text states for all times.
pub(super) fn zone(text: &str) -> Option<Tz> {
    intake::stated_zone(text)
}

fn line((raw, number): (&str, usize)) -> Option<Line<'_>> {
    let hidden =
        |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{feff}');
    let text = raw.trim().trim_start_matches(hidden).trim();
    if text.is_empty() || text.starts_with("```") {
        return None;
    }
    let day = separator(text);
    let head = if day.is_some() {
        None
    } else {
        heads::head(badge(text))
    };
    Some(Line {
        number,
        text,
        head,
        day,
    })
}

/// The line without the badge of an app: `APP  11:58 PM`.
fn badge(text: &str) -> &str {
    let rest = text
        .strip_prefix("APP ")
        .or_else(|| text.strip_prefix("BOT "));
    rest.map_or(text, str::trim_start)
}

/// A line that is a day and nothing else: `--- Tuesday, October 13th ---`, "Day changed Wed Oct 14 2026".
fn separator(text: &str) -> Option<String> {
    if text.chars().count() > 60 {
        return None;
    }
    let bare = text.trim_matches(['-', '—', '–', '=', '*', ' ', '\t', '─', '[', ']']);
    for words in ["Day changed to ", "Day changed ", "Date changed to "] {
        if let Some(rest) = bare.strip_prefix(words) {
            return heads::day_of(rest);
        }
    }
    // Most lines are messages: a day has no colon.
    if bare.contains(':') {
        None
    } else {
        heads::day_of(bare)
    }
}

/// Which styles of heads are taken.
struct Styles(Vec<Style>);

impl Styles {
    fn has(&self, style: Style) -> bool {
        self.0.contains(&style)
    }
}

/// Decides whether a text is a chat or a log, and which of its lines begin a message.
fn taken(lines: &[Line<'_>]) -> Option<Styles> {
    if lines
        .iter()
        .filter(|line| line.text.starts_with("## ") || line.text.starts_with("### "))
        .count()
        > 1
    {
        return None;
    }
    let mut counts: HashMap<&'static str, usize> = HashMap::new();
    let mut add = |key: &'static str| *counts.entry(key).or_default() += 1;
    for (at, line) in lines.iter().enumerate() {
        match line.head.as_ref().map(|head| head.style) {
            Some(Style::Bracket | Style::Nick | Style::Dash | Style::Noise) => add("spoken"),
            Some(Style::Above) => add("above"),
            Some(Style::Machine) => add("machine"),
            Some(Style::Colon) => add("colon"),
            Some(Style::Trailing) => add("trailing"),
            Some(Style::BracketAlone) => add("alone"),
            Some(Style::Plain) => add("list"),
            Some(Style::Bare) if begins_below_a_name(lines, at) => add("above"),
            Some(Style::Bare) => add("bare"),
            None if is_list(line.text) => add("list"),
            None => {}
        }
    }
    let count = |key: &str| counts.get(key).copied().unwrap_or(0);
    let below = names_below_brackets(lines);
    let mut styles = vec![Style::Noise];
    let mut strong = 0;
    let mut take = |many: usize, taken: &[Style]| {
        if many > 0 {
            strong += many;
            styles.extend(taken);
        }
    };
    take(
        count("spoken"),
        &[
            Style::Bracket,
            Style::BracketAlone,
            Style::Nick,
            Style::Dash,
        ],
    );
    take(count("machine"), &[Style::Machine]);
    take(count("above"), &[Style::Above, Style::Bare]);
    if below {
        take(count("alone"), &[Style::BracketAlone]);
    }
    if count("colon") >= 2 && repeats(lines, Style::Colon) && count("colon") >= count("list") {
        take(count("colon"), &[Style::Colon, Style::Plain]);
    }
    if count("trailing") >= 2 && count("trailing") * 2 >= lines.len() {
        take(count("trailing"), &[Style::Trailing]);
    }
    let others = count("list") + if below { 0 } else { count("alone") };
    let lists = lines.iter().filter(|line| is_list(line.text)).count();
    (strong > 0 && strong >= others && strong >= lists).then_some(Styles(styles))
}

/// Marks of lists, headings and tables: such a text is read as a document.
fn is_list(text: &str) -> bool {
    let marked = ["- ", "* ", "• ", "+ ", "#", "|", "=="];
    marked.iter().any(|mark| text.starts_with(mark))
}

/// Whether one name at least comes twice.
fn repeats(lines: &[Line<'_>], style: Style) -> bool {
    let mut seen = std::collections::HashSet::new();
    lines
        .iter()
        .filter_map(|line| line.head.as_ref())
        .filter(|head| head.style == style)
        .filter_map(|head| head.speaker.as_deref())
        .any(|name| !seen.insert(name))
}

/// `[Yesterday 22:10] Sam Oduya` above what he wrote: every bracket is followed by a name, and by a line of words.
fn names_below_brackets(lines: &[Line<'_>]) -> bool {
    let mut any = false;
    let all = lines.iter().enumerate().all(|(at, line)| match &line.head {
        Some(head) if head.style == Style::BracketAlone => {
            any = true;
            let next = lines.get(at + 1);
            names::is_name(&head.text) && next.is_some_and(|next| next.head.is_none())
        }
        Some(head) => head.style == Style::Plain,
        None => true,
    });
    any && all
}

/// Whether the line above a time that stands alone is the name of who wrote.
fn begins_below_a_name(lines: &[Line<'_>], at: usize) -> bool {
    let Some(above) = at.checked_sub(1).and_then(|above| lines.get(above)) else {
        return false;
    };
    above.head.is_none()
        && above.day.is_none()
        && names::is_name(above.text)
        && !noise::is_noise(above.text)
        && !at
            .checked_sub(2)
            .and_then(|before| lines.get(before))
            .is_some_and(|before| matches!(&before.head, Some(head) if head.text.is_empty()))
}

struct Collector<'a, 'l> {
    lines: &'l [Line<'a>],
    styles: Styles,
    below_brackets: bool,
    found: Vec<Given>,
    open: Option<GivenRow>,
    /// What was left out since the open row began.
    waiting: Vec<Given>,
    /// Who wrote last: a time alone goes on with them.
    speaker: Option<String>,
}

impl<'a, 'l> Collector<'a, 'l> {
    fn new(lines: &'l [Line<'a>], styles: Styles) -> Self {
        let below_brackets = names_below_brackets(lines);
        Self {
            lines,
            styles,
            below_brackets,
            found: Vec::new(),
            open: None,
            waiting: Vec::new(),
            speaker: None,
        }
    }

    fn collect(mut self) -> Vec<Given> {
        for (at, line) in self.lines.iter().enumerate() {
            if let Some(day) = &line.day {
                self.close();
                self.found.push(Given::Day(said(line), day.clone()));
                continue;
            }
            match &line.head {
                Some(head) if head.style == Style::Noise => self.left(line),
                Some(head) if self.styles.has(head.style) => self.open(at, line, head),
                // The name belongs to the row that begins with the next line.
                _ if self.is_name_of_next(at) => {}
                _ => self.go_on(line),
            }
        }
        self.close();
        self.found
    }

    /// Whether the next line is a time alone, below this name.
    fn is_name_of_next(&self, at: usize) -> bool {
        let next = self.lines.get(at + 1).and_then(|next| next.head.as_ref());
        self.styles.has(Style::Bare)
            && next.is_some_and(|next| next.style == Style::Bare)
            && begins_below_a_name(self.lines, at + 1)
    }

    fn open(&mut self, at: usize, line: &Line<'_>, head: &Head) {
        self.close();
        let mut row = GivenRow {
            line: line.number,
            last_line: line.number,
            typed: head.typed.clone(),
            read: head.read.clone(),
            speaker: head.speaker.clone(),
            text: head.text.clone(),
            machine: head.style == Style::Machine,
        };
        if self.below_brackets && head.style == Style::BracketAlone {
            row.speaker = Some(std::mem::take(&mut row.text));
        }
        if head.style == Style::Bare {
            let above = at.checked_sub(1).and_then(|above| self.lines.get(above));
            row.speaker = match above.filter(|_| begins_below_a_name(self.lines, at)) {
                Some(above) => Some(above.text.trim_start_matches('@').to_owned()),
                None => self.speaker.clone(),
            };
            if let Some(above) = above.filter(|_| begins_below_a_name(self.lines, at)) {
                row.line = above.number;
            }
        }
        if !row.machine {
            self.speaker.clone_from(&row.speaker);
        }
        self.open = Some(row);
    }

    fn go_on(&mut self, line: &Line<'_>) {
        if noise::is_noise(line.text) {
            return self.left(line);
        }
        match self.open.as_mut() {
            Some(row) => {
                if !row.text.is_empty() {
                    row.text.push('\n');
                }
                row.text.push_str(line.text);
                row.last_line = line.number;
            }
            None => self.left(line),
        }
    }

    fn left(&mut self, line: &Line<'_>) {
        let left = Given::Left(said(line));
        match self.open {
            Some(_) => self.waiting.push(left),
            None => self.found.push(left),
        }
    }

    /// Ends the open row; one without words is none.
    fn close(&mut self) {
        let Some(mut row) = self.open.take() else {
            return;
        };
        row.text = noise::without_edited(&row.text).to_owned();
        let is_told = row.text.chars().any(char::is_alphanumeric)
            && (row.machine || !noise::is_noise(&row.text));
        if is_told {
            self.found.push(Given::Row(row));
        } else {
            let line = row.line;
            let text = format!("{} {}", row.typed, row.text).trim().to_owned();
            self.found.push(Given::Left(Said { line, text }));
        }
        self.found.append(&mut self.waiting);
    }
}

fn said(line: &Line<'_>) -> Said {
    Said {
        line: line.number,
        text: line.text.to_owned(),
    }
}
