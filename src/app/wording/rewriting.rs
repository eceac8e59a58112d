//! The words that a note offers, in the place of those that it is about.

use super::{Place, find, texts};
use crate::app::accounts::{self, AccountInput};
use crate::app::actions::{self, ActionInput};
use crate::app::editing::edit;
use crate::app::factors::{self, StatementInput};
use crate::app::postmortems::{self, FactsInput};
use crate::app::sections::{SaveSection, put_in};
use crate::app::timeline::{self, EventInput};
use crate::app::{Ctx, EditError};
use crate::domain::ids::{PostMortemId, Version};
use crate::domain::postmortem::{Facts, PostMortem};
use crate::store::{self, Conn, Store, StoreError};

/// Puts the words that a note offers in the place of those that it is about, as a new version of what they stand in.
///
/// # Errors
/// [`StoreError::NotFound`] if there is no such note or it offers none; otherwise as saving what they stand in.
pub fn rewrite(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    key: &str,
    expected: Option<Version>,
) -> Result<Place, EditError> {
    edit(store, ctx, id, |tx, facts| {
        let postmortem = store::aggregate::load(tx, ctx.actor.person, id)?;
        let note = find(&postmortem, key, None)?;
        let words = note.located.finding.rewrite.ok_or(StoreError::NotFound)?;
        let range = note.located.finding.start..note.located.finding.end;
        let standing = texts(&postmortem);
        let (_, text) = standing
            .iter()
            .find(|(place, _)| *place == note.place)
            .ok_or(StoreError::NotFound)?;
        let mut text = (*text).to_owned();
        if text.get(range.clone()).is_none() {
            return Err(StoreError::NotFound.into());
        }
        text.replace_range(range, words);
        put(tx, ctx, (facts, &postmortem), &note.place, text, expected)?;
        Ok(note.place)
    })
}

/// Saves one text of a post-mortem, and leaves all else of its record as it stands.
fn put(
    tx: &mut Conn,
    ctx: &Ctx,
    (facts, postmortem): (&Facts, &PostMortem),
    place: &Place,
    text: String,
    expected: Option<Version>,
) -> Result<(), EditError> {
    let id = facts.id;
    let said = (expected, "");
    match place {
        Place::Section(key) => {
            let change = SaveSection {
                key,
                text: &text,
                expected,
                note: "",
            };
            put_in(tx, ctx, facts, &change)?;
        }
        Place::Title | Place::NoCommitments | Place::OverLimit => {
            let mut input = FactsInput::from(facts);
            match place {
                Place::Title => input.title = text,
                Place::NoCommitments => input.no_commitments_because = Some(text),
                _ => input.over_limit_because = Some(text),
            }
            postmortems::change_in(tx, ctx, facts, &input, expected, "")?;
        }
        Place::Event(event) => {
            let row = postmortem.events.iter().find(|row| row.id == *event);
            let mut input = EventInput::from(row.ok_or(StoreError::NotFound)?);
            input.text = text;
            timeline::change_in(tx, ctx, facts, *event, &input, said)?;
        }
        Place::Account(account) => {
            let row = postmortem.accounts.iter().find(|row| row.id == *account);
            let role = row.ok_or(StoreError::NotFound)?.role.as_str().to_owned();
            let input = AccountInput {
                role,
                text,
                keeps: Vec::new(),
            };
            accounts::change_in(tx, ctx, id, *account, &input, said)?;
        }
        Place::Factor(statement) | Place::WithoutThis(statement) => {
            let row = postmortem
                .statements
                .iter()
                .find(|row| row.id == *statement);
            let mut input = StatementInput::from(row.ok_or(StoreError::NotFound)?);
            match place {
                Place::Factor(_) => input.statement = text,
                _ => input.without_this = Some(text),
            }
            factors::change_in(tx, ctx, id, *statement, &input, said)?;
        }
        Place::Action(action)
        | Place::KnownBy(action)
        | Place::Reach(action)
        | Place::StateReason(action) => {
            let row = postmortem.actions.iter().find(|row| row.id == *action);
            let mut input = ActionInput::from(row.ok_or(StoreError::NotFound)?);
            match place {
                Place::Action(_) => input.title = text,
                Place::KnownBy(_) => input.known_by = Some(text),
                Place::Reach(_) => input.reach = Some(text),
                _ => input.state.reason = Some(text),
            }
            actions::change_in(tx, ctx, id, *action, &input, said)?;
        }
        Place::New(_) | Place::Aside => return Err(StoreError::NotFound.into()),
    }
    Ok(())
}
