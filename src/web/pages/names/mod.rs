//! Names of people in the editor: where they stand, and a role to put in their place.

mod roles; // what the organisation remembers

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;
use serde::Deserialize;

pub(in crate::web) use roles::{show as show_roles, update as update_roles};

use crate::app::names::{self, ReplaceInput};
use crate::app::{EditError, FieldProblem};
use crate::domain::ids::PostMortemId;
use crate::domain::names::{NameAnswer, NameHere, NameReason, Spot};
use crate::domain::postmortem::PostMortem;
use crate::domain::templates::core;
use crate::domain::text::excerpt;
use crate::domain::wording::Place;
use crate::store::StoreError;
use crate::web::address::find;
use crate::web::body::Form;
use crate::web::frame;
use crate::web::pages::editor;
use crate::web::problem::{PageError, Problem};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// A form of the panel that was refused, with everything that was typed.
#[derive(Debug, Default)]
pub(in crate::web) struct Open {
    input: NameForm,
    errors: Vec<FieldProblem>,
    /// Whether the name does not stand there any more as it was sent.
    gone: bool,
}

/// A name with its form.
#[derive(Debug)]
struct Card {
    key: String,
    name: NameHere,
    spots: Vec<Line>,
    role: String,
    remember: bool,
    errors: Vec<FieldProblem>,
}

/// A place in the list of a card.
#[derive(Debug)]
struct Line {
    spot: Spot,
    code: String,
    label: String,
    ticked: bool,
}

impl Card {
    fn new(postmortem: &PostMortem, name: NameHere, open: &Open) -> Self {
        let refused = name.is(&open.input.name) && !open.errors.is_empty();
        let spots = name.spots.iter().map(|spot| {
            let code = spot.code();
            Line {
                label: label(postmortem, spot),
                ticked: spot.open
                    && if refused {
                        open.input.spots.contains(&code)
                    } else {
                        !spot.quoted
                    },
                code,
                spot: spot.clone(),
            }
        });
        let remembered = name.role.as_ref();
        Self {
            key: name.key(),
            spots: spots.collect(),
            role: if refused {
                open.input.role.clone()
            } else {
                remembered.map_or_else(String::new, |role| role.as_str().to_owned())
            },
            remember: refused && open.input.remember.is_some(),
            errors: if refused {
                open.errors.clone()
            } else {
                Vec::new()
            },
            name,
        }
    }

    fn error(&self, field: &str) -> Option<&str> {
        let mut errors = self.errors.iter();
        let found = errors.find(|error| error.field == field);
        found.map(|error| error.message.as_str())
    }

    /// Other spellings, as a list of words.
    fn also(&self) -> String {
        self.name
            .spellings
            .iter()
            .skip(1)
            .cloned()
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// What a place is called.
fn label(postmortem: &PostMortem, spot: &Spot) -> String {
    let short = |text: &str| {
        let text = excerpt(text);
        if text.chars().count() == 60 {
            format!("{text} …")
        } else {
            text
        }
    };
    let named = match &spot.place {
        Place::Title => "Title".to_owned(),
        Place::Section(key) => core()
            .section(key)
            .map_or_else(|| key.clone(), |section| section.heading.clone()),
        Place::Event(id) => {
            let event = postmortem.events.iter().find(|event| event.id == *id);
            event.map_or_else(String::new, |event| {
                format!("Timeline: {}", short(event.text.as_str()))
            })
        }
        Place::Account(id) => {
            let account = postmortem.accounts.iter().find(|one| one.id == *id);
            account.map_or_else(String::new, |one| {
                format!("Account: {}", short(one.role.as_str()))
            })
        }
        Place::Factor(id) => {
            let statement = postmortem.statements.iter().find(|one| one.id == *id);
            statement.map_or_else(String::new, |one| {
                format!("Finding: {}", short(one.text.as_str()))
            })
        }
        Place::Action(id) => {
            let action = postmortem.actions.iter().find(|one| one.id == *id);
            action.map_or_else(String::new, |one| {
                format!("Action: {}", short(one.title.as_str()))
            })
        }
        other => other.noun().to_owned(),
    };
    match (spot.open, spot.quoted) {
        (false, _) => format!("{named}, sealed: it stays what it was on day one"),
        (true, true) => format!("{named}, in a quotation"),
        (true, false) => named,
    }
}

/// The panel of the editor.
#[derive(Debug, Template)]
#[template(path = "names/editor.html")]
pub(in crate::web) struct Editor {
    postmortem: PostMortemId,
    csrf: String,
    cards: Vec<Card>,
    kept: Vec<(NameHere, NameAnswer)>,
    gone: bool,
}

impl Editor {
    /// The names of a post-mortem.
    pub(in crate::web) fn new(
        postmortem: &PostMortem,
        csrf: &str,
        open: &Open,
        names: Vec<NameHere>,
    ) -> Self {
        let (mut cards, mut kept) = (Vec::new(), Vec::new());
        for name in names {
            match name.answer.clone() {
                Some(answer) => kept.push((name, answer)),
                // What stands only where nothing can be changed asks nothing of anybody.
                None if name.spots.iter().all(|spot| !spot.open) => {}
                None => cards.push(Card::new(postmortem, name, open)),
            }
        }
        Self {
            postmortem: postmortem.facts.id,
            csrf: csrf.to_owned(),
            cards,
            kept,
            gone: open.gone,
        }
    }

    /// Whether there is nothing to show.
    const fn is_empty(&self) -> bool {
        self.cards.is_empty() && self.kept.is_empty() && !self.gone
    }
}

/// The panel alone, or nothing where there is none. The editor asks for it after a section has saved itself.
pub(in crate::web) async fn show(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let panel = blocking::read(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let (postmortem, names) = names::list(store, &signed.ctx, id)?;
        let open = Open::default();
        Ok::<_, Problem>(Editor::new(&postmortem, &signed.form_token, &open, names))
    })
    .await?;
    Ok(frame::ok(&panel))
}

/// What a form of the panel sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct NameForm {
    name: String,
    role: String,
    remember: Option<String>,
    spots: Vec<String>,
    reason: String,
}

