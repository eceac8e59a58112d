//! The one bridge from async to the floors below: who comes is looked up, and the use case runs, in one hop.

use std::panic::{AssertUnwindSafe, catch_unwind};

use actix_web::web;

use super::State;
use super::problem::Problem;
use super::visitor::{Credential, Visitor};
use crate::app::{self, Ctx};
use crate::domain::people::Actor;
use crate::store::Store;

/// A person who was looked up.
#[derive(Debug, Clone)]
pub(in crate::web) struct Signed {
    /// Who acts, and when.
    pub(in crate::web) ctx: Ctx,
    /// How they are called.
    pub(in crate::web) name: String,
    /// What our forms send back.
    pub(in crate::web) form_token: String,
}

/// Whether a request changes anything: then it must prove that it comes from one of our pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Intent {
    Read,
    Write,
}

/// Runs a reading use case for the person behind a request.
pub(in crate::web) async fn read<T: Send + 'static>(
    state: &State,
    visitor: Visitor,
    body: impl FnOnce(&Store, &Signed) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    signed_in(state, visitor, Intent::Read, body).await
}

/// Runs a reading use case that is short wherever the database is: one post-mortem, one page of a list.
///
/// If its rows are in this process's own file, it runs where it is asked for. To wake another thread and to be woken by it
/// costs as much as the reading (decision 46).
pub(in crate::web) async fn short_read<T: Send + 'static>(
    state: &State,
    visitor: Visitor,
    body: impl FnOnce(&Store, &Signed) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    if !state.store.is_at_hand() {
        return read(state, visitor, body).await;
    }
    let run = || {
        body(
            &state.store,
            &look_up(&state.store, &visitor, Intent::Read)?,
        )
    };
    // As on another thread: who meets a fault of ours is told so.
    catch_unwind(AssertUnwindSafe(run)).map_err(|_| Problem::busy())?
}

/// Runs a reading use case that looks through thousands of rows: a search, the themes. Only so many run at once that a short
/// one beside them finds a processor; the others wait in their order, and hold no thread meanwhile.
pub(in crate::web) async fn long_read<T: Send + 'static>(
    state: &State,
    visitor: Visitor,
    body: impl FnOnce(&Store, &Signed) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let turn = state.long_reads.acquire().await;
    let _turn = turn.map_err(|_| Problem::busy())?;
    read(state, visitor, body).await
}

/// Runs a changing use case for the person behind a request.
pub(in crate::web) async fn write<T: Send + 'static>(
    state: &State,
    visitor: Visitor,
    body: impl FnOnce(&Store, &Signed) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    signed_in(state, visitor, Intent::Write, body).await
}

/// Runs something for anybody: signing in, health.
pub(in crate::web) async fn anybody<T: Send + 'static>(
    state: &State,
    body: impl FnOnce(&Store) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let store = state.store.clone();
    web::block(move || body(&store))
        .await
        .map_err(|_| Problem::busy())?
}

async fn signed_in<T: Send + 'static>(
    state: &State,
    visitor: Visitor,
    intent: Intent,
    body: impl FnOnce(&Store, &Signed) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let store = state.store.clone();
    web::block(move || {
        let signed = look_up(&store, &visitor, intent)?;
        body(&store, &signed)
    })
    .await
    .map_err(|_| Problem::busy())?
}

fn look_up(store: &Store, visitor: &Visitor, intent: Intent) -> Result<Signed, Problem> {
    let now = State::now();
    match &visitor.credential {
        None => Err(Problem::sign_in(visitor.path.clone())),
        Some(Credential::Token(token)) => {
            let actor = app::tokens::actor(store, now, token)?.ok_or_else(Problem::bad_token)?;
            Ok(Signed {
                ctx: Ctx::new(actor, now),
                name: String::new(),
                form_token: String::new(),
            })
        }
        Some(Credential::Session(secret)) => {
            let person = app::sessions::signed_in(store, now, secret)?
                .ok_or_else(|| Problem::sign_in(visitor.path.clone()))?;
            let form_token = app::sessions::form_token(secret);
            if intent == Intent::Write
                && (visitor.foreign || visitor.proof.as_ref() != Some(&form_token))
            {
                return Err(Problem::not_our_form());
            }
            let actor = Actor {
                person: person.person,
                role: person.role,
                read_only: false,
            };
            Ok(Signed {
                ctx: Ctx::new(actor, now),
                name: person.name.as_str().to_owned(),
                form_token,
            })
        }
    }
}
