//! Markdown, with everything that is not the author's own running prose hidden.
//!
//! The result has the length of the source, byte for byte, so that every position in it is a position in the source.
//! Code, quotations and addresses leave a mark where they stood: grammar needs to know that something was there.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{quotes, speech, work};

/// Stands for a byte of code.
pub(super) const CODE: u8 = 1;
/// Stands for a byte of a quotation or a title.
pub(super) const QUOTE: u8 = 2;
/// Stands for a byte of an address.
pub(super) const LINK: u8 = 3;

/// The longest title of a work, in bytes.
const LONGEST_TITLE: usize = 200;

/// What may be judged, and where its blocks lie.
#[derive(Debug)]
pub(super) struct Masked {
    /// As long as the source; a zero byte where there is markup or text that is not judged.
    pub(super) text: String,
    /// Paragraphs, list items and table cells, in order.
    pub(super) blocks: Vec<Range<usize>>,
}

/// What counts as Markdown.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_YAML_STYLE_METADATA_BLOCKS)
    .union(Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS);

/// Hides what must never be judged.
pub(super) fn mask(source: &str) -> Masked {
    let Canvas {
        mut bytes, blocks, ..
    } = Canvas::of(source, Shows::Judged);
    quotes::hide(&mut bytes, &blocks);
    masked(bytes, blocks)
}

/// Hides code and addresses alone: names stand in headings and quotations too. Beside it, for each byte, whether it is
/// one of somebody else's words.
pub(super) fn shown(source: &str) -> (Masked, Vec<bool>) {
    let Canvas {
        mut bytes,
        blocks,
        quoted,
        ..
    } = Canvas::of(source, Shows::Read);
    let mut hidden = bytes.clone();
    quotes::hide(&mut hidden, &blocks);
    for (byte, hidden) in bytes.iter_mut().zip(&hidden) {
        if *hidden == LINK {
            *byte = LINK;
        }
    }
    let mut theirs: Vec<bool> = hidden.into_iter().map(|byte| byte == QUOTE).collect();
    for range in quoted {
        if let Some(theirs) = theirs.get_mut(range) {
            theirs.fill(true);
        }
    }
    (masked(bytes, blocks), theirs)
}

fn masked(bytes: Vec<u8>, blocks: Vec<Range<usize>>) -> Masked {
    // Whole events were copied and whole ranges overwritten with ASCII, so this is always valid.
    let text = String::from_utf8(bytes).unwrap_or_default();
    let blocks = if text.is_empty() { Vec::new() } else { blocks };
    Masked { text, blocks }
}

/// For whom a text is masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shows {
    /// For who judges wording.
    Judged,
    /// For who looks for names.
    Read,
}

struct Canvas<'a> {
    source: &'a str,
    shows: Shows,
    bytes: Vec<u8>,
    /// What is to be copied from the source as it stands, before anything else is drawn. Pieces that touch are copied
    /// together.
    plain: Range<usize>,
    blocks: Vec<Range<usize>>,
    /// Quotations that are blocks, the outermost of them.
    quoted: Vec<Range<usize>>,
    /// What the last speaker of a chat says.
    said: Range<usize>,
    depth: usize,
    open: Option<Range<usize>>,
    hidden: usize,
}

impl<'a> Canvas<'a> {
    fn of(source: &'a str, shows: Shows) -> Self {
        let mut canvas = Self {
            source,
            shows,
            bytes: vec![0; source.len()],
            plain: 0..0,
            blocks: Vec::new(),
            quoted: Vec::new(),
            said: 0..0,
            depth: 0,
            open: None,
            hidden: 0,
        };
        for drawn in Parser::new_ext(source, OPTIONS).into_offset_iter() {
            // By reference: an event is large, and there are many.
            let (event, range) = &drawn;
            canvas.draw(event, range);
        }
        canvas.close();
        canvas.copy();
        canvas
    }
}

