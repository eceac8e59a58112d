//! What else must stand near the anchor of a pattern. Most words that a rule looks for stand where the rest of its
//! pattern does not, and that is told before the pattern is laid on the sentence.

use super::pattern::{Ask, Element};
use super::seen::Seen;

/// Where something must stand near the anchor of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Near {
    /// Some tokens from it, negative ones before it; both places included.
    Within {
        /// The first place.
        from: i8,
        /// The last place.
        to: i8,
    },
    /// Somewhere in the sentence.
    Anywhere,
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

/// What must stand near the anchor, and where: what is there by chance least often.
pub(super) fn near(
    elements: &[Element],
    anchor: usize,
    needed: &[(usize, usize, Seen)],
) -> (Near, Seen, Seen) {
    let others = needed.iter().filter(|(_, at, _)| *at != anchor);
    let placed = others.map(|(cost, at, need)| {
        let between = match *at > anchor {
            true => elements.get(anchor + 1..*at),
            false => elements.get(at + 1..anchor),
        };
        let (most, least) = taken(between.unwrap_or_default());
        let offset = |tokens: usize| i8::try_from(tokens + 1).ok();
        let near = match (offset(least), offset(most)) {
            (Some(least), Some(most)) if *at > anchor => Near::Within {
                from: least,
                to: most,
            },
            (Some(least), Some(most)) => Near::Within {
                from: -most,
                to: -least,
            },
            _ => Near::Anywhere,
        };
        let tokens = (most - least + 1).min(USUAL);
        (cost.saturating_mul(tokens), near, *need, *at)
    });
    let Some((_, near, need, at)) = placed.min_by_key(|(cost, ..)| *cost) else {
        return (Near::Anywhere, Seen::ANYTHING, Seen::ANYTHING);
    };
    let mut rest = needed
        .iter()
        .filter(|(_, other, _)| *other != anchor && *other != at);
    let also = rest.next().map_or(Seen::ANYTHING, |(.., need)| *need);
    (near, need, also)
}

/// How many tokens a usual sentence has.
const USUAL: usize = 20;
