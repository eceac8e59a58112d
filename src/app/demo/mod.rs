//! The demonstration: three people, twenty-five published post-mortems of public events, and what recurs in them.
//!
//! Everything goes the way it goes for people: the gate judges each post-mortem in the transaction that publishes it.

mod causes; // what recurs
mod reading; // what somebody new reads first

use chrono::{DateTime, TimeDelta, Utc};

use super::comments::{self, CommentInput};
use super::documents::{self, Start};
use super::people::NewPerson;
use super::publication::{self, PublishError};
use super::wording::{KeepInput, keep_in};
use super::{Ctx, EditError, secrets};
use crate::domain::document::{self, Document};
use crate::domain::ids::{PostMortemId, StatementId};
use crate::domain::people::{Actor, Person, Role};
use crate::domain::postmortem::Facts;
use crate::domain::wording::{Reason, notes};
use crate::store::{self, Conn, Store, StoreError};

/// The post-mortems, and the recurring causes over them.
#[derive(rust_embed::Embed)]
#[folder = "src/app/demo/content"]
struct Content;

/// Name, e-mail address, role.
const PEOPLE: [(&str, &str, Role); 3] = [
    ("Noor Haddad", "noor@example.org", Role::Administrator),
    ("Mika Sørensen", "mika@example.org", Role::Writer),
    ("Tomás Arana", "tomas@example.org", Role::Writer),
];

/// What a reader of the same post-mortem says about it.
const COMMENT: &str = "Which of our own checks would nobody miss if they went quiet?";

/// A hint on wording that its writers kept: the file, the words, and why.
const KEPT: (&str, &str, &str) = (
    "12-honeycomb-september.md",
    "would not have",
    "It says where the lesson came from, and claims no prevention.",
);

/// How long after the last thing that happened the writing began, the approval came, and it was published.
const BEGUN: TimeDelta = TimeDelta::days(2);
const APPROVED: TimeDelta = TimeDelta::days(16);
const PUBLISHED: TimeDelta = TimeDelta::days(17);

/// Somebody who can sign in to the demonstration.
#[derive(Debug, Clone)]
pub struct DemoPerson {
    /// Their name.
    pub name: &'static str,
    /// How they sign in.
    pub email: &'static str,
    /// What they may do.
    pub role: Role,
    /// Their password, made for this run.
    pub password: String,
}

/// Why the demonstration was not loaded. Nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Somebody has an account already.
    #[error(
        "The demonstration is loaded into an empty database only, and this one has people in it."
    )]
    NotEmpty,
    /// A file of it is not what it should be.
    #[error("The demonstration's file {file} cannot be used: {reason}")]
    Content {
        /// The file.
        file: String,
        /// What is the matter.
        reason: String,
    },
    /// No password could be made.
    #[error(transparent)]
    Secret(#[from] secrets::SecretError),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A post-mortem that was loaded: its file, and its statements for the causes that point at them.
struct Loaded {
    file: String,
    postmortem: PostMortemId,
    statements: Vec<StatementId>,
}

/// Loads the demonstration into an empty store, in one transaction.
///
/// # Errors
/// [`DemoError`]; nothing was kept then.
pub fn load(store: &Store, now: DateTime<Utc>) -> Result<Vec<DemoPerson>, DemoError> {
    let mut people = Vec::new();
    let mut hashed = Vec::new();
    for (name, email, role) in PEOPLE {
        let password = password()?;
        let new = NewPerson {
            email,
            name,
            role: role.as_code(),
            password: &password,
        };
        // The hash is made outside the transaction: it takes long.
        let parsed = super::people::parse(&new).map_err(|error| broken("people", error))?;
        hashed.push((parsed.person, secrets::hash(&parsed.password)?));
        people.push(DemoPerson {
            name,
            email,
            role,
            password,
        });
    }
    let documents = documents()?;
    store.write(|tx| {
        if store::people::any(tx)? {
            return Err(DemoError::NotEmpty);
        }
        for (person, hash) in &hashed {
            store::people::insert(tx, person, hash, now)?;
        }
        store::settings::put(tx, "organisation", "Second Story, a demonstration")?;
        let actors: Vec<Actor> = hashed.iter().map(|(person, _)| actor(person)).collect();
        let mut loaded = Vec::new();
        // The shepherds take turns, and the next in turn is the second reader.
        let turns = actors.iter().cycle().zip(actors.iter().cycle().skip(1));
        for ((file, document), (shepherd, reader)) in documents.into_iter().zip(turns) {
            let (postmortem, statements) = publish(tx, &file, &document, (*shepherd, *reader), now)
                .map_err(|error| broken(&file, error))?;
            loaded.push(Loaded {
                file,
                postmortem,
                statements,
            });
        }
        let ctx = actors.first().map(|keeper| Ctx::new(*keeper, now));
        if let Some(ctx) = ctx {
            causes::load(tx, &ctx, &loaded)?;
            reading::load(tx, &ctx, &loaded)?;
        }
        Ok(())
    })?;
    Ok(people)
}

/// Sixteen hexadecimal digits in groups: 64 random bits that can be typed.
fn password() -> Result<String, secrets::SecretError> {
    let digits: Vec<char> = secrets::random()?.chars().take(16).collect();
    let groups: Vec<String> = digits
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    Ok(groups.join("-"))
}

fn actor(person: &Person) -> Actor {
    Actor {
        person: person.id,
        role: person.role,
        read_only: false,
    }
}

/// The post-mortems, in the order of their files.
fn documents() -> Result<Vec<(String, Document)>, DemoError> {
    let mut files: Vec<String> = Content::iter()
        .map(|file| file.to_string())
        .filter(|file| file.ends_with(".md"))
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|file| {
            let document = document::parse(&text(&file)?).map_err(|problems| {
                let first = problems.first();
                let sentence = first.map_or("", |problem| problem.sentence.as_str());
                broken(
                    &file,
                    format!(
                        "line {}: {sentence}",
                        first.map_or(0, |problem| problem.line)
                    ),
                )
            })?;
            Ok((file, document))
        })
        .collect()
}

