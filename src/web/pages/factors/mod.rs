//! Factor statements: the part of the editor, the part of the reading page, and what their forms do.

mod editor; // the part of the editor
mod form; // one statement's form
mod reading; // the part of the reading page

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;

pub(in crate::web) use editor::{Beside, Editor, Open};
pub(in crate::web) use reading::{Linked, Reading, beginning, heading};

use self::form::{FormView, Setting, StatementForm};
use crate::app::{factors, postmortems, taxonomy};
use crate::domain::ids::{PostMortemId, StatementId, Version};
use crate::store::Store;
use crate::web::address::{find, part};
use crate::web::blocking::Signed;
use crate::web::body::Form;
use crate::web::frame::{self, Frame, Part};
use crate::web::pages::again::{PlaceForm, Refused};
use crate::web::pages::row;
use crate::web::problem::{PageError, Problem};
use crate::web::{State, blocking};

/// The page with one statement's form: when it was refused, when factors were looked up, when somebody was faster.
#[derive(Template)]
#[template(path = "factors/edit.html")]
struct Page {
    frame: Frame,
    postmortem: PostMortemId,
    title: String,
    refused: Refused,
    form: FormView,
}

impl Page {
    fn load(
        store: &Store,
        signed: &Signed,
        id: PostMortemId,
        statement: Option<StatementId>,
        mut input: StatementForm,
        refused: Refused,
    ) -> Result<Self, Problem> {
        let postmortem = postmortems::for_editing(store, &signed.ctx, id)?;
        let place = format!("/postmortems/{id}");
        let setting = Setting {
            action: statement.map_or_else(
                || format!("{place}/factors"),
                |statement| format!("{place}/factors/{statement}"),
            ),
            close: statement.map_or_else(
                || format!("{place}/edit#factors"),
                |statement| format!("{place}/edit#factor-{statement}"),
            ),
            heading: if statement.is_some() {
                "Finding"
            } else {
                "A new finding"
            }
            .to_owned(),
            within: false,
            csrf: signed.form_token.clone(),
            statement,
            components: taxonomy::components(store, &signed.ctx)?,
        };
        if let Some(theirs) = &refused.theirs {
            input.version = theirs.version();
        }
        Ok(Self {
            frame: Frame::of(signed, Part::PostMortems),
            postmortem: id,
            title: postmortem.facts.title.as_str().to_owned(),
            form: FormView::new(&postmortem, setting, input, &refused),
            refused,
        })
    }

    fn status(&self) -> StatusCode {
        self.refused.status()
    }
}

/// What saving a form came to: the statement, or the form again.
type Outcome = Result<(PostMortemId, StatementId), Box<Page>>;

fn answer(outcome: Outcome) -> HttpResponse {
    match outcome {
        Ok((id, statement)) => frame::see(&format!(
            "/postmortems/{id}/edit?said={statement}#factor-{statement}"
        )),
        Err(page) => frame::html(page.status(), &*page),
    }
}

/// Adds a statement, or shows the factors that fit a few words.
pub(in crate::web) async fn create(
    state: Data<State>,
    path: Path<String>,
    form: Form<StatementForm>,
) -> Result<HttpResponse, PageError> {
    let mut input = form.input;
    let outcome = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        if input.looks_up() {
            input.ask();
            return Page::load(store, signed, id, None, input, Refused::default())
                .map(|page| Err(Box::new(page)));
        }
        match factors::add(store, &signed.ctx, id, &input.input()) {
            Ok(statement) => Ok(Ok((id, statement.id))),
            Err(error) => {
                let refused = Refused::of(error)?;
                Page::load(store, signed, id, None, input, refused).map(|page| Err(Box::new(page)))
            }
        }
    })
    .await?;
    Ok(answer(outcome))
}

/// Changes a statement over the version that the form was made from, or shows the factors that fit a few words.
pub(in crate::web) async fn update(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<StatementForm>,
) -> Result<HttpResponse, PageError> {
    let mut input = form.input;
    let outcome = blocking::write(&state, form.visitor, move |store, signed| {
        let (id, statement) = part(store, &signed.ctx, &path, StatementId::parse)?;
        if input.looks_up() {
            input.ask();
            return Page::load(
                store,
                signed,
                id,
                Some(statement),
                input,
                Refused::default(),
            )
            .map(|page| Err(Box::new(page)));
        }
        let expected = Some(Version(input.version));
        match factors::change(
            store,
            &signed.ctx,
            id,
            statement,
            &input.input(),
            expected,
            &input.note,
        ) {
            Ok(statement) => Ok(Ok((id, statement.id))),
            Err(error) => {
                let refused = Refused::of(error)?;
                Page::load(store, signed, id, Some(statement), input, refused)
                    .map(|page| Err(Box::new(page)))
            }
        }
    })
    .await?;
    Ok(answer(outcome))
}

/// Removes a statement, and offers to bring it back.
pub(in crate::web) async fn delete(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<StatementForm>,
) -> Result<HttpResponse, PageError> {
    let then = format!("?removed_factor={}#factors", path.1);
    row::change(
        state,
        path,
        StatementId::parse,
        form,
        then,
        |store, ctx, id, row, form| {
            let expected = Some(Version(form.version));
            Ok(factors::remove(store, ctx, id, row, expected)?)
        },
    )
    .await
}

/// Brings a removed statement back.
pub(in crate::web) async fn restore(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<()>,
) -> Result<HttpResponse, PageError> {
    let then = format!("#factor-{}", path.1);
    row::change(
        state,
        path,
        StatementId::parse,
        form,
        then,
        |store, ctx, id, row, ()| Ok(factors::restore(store, ctx, id, row)?),
    )
    .await
}

/// Moves a statement within the list.
pub(in crate::web) async fn place(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<PlaceForm>,
) -> Result<HttpResponse, PageError> {
    let then = format!("#factor-{}", path.1);
    row::change(
        state,
        path,
        StatementId::parse,
        form,
        then,
        |store, ctx, id, row, form| Ok(factors::place(store, ctx, id, row, form.read()?)?),
    )
    .await
}
