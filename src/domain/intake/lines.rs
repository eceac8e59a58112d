//! The lines of a text and what each one is: a heading, an item, a row of a table, code, plain words.
//!
//! Markdown is read by a Markdown parser; everything else, and Markdown's own blind spots (`•` bullets, tables
//! without a rule), by a small grammar of lines.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing.
    Blank,
    /// A heading of a level, 1 to 6.
    Heading(u8),
    /// The first line of a list's item; how deep, counted from 1.
    Item(u8),
    /// A row of a table.
    Row,
    /// The rule below a table's head, a setext underline, a horizontal rule.
    Rule,
    /// Inside a fenced or indented block of code, or its fence.
    Code,
    /// Inside a quotation.
    Quote,
    /// Inside a hidden comment.
    Comment,
    /// Plain words.
    Text,
}

/// A line of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// Counted from 1, in the file.
    pub(super) number: usize,
    /// The whole line.
    pub(super) raw: &'a str,
    /// The line without the mark of its kind.
    pub(super) text: &'a str,
    pub(super) kind: Kind,
    /// Whether it continues a list's item.
    pub(super) inside_item: bool,
}

/// How deep blocks may nest before the text is read as plain lines.
const NESTING: usize = 64;
/// Lines longer than this are not Markdown's own; a text with one is read as plain lines.
const LONG: usize = 100_000;

/// Whether a file is read as Markdown: by its ending, or by its headings.
pub(super) fn is_markdown(path: &str, body: &str) -> bool {
    let ending = path
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default()
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some("md" | "qmd" | "markdown" | "mdx" | "rmd") => true,
        _ => body.lines().any(|line| heading_mark(line).is_some()),
    }
}

/// Splits a text into lines and says what each one is. `first` is the number of its first line.
pub(super) fn read(body: &str, first: usize, markdown: bool) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = body
        .split('\n')
        .enumerate()
        .map(|(at, raw)| Line {
            number: first + at,
            raw,
            text: raw.trim(),
            kind: if raw.trim().is_empty() {
                Kind::Blank
            } else {
                Kind::Text
            },
            inside_item: false,
        })
        .collect();
    if markdown && !nests_deeply(body) {
        overlay(body, &mut lines);
    }
    for line in lines
        .iter_mut()
        .filter(|line| matches!(line.kind, Kind::Item(_)) && super::headings::is_hint(line.text))
    {
        line.kind = Kind::Comment;
    }
    let mut below = false;
    for at in (0..lines.len()).rev() {
        let Some(line) = lines.get_mut(at) else {
            continue;
        };
        let underlined = below && !markdown;
        below = line.text.len() > 2 && line.text.trim_matches(['=', '-']).is_empty();
        if line.kind == Kind::Text {
            own_marks(line, underlined);
        }
        if underlined
            && matches!(line.kind, Kind::Heading(_))
            && let Some(rule) = lines.get_mut(at + 1)
        {
            (rule.raw, rule.text, rule.kind) = ("", "", Kind::Blank);
        }
    }
    lines
}

/// A guard before the parser: quadratic or recursive work needs long lines or many marks in front of one.
fn nests_deeply(body: &str) -> bool {
    body.lines()
        .any(|line| line.len() > LONG || marks(line) > NESTING)
}

/// How many quotations and lists a line opens: `> > - 1. words` opens four.
fn marks(line: &str) -> usize {
    let mut rest = line.trim_start();
    for count in 0..=NESTING {
        let inner = rest
            .strip_prefix('>')
            .or_else(|| bullet(rest).filter(|inner| inner.len() < rest.len()));
        match inner {
            Some(inner) => rest = inner.trim_start(),
            None => return count,
        }
    }
    NESTING + 1
}

/// Lets the Markdown parser say what the lines are.
fn overlay(body: &str, lines: &mut [Line<'_>]) {
    let starts: Vec<usize> = std::iter::once(0)
        .chain(body.match_indices('\n').map(|(at, _)| at + 1))
        .collect();
    let line_of = |at: usize| {
        starts
            .partition_point(|start| *start <= at)
            .saturating_sub(1)
    };
    let mut lists: u8 = 0;
    let mut quotes = 0_usize;
    for (event, range) in
        Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES).into_offset_iter()
    {
        let from = line_of(range.start);
        let to = line_of(range.end.saturating_sub(1).max(range.start));
        let Some(covered) = lines.get_mut(from..=to) else {
            continue;
        };
        match event {
            Event::Start(Tag::List(_)) => lists = lists.saturating_add(1),
            Event::End(TagEnd::List(_)) => lists = lists.saturating_sub(1),
            Event::Start(Tag::BlockQuote(_)) => {
                quotes += 1;
                mark(covered, Kind::Quote);
            }
            Event::End(TagEnd::BlockQuote(_)) => quotes = quotes.saturating_sub(1),
            _ if quotes > 0 => {}
            Event::Start(Tag::Item) => item(covered, lists),
            Event::Start(Tag::Heading { level, .. }) => heading(covered, level),
            Event::Start(Tag::CodeBlock(_)) => mark(covered, Kind::Code),
            Event::Start(Tag::HtmlBlock)
                if covered
                    .first()
                    .is_some_and(|line| line.text.starts_with("<!--")) =>
            {
                mark(covered, Kind::Comment)
            }
            Event::Start(Tag::Table(_)) => table(covered),
            Event::Rule => mark(covered, Kind::Rule),
            _ => {}
        }
    }
}

