//! Notes on wording: the list under each text of the editor, and what is answered to a note.

mod field; // notes within the form that a text is written in

pub(in crate::web) use field::FieldNotes;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;
use serde::Deserialize;

use crate::app::wording::{self, Keep, KeepInput};
use crate::app::{EditError, FieldProblem};
use crate::domain::ids::{PostMortemId, Version};
use crate::domain::postmortem::PostMortem;
use crate::domain::text::Line;
use crate::domain::wording::{Answer, Note, Place, Reason, notes, notes_on};
use crate::store::Store;
use crate::web::address::find;
use crate::web::blocking::Signed;
use crate::web::body::Form;
use crate::web::frame::{self, Frame, Part};
use crate::web::pages::editor;
use crate::web::pages::sections::Unsaved;
use crate::web::problem::{PageError, Problem};
use crate::web::{State, blocking};

/// The notes of a post-mortem, to be shown each under its text.
pub(in crate::web) struct Board<'a> {
    postmortem: &'a PostMortem,
    csrf: &'a str,
    notes: Vec<Note>,
}

impl<'a> Board<'a> {
    /// Looks at every text of a post-mortem.
    pub(in crate::web) fn new(postmortem: &'a PostMortem, csrf: &'a str) -> Self {
        Self {
            postmortem,
            csrf,
            notes: notes(postmortem),
        }
    }

    /// What proves that a form is ours.
    pub(in crate::web) const fn csrf(&self) -> &str {
        self.csrf
    }

    /// The notes on one text; there may be none.
    pub(in crate::web) fn at(&self, place: &Place) -> Notes {
        let here = self.notes.iter().filter(|note| note.place == *place);
        Notes::new(self.postmortem, self.csrf, place, here.cloned())
    }
}

impl Board<'_> {
    /// The notes on the texts of a row, those without any left out.
    pub(in crate::web) fn row<const N: usize>(&self, texts: [(Place, &str); N]) -> Vec<Notes> {
        let notes = texts.iter().map(|(place, _)| self.at(place));
        notes.filter(|notes| !notes.is_empty()).collect()
    }

    /// The notes on a text of a section that is not saved; its forms send it along.
    pub(in crate::web) fn on(&self, place: &Place, unsaved: &Unsaved) -> Notes {
        let notes = notes_on(self.postmortem, place, &unsaved.text);
        Notes {
            version: unsaved.version,
            input: KeepForm {
                place: place.to_string(),
                text: unsaved.text.clone(),
                version: unsaved.version.0,
                ..KeepForm::default()
            },
            ..Notes::new(self.postmortem, self.csrf, place, notes.into_iter())
        }
    }
}

/// The notes on one text.
#[derive(Debug, Template)]
#[template(path = "wording/notes.html")]
pub(in crate::web) struct Notes {
    postmortem: PostMortemId,
    csrf: String,
    place: Place,
    /// Where the text is mended.
    go: String,
    /// The version of what the text stands in, over which its words are replaced.
    version: Version,
    open: Vec<Note>,
    kept: Vec<(Note, Answer)>,
    input: KeepForm,
}

impl Notes {
    fn new(
        postmortem: &PostMortem,
        csrf: &str,
        place: &Place,
        notes: impl Iterator<Item = Note>,
    ) -> Self {
        let (mut open, mut kept) = (Vec::new(), Vec::new());
        for note in notes {
            match note.answer.clone() {
                None => open.push(note),
                Some(answer) => kept.push((note, answer)),
            }
        }
        let id = postmortem.facts.id;
        let row = |kind: &str, row: String| {
            format!(
                "/postmortems/{id}/edit?{kind}={row}#{anchor}",
                anchor = place.anchor()
            )
        };
        Self {
            postmortem: id,
            csrf: csrf.to_owned(),
            go: match place {
                Place::Title => format!("/postmortems/{id}/facts#title"),
                Place::NoCommitments => format!("/postmortems/{id}/facts#no_commitments_because"),
                Place::OverLimit => format!("/postmortems/{id}/facts#over_limit_because"),
                Place::Section(key) => format!("#{key}-t"),
                Place::Event(event) => row("event", event.to_string()),
                Place::Account(account) => row("account", account.to_string()),
                Place::Factor(statement) | Place::WithoutThis(statement) => {
                    row("factor", statement.to_string())
                }
                Place::Action(action)
                | Place::KnownBy(action)
                | Place::Reach(action)
                | Place::StateReason(action) => row("action", action.to_string()),
                Place::New(_) | Place::Aside => String::new(),
            },
            version: version(postmortem, place),
            place: place.clone(),
            open,
            kept,
            input: KeepForm::default(),
        }
    }

