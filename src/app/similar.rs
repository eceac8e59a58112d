//! What was said before in other words: earlier statements and post-mortems, each with the reason why it is shown.

use super::{Ctx, ReadError};
use crate::domain::causes::Cause;
use crate::domain::ids::{CauseId, PostMortemId, StatementId};
use crate::domain::placed::PlacedStatement;
use crate::domain::postmortem::Facts;
use crate::domain::similarity::{Compared, Reason, Similar};
use crate::domain::taxonomy::{self, FactorId};
use crate::domain::text::{Line, folded};
use crate::store::{self, Conn, Store, StoreError};

/// How many are shown unless somebody asks for another number.
pub const USUAL: usize = 3;

/// The most that are ever shown.
pub const MOST: usize = 50;

/// A statement that is being written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Draft<'a> {
    /// Its words.
    pub text: &'a str,
    /// A factor's id or name.
    pub factor: Option<&'a str>,
    /// What it points at.
    pub component: Option<&'a str>,
    /// The post-mortem in which it is written; its other statements are not offered.
    pub postmortem: Option<PostMortemId>,
}

/// An earlier statement, and why it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct SimilarStatement {
    /// The statement, and where it stands.
    pub statement: PlacedStatement,
    /// What it shares.
    pub reasons: Vec<Reason>,
    /// The recurring causes that it is linked to, as far as the reader may know of them.
    pub causes: Vec<(CauseId, Line)>,
}

/// A post-mortem, and why it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct SimilarPostMortem {
    /// Its facts.
    pub facts: Facts,
    /// What it shares.
    pub reasons: Vec<Reason>,
}

/// The statements most like one that is being written, best first, at most `most`.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn to_draft(
    store: &Store,
    ctx: &Ctx,
    draft: Draft<'_>,
    most: usize,
) -> Result<Vec<SimilarStatement>, ReadError> {
    let given = |typed: Option<&str>| typed.map(str::trim).unwrap_or_default().to_owned();
    let factor = taxonomy::core().resolve(&given(draft.factor));
    let factors: Vec<String> = factor
        .map(|factor| factor.id.as_str().to_owned())
        .into_iter()
        .collect();
    let component = folded(&given(draft.component));
    let components: Vec<String> = Some(component)
        .filter(|name| !name.is_empty())
        .into_iter()
        .collect();
    let compared = Compared {
        text: draft.text,
        factors: &factors,
        components: &components,
    };
    let elsewhere = |placed: &PlacedStatement| Some(placed.postmortem) != draft.postmortem;
    Ok(store.read(|conn| ask(ctx, conn, compared, elsewhere, most))?)
}

/// A statement, what is like it, and the causes that it is linked to.
#[derive(Debug, Clone, PartialEq)]
pub struct Around {
    /// The statement.
    pub statement: PlacedStatement,
    /// Statements in other post-mortems that are like it, best first.
    pub similar: Vec<SimilarStatement>,
    /// The recurring causes that it is linked to itself, as far as the reader may know of them.
    pub causes: Vec<(CauseId, Line)>,
}

/// The statements in other post-mortems most like one that is there, best first, at most `most`.
///
/// # Errors
/// [`ReadError`]; a statement that one may not read is not found.
pub fn to_statement(
    store: &Store,
    ctx: &Ctx,
    id: StatementId,
    most: usize,
) -> Result<Around, ReadError> {
    Ok(store.read(|conn| {
        let reader = ctx.actor.person;
        let statement = store::placed::find(conn, reader, id)?;
        let similar = to_placed(ctx, conn, &statement, most)?;
        let causes = store::cause_links::of_statements(conn, reader, &[id])?;
        Ok::<_, StoreError>(Around {
            statement,
            similar,
            causes: of(&causes, id),
        })
    })?)
}

/// Statements that hold some of the words, best first; none for no words.
pub(super) fn to_words(
    ctx: &Ctx,
    conn: &mut Conn,
    words: &str,
    most: usize,
) -> Result<Vec<SimilarStatement>, StoreError> {
    let compared = Compared {
        text: words,
        ..Compared::default()
    };
    ask(ctx, conn, compared, |_| true, most)
}

/// Statements that might be linked to a cause as well: like its words and those of its links, and not linked.
pub(super) fn to_cause(
    ctx: &Ctx,
    conn: &mut Conn,
    cause: &Cause,
    most: usize,
) -> Result<Vec<SimilarStatement>, StoreError> {
    let linked: Vec<&PlacedStatement> = cause.links.iter().map(|link| &link.statement).collect();
    let mut text = cause.statement.as_str().to_owned();
    for statement in &linked {
        text.push('\n');
        text.push_str(statement.text.as_str());
    }
    let compared = Compared {
        text: &text,
        factors: &factors(linked.iter().copied()),
        components: &components(linked.iter().copied()),
    };
    let apart = |other: &PlacedStatement| linked.iter().all(|known| known.id != other.id);
    ask(ctx, conn, compared, apart, most)
}

