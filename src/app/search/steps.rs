//! How the words of a search are taken if little or nothing holds all of them as they were typed: step by step.

use super::{Answer, Relaxed};
use crate::domain::ids::PersonId;
use crate::domain::search::{Found, SearchQuery, Slice, Term, respelled};
use crate::store::{self, Conn, StoreError};

/// How many words are looked up in one search for misspelled ones.
const LOOKED_UP: usize = 12;
/// If fewer hold all the words, those follow that hold some of them: for two words, for three or four, for more. The more
/// words, the likelier it is that the answer says one of them otherwise.
const ENOUGH: [usize; 3] = [5, 20, 100];
/// The shortest word that is taken as the beginning of one if it occurs nowhere.
const BEGINNING: usize = 5;
/// If a search finds fewer, compounds are written otherwise.
const FEW: usize = 5;

/// A search being made.
pub(super) struct Search<'a> {
    pub(super) reader: PersonId,
    pub(super) typed: &'a str,
    pub(super) slice: Slice,
}

impl Search<'_> {
    fn ask(&self, conn: &mut Conn, query: &SearchQuery) -> Result<Found, StoreError> {
        store::search::query(conn, self.reader, query, self.slice)
    }

    /// Whether so few hold all the words that others are worth a look.
    fn is_little(query: &SearchQuery, whole: usize) -> bool {
        let [two, some, many] = ENOUGH;
        let enough = match query.terms.len() {
            0..=2 => two,
            3..=4 => some,
            _ => many,
        };
        whole < enough && !query.exact
    }

    /// Finds, and says how the words were taken.
    pub(super) fn find(&self, conn: &mut Conn, query: SearchQuery) -> Result<Answer, StoreError> {
        let mut answer = Answer {
            found: self.ask(conn, &query)?,
            query,
            sort: self.slice.sort,
            relaxed: None,
            holding_all: None,
            did_you_mean: None,
            next: None,
        };
        let compounded = self.compound(conn, &mut answer)?;
        let likely = compounded.as_ref().unwrap_or(&answer.query);
        let whole = answer.found.total.count;
        if whole > 0 {
            if Self::is_little(likely, whole)
                && let Some(any) = likely.any_word()
            {
                let any = any
                    .compounded()
                    .filter(|_| compounded.is_some())
                    .unwrap_or(any);
                answer.found = self.ask(conn, &any)?;
                answer.holding_all = Some(whole);
            }
            return Ok(answer);
        }
        if answer.query.terms.is_empty() {
            return Ok(answer);
        }
        self.relax(conn, &mut answer)?;
        Ok(answer)
    }

    /// If the words find little: takes compounds as two words and two words as a compound too, if that finds more, and returns
    /// the search that did.
    fn compound(
        &self,
        conn: &mut Conn,
        answer: &mut Answer,
    ) -> Result<Option<SearchQuery>, StoreError> {
        let whole = answer.found.total.count;
        // One rare word is what people type most: it is taken apart only if it finds nothing.
        let few = if answer.query.terms.len() == 1 {
            1
        } else {
            FEW
        };
        if whole >= few || answer.query.exact {
            return Ok(None);
        }
        let Some(other) = answer.query.compounded() else {
            return Ok(None);
        };
        if store::search::count(conn, self.reader, &other, FEW)? <= whole {
            return Ok(None);
        }
        answer.found = self.ask(conn, &other)?;
        Ok(Some(other))
    }

    /// Takes the words otherwise, step by step, until something is found.
    fn relax(&self, conn: &mut Conn, answer: &mut Answer) -> Result<(), StoreError> {
        if let Some(wider) = answer.query.widened() {
            answer.found = self.ask(conn, &wider)?;
            if answer.found.total.count > 0 {
                answer.relaxed = Some(Relaxed::Beginning);
                return Ok(());
            }
        }
        let mut likely = answer.query.clone();
        if let Some((respelled, text)) = self.respell(conn, &likely)? {
            likely = respelled;
            answer.did_you_mean = text;
            answer.found = self.ask(conn, &likely)?;
            let whole = answer.found.total.count;
            if whole > 0 {
                answer.relaxed = Some(match answer.did_you_mean {
                    Some(_) => Relaxed::Spelling,
                    None => Relaxed::Beginning,
                });
            }
            if whole > 0 && !Self::is_little(&likely, whole) {
                return Ok(());
            }
        }
        if let Some(any) = likely.any_word() {
            let whole = answer.found.total.count;
            answer.found = self.ask(conn, &any)?;
            if whole > 0 {
                answer.holding_all = Some(whole);
            } else if answer.found.total.count > 0 {
                answer.relaxed = Some(Relaxed::AnyWord);
            }
        }
        Ok(())
    }

    /// The search with every word that occurs nowhere in its likely spelling, and how that would be typed; a word that is near
    /// to none is taken as the beginning of one, if some begin so. `None` if there is nothing to change.
    fn respell(
        &self,
        conn: &mut Conn,
        query: &SearchQuery,
    ) -> Result<Option<(SearchQuery, Option<String>)>, StoreError> {
        let mut likely = query.clone();
        let mut text = None;
        for alone in query.single_words().take(LOOKED_UP) {
            let Some(word) = alone.words().first().cloned() else {
                continue;
            };
            if self.stands(conn, &alone)? {
                continue;
            }
            if let Some(right) = store::search::nearest(conn, self.reader, &word)? {
                likely = likely.respelled(&word, &right);
                let before = text.as_deref().unwrap_or(self.typed);
                text = Some(respelled(before, &word, &right));
            } else if word.len() >= BEGINNING && self.stands(conn, &alone.widened())? {
                likely = likely.widened_at(&word);
            }
        }
        Ok((likely != *query).then_some((likely, text)))
    }

    /// Whether the reader may read something that holds this.
    fn stands(&self, conn: &mut Conn, term: &Term) -> Result<bool, StoreError> {
        let only = SearchQuery {
            terms: vec![term.clone()],
            ..SearchQuery::default()
        };
        Ok(store::search::count(conn, self.reader, &only, 1)? > 0)
    }
}
