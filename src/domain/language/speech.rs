//! Lines of a chat, as they are pasted: a time perhaps, then who spoke in angle brackets, then what they said. It is what
//! somebody said at the time, a quotation like others.
//!
//! To Markdown the name is an element of HTML, if it is made of letters, digits and hyphens; other names are not known here.

use std::ops::Range;

/// The longest thing that stands before a name, in bytes: a list mark and a time.
const LONGEST_LEAD: usize = 40;
/// The longest name, in bytes.
const LONGEST_NAME: usize = 40;
/// Elements of HTML that may stand at the beginning of a line and name nobody.
const ELEMENTS: [&str; 24] = [
    "a", "abbr", "b", "big", "br", "center", "cite", "code", "del", "em", "font", "hr", "i", "img",
    "ins", "kbd", "mark", "p", "q", "s", "small", "span", "strong", "u",
];

/// What is said in the line in which this tag stands, if the tag is the name of who says it.
pub(super) fn said(source: &str, tag: &Range<usize>) -> Option<Range<usize>> {
    let name = source
        .get(tag.clone())?
        .strip_prefix('<')?
        .strip_suffix('>')?;
    let fits = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !fits || name.len() > LONGEST_NAME || ELEMENTS.contains(&name.to_ascii_lowercase().as_str())
    {
        return None;
    }
    if !leads(source, tag.start) {
        return None;
    }
    let rest = source.get(tag.end..)?;
    let end = rest.find('\n').unwrap_or(rest.len());
    Some(tag.end..tag.end + end)
}

/// Whether nothing but a list mark and a time stands before a place in its line. So in a line no second name is looked at.
fn leads(source: &str, place: usize) -> bool {
    let from = source.floor_char_boundary(place.saturating_sub(LONGEST_LEAD));
    let before = source.get(from..place).unwrap_or_default();
    let line = match before.rsplit_once('\n') {
        Some((_, line)) => line,
        None if from == 0 => before,
        None => return false,
    };
    line.chars()
        .all(|c| c.is_ascii_digit() || c.is_whitespace() || ":.-–/[]()*+•|TZUCtzuc".contains(c))
}
