//! Times in front of a line in notations that the readers do not know: other languages, parts of a day, weeks,
//! quarters, `@11:10`, `18:10ish`. Each is put in the form that both readers take; what was typed is kept beside it.

mod dates; // days
mod clocks; // times of day and ranges of them
mod periods; // weeks, months and quarters
mod scan; // a place in a line
mod tongues; // words of other languages

use scan::Scan;

/// A time in a notation of its own.
#[derive(Debug, PartialEq)]
pub(super) struct Lead<'a> {
    /// As it stands in the text.
    pub(super) typed: &'a str,
    /// In the form that is read.
    pub(super) read: String,
    /// What follows.
    pub(super) rest: &'a str,
}

/// So many parts a time has at most.
const PARTS: usize = 12;
/// No time is longer, in bytes.
const REACH: usize = 120;

/// What stands where a time that cannot be placed would.
pub(super) const UNKNOWN: &str = "??:??";

/// Reads a time at the beginning of a text; `None` if there is none, or if the readers know its notation.
pub(super) fn read(text: &str) -> Option<Lead<'_>> {
    let head = text.get(..nearest(text, REACH))?;
    if !may_begin(head) {
        return None;
    }
    let start = posted(head);
    let (length, read) =
        periods::read(Scan::new(start)).or_else(|| moment(start, start.len() < head.len()))?;
    let from = head.len() - start.len();
    let typed = text.get(from..from + length)?.trim_end();
    Some(Lead {
        typed,
        read,
        rest: text.get(from + length..)?,
    })
}

/// A quick look first: most lines begin with another word.
fn may_begin(text: &str) -> bool {
    let first = text.trim_start().chars().next();
    first.is_some_and(|c| {
        if !c.is_alphabetic() {
            return c.is_ascii_digit() || matches!(c, '~' | '≈' | '@');
        }
        let word = Scan::new(text.trim_start()).word();
        matches!(word.as_str(), "posted" | "t" | "in")
            || tongues::may_begin(&word)
            || periods::may_begin(&word)
    })
}

/// Reads a text that is such a time as a whole.
pub(super) fn whole(text: &str) -> Option<String> {
    read(text)
        .filter(|lead| lead.rest.trim().is_empty() && lead.typed.len() == text.trim().len())
        .map(|lead| lead.read)
}

/// What the parts said.
#[derive(Default)]
struct Parts {
    about: bool,
    /// Whether a part is of a kind that the readers do not know.
    odd: bool,
    weekday: Option<String>,
    /// Whether a part of the day stands behind the day of the week.
    parted: bool,
    day: Option<String>,
    /// Whether a comma parts the day from the time, as messengers have it.
    comma: bool,
    clock: Option<String>,
    until: Option<String>,
}

/// Day and time of day, in this order: how many bytes they take, and what is read. `odd`: whether something stands in
/// front of them that the readers do not know.
fn moment(text: &str, odd: bool) -> Option<(usize, String)> {
    let mut scan = Scan::new(text);
    let mut parts = Parts {
        odd,
        ..Parts::default()
    };
    let mut end = None;
    let counted = zero(&mut scan);
    parts.odd |= counted;
    for _ in 0..PARTS {
        scan.spaces();
        if parts.clock.is_none() && words(&mut scan, &mut parts) {
            continue;
        }
        if parts.clock.is_none() && parts.day.is_none() && day(&mut scan, &mut parts) {
            end = Some(scan);
            between(&mut scan, &mut parts);
        } else if parts.clock.is_none() && clock(&mut scan, &mut parts) {
            end = Some(scan);
            break;
        } else {
            break;
        }
    }
    let end = end.filter(|end| !end.in_word())?;
    if counted && parts.clock.is_none() {
        return None;
    }
    let unsaid = parts.day.as_deref().is_none_or(dates::is_relative);
    let alone = parts.clock.is_none() && unsaid && !parts.parted;
    if !parts.odd || (alone && !end.rest.trim().is_empty()) {
        return None;
    }
    Some((text.len() - end.rest.len(), parts.written()))
}

/// Words and signs in front of a day or a time.
fn words(scan: &mut Scan<'_>, parts: &mut Parts) -> bool {
    if scan.sign(&['~', '≈']).is_some() || circa(scan) {
        parts.about = true;
        return true;
    }
    if tongues::about(scan) {
        (parts.about, parts.odd) = (true, true);
        return true;
    }
    if scan.sign(&['@']).is_some() {
        parts.odd = true;
        return true;
    }
    let joined = tongues::joint(scan);
    parts.odd |= joined;
    joined
}

