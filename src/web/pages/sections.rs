//! Saving a section from a form, and the page with both texts when somebody was faster.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use serde::Deserialize;

use crate::app::sections::{SaveSection, save, set_aside};
use crate::app::{Conflict, EditError};
use crate::domain::diff::{self, Change, Piece};
use crate::domain::ids::{PostMortemId, Version};
use crate::domain::postmortem::{Facts, Status};
use crate::domain::sections::Section;
use crate::domain::templates::{TemplateSection, core};
use crate::domain::when;
use crate::web::address::find;
use crate::web::body::Form;
use crate::web::frame::{self, Frame, Part};
use crate::web::pages::editor;
use crate::web::pages::wording::Notes;
use crate::web::problem::PageError;
use crate::web::{State, blocking};

/// One section in the editor.
#[derive(Debug, Template)]
#[template(path = "sections/editor.html")]
pub(in crate::web) struct Editor {
    postmortem: PostMortemId,
    key: String,
    heading: String,
    invitation: String,
    prompts: Vec<String>,
    text: String,
    html: String,
    version: Version,
    saved: Option<String>,
    sealed: bool,
    amends: bool,
    unsaved: bool,
    csrf: String,
    notes: Notes,
}

/// A text that is not saved: it was refused, or waits until its wording is answered.
#[derive(Debug, Clone)]
pub(in crate::web) struct Unsaved {
    /// The section.
    pub(in crate::web) key: String,
    /// The text as it was typed.
    pub(in crate::web) text: String,
    /// The version that the form was made from.
    pub(in crate::web) version: Version,
}

impl Editor {
    /// The same with a text that is not saved.
    pub(in crate::web) fn with(self, unsaved: &Unsaved) -> Self {
        Self {
            text: unsaved.text.clone(),
            version: unsaved.version,
            unsaved: true,
            ..self
        }
    }

    /// The editor of one section of the templates, saved before or not.
    pub(in crate::web) fn new(
        facts: &Facts,
        template: &TemplateSection,
        section: Option<&Section>,
        csrf: &str,
        notes: Notes,
    ) -> Self {
        Self {
            postmortem: facts.id,
            key: template.key.clone(),
            heading: template.heading.clone(),
            invitation: template.invitation.clone(),
            prompts: template.prompts.clone(),
            text: section.map_or_else(String::new, |section| section.text.as_str().to_owned()),
            html: section.map_or_else(String::new, |section| section.html.clone()),
            version: section.map_or(Version(0), |section| section.version),
            saved: section.map(|section| {
                section
                    .updated_at
                    .with_timezone(&facts.zone)
                    .format("%H:%M")
                    .to_string()
            }),
            sealed: template.key == "first-story" && facts.first_story_sealed_at.is_some(),
            amends: facts.status == Status::Published,
            unsaved: false,
            csrf: csrf.to_owned(),
            notes,
        }
    }
}

#[derive(Template)]
#[template(path = "sections/conflict.html")]
struct ConflictPage {
    frame: Frame,
    postmortem: PostMortemId,
    key: String,
    heading: String,
    conflict: Conflict,
    differences: Vec<Piece>,
}

#[derive(Debug, Deserialize)]
pub(in crate::web) struct SectionForm {
    #[serde(default)]
    text: String,
    version: i32,
    #[serde(default)]
    note: String,
}

/// Saves a section over the version that the form was made from.
pub(in crate::web) async fn update(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<SectionForm>,
) -> Result<HttpResponse, PageError> {
    let ((id, key), input) = (path.into_inner(), form.input);
    let place = format!("/postmortems/{id}/edit#section-{key}");
    let outcome = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &id)?;
        let change = SaveSection {
            key: &key,
            text: &input.text,
            expected: Some(Version(input.version)),
            note: &input.note,
        };
        match save(store, &signed.ctx, id, &change) {
            Ok(_) => Ok(Outcome::Saved),
            Err(EditError::Broken(_)) => {
                let unsaved = Unsaved {
                    key,
                    text: input.text,
                    version: Version(input.version),
                };
                let page = editor::unsaved(store, signed, id, unsaved)?;
                Ok(Outcome::Refused(Box::new(page)))
            }
            Err(EditError::Conflict(conflict)) => Ok(Outcome::Met(Box::new(ConflictPage {
                frame: Frame::of(signed, Part::PostMortems),
                postmortem: id,
                heading: core()
                    .section(&key)
                    .map_or_else(String::new, |section| section.heading.clone()),
                key,
                differences: diff::words(&conflict.theirs, &conflict.yours),
                conflict: *conflict,
            }))),
            Err(error) => Err(error.into()),
        }
    })
    .await?;
    Ok(match outcome {
        Outcome::Saved => frame::see(&place),
        Outcome::Refused(page) => frame::again(&*page),
        Outcome::Met(page) => frame::html(StatusCode::PRECONDITION_FAILED, &*page),
    })
}

/// What became of a section that was sent. Nothing typed is lost.
enum Outcome {
    Saved,
    /// It would break a promise: the editor again, with the text in its box and the notes on it.
    Refused(Box<editor::Edit>),
    /// Somebody was faster.
    Met(Box<ConflictPage>),
}

#[derive(Debug, Deserialize)]
pub(in crate::web) struct UnusedForm {
    #[serde(default)]
    text: String,
}

/// Keeps a text in the history that was not chosen, and goes back to the one that was.
pub(in crate::web) async fn set_unused(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<UnusedForm>,
) -> Result<HttpResponse, PageError> {
    let ((id, key), input) = (path.into_inner(), form.input);
    let place = format!("/postmortems/{id}/edit#section-{key}");
    blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &id)?;
        Ok(set_aside(store, &signed.ctx, id, &key, &input.text)?)
    })
    .await?;
    Ok(frame::see(&place))
}

/// A saved instant as the history and lists show it, in UTC: it belongs to no story's zone.
pub(in crate::web) fn saved_at(at: chrono::DateTime<chrono::Utc>) -> String {
    format!(
        "{} {}",
        when::day_text(at.date_naive()),
        at.format("%H:%M UTC")
    )
}
