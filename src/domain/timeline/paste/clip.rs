//! The text in a form that both readers know: times in notations of their own at the beginning of lines and cells,
//! prefixes of logs, numbers that only look like times. Lines keep their numbers; what was typed is put back after
//! reading.

use super::leads::{self, Lead};
use super::{Entry, Paste, Row, amounts, digits, doubts, moments, prefixes};

/// Stands in front of a number that is no time, so that no reader takes it for one.
const NO_TIME: char = '\u{2060}';

/// A text with its times in a form that is read.
pub(super) struct Clip {
    pub(super) text: String,
    kept: Vec<Kept>,
    /// Lines as they stood before they were changed, with their numbers.
    lines: Vec<(usize, String)>,
    /// Whether four digits in front of a line are a time.
    digits: bool,
}

/// A time that was put in another form.
struct Kept {
    line: usize,
    typed: String,
    read: String,
}

/// Puts the times of a text in a form that is read.
pub(super) fn clip(text: &str) -> Clip {
    let mut clip = Clip {
        text: String::with_capacity(text.len()),
        kept: Vec::new(),
        lines: Vec::new(),
        digits: digits::are_times(text),
    };
    let is_quoted = is_quoted(text);
    for (line, number) in text.split('\n').zip(1..) {
        let line = match line.trim_start().strip_prefix('>') {
            Some(inner) if is_quoted => inner.strip_prefix(' ').unwrap_or(inner),
            _ => line,
        };
        if number > 1 {
            clip.text.push('\n');
        }
        clip.line(line, number);
    }
    clip
}

/// Whether nearly all lines of a text are quoted: then the marks say nothing.
fn is_quoted(text: &str) -> bool {
    let filled = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let quoted = filled.clone().filter(|line| line.starts_with('>')).count();
    quoted > 0
        && quoted * 5 >= filled.count() * 4
        && !text.contains(" wrote:")
        && !text.contains("schrieb")
}

impl Clip {
    fn line(&mut self, line: &str, number: usize) {
        if let Some(moved) = prefixes::moved(line) {
            self.text.push_str(&moved.text);
            self.lines.push((number, line.trim().to_owned()));
            self.kept.extend(moved.time.map(|(typed, read)| Kept {
                line: number,
                typed,
                read,
            }));
            return;
        }
        let before = self.kept.len();
        let plain = undecorated(line);
        self.words(plain.as_deref().unwrap_or(line), number);
        if self.kept.len() > before || plain.is_some() {
            self.lines.push((number, line.trim().to_owned()));
        }
    }

    fn words(&mut self, line: &str, number: usize) {
        if line.trim_start().starts_with('|') {
            return self.cells(line, '|', number);
        }
        if line.contains('\t') {
            return self.cells(line, '\t', number);
        }
        let (mark, words) = marked(line);
        self.text.push_str(mark);
        match self.digits(words).or_else(|| leads::read(words)) {
            Some(lead) => self.lead(&lead, number),
            None if amounts::is_amount(words) => {
                self.text.push(NO_TIME);
                self.text.push_str(words);
            }
            None => self.text.push_str(words),
        }
    }