fn mark(lines: &mut [Line<'_>], kind: Kind) {
    for line in lines
        .iter_mut()
        .filter(|line| line.kind != Kind::Blank || kind == Kind::Code)
    {
        line.kind = kind;
    }
}

fn item(lines: &mut [Line<'_>], depth: u8) {
    for line in lines.iter_mut() {
        line.inside_item = true;
    }
    if let Some(first) = lines
        .first_mut()
        .filter(|line| line.kind == Kind::Text || matches!(line.kind, Kind::Item(_)))
    {
        // "- - text" opens two items in one line; the text stands behind the last mark.
        if let Some(text) = bullet(first.text) {
            first.text = text;
            first.kind = Kind::Item(depth);
        }
    }
}

fn heading(lines: &mut [Line<'_>], level: HeadingLevel) {
    let level = match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    };
    let count = lines.len();
    let Some(first) = lines.first_mut() else {
        return;
    };
    if let Some((_, text)) = heading_mark(first.raw) {
        first.kind = Kind::Heading(level);
        first.text = text;
    } else if count == 2 && first.text.len() <= 120 && !first.text.ends_with('.') {
        // A paragraph above a rule is a heading by Markdown's rules; a long one was not meant as one.
        first.kind = Kind::Heading(level);
        if let Some(line) = lines.last_mut() {
            (line.raw, line.text, line.kind) = ("", "", Kind::Blank);
        }
    } else if let Some(line) = lines.last_mut().filter(|_| count > 1) {
        line.kind = Kind::Rule;
    }
}

fn table(lines: &mut [Line<'_>]) {
    for (at, line) in lines
        .iter_mut()
        .enumerate()
        .filter(|(_, line)| line.kind != Kind::Blank)
    {
        line.kind = if at == 1 { Kind::Rule } else { Kind::Row };
    }
}

/// `## Heading ##`: its level and words.
fn heading_mark(line: &str) -> Option<(u8, &str)> {
    let trimmed = line.trim();
    let level = trimmed.bytes().take_while(|byte| *byte == b'#').count();
    let words = trimmed.get(level..)?;
    if !(1..=6).contains(&level) || !(words.is_empty() || words.starts_with([' ', '\t'])) {
        return None;
    }
    Some((
        u8::try_from(level).ok()?,
        words.trim().trim_end_matches('#').trim_end(),
    ))
}

/// `h2. Heading`
fn wiki_heading(text: &str) -> Option<(u8, &str)> {
    let (level, title) = text.strip_prefix('h')?.split_once(". ")?;
    let level = level.parse().ok().filter(|level| (1..=6).contains(level))?;
    Some((level, title.trim()))
}

/// The words behind a bullet or number.
fn bullet(text: &str) -> Option<&str> {
    if let Some(rest) =
        text.strip_prefix(['-', '*', '+', '\u{2022}', '\u{b7}', '\u{25e6}', '\u{25aa}'])
    {
        return (rest.is_empty() || rest.starts_with([' ', '\t', '\u{a0}'])).then(|| rest.trim());
    }
    let digits = text.bytes().take(10).take_while(u8::is_ascii_digit).count();
    let rest = text.get(digits..)?.strip_prefix(['.', ')'])?;
    (digits > 0 && (rest.is_empty() || rest.starts_with([' ', '\t']))).then(|| rest.trim())
}

/// What a line of plain words says about itself.
fn own_marks(line: &mut Line<'_>, underlined: bool) {
    let text = line.text;
    if super::headings::is_hint(text) {
        line.kind = Kind::Comment;
    } else if text.starts_with('|')
        && text.len() > 1
        && text.get(1..).is_some_and(|rest| rest.contains('|'))
    {
        let rule = text
            .chars()
            .all(|character| matches!(character, '|' | '-' | ':' | ' ' | '+' | '='));
        line.kind = if rule { Kind::Rule } else { Kind::Row };
    } else if text.len() > 2 && text.trim_matches(['=', '-', '*', '_']).is_empty() {
        line.kind = Kind::Rule;
    } else if let Some(title) = text
        .strip_prefix("==")
        .and_then(|rest| rest.strip_suffix("=="))
        .filter(|title| !title.trim().is_empty())
    {
        line.kind = Kind::Heading(2);
        line.text = title.trim_matches('=').trim();
    } else if let Some((level, title)) = wiki_heading(text) {
        line.kind = Kind::Heading(level);
        line.text = title;
    } else if underlined && text.len() <= 120 {
        line.kind = Kind::Heading(2);
    } else if text.starts_with(['\u{2013}', '\u{2014}']) {
        let rest = text.trim_start_matches(['\u{2013}', '\u{2014}']).trim();
        if super::stamp::read(rest).is_some() {
            line.kind = Kind::Item(1 + u8::from(line.inside_item));
            line.text = rest;
        }
    } else if let Some(rest) = bullet(text).filter(|_| !line.inside_item) {
        let indent = line.raw.len() - line.raw.trim_start().len();
        line.kind = Kind::Item(1 + u8::try_from(indent / 2).unwrap_or(7).min(7));
        line.text = rest;
    }
}