fn text(file: &str) -> Result<String, DemoError> {
    let found = Content::get(file).ok_or_else(|| broken(file, "it is missing"))?;
    String::from_utf8(found.data.into_owned()).map_err(|error| broken(file, error))
}

fn broken(file: &str, reason: impl std::fmt::Display) -> DemoError {
    DemoError::Content {
        file: file.to_owned(),
        reason: reason.to_string(),
    }
}

/// Writes, approves and publishes one post-mortem in the weeks after it happened.
fn publish(
    tx: &mut Conn,
    file: &str,
    document: &Document,
    (shepherd, reader): (Actor, Actor),
    now: DateTime<Utc>,
) -> Result<(PostMortemId, Vec<StatementId>), PublishError> {
    let last = document
        .events
        .iter()
        .filter_map(|event| event.when.until().or(event.when.at()))
        .max()
        .unwrap_or(now);
    let at = |actor, after: TimeDelta| Ctx::new(actor, (last + after).min(now));
    let writing = at(shepherd, BEGUN);
    let Facts { id, .. } = documents::insert(tx, &writing, document, Start::Draft, "")?;
    if file == KEPT.0 {
        keep(tx, &writing, id)?;
    }
    publication::confirm_readers_in(tx, &writing, id)?;
    publication::approve_in(tx, &at(reader, APPROVED), id)?;
    publication::publish_in(tx, &at(shepherd, PUBLISHED), id)?;
    if file == KEPT.0 {
        let said = CommentInput {
            about: String::new(),
            text: COMMENT.to_owned(),
        };
        comments::add_in(tx, &at(reader, PUBLISHED), id, &said)?;
    }
    let statements = store::factors::list(tx, id)?;
    let statements = statements.iter().map(|statement| statement.id);
    Ok((id, statements.collect()))
}

/// Keeps the words as their writers did.
fn keep(tx: &mut Conn, ctx: &Ctx, id: PostMortemId) -> Result<(), EditError> {
    let (_, quote, words) = KEPT;
    let postmortem = store::aggregate::load(tx, ctx.actor.person, id)?;
    let kept = KeepInput {
        reason: Reason::Other.as_code().to_owned(),
        words: words.to_owned(),
        unsaved: None,
    };
    for note in notes(&postmortem) {
        if note.quote() == quote {
            keep_in(tx, ctx, id, &note.key(), &kept)?;
        }
    }
    Ok(())
}

impl From<EditError> for DemoError {
    fn from(error: EditError) -> Self {
        match error {
            EditError::Store(error) => Self::Store(error),
            other => broken("causes.yaml", other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::documents;
    use crate::app::documents::gate;
    use crate::domain::language::Words;

    #[test]
    fn every_post_mortem_of_the_demonstration_passes_the_gate_without_advice() {
        for (file, document) in documents().unwrap() {
            let unmet: Vec<String> = gate(&document, &Words::new())
                .into_iter()
                .filter(|check| {
                    !check.met && check.level == crate::domain::publication::Level::Required
                })
                .map(|check| check.message)
                .collect();
            assert!(unmet.is_empty(), "{file}: {unmet:?}");
        }
    }
}