impl Canvas<'_> {
    #[inline]
    fn draw(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.enter(tag),
            Event::End(tag) => self.leave(*tag, range),
            Event::Text(_) if self.hidden == 0 && range.start < self.said.end => {
                self.fill(range, QUOTE);
                self.grow(range);
            }
            Event::InlineHtml(_) if self.hidden == 0 && self.shows == Shows::Judged => {
                self.said = speech::said(self.source, range).unwrap_or(self.said.clone());
            }
            Event::Text(_) if self.hidden == 0 => {
                self.plain(range);
                self.grow(range);
            }
            Event::Code(_) if self.hidden == 0 => {
                self.fill(range, CODE);
                self.grow(range);
            }
            Event::SoftBreak if self.hidden == 0 && self.is_line_feed(range) => self.plain(range),
            Event::SoftBreak | Event::HardBreak if self.hidden == 0 => self.fill(range, b'\n'),
            _ => {}
        }
    }

    fn enter(&mut self, tag: &Tag<'_>) {
        let end = tag.to_end();
        if block(&end) {
            self.close();
        }
        if self.hides(&end) {
            self.hidden += 1;
        }
        if end == TagEnd::BlockQuote(None) {
            self.depth += 1;
        }
    }

    fn leave(&mut self, tag: TagEnd, range: &Range<usize>) {
        if block(&tag) {
            self.close();
        }
        if self.hides(&tag) {
            self.hidden = self.hidden.saturating_sub(1);
        }
        if tag == TagEnd::BlockQuote(None) {
            self.depth = self.depth.saturating_sub(1);
            if self.depth == 0 {
                self.quoted.push(range.clone());
            }
        }
        // Emphasis can lie in emphasis without end, and no title is as long as that.
        if tag == TagEnd::Emphasis
            && self.shows == Shows::Judged
            && range.len() <= LONGEST_TITLE
            && self.source.get(range.clone()).is_some_and(title)
        {
            self.fill(range, QUOTE);
        }
    }

    fn hides(&self, end: &TagEnd) -> bool {
        match self.shows {
            Shows::Judged => hides(end),
            Shows::Read => matches!(
                end,
                TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_)
            ),
        }
    }

    fn is_line_feed(&self, range: &Range<usize>) -> bool {
        self.source.as_bytes().get(range.clone()) == Some(b"\n")
    }

    /// Notes what is to be copied.
    fn plain(&mut self, range: &Range<usize>) {
        if self.plain.end != range.start {
            self.copy();
            self.plain.start = range.start;
        }
        self.plain.end = range.end;
    }

    fn copy(&mut self) {
        let range = std::mem::take(&mut self.plain);
        let from = self.source.as_bytes().get(range.clone());
        if let (Some(to), Some(from)) = (self.bytes.get_mut(range), from) {
            to.copy_from_slice(from);
        }
    }

    fn fill(&mut self, range: &Range<usize>, with: u8) {
        self.copy();
        work::did(range.len());
        if let Some(bytes) = self.bytes.get_mut(range.clone()) {
            bytes.fill(with);
        }
    }

    fn grow(&mut self, range: &Range<usize>) {
        match &mut self.open {
            Some(open) => open.end = range.end,
            None => self.open = Some(range.clone()),
        }
    }

    fn close(&mut self) {
        self.blocks.extend(self.open.take());
    }
}

fn block(tag: &TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::Superscript
            | TagEnd::Subscript
    )
}

/// Whether a tag's text is not judged. A call-out (`> [!NOTE]`) is the author's own prose; any other block
/// quotation is somebody else's, and end tags know their kind as well.
fn hides(end: &TagEnd) -> bool {
    matches!(
        end,
        TagEnd::CodeBlock
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(None)
            | TagEnd::HtmlBlock
            | TagEnd::MetadataBlock(_)
            | TagEnd::TableHead
            | TagEnd::Strikethrough
            | TagEnd::Image
    )
}

/// Whether emphasised text reads like the title of a work: most of its two or more words have capitals.
fn title(emphasised: &str) -> bool {
    let (mut words, mut capitals) = (0, 0);
    for word in emphasised.split_whitespace().take(12) {
        words += 1;
        let first = word.chars().find(|c| c.is_alphanumeric());
        capitals += usize::from(first.is_some_and(char::is_uppercase));
    }
    words >= 2 && capitals * 3 >= words * 2
}
