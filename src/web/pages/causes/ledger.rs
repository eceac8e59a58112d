//! What people do on the page of a cause: link, take back, write down fixes, decide, say who may read.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};

use super::form::{DecisionForm, FixForm, HomeForm, LinkForm, ShowQuery, Typed, VersionForm};
use super::view::{Show, page};
use super::{Sent, cause_id};
use crate::app::cause_links::{self, LinkInput};
use crate::app::fixes::{self, DecisionInput, FixInput};
use crate::app::{EditError, causes};
use crate::domain::ids::{CauseId, CauseLinkId, FixId, StatementId, Version};
use crate::store::Store;
use crate::web::address::find;
use crate::web::blocking::Signed;
use crate::web::body::Form;
use crate::web::frame;
use crate::web::problem::{PageError, Problem};
use crate::web::{State, blocking};

/// The page again, with what is to be mended, or with what somebody else wrote.
fn refused(
    store: &Store,
    signed: &Signed,
    id: CauseId,
    query: &ShowQuery,
    mut typed: Typed,
    error: EditError,
) -> Result<Sent<Show>, Problem> {
    match error {
        EditError::Invalid(errors) => {
            typed.errors = errors;
            Ok(Sent::Again(
                StatusCode::UNPROCESSABLE_ENTITY,
                page(store, signed, id, query, typed)?,
            ))
        }
        EditError::Conflict(conflict) => {
            typed.fix.version = conflict.current.0;
            typed.theirs = Some(conflict.theirs);
            let page = page(store, signed, id, query, typed)?;
            Ok(Sent::Again(StatusCode::PRECONDITION_FAILED, page))
        }
        error => Err(error.into()),
    }
}

/// Links a statement.
pub(in crate::web) async fn link(
    state: Data<State>,
    path: Path<String>,
    form: Form<LinkForm>,
) -> Result<HttpResponse, PageError> {
    let input = form.input;
    let sent = blocking::write(&state, form.visitor, move |store, signed| {
        let id = cause_id(&path)?;
        let statement =
            StatementId::parse(&input.factor_statement).ok_or_else(Problem::not_found)?;
        let made = LinkInput {
            statement,
            same: &input.same,
            different: &input.different,
        };
        match cause_links::link(store, &signed.ctx, id, made) {
            Ok((_, link)) => Ok(Sent::To(format!("/causes/{id}#link-{link}"))),
            Err(error) => {
                let query = ShowQuery {
                    statement: input.factor_statement.clone(),
                    ..ShowQuery::default()
                };
                let typed = Typed {
                    link: input,
                    ..Typed::default()
                };
                refused(store, signed, id, &query, typed, error)
            }
        }
    })
    .await?;
    Ok(sent.answer())
}

/// Takes a link back.
pub(in crate::web) async fn unlink(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<()>,
) -> Result<HttpResponse, PageError> {
    let place = blocking::write(&state, form.visitor, move |store, signed| {
        let (id, link) = path.into_inner();
        let id = cause_id(&id)?;
        let link = CauseLinkId::parse(&link).ok_or_else(Problem::not_found)?;
        let known = cause_links::unlink(store, &signed.ctx, id, link)?;
        // Without its last link a cause is known to its maker alone.
        Ok(known.map_or_else(
            || "/causes".to_owned(),
            |_| format!("/causes/{id}#taken-back"),
        ))
    })
    .await?;
    Ok(frame::see(&place))
}

impl FixForm {
    fn input(&self) -> FixInput<'_> {
        FixInput {
            tried: &self.tried,
            tried_on: Some(&self.tried_on),
            strength: Some(&self.strength),
            outcome: Some(&self.outcome),
        }
    }
}

/// Writes down a fix.
pub(in crate::web) async fn add_fix(
    state: Data<State>,
    path: Path<String>,
    form: Form<FixForm>,
) -> Result<HttpResponse, PageError> {
    let input = form.input;
    let sent = blocking::write(&state, form.visitor, move |store, signed| {
        let id = cause_id(&path)?;
        match fixes::add(store, &signed.ctx, id, input.input()) {
            Ok(fix) => Ok(Sent::To(format!("/causes/{id}#fix-{}", fix.id))),
            Err(error) => {
                let typed = Typed {
                    fix: input,
                    ..Typed::default()
                };
                refused(store, signed, id, &ShowQuery::default(), typed, error)
            }
        }
    })
    .await?;
    Ok(sent.answer())
}

/// Changes a fix over the version that the form was made from.
pub(in crate::web) async fn change_fix(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<FixForm>,
) -> Result<HttpResponse, PageError> {
    let input = form.input;
    let sent = blocking::write(&state, form.visitor, move |store, signed| {
        let (id, fix) = path.into_inner();
        let (id, fix) = (cause_id(&id)?, fix_id(&fix)?);
        let typed = Typed {
            fix: input.clone(),
            fix_id: Some(fix),
            ..Typed::default()
        };
        let expected = Some(typed.version());
        match fixes::change(store, &signed.ctx, id, fix, input.input(), expected) {
            Ok(fix) => Ok(Sent::To(format!("/causes/{id}#fix-{}", fix.id))),
            Err(error) => refused(store, signed, id, &ShowQuery::default(), typed, error),
        }
    })
    .await?;
    Ok(sent.answer())
}

/// Takes a fix out of the ledger.
pub(in crate::web) async fn remove_fix(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<VersionForm>,
) -> Result<HttpResponse, PageError> {
    let expected = Some(Version(form.input.version));
    let place = blocking::write(&state, form.visitor, move |store, signed| {
        let (id, fix) = path.into_inner();
        let (id, fix) = (cause_id(&id)?, fix_id(&fix)?);
        fixes::remove(store, &signed.ctx, id, fix, expected)?;
        Ok(format!("/causes/{id}#ledger"))
    })
    .await?;
    Ok(frame::see(&place))
}

fn fix_id(named: &str) -> Result<FixId, Problem> {
    FixId::parse(named).ok_or_else(Problem::not_found)
}

/// Decides.
pub(in crate::web) async fn decide(
    state: Data<State>,
    path: Path<String>,
    form: Form<DecisionForm>,
) -> Result<HttpResponse, PageError> {
    let input = form.input;
    let sent = blocking::write(&state, form.visitor, move |store, signed| {
        let id = cause_id(&path)?;
        let decision = DecisionInput {
            decision: &input.decision,
            reason: &input.reason,
            relook_on: Some(&input.relook_on),
        };
        match fixes::decide(store, &signed.ctx, id, decision) {
            Ok(_) => Ok(Sent::To(format!("/causes/{id}#decisions"))),
            Err(error) => {
                let typed = Typed {
                    decision: input,
                    ..Typed::default()
                };
                refused(store, signed, id, &ShowQuery::default(), typed, error)
            }
        }
    })
    .await?;
    Ok(sent.answer())
}

/// Gives the words to the readers of another post-mortem.
pub(in crate::web) async fn move_home(
    state: Data<State>,
    path: Path<String>,
    form: Form<HomeForm>,
) -> Result<HttpResponse, PageError> {
    let place = blocking::write(&state, form.visitor, move |store, signed| {
        let id = cause_id(&path)?;
        let home = find(store, &signed.ctx, &form.input.postmortem)?;
        causes::move_home(store, &signed.ctx, id, home)?;
        Ok(format!("/causes/{id}"))
    })
    .await?;
    Ok(frame::see(&place))
}
