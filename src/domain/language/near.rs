//! What else must stand near the anchor of a pattern. Most words that a rule looks for stand where the rest of its
//! pattern does not, and that is told before the pattern is laid on the sentence.

use super::pattern::{Ask, Element};
use super::places::BEYOND;
use super::seen::Seen;

/// Something of which one must stand within some tokens of the anchor of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(align(32))] // so that none lies on two lines of the cache
pub(super) struct Near {
    /// What it is.
    pub(super) what: Seen,
    /// The first place where it may stand, counted from the anchor, and the last one.
    pub(super) within: (i8, i8),
    /// Where one look tells most.
    pub(super) look: Look,
}

/// One place of a sentence: that of a word and some more, or the place before all where all of it is noted.
///
/// It is found without a question, for to guess which of both is meant would take longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    /// One, or zero for the place before all.
    times: u8,
    more: u8,
}

impl Look {
    /// At the only place where something may stand, or at all of the sentence if there are several, or if it is far.
    fn new((first, last): (i8, i8)) -> Self {
        let all = Self { times: 0, more: 0 };
        let place = isize::from(first);
        match BEYOND.checked_add_signed(place).map(u8::try_from) {
            Some(Ok(more)) if first == last && more > 0 && place.unsigned_abs() <= BEYOND => {
                Self { times: 1, more }
            }
            _ => all,
        }
    }

    /// The place, if the word is at another.
    #[inline]
    pub(super) fn place(self, word: usize) -> usize {
        word * usize::from(self.times) + usize::from(self.more)
    }
}

impl Near {
    /// Nothing has to stand there.
    pub(super) const NOTHING: Self = Self {
        what: Seen::ANYTHING,
        within: (0, 0),
        look: Look { times: 0, more: 0 },
    };

    /// Something must stand within some tokens.
    pub(super) fn new(within: (i8, i8), what: Seen) -> Self {
        Self {
            what,
            within,
            look: Look::new(within),
        }
    }
}

/// How many tokens elements take at most and at least.
pub(super) fn taken(elements: &[Element]) -> (usize, usize) {
    let taken = elements.iter().map(|element| match &element.ask {
        _ if element.absent => (0, 0),
        Ask::Token(test) if test.end => (usize::from(element.most), 0),
        Ask::Token(_) => (usize::from(element.most), usize::from(element.least)),
        Ask::Phrase(_) => (LONGEST_PHRASE, usize::from(element.least)),
        _ => (0, 0),
    });
    taken.fold((0, 0), |(most, least), (more, at_least)| {
        (most + more, least + at_least)
    })
}

/// How many tokens a phrase has at most where it is looked for.
const LONGEST_PHRASE: usize = 8;

/// What must stand near the anchor, and where: the two things that are there by chance least often.
pub(super) fn near(
    elements: &[Element],
    anchor: usize,
    needed: &[(usize, usize, Seen)],
) -> (Near, Near) {
    let others = needed.iter().filter(|(_, at, _)| *at != anchor);
    let placed = others.filter_map(|(cost, at, what)| {
        let between = match *at > anchor {
            true => elements.get(anchor + 1..*at),
            false => elements.get(at + 1..anchor),
        };
        let (most, least) = taken(between.unwrap_or_default());
        let tokens = (most - least + 1).min(USUAL);
        // What can be further away than that is not looked for.
        let offset = |tokens: usize| i8::try_from(tokens + 1).ok();
        let (least, most) = (offset(least)?, offset(most)?);
        let within = match *at > anchor {
            true => (least, most),
            false => (-most, -least),
        };
        Some((cost.saturating_mul(tokens), Near::new(within, *what)))
    });
    let mut placed: Vec<(usize, Near)> = placed.collect();
    placed.sort_by_key(|(chances, _)| *chances);
    let mut placed = placed.into_iter().map(|(_, near)| near);
    let mut next = || placed.next().unwrap_or(Near::NOTHING);
    (next(), next())
}

/// How many tokens a usual sentence has.
const USUAL: usize = 20;
