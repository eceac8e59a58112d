//! What stands at each place of a sentence, and in all of it: told before any pattern is laid on it.

use super::near::Near;
use super::seen::Seen;
use super::tokens::Token;

/// What is in a sentence at all, and then what each token is.
#[derive(Debug, Default)]
pub(super) struct Places(Vec<Seen>);

impl Places {
    /// Reads a sentence, and where the words are in it that rules look for.
    pub(super) fn read(&mut self, tokens: &[Token], anchors: &mut Vec<usize>) {
        let Self(places) = self;
        places.clear();
        places.reserve(tokens.len() + 1);
        places.push(Seen::default());
        // Every place is written, and those of words that no rule looks for are written over: to guess which they are
        // would take longer.
        anchors.resize(tokens.len(), 0);
        let (mut whole, mut count) = (Seen::default(), 0);
        for (at, token) in tokens.iter().enumerate() {
            let seen = Seen::of(token);
            whole = whole.or(&seen);
            places.push(seen);
            if let Some(place) = anchors.get_mut(count) {
                *place = at;
            }
            count += usize::from(token.entry.rows != 0);
        }
        anchors.truncate(count);
        if let Some(first) = places.first_mut() {
            *first = whole;
        }
    }

    /// What is in the sentence at all.
    pub(super) fn whole(&self) -> &Seen {
        self.0.first().unwrap_or(&Seen::ANYTHING)
    }

    /// What the token at a place is.
    #[inline]
    pub(super) fn at(&self, place: usize) -> Option<&Seen> {
        self.0.get(place + 1)
    }

    /// Whether something may stand where it must stand near a word, as far as one look tells.
    #[inline]
    pub(super) fn may_have(&self, near: &Near, word: usize) -> bool {
        let place = (word + 1).saturating_add_signed(isize::from(near.look));
        let seen = self.0.get(place);
        seen.is_some_and(|seen| seen.meets(&near.what))
    }

    /// Whether something does stand there.
    pub(super) fn have(&self, near: &Near, word: usize) -> bool {
        let (first, last) = near.within;
        let place = |offset: i8| (word + 1).saturating_add_signed(isize::from(offset));
        let end = (place(last) + 1).min(self.0.len());
        let places = self.0.get(place(first).max(1)..end).unwrap_or_default();
        places.iter().any(|seen| seen.meets(&near.what))
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
            places.read(&tokens, &mut Vec::new());
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