    fn digits<'a>(&self, words: &'a str) -> Option<Lead<'a>> {
        let (hour, minute) = digits::time(words).filter(|_| self.digits)?;
        let (typed, rest) = words.split_at_checked(4)?;
        Some(Lead {
            typed,
            read: format!("{hour:02}:{minute:02}"),
            rest,
        })
    }

    fn lead(&mut self, lead: &Lead<'_>, number: usize) {
        self.text.push_str(&lead.read);
        let joined = lead.rest.starts_with(char::is_alphanumeric);
        self.text.push_str(if joined { " " } else { "" });
        self.text.push_str(lead.rest);
        self.kept.push(Kept {
            line: number,
            typed: lead.typed.to_owned(),
            read: lead.read.clone(),
        });
    }

    /// Cells that are a time as a whole, and the first one if it begins with one.
    fn cells(&mut self, line: &str, between: char, number: usize) {
        for (at, cell) in line.split(between).enumerate() {
            if at > 0 {
                self.text.push(between);
            }
            let words = cell.trim();
            let lead = leads::read(words)
                .filter(|lead| lead.rest.trim().is_empty() || (at == 0 && between == '\t'));
            match lead {
                Some(lead) => {
                    let space = if between == '|' { " " } else { "" };
                    self.text.push_str(space);
                    self.lead(&lead, number);
                    self.text.push_str(space);
                }
                None => self.text.push_str(cell),
            }
        }
    }

    /// Puts back what was typed.
    pub(super) fn restore(&self, paste: &mut Paste) {
        for entry in &mut paste.entries {
            match entry {
                Entry::Row(row) => self.row(row),
                Entry::Heading(said) | Entry::Left(said) => {
                    said.text = said.text.replace(NO_TIME, "");
                    let own = self
                        .lines
                        .binary_search_by_key(&said.line, |(line, _)| *line);
                    if let Some((_, line)) = own.ok().and_then(|at| self.lines.get(at)) {
                        said.text.clone_from(line);
                    }
                }
            }
        }
    }

    /// What was changed in some lines.
    fn of_lines(&self, first: usize, last: usize) -> impl Iterator<Item = &Kept> {
        let from = self.kept.partition_point(|kept| kept.line < first);
        let within = self.kept.get(from..).unwrap_or_default().iter();
        within.take_while(move |kept| kept.line <= last)
    }

    /// The time of a row, and what went on with it, as they stand in its lines.
    fn row(&self, row: &mut Row) {
        row.text = row.text.replace(NO_TIME, "");
        let mut own: Option<&Kept> = None;
        for kept in self.of_lines(row.line, row.last_line) {
            if own.is_none() && row.when.typed().contains(&kept.read) {
                own = Some(kept);
            } else {
                row.text = row.text.replacen(&kept.read, &kept.typed, 1);
            }
        }
        let Some(own) = own else { return };
        let typed = row.when.typed().replacen(&own.read, &own.typed, 1);
        row.when = moments::kept(&typed, &row.when);
        if own.read == leads::UNKNOWN {
            row.doubts.retain(|doubt| doubt.code != "unknown-time");
            row.doubts.push(doubts::unknown(&typed));
        }
    }
}

/// A line without what only decorates the time behind it: an emoji, the box of a task.
fn undecorated(line: &str) -> Option<String> {
    let (mark, words) = marked(line);
    let mark = mark.trim_end_matches(['[', '(', ' ']);
    let mut rest = line.get(mark.len()..).unwrap_or(words);
    for _ in 0..4 {
        rest = rest.trim_start();
        let boxed = ["[ ]", "[x]", "[X]"]
            .iter()
            .find_map(|mark| rest.strip_prefix(mark));
        let named = rest.strip_prefix(':').and_then(|inner| {
            let (name, after) = inner.split_once(':')?;
            let is_name =
                name.starts_with(char::is_alphabetic) && !name.contains(char::is_whitespace);
            is_name.then_some(after)
        });
        let drawn = rest.trim_start_matches(|c: char| {
            !c.is_alphanumeric() && !c.is_ascii() && !"“”‘’–—≈•·".contains(c)
        });
        let drawn = (drawn.len() < rest.len()).then_some(drawn);
        match boxed.or(named).or(drawn) {
            Some(after) => rest = after,
            None => break,
        }
    }
    let is_time = rest
        .trim_start_matches(['*', '`', '[', '(', '~'])
        .starts_with(|c: char| c.is_ascii_digit());
    let changed =
        rest.len() < line.len() - mark.len() && rest.trim_start().len() < words.len().max(1);
    let space = if mark.is_empty() { "" } else { " " };
    (is_time && changed).then(|| format!("{mark}{space}{rest}"))
}

/// A line cut behind the marks in front of its words: indentation, bullets, numbers of a list, quotes, emphasis.
pub(super) fn marked(line: &str) -> (&str, &str) {
    let mut rest = line.trim_start();
    for _ in 0..8 {
        let before = rest.len();
        rest = rest
            .trim_start_matches(['*', '_', '[', '(', '`', '"', '“', '•', '·', '>', '#', '+'])
            .trim_start();
        for dash in ["- ", "– ", "— "] {
            rest = rest.strip_prefix(dash).map_or(rest, str::trim_start);
        }
        rest = numbered(rest).unwrap_or(rest);
        if rest.len() == before {
            break;
        }
    }
    line.split_at_checked(line.len() - rest.len())
        .unwrap_or((line, ""))
}

/// The words behind the number of a list: `1. `, `2) `.
fn numbered(text: &str) -> Option<&str> {
    let digits = text.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let rest = text.get(digits..)?;
    let rest = rest
        .strip_prefix(". ")
        .or_else(|| rest.strip_prefix(") "))?;
    // "9. März" is a day.
    let is_day = leads::read(text).is_some();
    ((1..=3).contains(&digits) && !is_day).then(|| rest.trim_start())
}
