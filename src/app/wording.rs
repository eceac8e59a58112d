//! Notes on wording: read, keep with a reason, take a reason back, rewrite.

mod rewriting; // the words that a note offers, in the place of those that it is about

pub use rewriting::rewrite;

use super::editing::{Saved, edit, look, open, remember};
use super::input::{Fields, all_codes};
use super::lines::Lines;
use super::{Ctx, EditError, ReadError};
use crate::domain::ids::{PostMortemId, Version};
use crate::domain::language::{self, Located};
use crate::domain::permissions::{Permission, require};
use crate::domain::postmortem::{PostMortem, Status};
use crate::domain::text::{Line, Prose};
use crate::domain::wording::{Answer, Note, Place, Reason, notes, notes_on, notes_on_new, texts};
use crate::store::{self, Conn, Store, StoreError};

/// What the history calls an answer.
const RESOURCE: &str = "wording";

/// The place of what is said beside the text, by anybody who may read it.
const ASIDE: &str = "aside";

/// Why a note is kept, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeepInput {
    /// Code of a [`Reason`].
    pub reason: String,
    /// More about it; must be there for another reason than those offered.
    pub words: String,
    /// A text that is not saved yet and holds the note: its place, as `section/summary`, and the text.
    pub unsaved: Option<(String, String)>,
}

/// Why wording is kept, as the fields of the form say in which it is written: it comes with the words themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keep {
    /// The name of the note within its form.
    pub key: String,
    /// Code of a [`Reason`].
    pub reason: String,
    /// More about it; must be there for another reason than those offered.
    pub words: String,
}

/// A post-mortem with the notes on it, answered ones too.
///
/// # Errors
/// [`ReadError`]; what one may not read is not found.
pub fn list(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
) -> Result<(PostMortem, Vec<Note>), ReadError> {
    store.read(|conn| {
        let postmortem = store::aggregate::load(conn, ctx.actor.person, id)?;
        let notes = notes(&postmortem);
        Ok((postmortem, notes))
    })
}

/// What the checker finds in any text, with the organisation's own words. Nothing is kept.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn lint(store: &Store, text: &str) -> Result<Vec<Located>, ReadError> {
    let own = store.read(store::own_words::find)?;
    Ok(language::lint(text, &own.words.words()))
}

/// The notes on a text as it is being typed. Nothing is kept.
///
/// # Errors
/// [`StoreError::NotFound`] for a place that the post-mortem does not have; [`EditError`] for one who may not write.
pub fn consider(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    place: &str,
    text: &str,
) -> Result<(Place, Vec<Note>), EditError> {
    store.read(|conn| {
        if place != ASIDE {
            look(conn, ctx, id)?;
        }
        let postmortem = store::aggregate::load(conn, ctx.actor.person, id)?;
        let place = of(&postmortem, place)?;
        let text = spelled(text)?;
        if postmortem.facts.status == Status::Archived {
            return Ok((place, Vec::new()));
        }
        let notes = notes_on(&postmortem, &place, text.as_str());
        Ok((place, notes))
    })
}

/// The notes on the title of a post-mortem that is not there yet. Nothing is kept.
///
/// # Errors
/// [`EditError::Forbidden`] for one who may not write; [`EditError::Invalid`] if it is no text.
pub fn on_new_title(store: &Store, ctx: &Ctx, title: &str) -> Result<Vec<Note>, EditError> {
    require(&ctx.actor, Permission::Write)?;
    let title = spelled(title)?;
    let own = store.read(store::own_words::find)?;
    let words = own.words.words();
    Ok(notes_on_new(&Place::Title, title.as_str(), &words))
}

/// Keeps wording as it stands, and says why. A published post-mortem may be answered about at any time: that breaks no
/// promise.
///
/// # Errors
/// [`StoreError::NotFound`] if there is no such note; [`EditError::Invalid`] with what to mend.
pub fn keep(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    key: &str,
    input: &KeepInput,
) -> Result<Note, EditError> {
    store.write(|tx| keep_in(tx, ctx, id, key, input))
}

/// The same within a transaction.
pub(super) fn keep_in(
    tx: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
    key: &str,
    input: &KeepInput,
) -> Result<Note, EditError> {
    open(tx, ctx, id)?;
    let postmortem = store::aggregate::load(tx, ctx.actor.person, id)?;
    let note = find(&postmortem, key, input.unsaved.as_ref())?;
    let answer = answer(tx, ctx, id, &note, input)?;
    let day = postmortem.facts.filing_day(&postmortem.events);
    store::postmortems::touch(tx, id, ctx.now, day)?;
    Ok(Note {
        answer: Some(answer),
        ..note
    })
}