    /// Whether there is nothing to show.
    pub(in crate::web) const fn is_empty(&self) -> bool {
        self.open.is_empty() && self.kept.is_empty()
    }

    /// How many notes wait, in words.
    fn count(&self) -> String {
        match self.open.len() {
            1 => "1 note on wording".to_owned(),
            count => format!("{count} notes on wording"),
        }
    }

    /// What the ids of a note's form begin with.
    fn prefix(&self, index: &usize) -> String {
        format!("{}-n{index}-", self.place.anchor())
    }

    /// Words that can be put in the place of a note's.
    fn rewrite(&self, note: &Note) -> Option<&'static str> {
        note.located.finding.rewrite
    }

    /// What the text is called, where a row has several.
    fn label(&self) -> Option<&'static str> {
        match self.place {
            Place::WithoutThis(_) => Some("Without this"),
            Place::KnownBy(_) => Some("How we will know"),
            Place::Reach(_) => Some("Whom or what it touches"),
            Place::StateReason(_) => Some("Because"),
            Place::NoCommitments => Some("No commitments, because"),
            Place::OverLimit => Some("More open commitments than the limit, because"),
            _ => None,
        }
    }
}

/// The version of what a text stands in; 0 for what is not saved yet.
fn version(postmortem: &PostMortem, place: &Place) -> Version {
    let found = match place {
        Place::Title | Place::NoCommitments | Place::OverLimit => Some(postmortem.facts.version),
        Place::Section(key) => {
            let mut sections = postmortem.sections.iter();
            sections
                .find(|section| section.key == *key)
                .map(|section| section.version)
        }
        Place::Event(id) => {
            let mut events = postmortem.events.iter();
            events.find(|row| row.id == *id).map(|row| row.version)
        }
        Place::Account(id) => {
            let mut accounts = postmortem.accounts.iter();
            accounts.find(|row| row.id == *id).map(|row| row.version)
        }
        Place::Factor(id) | Place::WithoutThis(id) => {
            let mut statements = postmortem.statements.iter();
            statements.find(|row| row.id == *id).map(|row| row.version)
        }
        Place::Action(id) | Place::KnownBy(id) | Place::Reach(id) | Place::StateReason(id) => {
            let mut actions = postmortem.actions.iter();
            actions.find(|row| row.id == *id).map(|row| row.version)
        }
        Place::New(_) | Place::Aside => None,
    };
    found.unwrap_or(Version(0))
}

/// What the fields of a form say about words in it that are kept: a note's name and a code, and words beside them.
pub(in crate::web) fn keeps(keep: &[String], words: &[String]) -> Vec<Keep> {
    let blank = String::new();
    let words = words.iter().chain(std::iter::repeat(&blank));
    keep.iter()
        .zip(words)
        .filter_map(|(keep, words)| {
            let (key, reason) = keep.split_once(' ')?;
            Some(Keep {
                key: key.to_owned(),
                reason: reason.to_owned(),
                words: words.clone(),
            })
        })
        .collect()
}

/// Why it is kept, as a sentence.
fn because(answer: &Answer) -> String {
    let words = answer.words.as_ref().map_or("", Line::as_str);
    match answer.reason {
        Reason::Other => format!("Kept: {words}"),
        reason if words.is_empty() => format!("Kept: {}.", reason.label()),
        reason => format!("Kept: {}. {words}", reason.label()),
    }
}

/// Why a note is kept, as a form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct KeepForm {
    reason: String,
    words: String,
    /// A text that is not saved yet, and where it stands; scripts send it along.
    place: String,
    text: String,
    version: i32,
}

/// The form of a note, when it was refused.
#[derive(Template)]
#[template(path = "wording/keep.html")]
struct Page {
    frame: Frame,
    postmortem: PostMortemId,
    title: String,
    anchor: String,
    csrf: String,
    key: String,
    quote: String,
    input: KeepForm,
    errors: Vec<FieldProblem>,
}