/// `T0 = `, `T0: `: what follows is the time from which others are counted.
fn zero(scan: &mut Scan<'_>) -> bool {
    scan.attempt(|scan| {
        scan.word_of(&["t"])?;
        (scan.digits(1, 1)? == "0").then_some(())?;
        let apart = scan.spaces();
        let sign = scan.sign(&['=', ':', '(', '@', '-', '–']);
        (apart || sign.is_some()).then_some(())
    })
    .is_some()
}

/// "ca.", "approx", "around": the readers know these.
fn circa(scan: &mut Scan<'_>) -> bool {
    let found = scan.word_of(&["ca", "circa", "approx", "approximately", "around", "about"]);
    found.is_some_and(|_| {
        scan.sign(&['.']);
        true
    })
}

fn day(scan: &mut Scan<'_>, parts: &mut Parts) -> bool {
    if parts.weekday.is_none()
        && let Some((name, odd)) = dates::weekday(scan)
    {
        parts.weekday = Some(name);
        parts.odd |= odd;
        if dates::part_of_day(scan) {
            (parts.odd, parts.parted) = (true, true);
            return true;
        }
        let mut ahead = *scan;
        ahead.spaces();
        // The day of the month says it better.
        if day(&mut ahead, parts) {
            *scan = ahead;
        }
        return true;
    }
    let Some((read, odd)) = dates::day(scan) else {
        return false;
    };
    parts.day = Some(read);
    parts.odd |= odd;
    if dates::part_of_day(scan) {
        parts.odd = true;
    }
    true
}

fn clock(scan: &mut Scan<'_>, parts: &mut Parts) -> bool {
    let marked = parts.about || parts.day.is_some();
    let Some(found) = clocks::read(scan, marked) else {
        return false;
    };
    parts.odd |= found.odd;
    parts.about |= found.about;
    parts.clock = Some(found.from);
    parts.until = found.until;
    true
}

/// What joins a day to a time: a comma, or a dash that only separates them ("Oct 14, 2026 - 11:45 UTC").
fn between(scan: &mut Scan<'_>, parts: &mut Parts) {
    let joined = scan.attempt(|scan| {
        scan.spaces();
        let sign = scan.sign(&[',', '-', '–', '—', '|', '·', '@', ':'])?;
        let apart = scan.spaces() || sign == '@';
        let mut ahead = *scan;
        let is_clock = ahead.digits(1, 2).is_some()
            && (ahead.sign(&[':', '.']).is_some() && ahead.digits(2, 2).is_some()
                || clocks::is_marked(&ahead));
        let is_comma = sign == ',' && tongues::joint(&mut scan.clone());
        (apart && (is_clock || is_comma)).then_some(sign)
    });
    parts.odd |= joined.is_some_and(|sign| sign != ',');
    parts.comma = joined == Some(',');
}

impl Parts {
    fn written(self) -> String {
        let mark = if self.about { "~" } else { "" };
        let day = self.day.or(self.weekday);
        let clock = match (self.clock, self.until) {
            (Some(from), Some(until)) => Some(format!("{mark}{from}-{until}")),
            (clock, _) => clock.map(|clock| format!("{mark}{clock}")),
        };
        [day, clock]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(if self.comma { ", " } else { " " })
    }
}

/// "Posted 3 days ago. Oct 14, 2026 - 10:32 UTC": what stands in front of the time says it only once more.
fn posted(text: &str) -> &str {
    let mut scan = Scan::new(text);
    if scan.word_of(&["posted"]).is_none() {
        return text;
    }
    scan.spaces();
    let ago = scan.attempt(|scan| {
        let end = scan.rest.find(" ago")?;
        (end < 30).then_some(())?;
        scan.rest = scan.rest.get(end + 4..)?;
        scan.sign(&['.', ',', ':', '-']);
        scan.spaces();
        Some(())
    });
    scan.word_of(&["on", "at"]);
    scan.spaces();
    let begins = ago.is_some() || dates::day(&mut scan.clone()).is_some();
    if begins { scan.rest } else { text }
}

/// The nearest character boundary at or below `bytes`.
fn nearest(text: &str, bytes: usize) -> usize {
    let mut at = bytes.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
