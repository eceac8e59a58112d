//! The gate, review, approval, publishing and withdrawing.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;

use crate::app::publication::{self, PublishError};
use crate::app::{Ctx, people};
use crate::domain::ids::PostMortemId;
use crate::domain::permissions::{Permission, require};
use crate::domain::postmortem::{Facts, PostMortem, Status, Tier};
use crate::domain::publication::Level;
use crate::store::Store;
use crate::web::address::find;
use crate::web::blocking::Signed;
use crate::web::body::{Button, Form};
use crate::web::frame::{self, Frame, Part};
use crate::web::pages::gate::{self, Gate};
use crate::web::problem::{PageError, Problem};
use crate::web::visitor::{Visitor, news_cookie};
use crate::web::{State, blocking};

#[derive(Template)]
#[template(path = "postmortems/publication.html")]
struct Publication {
    frame: Frame,
    facts: Facts,
    gate: Gate,
    readers: Option<Level>,
    approvers: Vec<String>,
    own: bool,
    may_approve: bool,
    refused: bool,
}

impl Publication {
    fn load(
        store: &Store,
        signed: &Signed,
        id: PostMortemId,
        refused: bool,
    ) -> Result<Self, Problem> {
        let (postmortem, checks) = publication::preview(store, &signed.ctx, id)?;
        let approvers = approvers(store, &postmortem)?;
        let facts = postmortem.facts;
        let own = facts.shepherd == signed.ctx.actor.person;
        let approved = postmortem
            .approvals
            .iter()
            .any(|approval| approval.person == signed.ctx.actor.person);
        let open_to_approval = matches!(facts.status, Status::Draft | Status::InReview);
        Ok(Self {
            frame: Frame::of(signed, Part::PostMortems),
            gate: Gate::new(&facts, &checks, &format!("/postmortems/{}/edit", facts.id)),
            readers: gate::readers(&checks),
            approvers,
            own,
            may_approve: !own
                && !approved
                && open_to_approval
                && require(&signed.ctx.actor, Permission::Review).is_ok(),
            refused,
            facts,
        })
    }
}

fn approvers(store: &Store, postmortem: &PostMortem) -> Result<Vec<String>, Problem> {
    let everyone = people::list(store)?;
    let approved = |id| {
        postmortem
            .approvals
            .iter()
            .any(|approval| approval.person == id)
    };
    Ok(everyone
        .into_iter()
        .filter(|person| approved(person.id))
        .map(|person| person.name.as_str().to_owned())
        .collect())
}

/// The list of checks with what can be done.
pub(in crate::web) async fn show(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let page = blocking::read(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        Publication::load(store, signed, id, false)
    })
    .await?;
    Ok(frame::ok(&page))
}

/// Publishes, or shows why not.
pub(in crate::web) async fn create(
    state: Data<State>,
    path: Path<String>,
    form: Form<Button>,
) -> Result<HttpResponse, PageError> {
    let place = format!("/postmortems/{path}");
    let outcome = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        match publication::publish(store, &signed.ctx, id) {
            Ok(_) => Ok(Ok(id)),
            Err(PublishError::Refused(_)) => Publication::load(store, signed, id, true).map(Err),
            Err(error) => Err(error.into()),
        }
    })
    .await?;
    Ok(match outcome {
        Ok(id) => {
            let mut answer = frame::see(&place);
            // A cookie that cannot be written takes nothing but the notice away.
            let cookie = news_cookie(published(id), state.https);
            if let Err(error) = answer.add_cookie(&cookie) {
                tracing::warn!(%error, "news could not be sent along");
            }
            answer
        }
        Err(page) => frame::again(&page),
    })
}

/// The news that a post-mortem was published.
pub(in crate::web) fn published(id: PostMortemId) -> String {
    format!("published-{id}")
}

/// Withdraws.
pub(in crate::web) async fn delete(
    state: Data<State>,
    path: Path<String>,
    form: Form<Button>,
) -> Result<HttpResponse, PageError> {
    change(state, path, form, |store, ctx, id| {
        publication::withdraw(store, ctx, id).map(|_| ())
    })
    .await
}

/// Opens the review.
pub(in crate::web) async fn open_review(
    state: Data<State>,
    path: Path<String>,
    form: Form<Button>,
) -> Result<HttpResponse, PageError> {
    change(state, path, form, |store, ctx, id| {
        publication::open_review(store, ctx, id).map(|_| ())
    })
    .await
}

/// Approves as the second reader.
pub(in crate::web) async fn approve(
    state: Data<State>,
    path: Path<String>,
    form: Form<Button>,
) -> Result<HttpResponse, PageError> {
    change(state, path, form, |store, ctx, id| {
        publication::approve(store, ctx, id).map(|_| ())
    })
    .await
}

/// Confirms who may read it.
pub(in crate::web) async fn confirm_readers(
    state: Data<State>,
    path: Path<String>,
    form: Form<Button>,
) -> Result<HttpResponse, PageError> {
    change(state, path, form, |store, ctx, id| {
        publication::confirm_readers(store, ctx, id).map(|_| ())
    })
    .await
}

/// Runs one of the small changes and comes back to the list of checks.
async fn change(
    state: Data<State>,
    path: Path<String>,
    form: Form<Button>,
    use_case: fn(&Store, &Ctx, PostMortemId) -> Result<(), PublishError>,
) -> Result<HttpResponse, PageError> {
    let place = format!("/postmortems/{path}/publication");
    blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        Ok(use_case(store, &signed.ctx, id)?)
    })
    .await?;
    Ok(frame::see(&place))
}