/// Keeps wording as it stands, with the reason.
pub(in crate::web) async fn keep(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<KeepForm>,
) -> Result<HttpResponse, PageError> {
    let ((id, key), typed) = (path.into_inner(), form.input);
    let outcome = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &id)?;
        let unsaved = (!typed.place.is_empty()).then(|| (typed.place.clone(), typed.text.clone()));
        let input = KeepInput {
            reason: typed.reason.clone(),
            words: typed.words.clone(),
            unsaved,
        };
        let errors = match wording::keep(store, &signed.ctx, id, &key, &input) {
            Ok(note) => return kept(store, signed, id, note.place, typed),
            Err(EditError::Invalid(errors)) => errors,
            Err(error) => return Err(error.into()),
        };
        let (postmortem, notes) = wording::list(store, &signed.ctx, id)?;
        let note = notes.iter().find(|note| note.key() == key);
        Ok(Outcome::Refused(Box::new(Page {
            frame: Frame::of(signed, Part::PostMortems),
            postmortem: id,
            title: postmortem.facts.title.as_str().to_owned(),
            anchor: note.map_or_else(String::new, |note| note.place.anchor()),
            csrf: signed.form_token.clone(),
            quote: note.map_or_else(String::new, |note| note.quote().to_owned()),
            key,
            input: typed,
            errors,
        })))
    })
    .await?;
    Ok(match outcome {
        Outcome::Kept(place) => frame::see(&place),
        Outcome::Unsaved(page) => frame::ok(&*page),
        Outcome::Refused(page) => frame::again(&*page),
    })
}

/// What became of an answer.
enum Outcome {
    /// Where its text stands.
    Kept(String),
    /// It is kept, and its text is still not saved.
    Unsaved(Box<editor::Edit>),
    Refused(Box<Page>),
}

fn kept(
    store: &Store,
    signed: &Signed,
    id: PostMortemId,
    at: Place,
    typed: KeepForm,
) -> Result<Outcome, Problem> {
    let Place::Section(key) = &at else {
        return Ok(Outcome::Kept(place(id, &at)));
    };
    if typed.place.is_empty() {
        return Ok(Outcome::Kept(place(id, &at)));
    }
    let unsaved = Unsaved {
        key: key.clone(),
        text: typed.text,
        version: Version(typed.version),
    };
    let page = editor::unsaved(store, signed, id, unsaved)?;
    Ok(Outcome::Unsaved(Box::new(page)))
}

/// Takes a reason back.
pub(in crate::web) async fn take_back(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<()>,
) -> Result<HttpResponse, PageError> {
    let (id, key) = path.into_inner();
    let place = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &id)?;
        let answer = wording::take_back(store, &signed.ctx, id, &key)?;
        Ok(place(id, &answer.place))
    })
    .await?;
    Ok(frame::see(&place))
}

#[derive(Debug, Deserialize)]
pub(in crate::web) struct RewriteForm {
    version: i32,
}

/// Writes the words that a note offers.
pub(in crate::web) async fn rewrite(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<RewriteForm>,
) -> Result<HttpResponse, PageError> {
    let ((id, key), expected) = (path.into_inner(), Version(form.input.version));
    let place = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &id)?;
        let changed = wording::rewrite(store, &signed.ctx, id, &key, Some(expected))?;
        Ok(place(id, &changed))
    })
    .await?;
    Ok(frame::see(&place))
}

/// A text as it is being typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct TypedForm {
    place: String,
    text: String,
    /// What the ids of a list begin with that stands within the form of its text; empty for any other list.
    within: String,
}

/// The notes on a text as it is being typed. Nothing is kept.
pub(in crate::web) async fn consider(
    state: Data<State>,
    path: Path<String>,
    form: Form<TypedForm>,
) -> Result<HttpResponse, PageError> {
    let typed = form.input;
    let list = blocking::write(&state, form.visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let (place, notes) = wording::consider(store, &signed.ctx, id, &typed.place, &typed.text)?;
        if !typed.within.is_empty() {
            let list = FieldNotes::of(place, notes).named(&typed.within);
            return Ok(List::Within(Box::new(list)));
        }
        let (postmortem, _) = wording::list(store, &signed.ctx, id)?;
        let csrf = signed.form_token.as_str();
        let notes = Notes::new(&postmortem, csrf, &place, notes.into_iter());
        Ok::<_, Problem>(List::Below(Box::new(notes)))
    })
    .await?;
    Ok(match list {
        List::Within(notes) => frame::ok(&*notes),
        List::Below(notes) => frame::ok(&*notes),
    })
}

/// The notes on a text as it is being typed, by where they stand.
enum List {
    /// In the form of the text.
    Within(Box<FieldNotes>),
    /// Below it, with forms of their own.
    Below(Box<Notes>),
}

fn place(id: PostMortemId, place: &Place) -> String {
    format!("/postmortems/{id}/edit#{}", place.anchor())
}
