//! Recurring causes: the list, one cause, its words, its history.

mod form; // what is typed on the page of a cause
mod ledger; // links, fixes, decisions and readers
mod view; // one cause in words

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use serde::Deserialize;

pub(in crate::web) use ledger::{add_fix, change_fix, decide, link, move_home, remove_fix, unlink};
pub(in crate::web) use view::{PlacedView, show};

use super::cards::day;
use super::sections::saved_at;
use crate::app::causes::{self, CauseInput};
use crate::app::similar::{self, Around};
use crate::app::{Conflict, EditError, FieldProblem};
use crate::domain::causes::{CauseSummary, Decision};
use crate::domain::ids::{CauseId, StatementId, Version};
use crate::domain::similarity::Reason;
use crate::store::Store;
use crate::web::blocking::Signed;
use crate::web::body::{Form, Query};
use crate::web::frame::{self, Frame, Part};
use crate::web::problem::{PageError, Problem};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// How many statements that are like one are looked at for their causes.
const NEAR: usize = 10;

/// A cause as a line of the list.
struct Line {
    id: CauseId,
    statement: String,
    /// The class and the words of what was decided.
    tag: Option<(&'static str, String)>,
    facts: String,
}

#[derive(Template)]
#[template(path = "causes/index.html")]
struct Index {
    frame: Frame,
    lines: Vec<Line>,
    /// The statement for which a cause is looked for.
    candidate: Option<PlacedView>,
    /// The causes of statements that are like it, with those statements.
    near: Vec<(CauseId, String, PlacedView)>,
    /// The words by which causes were looked for.
    query: String,
}

#[derive(Template)]
#[template(path = "causes/edit.html")]
struct Edit {
    frame: Frame,
    /// `None` for a new one.
    id: Option<CauseId>,
    version: Version,
    /// The statement from which a new one is made.
    first: Option<PlacedView>,
    /// The statement that is linked to it next.
    then: Option<PlacedView>,
    /// Where one of the two is linked already: the cause, its words, and the statement that could be linked there.
    known: Vec<(CauseId, String, Option<PlacedView>)>,
    statement: String,
    description: String,
    errors: Vec<FieldProblem>,
    conflict: Option<Conflict>,
}

#[derive(Template)]
#[template(path = "causes/history.html")]
struct History {
    frame: Frame,
    id: CauseId,
    statement: String,
    since: String,
    saved: Vec<SavedView>,
}

/// A saved version in the history.
struct SavedView {
    what: &'static str,
    at: String,
    lines: Vec<String>,
}

/// The statement that a list or a new cause is about.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct StatementQuery {
    statement: String,
    /// A second statement, to be linked to the new cause.
    then: String,
    /// Words to look for causes by.
    q: String,
}

#[derive(Debug, Deserialize)]
pub(in crate::web) struct CauseForm {
    #[serde(default)]
    statement: String,
    #[serde(default)]
    description: String,
    /// The statement from which a new cause is made.
    #[serde(default)]
    factor_statement: String,
    /// A second statement, which is linked to the new cause next.
    #[serde(default)]
    then: String,
    #[serde(default)]
    version: i32,
}

/// What follows from a form: another place, or the page again with what is to be mended.
enum Sent<P> {
    To(String),
    Again(StatusCode, P),
}

impl<P: Template> Sent<P> {
    fn answer(&self) -> HttpResponse {
        match self {
            Self::To(place) => frame::see(place),
            Self::Again(status, page) => frame::html(*status, page),
        }
    }
}

/// The id of a cause in an address.
pub(super) fn cause_id(named: &str) -> Result<CauseId, Problem> {
    CauseId::parse(named).ok_or_else(Problem::not_found)
}

/// The list: those seen last come first; before them those in which something like the statement shows that a cause is
/// looked for.
pub(in crate::web) async fn index(
    state: Data<State>,
    visitor: Visitor,
    query: Query<StatementQuery>,
) -> Result<HttpResponse, PageError> {
    let page = blocking::read(&state, visitor, move |store, signed| {
        let around = StatementId::parse(&query.0.statement)
            .map(|id| similar::to_statement(store, &signed.ctx, id, NEAR))
            .transpose()?;
        let query = query.0.q.trim().to_owned();
        Ok(Index {
            lines: causes::list(store, &signed.ctx)?
                .iter()
                .filter(|cause| cause.holds(&query))
                .map(Line::from)
                .collect(),
            near: around
                .as_ref()
                .filter(|_| query.is_empty())
                .map_or_else(Vec::new, near),
            candidate: around.map(|around| PlacedView::from(&around.statement)),
            query,
            frame: Frame::of(signed, Part::Themes),
        })
    })
    .await?;
    Ok(frame::ok(&page))
}

