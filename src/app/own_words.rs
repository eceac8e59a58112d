//! What the organisation adds to the lists of the checker: read, changed, tried.

use super::{Conflict, Ctx, EditError, FieldProblem, ReadError};
use crate::domain::ids::Version;
use crate::domain::language::{self, Located};
use crate::domain::own_words::{ListProblem, OwnWords};
use crate::domain::permissions::{Permission, require};
use crate::store::own_words::KeptWords;
use crate::store::{self, Store};

/// The lists as typed, one word on a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordsInput {
    /// Roles, teams and departments.
    pub people: String,
    /// Services, products and bots.
    pub systems: String,
    /// Names of persons.
    pub names: String,
}

impl From<&OwnWords> for WordsInput {
    fn from(words: &OwnWords) -> Self {
        Self {
            people: words.people.join("\n"),
            systems: words.systems.join("\n"),
            names: words.names.join("\n"),
        }
    }
}

/// The words as they stand. Everybody with an account may read them.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn read(store: &Store) -> Result<KeptWords, ReadError> {
    Ok(store.read(store::own_words::find)?)
}

/// Changes the words over the version that the writer saw; `None` is "whatever stands".
///
/// # Errors
/// [`EditError::Forbidden`] for anybody but administrators, [`EditError::Conflict`] with both texts if somebody saved in
/// between, [`EditError::Invalid`] with what to mend.
pub fn change(
    store: &Store,
    ctx: &Ctx,
    input: &WordsInput,
    expected: Option<Version>,
) -> Result<KeptWords, EditError> {
    require(&ctx.actor, Permission::Administer)?;
    let words = parse(input)?;
    store.write(|tx| {
        let before = store::own_words::find(tx)?;
        if expected.is_some_and(|expected| expected != before.version) {
            return Err(EditError::Conflict(Box::new(Conflict {
                current: before.version,
                theirs: lines(&before.words),
                yours: lines(&words),
                base: None,
            })));
        }
        if before.words == words {
            return Ok(before);
        }
        store::own_words::put(tx, &words, before.version, ctx.now)?;
        let id = store::own_words::id();
        let actor = Some(ctx.actor.person);
        store::audit::append(tx, actor, "words", "own_words", &id, ctx.now)?;
        Ok(KeptWords {
            words,
            version: before.version.next(),
            updated_at: Some(ctx.now),
        })
    })
}

/// What the checker would find in a text with the words as typed. Nothing is kept.
///
/// # Errors
/// [`EditError::Invalid`] with what to mend in the lists.
pub fn try_text(input: &WordsInput, text: &str) -> Result<Vec<Located>, EditError> {
    let words = parse(input)?;
    Ok(language::lint(text, &words.words()))
}

fn parse(input: &WordsInput) -> Result<OwnWords, EditError> {
    let parsed = OwnWords::parse(&input.people, &input.systems, &input.names);
    parsed.map_err(|problems| {
        let problem = |one: ListProblem| FieldProblem::new(one.list, one.sentence);
        EditError::Invalid(problems.into_iter().map(problem).collect())
    })
}

/// All lists as lines that people can compare.
fn lines(words: &OwnWords) -> String {
    let lists = [
        ("People and teams", &words.people),
        ("Systems", &words.systems),
        ("Names", &words.names),
    ];
    let lists = lists.map(|(name, words)| format!("{name}:\n{}", words.join("\n")));
    lists.join("\n\n")
}