/// The statements in other post-mortems most like one that was read, best first, at most `most`.
pub(super) fn to_placed(
    ctx: &Ctx,
    conn: &mut Conn,
    placed: &PlacedStatement,
    most: usize,
) -> Result<Vec<SimilarStatement>, StoreError> {
    let factors = factors([placed]);
    let components = components([placed]);
    let compared = Compared {
        text: placed.text.as_str(),
        factors: &factors,
        components: &components,
    };
    let elsewhere = |other: &PlacedStatement| other.postmortem != placed.postmortem;
    ask(ctx, conn, compared, elsewhere, most)
}

/// The post-mortems most like another, best first, at most `most`.
///
/// # Errors
/// [`ReadError`]; one that one may not read is not found.
pub fn to_postmortem(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    most: usize,
) -> Result<Vec<SimilarPostMortem>, ReadError> {
    let reader = ctx.actor.person;
    let found = store.read(|conn| {
        store::postmortems::find(conn, reader, id)?;
        store::similar::postmortems(conn, reader, id, most.min(MOST))
    })?;
    Ok(found.into_iter().map(explained).collect())
}

/// The post-mortems most like one of which there is only a title, best first, at most `most`.
///
/// # Errors
/// [`ReadError`] if the database refuses.
pub fn to_title(
    store: &Store,
    ctx: &Ctx,
    title: &str,
    most: usize,
) -> Result<Vec<SimilarPostMortem>, ReadError> {
    let compared = Compared {
        text: title,
        ..Compared::default()
    };
    let reader = ctx.actor.person;
    let found = store.read(|conn| {
        store::similar::postmortems_like(conn, reader, compared, None, most.min(MOST))
    })?;
    Ok(found.into_iter().map(explained).collect())
}

fn explained((facts, similar): (Facts, Similar<PostMortemId>)) -> SimilarPostMortem {
    SimilarPostMortem {
        facts,
        reasons: reasons(similar, None),
    }
}

fn ask(
    ctx: &Ctx,
    conn: &mut Conn,
    compared: Compared<'_>,
    wanted: impl Fn(&PlacedStatement) -> bool,
    most: usize,
) -> Result<Vec<SimilarStatement>, StoreError> {
    let found =
        store::similar::statements(conn, ctx.actor.person, compared, wanted, most.min(MOST))?;
    let ids: Vec<StatementId> = found.iter().map(|(statement, _)| statement.id).collect();
    let causes = store::cause_links::of_statements(conn, ctx.actor.person, &ids)?;
    Ok(found
        .into_iter()
        .map(|(statement, similar)| {
            let component = statement.component.as_ref().map(|name| name.as_str());
            SimilarStatement {
                reasons: reasons(similar, component),
                causes: of(&causes, statement.id),
                statement,
            }
        })
        .collect())
}

/// The causes of one statement among those of many.
fn of(causes: &[(StatementId, CauseId, Line)], id: StatementId) -> Vec<(CauseId, Line)> {
    let of = causes.iter().filter(|(statement, ..)| *statement == id);
    of.map(|(_, cause, words)| (*cause, words.clone()))
        .collect()
}

/// Says what is shared in words that people know: factors by name, a component as it is written.
fn reasons<K>(similar: Similar<K>, component: Option<&str>) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if !similar.words.is_empty() {
        reasons.push(Reason::Words(similar.words));
    }
    for id in similar.factors {
        let name = taxonomy::core()
            .resolve(&id)
            .map_or(id, |factor| factor.name.clone());
        reasons.push(Reason::Factor(name));
    }
    for name in similar.components {
        reasons.push(Reason::Component(component.map_or(name, str::to_owned)));
    }
    reasons
}

/// The factors of statements, by the ids that they have today.
fn factors<'a>(statements: impl IntoIterator<Item = &'a PlacedStatement>) -> Vec<String> {
    let today = |id: &FactorId| taxonomy::core().today(id.clone()).as_str().to_owned();
    let coded = statements
        .into_iter()
        .filter_map(|placed| placed.factor.as_ref());
    coded.map(today).collect()
}

/// The components of statements, in one spelling.
fn components<'a>(statements: impl IntoIterator<Item = &'a PlacedStatement>) -> Vec<String> {
    let named = statements
        .into_iter()
        .filter_map(|placed| placed.component.as_ref());
    named.map(|name| folded(name.as_str())).collect()
}