/// Keeps wording of texts that are being saved, where their form says so. What is not said is not kept.
pub(super) fn keep_along(
    tx: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
    keeps: &[Keep],
    texts: &[(Place, &str)],
) -> Result<(), EditError> {
    let keeps: Vec<&Keep> = keeps
        .iter()
        .filter(|keep| !keep.reason.is_empty())
        .collect();
    if keeps.is_empty() {
        return Ok(());
    }
    let mut postmortem = store::aggregate::load(tx, ctx.actor.person, id)?;
    for (place, text) in texts {
        for note in notes_on(&postmortem, place, text) {
            let key = note.key_in_form();
            let Some(keep) = keeps.iter().find(|keep| keep.key == key) else {
                continue;
            };
            let input = KeepInput {
                reason: keep.reason.clone(),
                words: keep.words.clone(),
                unsaved: None,
            };
            if !postmortem.answers.iter().any(|one| one.key() == note.key()) {
                postmortem.answers.push(answer(tx, ctx, id, &note, &input)?);
            }
        }
    }
    Ok(())
}

/// Saves an answer to a note, with its history.
fn answer(
    tx: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
    note: &Note,
    input: &KeepInput,
) -> Result<Answer, EditError> {
    let (reason, words) = parse(input)?;
    let answer = Answer {
        place: note.place.clone(),
        rule: note.rule().to_owned(),
        sentence: note.sentence.clone(),
        reason,
        words,
        at: ctx.now,
    };
    kept(tx, ctx, id, &answer)?;
    Ok(answer)
}

/// Saves an answer, with its history.
pub(super) fn kept(
    tx: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
    answer: &Answer,
) -> Result<(), EditError> {
    store::wording::put(tx, id, answer)?;
    history(tx, ctx, id, answer, "")
}

/// Takes the reason back: the note is open again.
///
/// # Errors
/// [`StoreError::NotFound`] if no such note was answered; [`EditError::Broken`] if a published post-mortem stood on it.
pub fn take_back(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    key: &str,
) -> Result<Answer, EditError> {
    edit(store, ctx, id, |tx, _| {
        let answer = store::wording::list(tx, id)?
            .into_iter()
            .find(|answer| answer.key() == key)
            .ok_or(StoreError::NotFound)?;
        store::wording::delete(tx, id, &answer)?;
        history(tx, ctx, id, &answer, "Taken back")?;
        Ok(answer)
    })
}

/// A place that the post-mortem has; sections of the templates count before they are written.
fn of(postmortem: &PostMortem, place: &str) -> Result<Place, StoreError> {
    let place = Place::parse(place).ok_or(StoreError::NotFound)?;
    let known = match &place {
        Place::Section(key) => crate::domain::templates::core().section(key).is_some(),
        Place::New(_) | Place::Aside => true,
        other => texts(postmortem).iter().any(|(place, _)| place == other),
    };
    known.then_some(place).ok_or(StoreError::NotFound)
}

fn spelled(text: &str) -> Result<Prose, EditError> {
    Prose::parse("The text", text)
        .map_err(|problem| super::FieldProblem::new("text", problem).into())
}

/// A note on what is stored, or on what is about to be.
fn find(
    postmortem: &PostMortem,
    key: &str,
    unsaved: Option<&(String, String)>,
) -> Result<Note, EditError> {
    let mut all = notes(postmortem);
    if let Some((place, text)) = unsaved {
        let place = of(postmortem, place)?;
        all.extend(notes_on(postmortem, &place, spelled(text)?.as_str()));
    }
    all.into_iter()
        .find(|note| note.key() == key)
        .ok_or_else(|| StoreError::NotFound.into())
}

fn parse(input: &KeepInput) -> Result<(Reason, Option<Line>), EditError> {
    let mut fields = Fields::new();
    let reason = if input.reason.is_empty() {
        fields.problem(super::FieldProblem::new(
            "reason",
            "Choose why it is kept, or rewrite the sentence.",
        ));
        None
    } else {
        let codes = all_codes!(Reason);
        fields.code("reason", &input.reason, Reason::from_code, codes)
    };
    let words = fields.optional_line("words", "The reason", Some(&input.words));
    if reason == Some(Reason::Other) && words == Some(None) {
        fields.problem(super::FieldProblem::new(
            "words",
            "Say why in a few words: whoever reads the history will want to know.",
        ));
    }
    fields.finish()?;
    match (reason, words) {
        (Some(reason), Some(words)) => Ok((reason, words)),
        _ => Err(EditError::Invalid(Vec::new())),
    }
}

fn history(
    tx: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
    answer: &Answer,
    note: &str,
) -> Result<(), EditError> {
    let place = answer.place.to_string();
    let before = store::revisions::latest(tx, id, RESOURCE, &place)?;
    let mut lines = Lines::new();
    lines.put("Sentence", &answer.sentence);
    lines.put("Note", &answer.rule);
    lines.put("Kept because", answer.reason.label());
    lines.put("Words", answer.words.as_ref().map_or("", Line::as_str));
    let saved = Saved {
        resource: RESOURCE,
        resource_id: &place,
        version: Version(before.map_or(0, |latest| latest.highest_version)).next(),
        body: &lines.into_text(),
    };
    remember(tx, ctx, id, &saved, note)
}
