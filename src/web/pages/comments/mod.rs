//! Comments: the end of the reading page, the rail of the editor, and what their forms do.

mod threads; // grouped by what they are about

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;
use serde::Deserialize;

pub(in crate::web) use threads::Remarks;
use threads::{Commented, Thread, parts, threads};

use crate::app::comments::{self, CommentInput};
use crate::app::{EditError, postmortems};
use crate::domain::comments::Comment;
use crate::domain::ids::{CommentId, PostMortemId, Version};
use crate::domain::postmortem::PostMortem;
use crate::domain::wording::Place;
use crate::store::Store;
use crate::web::address::{find, part};
use crate::web::blocking::Signed;
use crate::web::body::Form;
use crate::web::frame::{self, Frame, Part};
use crate::web::pages::again::Refused;
use crate::web::pages::wording::FieldNotes;
use crate::web::problem::{PageError, Problem};
use crate::web::{State, blocking};

/// The comments at the end of the reading page.
#[derive(Debug, Template)]
#[template(path = "comments/list.html")]
pub(in crate::web) struct Reading {
    postmortem: PostMortemId,
    csrf: String,
    may_resolve: bool,
    threads: Vec<Thread>,
    parts: Vec<Commented>,
}

impl Reading {
    /// What was said about a post-mortem that somebody reads.
    pub(in crate::web) fn new(
        signed: &Signed,
        postmortem: &PostMortem,
        comments: Vec<Comment>,
        may_resolve: bool,
    ) -> Self {
        Self {
            postmortem: postmortem.facts.id,
            csrf: signed.form_token.clone(),
            may_resolve,
            threads: threads(postmortem, comments, signed.ctx.actor.person),
            parts: parts(postmortem),
        }
    }
}

/// The comments in the editor's rail: what is still discussed.
#[derive(Debug, Template)]
#[template(path = "comments/rail.html")]
pub(in crate::web) struct Rail {
    postmortem: PostMortemId,
    threads: Vec<Thread>,
}

impl Rail {
    /// What was said about a post-mortem that somebody writes.
    pub(in crate::web) fn new(
        store: &Store,
        signed: &Signed,
        postmortem: &PostMortem,
    ) -> Result<Self, Problem> {
        let id = postmortem.facts.id;
        let said = comments::list(store, &signed.ctx, id)?;
        let mut threads = threads(postmortem, said, signed.ctx.actor.person);
        threads.retain(|thread| !thread.resolved);
        Ok(Self {
            postmortem: id,
            threads,
        })
    }
}

/// A comment as a form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct CommentForm {
    about: String,
    text: String,
    version: i32,
}

/// The page with one comment's form, when it comes back.
#[derive(Template)]
#[template(path = "comments/edit.html")]
struct Page {
    frame: Frame,
    postmortem: PostMortemId,
    title: String,
    action: String,
    input: CommentForm,
    refused: Refused,
    notes: FieldNotes,
}

impl Page {
    fn load(
        store: &Store,
        signed: &Signed,
        id: PostMortemId,
        comment: Option<CommentId>,
        mut input: CommentForm,
        error: EditError,
    ) -> Result<Box<Self>, Problem> {
        let refused = Refused::of(error)?;
        if let Some(theirs) = &refused.theirs {
            input.version = theirs.version();
        }
        let postmortem = postmortems::read(store, &signed.ctx, id)?;
        let place = format!("/postmortems/{id}/comments");
        Ok(Box::new(Self {
            frame: Frame::of(signed, Part::PostMortems),
            postmortem: id,
            title: postmortem.facts.title.as_str().to_owned(),
            action: comment.map_or_else(|| place.clone(), |one| format!("{place}/{one}")),
            notes: FieldNotes::new(&postmortem, Place::Aside, &input.text),
            input,
            refused,
        }))
    }
}

type Outcome = Result<(PostMortemId, CommentId), Box<Page>>;

fn answer(outcome: Outcome) -> HttpResponse {
    match outcome {
        Ok((id, comment)) => frame::see(&format!("/postmortems/{id}#comment-{comment}")),
        Err(page) => frame::html(page.refused.status(), &*page),
    }
}

/// Says something.
pub(in crate::web) async fn create(
    state: Data<State>,
    path: Path<String>,
    form: Form<CommentForm>,
) -> Result<HttpResponse, PageError> {
    let typed = form.input;
    let outcome = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let input = CommentInput {
            about: typed.about.clone(),
            text: typed.text.clone(),
        };
        match comments::add(store, &signed.ctx, id, &input) {
            Ok(comment) => Ok(Ok((id, comment.id))),
            Err(error) => Page::load(store, signed, id, None, typed, error).map(Err),
        }
    })
    .await?;
    Ok(answer(outcome))
}

/// Changes one's own words.
pub(in crate::web) async fn update(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<CommentForm>,
) -> Result<HttpResponse, PageError> {
    let typed = form.input;
    let outcome = blocking::write(&state, form.visitor, move |store, signed| {
        let (id, comment) = part(store, &signed.ctx, &path, CommentId::parse)?;
        let expected = Some(Version(typed.version));
        match comments::change(store, &signed.ctx, id, comment, &typed.text, expected) {
            Ok(comment) => Ok(Ok((id, comment.id))),
            Err(error) => Page::load(store, signed, id, Some(comment), typed, error).map(Err),
        }
    })
    .await?;
    Ok(answer(outcome))
}

/// Takes one's own words away.
pub(in crate::web) async fn delete(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<CommentForm>,
) -> Result<HttpResponse, PageError> {
    let version = Version(form.input.version);
    let id = blocking::write(&state, form.visitor, move |store, signed| {
        let (id, comment) = part(store, &signed.ctx, &path, CommentId::parse)?;
        comments::remove(store, &signed.ctx, id, comment, Some(version))?;
        Ok(id)
    })
    .await?;
    Ok(frame::see(&format!("/postmortems/{id}#comments")))
}

/// Resolves a thread.
pub(in crate::web) async fn resolve(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<()>,
) -> Result<HttpResponse, PageError> {
    set(state, path, form, true).await
}

/// Opens a thread again.
pub(in crate::web) async fn reopen(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<()>,
) -> Result<HttpResponse, PageError> {
    set(state, path, form, false).await
}

async fn set(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<()>,
    resolved: bool,
) -> Result<HttpResponse, PageError> {
    let place = blocking::write(&state, form.visitor, move |store, signed| {
        let (id, comment) = part(store, &signed.ctx, &path, CommentId::parse)?;
        let comment = comments::resolve(store, &signed.ctx, id, comment, resolved)?;
        Ok(format!("/postmortems/{id}#{}", comment.about.anchor()))
    })
    .await?;
    Ok(frame::see(&place))
}