/// Puts a role in the place of a name.
pub(in crate::web) async fn replace(
    state: Data<State>,
    path: Path<String>,
    form: Form<NameForm>,
) -> Result<HttpResponse, PageError> {
    act(state, path.into_inner(), form, |store, signed, id, form| {
        let input = ReplaceInput {
            name: form.name.clone(),
            role: form.role.clone(),
            remember: form.remember.is_some(),
            spots: Some(form.spots.clone()),
        };
        names::replace(store, &signed.ctx, id, &input).map(drop)
    })
    .await
}

/// Keeps a name, with the reason.
pub(in crate::web) async fn keep(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<NameForm>,
) -> Result<HttpResponse, PageError> {
    let (id, named) = path.into_inner();
    act(state, id, form, move |store, signed, id, form| {
        names::keep(store, &signed.ctx, id, &named, &form.reason).map(drop)
    })
    .await
}

/// Takes a reason back.
pub(in crate::web) async fn take_back(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<NameForm>,
) -> Result<HttpResponse, PageError> {
    let (id, named) = path.into_inner();
    act(state, id, form, move |store, signed, id, _| {
        names::take_back(store, &signed.ctx, id, &named)
    })
    .await
}

/// What the forms of the panel have in common: the editor comes again with what was typed, or the panel is shown.
async fn act(
    state: Data<State>,
    id: String,
    form: Form<NameForm>,
    change: impl FnOnce(
        &crate::store::Store,
        &crate::web::blocking::Signed,
        PostMortemId,
        &NameForm,
    ) -> Result<(), EditError>
    + Send
    + 'static,
) -> Result<HttpResponse, PageError> {
    let place = format!("/postmortems/{id}/edit#names");
    let input = form.input;
    let refused = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &id)?;
        let (mut names, mut stale) = (Open::default(), false);
        match change(store, signed, id, &input) {
            Ok(()) => return Ok(None),
            Err(EditError::Invalid(errors)) => names.errors = errors,
            Err(EditError::Conflict(conflict)) => {
                names.errors = vec![FieldProblem::new("spots", conflict.theirs)];
                stale = true;
            }
            // The post-mortem itself may be what is not there; then neither is its editor.
            Err(EditError::Store(StoreError::NotFound)) => {
                (names.gone, stale) = (true, true);
            }
            Err(error) => return Err(error.into()),
        }
        names.input = input;
        let open = editor::Open {
            names,
            ..editor::Open::default()
        };
        Ok::<_, Problem>(Some((editor::page(store, signed, id, open)?, stale)))
    })
    .await?;
    Ok(match refused {
        None => frame::see(&place),
        Some((page, true)) => frame::html(actix_web::http::StatusCode::PRECONDITION_FAILED, &page),
        Some((page, false)) => frame::again(&page),
    })
}
