//! Gives each message the lines that belong to it.

use super::chat::{Styles, begins_below_a_name, names_below_brackets};
use super::given::{Given, GivenRow};
use super::halves::{self, Halved};
use super::heads::{Head, Style};
use super::line::Line;
use super::{Said, names, noise};

/// What was read so far.
pub(super) struct Collector<'a, 'l> {
    lines: &'l [Line<'a>],
    styles: Styles,
    below_brackets: bool,
    found: Vec<Given>,
    open: Option<GivenRow>,
    /// What was left out since the open row began.
    waiting: Vec<Given>,
    /// Whether the line above is a reaction.
    below_reaction: bool,
    /// Who wrote last: a time alone goes on with them.
    speaker: Option<String>,
    /// When they wrote, if it said the half of the day: times alone below do not.
    half: Option<Halved>,
}

impl<'a, 'l> Collector<'a, 'l> {
    pub(super) fn new(lines: &'l [Line<'a>], styles: Styles) -> Self {
        let below_brackets = names_below_brackets(lines);
        Self {
            lines,
            styles,
            below_brackets,
            found: Vec::new(),
            open: None,
            waiting: Vec::new(),
            below_reaction: false,
            speaker: None,
            half: None,
        }
    }

    /// Reads all lines.
    pub(super) fn collect(mut self) -> Vec<Given> {
        for (at, line) in self.lines.iter().enumerate() {
            if let Some(day) = &line.day {
                self.close();
                self.found.push(Given::Day(line.said(), day.clone()));
                continue;
            }
            match &line.head {
                Some(head) if self.is_noise(head.style) => self.left(line),
                Some(head) if self.takes(head) => self.open(at, line, head),
                _ if self.is_picture_of_next(at) => self.left(line),
                // The name belongs to the row that begins with the next line.
                _ if self.is_name_of_next(at) => {}
                _ => self.go_on(line),
            }
        }
        self.close();
        self.found
    }

    /// Whether a head begins a row. Among the lines of a program one with a day of its own does, without seconds too.
    fn takes(&self, head: &Head) -> bool {
        let digits = head.read.bytes().filter(u8::is_ascii_digit).count();
        self.styles.has(head.style)
            || (self.styles.has(Style::Machine) && head.style == Style::Plain && digits >= 10)
    }

    /// `[10:34 AM] Novak, Lea` above what she wrote.
    fn has_name_in_bracket_line(&self, at: usize, head: &Head) -> bool {
        let is_above = self.below_brackets || self.styles.has(Style::Above);
        let next = self.lines.get(at + 1);
        is_above
            && head.style == Style::BracketAlone
            && names::is_name(&head.text)
            && (self.below_brackets || next.is_some_and(|next| next.head.is_none()))
    }

    /// Whether a line is the picture of who writes next: initials above a name.
    fn is_picture_of_next(&self, at: usize) -> bool {
        let (Some(line), Some(next)) = (self.lines.get(at), self.lines.get(at + 1)) else {
            return false;
        };
        let is_short = line.text.len() <= 3 && line.text.chars().all(char::is_uppercase);
        let is_picture = is_short || line.text.eq_ignore_ascii_case("user avatar");
        let names_next = self.is_name_of_next(at + 1)
            || matches!(&next.head, Some(head) if matches!(head.style, Style::Above | Style::Spaced));
        line.head.is_none() && is_picture && names_next
    }

    fn is_noise(&self, style: Style) -> bool {
        style == Style::Noise || (style == Style::Unspoken && self.styles.has(Style::Dash))
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
        if self.has_name_in_bracket_line(at, head) {
            row.speaker = Some(std::mem::take(&mut row.text));
        }
        if head.style == Style::Bare {
            row.read = self.in_its_half(&row.read).unwrap_or(row.read);
            let above = at.checked_sub(1).and_then(|above| self.lines.get(above));
            row.speaker = match above.filter(|_| begins_below_a_name(self.lines, at)) {
                Some(above) => {
                    let name = names::without_status(above.text);
                    Some(name.trim_start_matches('@').to_owned())
                }
                None => self.speaker.clone(),
            };
            if let Some(above) = above.filter(|_| begins_below_a_name(self.lines, at)) {
                row.line = above.number;
            }
        }
        self.half = halves::of(&row.read);
        if !row.machine {
            self.speaker.clone_from(&row.speaker);
        }
        self.open = Some(row);
    }

    /// `4:52` below `4:51 PM`, with the half of the day.
    fn in_its_half(&self, read: &str) -> Option<String> {
        let (hour, minute) = read.split_once(':')?;
        halves::beside(hour, minute, self.half?)
    }

    fn go_on(&mut self, line: &Line<'_>) {
        // A reaction, and how often it was given below it.
        let is_count = self.below_reaction && noise::is_number(line.text);
        self.below_reaction = noise::is_reaction(line.text);
        if is_count || noise::is_noise(line.text) {
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
        let left = Given::Left(line.said());
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
