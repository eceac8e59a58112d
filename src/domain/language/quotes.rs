//! Hides quotations and bare addresses inside one block.

use std::ops::Range;

use super::mask::{CODE, LINK, QUOTE};
use super::work;

/// Overwrites every quotation in some blocks of a text with [`QUOTE`] and every address with [`LINK`].
///
/// A quotation that is never closed is left as it is: better to judge too much of a broken line than to hide the rest.
pub(super) fn hide(text: &mut [u8], blocks: &[Range<usize>]) {
    let mut marks = Marks::default();
    let mut last = 0;
    for block in blocks {
        let mut at = block.start;
        if at < last {
            marks = Marks::default();
        }
        last = block.end;
        while let Some(start) = marks.next(text, at).filter(|start| *start < block.end) {
            let Some(within) = text.get_mut(block.clone()) else {
                break;
            };
            at = block.start + pass(within, start - block.start);
        }
    }
}

/// Hides what begins with a mark in a block; where to look on.
fn pass(block: &mut [u8], start: usize) -> usize {
    let mut at = start + 1;
    if block.get(start) == Some(&b':') {
        if let Some(end) = address(block, start) {
            let begin = scheme(block, start);
            fill(block, begin, end, LINK);
            at = end;
        }
    } else if !apostrophe(block, start)
        && let Some(end) = closing(block, start)
    {
        fill(block, start, end, QUOTE);
        at = end;
    }
    at
}

/// Where the next marks stand: a quotation mark or the colon of an address, and the first byte of a mark in UTF-8.
#[derive(Default)]
struct Marks {
    ascii: Option<usize>,
    beyond: Option<usize>,
}

impl Marks {
    /// The first of them from a place on; places only go forward.
    #[inline]
    fn next(&mut self, text: &[u8], at: usize) -> Option<usize> {
        // What was not found before a place is not behind it either.
        let place = |found: Option<usize>| Some(found.map_or(usize::MAX, |found| at + found));
        let rest = text.get(at..)?;
        if self.ascii < Some(at) {
            self.ascii = place(memchr::memchr3(b'"', b'\'', b':', rest));
        }
        if self.beyond < Some(at) {
            self.beyond = place(memchr::memchr2(0xE2, 0xC2, rest));
        }
        self.ascii.min(self.beyond)
    }
}

/// Whether a mark stands between letters. Most of them do.
fn apostrophe(block: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| block.get(before));
    block.get(at) == Some(&b'\'') && before.is_some_and(u8::is_ascii_alphanumeric)
}

fn fill(block: &mut [u8], start: usize, end: usize, with: u8) {
    if let Some(bytes) = block.get_mut(start..end) {
        bytes.fill(with);
    }
}

fn address(block: &[u8], colon: usize) -> Option<usize> {
    let rest = block.get(colon..)?.strip_prefix(b"://")?;
    let length = rest
        .iter()
        .position(|byte| byte.is_ascii_whitespace() || *byte == 0 || *byte == b')')
        .unwrap_or(rest.len());
    Some(colon + 3 + length)
}

fn scheme(block: &[u8], colon: usize) -> usize {
    let letters = block
        .get(..colon)
        .unwrap_or_default()
        .iter()
        .rev()
        .take(12)
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count();
    colon - letters
}

/// The longest quotation that is hidden, in bytes.
const LONGEST: usize = 600;

/// Where the quotation that opens at `start` ends, after its closing mark.
fn closing(block: &[u8], start: usize) -> Option<usize> {
    let rest = block.get(start..)?;
    let pairs: [(&[u8], &[u8]); 6] = [
        (b"\"", b"\""),
        ("“".as_bytes(), "”".as_bytes()),
        ("„".as_bytes(), "“".as_bytes()),
        ("«".as_bytes(), "»".as_bytes()),
        ("‘".as_bytes(), "’".as_bytes()),
        (b"'", b"'"),
    ];
    let (open, close) = pairs.iter().find(|(open, _)| rest.starts_with(open))?;
    let before = block.get(..start).unwrap_or_default();
    let dash = before.ends_with("—".as_bytes()) || before.ends_with("–".as_bytes());
    if !dash && before.last().is_some_and(|byte| word(*byte)) {
        return None;
    }
    let inside = rest.get(open.len()..)?;
    if inside.first().is_none_or(u8::is_ascii_whitespace) {
        return None;
    }
    let limit = inside.len().min(LONGEST);
    work::did(limit);
    let mut from = 0;
    // An apostrophe looks like a closing mark; a few of them are passed over.
    for _ in 0..12 {
        let seen = inside.get(from..limit)?;
        let at = from
            + seen
                .windows(close.len())
                .position(|window| window == *close)?;
        let end = at + close.len();
        let apostrophe = close.len() != open.len() || *close != b"\"";
        let letter_after = inside.get(end).is_some_and(|byte| word(*byte));
        let space_before = at
            .checked_sub(1)
            .and_then(|at| inside.get(at))
            .is_none_or(u8::is_ascii_whitespace);
        if !letter_after && !space_before && at > 0 {
            return Some(start + open.len() + end);
        }
        if !apostrophe {
            return None;
        }
        from = end;
    }
    None
}

fn word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80 || byte == CODE
}