/// The causes of what is like a statement, each once, with the statement that is most like it.
fn near(around: &Around) -> Vec<(CauseId, String, PlacedView)> {
    let mut near: Vec<(CauseId, String, PlacedView)> = Vec::new();
    for other in &around.similar {
        for (cause, words) in &other.causes {
            let own = around.causes.iter().any(|(id, _)| id == cause);
            if !own && near.iter().all(|(id, ..)| id != cause) {
                near.push((*cause, words.as_str().to_owned(), PlacedView::from(other)));
            }
        }
    }
    near
}

impl From<&CauseSummary> for Line {
    fn from(cause: &CauseSummary) -> Self {
        let many = |count: usize, one: &str, more: &str| {
            if count == 1 {
                format!("1 {one}")
            } else {
                format!("{count} {more}")
            }
        };
        let seen = cause.seen.map_or_else(
            || "Not linked to any finding".to_owned(),
            |(_, last)| {
                format!(
                    "{} in {}, the last on {}",
                    many(cause.statements, "finding", "findings"),
                    many(cause.postmortems, "post-mortem", "post-mortems"),
                    day(last)
                )
            },
        );
        let tried = match cause.fixes {
            0 => "nothing tried yet".to_owned(),
            fixes => format!("{} tried", many(fixes, "fix", "fixes")),
        };
        Self {
            id: cause.id,
            statement: cause.statement.as_str().to_owned(),
            tag: cause.decision.map(|(decision, relook_on)| {
                let words = match (decision, relook_on) {
                    (Decision::Accept, Some(until)) => format!("Accepted until {}", day(until)),
                    (_, Some(relook_on)) => {
                        format!("{}, look again on {}", decision.label(), day(relook_on))
                    }
                    _ => decision.label().to_owned(),
                };
                (view::tag(decision), words)
            }),
            facts: format!("{seen} · {tried}"),
        }
    }
}

/// The form of a new cause, from a statement.
pub(in crate::web) async fn new(
    state: Data<State>,
    visitor: Visitor,
    query: Query<StatementQuery>,
) -> Result<HttpResponse, PageError> {
    let page = blocking::read(&state, visitor, move |store, signed| {
        let first = StatementId::parse(&query.0.statement).ok_or_else(Problem::not_found)?;
        let placed = causes::statement(store, &signed.ctx, first)?;
        let then = then(store, signed, &query.0.then)?;
        Ok(Edit {
            frame: Frame::of(signed, Part::Themes),
            id: None,
            version: Version(0),
            known: known(store, signed, &PlacedView::from(&placed), then.as_ref())?,
            first: Some(PlacedView::from(&placed)),
            then,
            statement: String::new(),
            description: String::new(),
            errors: Vec::new(),
            conflict: None,
        })
    })
    .await?;
    Ok(frame::ok(&page))
}

/// The statement that is linked next, if one is named.
fn then(store: &Store, signed: &Signed, named: &str) -> Result<Option<PlacedView>, Problem> {
    let Some(id) = StatementId::parse(named) else {
        return Ok(None);
    };
    let placed = causes::statement(store, &signed.ctx, id)?;
    Ok(Some(PlacedView::from(&placed)))
}

/// The causes of either statement, each with the other one unless it is linked there, too.
fn known(
    store: &Store,
    signed: &Signed,
    first: &PlacedView,
    then: Option<&PlacedView>,
) -> Result<Vec<(CauseId, String, Option<PlacedView>)>, Problem> {
    let of = |view: &PlacedView| causes::of_statement(store, &signed.ctx, view.id);
    let (own, others) = (of(first)?, then.map(of).transpose()?.unwrap_or_default());
    let mut known = Vec::new();
    for (cause, words) in &own {
        let apart = others.iter().all(|(id, _)| id != cause);
        let other = then.filter(|_| apart).cloned();
        known.push((*cause, words.as_str().to_owned(), other));
    }
    for (cause, words) in &others {
        if own.iter().all(|(id, _)| id != cause) {
            known.push((*cause, words.as_str().to_owned(), Some(first.clone())));
        }
    }
    Ok(known)
}

