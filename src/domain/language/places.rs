//! What stands at each place of a sentence, and in all of it: told before any pattern is laid on it.

use super::buffer::Buffer;
use super::near::Near;
use super::seen::Seen;
use super::tokens::Token;

/// How many places without anything lie before a sentence and behind it, so that looks beyond its ends need no question.
pub(super) const BEYOND: usize = 4;

/// How many places are looked at at once.
const LOOKS: usize = 8;

/// A word of a sentence that rules look for: the number of the list of these rules, which counts in 65,536s, and its
/// place. (One number, for one is noted for every word, whether it is wanted or not.)
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Anchor(u32);

impl Anchor {
    /// The number of the list, and the place.
    #[inline]
    pub(super) const fn parts(self) -> (u16, u16) {
        let [first, second, third, fourth] = self.0.to_le_bytes();
        let (place, list) = ([first, second], [third, fourth]);
        (u16::from_le_bytes(list), u16::from_le_bytes(place))
    }
}

/// What is in a sentence at all, nothing for some places, what each token is, and nothing again.
#[derive(Debug, Default)]
pub(super) struct Places(Vec<Seen>);

impl Places {
    /// Reads a sentence, and the words in it that rules look for.
    pub(super) fn read(&mut self, tokens: &[Token], anchors: &mut Buffer<Anchor>) {
        let Self(places) = self;
        let end = BEYOND + tokens.len();
        if places.len() < end + BEYOND {
            places.resize(2 * end, Seen::default());
        }
        let mut whole = Seen::default();
        let rest = places.get_mut(BEYOND..).unwrap_or_default();
        // A sentence is cut long before it has 65,536 words.
        let mut next = 0;
        let read = tokens.iter().zip(rest).map(|(token, place)| {
            *place = Seen::of(token);
            whole = whole.or(place);
            let list = token.entry.rows;
            let at = next;
            next += 1;
            (list != 0, Anchor(u32::from(list) << 16 | at))
        });
        anchors.refill(read);
        if let Some(first) = places.first_mut() {
            *first = whole;
        }
        let behind = places
            .get_mut(end..)
            .and_then(|rest| rest.first_chunk_mut());
        if let Some(behind) = behind {
            *behind = [Seen::default(); BEYOND];
        }
    }

    /// What is in the sentence at all.
    pub(super) fn whole(&self) -> &Seen {
        self.0.first().unwrap_or(&Seen::ANYTHING)
    }

    /// What the token at a place is.
    #[inline]
    pub(super) fn at(&self, place: usize) -> Option<&Seen> {
        self.0.get(place + BEYOND)
    }

    /// Whether something may stand where it must stand near a word, as far as one look tells.
    #[inline]
    pub(super) fn may_have(&self, near: &Near, word: usize) -> bool {
        let seen = self.0.get(near.look.place(word));
        seen.is_some_and(|seen| seen.meets(&near.what))
    }

    /// Whether something does stand there.
    ///
    /// Eight places are looked at, the last of them again and again if there are fewer: to guess how many there are
    /// takes longer.
    pub(super) fn have(&self, near: &Near, word: usize) -> bool {
        let (first, last) = near.within;
        let place = |offset: i8| (word + BEYOND).saturating_add_signed(isize::from(offset));
        // The first place of all is not one of the sentence.
        let places = place(first).max(1)..(place(last) + 1).min(self.0.len());
        let places = self.0.get(places).unwrap_or_default();
        let Some(last) = places.len().checked_sub(1) else {
            return false;
        };
        let near_by = (0..LOOKS).fold(Seen::default(), |seen, place| {
            seen.or(places.get(place.min(last)).unwrap_or(&Seen::NOTHING))
        });
        let further = places.get(LOOKS..).unwrap_or_default();
        near_by.meets(&near.what) | further.iter().any(|seen| seen.meets(&near.what))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::language::lexicon::Entry;
    use crate::domain::language::tokens::Kind;

    #[test]
    fn what_stands_near_a_word_is_had_and_nothing_else() {
        let token = |kind| Token {
            start: 0,
            end: 0,
            kind,
            entry: Entry::default(),
            capital: false,
            small: true,
        };
        let mut what = Seen::default();
        what.add_kind(Kind::Comma);
        let mut places = Places::default();
        for (there, word) in (0..9_i8).flat_map(|there| (0..9_i8).map(move |word| (there, word))) {
            let kind = |at| if at == there { Kind::Comma } else { Kind::Word };
            let tokens: Vec<Token> = (0..9).map(|at| token(kind(at))).collect();
            places.read(&tokens, &mut Buffer::default());
            assert!(places.whole().meets(&what));
            let word_at = usize::try_from(word).unwrap();
            for (first, width) in
                (-10..10).flat_map(|first| (0..9).map(move |width| (first, width)))
            {
                let last = first + width;
                let near = Near::new((first, last), what);
                let had = places.may_have(&near, word_at) && places.have(&near, word_at);
                let stands = (word + first..=word + last).contains(&there);
                assert!(
                    had == stands || (width == 0 && word + first == -1),
                    "{near:?}"
                );
            }
        }
    }
}
