//! What the organisation adds to the lists of the checker: read by everybody, changed by administrators, tried by anybody.

use actix_web::HttpResponse;
use actix_web::web::Data;
use askama::Template;
use serde::Deserialize;

use super::again::{Theirs, again_status};
use crate::app::own_words::{self, WordsInput};
use crate::app::{EditError, FieldProblem};
use crate::domain::ids::Version;
use crate::domain::language::Located;
use crate::web::blocking::Signed;
use crate::web::body::{Form, Query};
use crate::web::frame::{self, Frame, Part};
use crate::web::problem::{PageError, Problem};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

#[derive(Template)]
#[template(path = "own_words/show.html")]
struct Page {
    frame: Frame,
    input: WordsForm,
    saved: bool,
    /// What was found in the text that was tried, if one was.
    found: Option<Vec<Located>>,
    errors: Vec<FieldProblem>,
    theirs: Option<Theirs>,
}

impl Page {
    fn new(signed: &Signed, input: WordsForm) -> Self {
        Self {
            frame: Frame::of(signed, Part::Other),
            input,
            saved: false,
            found: None,
            errors: Vec::new(),
            theirs: None,
        }
    }

    /// The form again, with what is to be mended or what somebody else saved.
    fn refused(signed: &Signed, input: WordsForm, error: EditError) -> Result<Self, Problem> {
        let mut page = Self::new(signed, input);
        match error {
            EditError::Invalid(errors) => page.errors = errors,
            EditError::Conflict(conflict) => {
                let theirs = Theirs::of(&conflict);
                page.input.version = theirs.version();
                page.theirs = Some(theirs);
            }
            other => return Err(other.into()),
        }
        Ok(page)
    }

    /// What is the matter with a list, as sentences.
    fn error(&self, field: &str) -> Option<String> {
        let of_field = self.errors.iter().filter(|error| error.field == field);
        let sentences: Vec<&str> = of_field.map(|error| error.message.as_str()).collect();
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }

    /// The three lists: field, label, hint, what is typed.
    fn lists(&self) -> [(&'static str, &'static str, &'static str, &str); 3] {
        let input = &self.input;
        [
            (
                "people",
                "People and teams",
                "Roles, teams and departments: a team called Kafka, the wombats.",
                &input.people,
            ),
            (
                "systems",
                "Systems",
                "Services, products and bots: a bot called Marta, a tool called Pilot.",
                &input.systems,
            ),
            (
                "names",
                "Names of people",
                "Given names that the checker does not know.",
                &input.names,
            ),
        ]
    }
}

/// The lists, and a text to be tried, as a form sends them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct WordsForm {
    people: String,
    systems: String,
    names: String,
    version: i32,
    text: String,
}

impl WordsForm {
    fn input(&self) -> WordsInput {
        WordsInput {
            people: self.people.clone(),
            systems: self.systems.clone(),
            names: self.names.clone(),
        }
    }
}

/// What the address says was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Done {
    saved: Option<String>,
}

impl Done {
    /// Whether a form was just saved.
    pub(in crate::web) const fn is_saved(&self) -> bool {
        self.saved.is_some()
    }
}

/// The words.
pub(in crate::web) async fn show(
    state: Data<State>,
    query: Query<Done>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let Query(done) = query;
    let page = blocking::read(&state, visitor, move |store, signed| {
        let kept = own_words::read(store)?;
        let lists = WordsInput::from(&kept.words);
        let input = WordsForm {
            people: lists.people,
            systems: lists.systems,
            names: lists.names,
            version: kept.version.0,
            text: String::new(),
        };
        Ok(Page {
            saved: done.is_saved(),
            ..Page::new(signed, input)
        })
    })
    .await?;
    Ok(frame::ok(&page))
}

/// Saves the words over the version that the form was made from.
pub(in crate::web) async fn update(
    state: Data<State>,
    form: Form<WordsForm>,
) -> Result<HttpResponse, PageError> {
    let input = form.input;
    let refused = blocking::write(&state, form.visitor, move |store, signed| {
        let expected = Some(Version(input.version));
        match own_words::change(store, &signed.ctx, &input.input(), expected) {
            Ok(_) => Ok(None),
            Err(error) => Page::refused(signed, input, error).map(Some),
        }
    })
    .await?;
    Ok(answer(refused))
}

fn answer(refused: Option<Page>) -> HttpResponse {
    match refused {
        None => frame::see("/words?saved=1"),
        Some(page) => frame::html(again_status(&page.errors, page.theirs.as_ref()), &page),
    }
}

/// Tries a text with the words as typed. Nothing is kept.
pub(in crate::web) async fn try_text(
    state: Data<State>,
    form: Form<WordsForm>,
) -> Result<HttpResponse, PageError> {
    let input = form.input;
    let page = blocking::write(
        &state,
        form.visitor,
        move |_, signed| match own_words::try_text(&input.input(), &input.text) {
            Ok(found) => Ok(Page {
                found: Some(found),
                ..Page::new(signed, input)
            }),
            Err(error) => Page::refused(signed, input, error),
        },
    )
    .await?;
    Ok(frame::html(again_status(&page.errors, None), &page))
}