/// Makes a cause, and goes on to link a second statement if one is named.
pub(in crate::web) async fn create(
    state: Data<State>,
    form: Form<CauseForm>,
) -> Result<HttpResponse, PageError> {
    let input = form.input;
    let sent = blocking::write(&state, form.visitor, move |store, signed| {
        let first = StatementId::parse(&input.factor_statement).ok_or_else(Problem::not_found)?;
        let then = then(store, signed, &input.then)?;
        let words = CauseInput {
            statement: &input.statement,
            description: &input.description,
        };
        match causes::create(store, &signed.ctx, words, first) {
            Ok(cause) => Ok(Sent::To(then.map_or_else(
                || format!("/causes/{}", cause.id),
                |then| format!("/causes/{}?statement={}#link", cause.id, then.id),
            ))),
            Err(EditError::Invalid(errors)) => {
                let placed = causes::statement(store, &signed.ctx, first)?;
                Ok(Sent::Again(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    Edit {
                        frame: Frame::of(signed, Part::Themes),
                        id: None,
                        version: Version(0),
                        known: known(store, signed, &PlacedView::from(&placed), then.as_ref())?,
                        first: Some(PlacedView::from(&placed)),
                        then,
                        statement: input.statement,
                        description: input.description,
                        errors,
                        conflict: None,
                    },
                ))
            }
            Err(error) => Err(error.into()),
        }
    })
    .await?;
    Ok(sent.answer())
}

/// The form of the words.
pub(in crate::web) async fn edit(
    state: Data<State>,
    visitor: Visitor,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let page = blocking::read(&state, visitor, move |store, signed| {
        let cause = causes::read(store, &signed.ctx, cause_id(&path)?)?;
        Ok(Edit {
            frame: Frame::of(signed, Part::Themes),
            id: Some(cause.id),
            version: cause.version,
            first: None,
            then: None,
            known: Vec::new(),
            statement: cause.statement.as_str().to_owned(),
            description: cause.description.as_str().to_owned(),
            errors: Vec::new(),
            conflict: None,
        })
    })
    .await?;
    Ok(frame::ok(&page))
}

/// Saves the words over the version that the form was made from.
pub(in crate::web) async fn update(
    state: Data<State>,
    path: Path<String>,
    form: Form<CauseForm>,
) -> Result<HttpResponse, PageError> {
    let input = form.input;
    let sent = blocking::write(&state, form.visitor, move |store, signed| {
        let id = cause_id(&path)?;
        let words = CauseInput {
            statement: &input.statement,
            description: &input.description,
        };
        let expected = Some(Version(input.version));
        let (status, errors, conflict) =
            match causes::change(store, &signed.ctx, id, words, expected) {
                Ok(_) => return Ok(Sent::To(format!("/causes/{id}"))),
                Err(EditError::Invalid(errors)) => (StatusCode::UNPROCESSABLE_ENTITY, errors, None),
                Err(EditError::Conflict(conflict)) => {
                    (StatusCode::PRECONDITION_FAILED, Vec::new(), Some(*conflict))
                }
                Err(error) => return Err(error.into()),
            };
        let version = conflict
            .as_ref()
            .map_or(Version(input.version), |conflict| conflict.current);
        let page = Edit {
            frame: Frame::of(signed, Part::Themes),
            id: Some(id),
            version,
            first: None,
            then: None,
            known: Vec::new(),
            statement: input.statement,
            description: input.description,
            errors,
            conflict,
        };
        Ok(Sent::Again(status, page))
    })
    .await?;
    Ok(sent.answer())
}

/// The saved words and fixes.
pub(in crate::web) async fn history(
    state: Data<State>,
    visitor: Visitor,
    path: Path<String>,
) -> Result<HttpResponse, PageError> {
    let page = blocking::read(&state, visitor, move |store, signed| {
        let (cause, saved) = causes::history(store, &signed.ctx, cause_id(&path)?)?;
        Ok(History {
            frame: Frame::of(signed, Part::Themes),
            id: cause.id,
            statement: cause.statement.as_str().to_owned(),
            since: day(cause.home.since.date_naive()),
            saved: saved
                .iter()
                .map(|saved| SavedView {
                    what: match (saved.resource.as_str(), saved.version) {
                        ("fix", 0) => "A fix, taken out of the ledger",
                        ("fix", _) => "A fix",
                        _ => "The words",
                    },
                    at: saved_at(saved.saved_at),
                    lines: saved.body.lines().map(str::to_owned).collect(),
                })
                .collect(),
        })
    })
    .await?;
    Ok(frame::ok(&page))
}
