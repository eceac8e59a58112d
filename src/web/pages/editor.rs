//! The page on which a post-mortem is written: every part is a form of its own.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;

use crate::app::members::{self as app_members, Circle};
use crate::app::names as app_names;
use crate::app::{causes, postmortems, publication, taxonomy};
use crate::domain::ids::PostMortemId;
use crate::domain::names::NameHere;
use crate::domain::postmortem::{Facts, PostMortem, Status};
use crate::domain::publication::{Check, Level};
use crate::domain::templates::{TemplateSection, core};
use crate::domain::wording::Place;
use crate::store::Store;
use crate::web::address::find;
use crate::web::blocking::Signed;
use crate::web::body::Query;
use crate::web::frame::{self, Frame, Part};
use crate::web::pages::gate::{self, Panel};
use crate::web::pages::postmortems::PagePart;
use crate::web::pages::similar::{Past, Said};
use crate::web::pages::wording::{Board, Notes};
use crate::web::pages::{
    accounts, actions, comments, factors, links, members, names, sections, timeline,
};
use crate::web::problem::{PageError, Problem};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// What the address says is open; every part reads its own fields.
#[derive(Debug, Default, serde::Deserialize)]
pub(in crate::web) struct EditQuery {
    #[serde(flatten)]
    timeline: timeline::EventQuery,
    #[serde(flatten)]
    accounts: accounts::Open,
    #[serde(flatten)]
    factors: factors::Open,
    #[serde(flatten)]
    actions: actions::Open,
}

/// What is open in the editor, was just done, or was refused; every part has its own.
#[derive(Debug, Default)]
pub(in crate::web) struct Open {
    pub(in crate::web) timeline: timeline::Open,
    pub(in crate::web) accounts: accounts::Open,
    pub(in crate::web) factors: factors::Open,
    pub(in crate::web) actions: actions::Open,
    pub(in crate::web) names: names::Open,
    /// A section with a text that is not saved.
    pub(in crate::web) unsaved: Option<sections::Unsaved>,
}

/// What the page needs to know beside the post-mortem.
struct Around {
    circle: Circle,
    past: Option<Past>,
    factors: factors::Beside,
    names: Vec<NameHere>,
    comments: comments::Rail,
}

#[derive(Template)]
#[template(path = "postmortems/edit.html")]
pub(in crate::web) struct Edit {
    frame: Frame,
    facts: Facts,
    parts: Vec<PagePart>,
    title: Notes,
    before: Vec<sections::Editor>,
    timeline: timeline::Editor,
    accounts: accounts::Editor,
    factors: factors::Editor,
    actions: actions::Editor,
    members: members::Editor,
    links: links::Editor,
    comments: comments::Rail,
    after: Vec<sections::Editor>,
    names: names::Editor,
    panel: Panel,
    /// None for what is finished: then it is read beside others, and not written.
    past: Option<Past>,
    /// Whether its readers have to be confirmed or may be; `None` if they are.
    readers: Option<Level>,
}

/// Sections that are written after timeline, factors and actions.
const AFTER: [&str; 2] = ["external", "open-questions"];

impl Edit {
    fn new(
        signed: &Signed,
        postmortem: &PostMortem,
        checks: &[Check],
        open: Open,
        around: Around,
    ) -> Self {
        let csrf = signed.form_token.as_str();
        let facts = &postmortem.facts;
        let saved = |key: &str| {
            postmortem
                .sections
                .iter()
                .find(|section| section.key == key)
        };
        let board = Board::new(postmortem, csrf);
        let editor = |template: &TemplateSection| {
            let place = Place::Section(template.key.clone());
            let made =
                |notes| sections::Editor::new(facts, template, saved(&template.key), csrf, notes);
            match open.unsaved.as_ref().filter(|one| one.key == template.key) {
                Some(unsaved) => made(board.on(&place, unsaved)).with(unsaved),
                None => made(board.at(&place)),
            }
        };
        // A section that came with an import stays editable, though no template offers it.
        let present = |template: &&TemplateSection| {
            core()
                .offered(facts.kind, facts.tier)
                .any(|offered| offered.key == template.key)
                || saved(&template.key).is_some()
        };
        let (after, before): (Vec<_>, Vec<_>) = core()
            .sections
            .iter()
            .filter(present)
            .partition(|template| AFTER.contains(&template.key.as_str()));
        let part = |template: &&TemplateSection| PagePart {
            anchor: format!("section-{}", template.key),
            heading: template.heading.clone(),
            filled: saved(&template.key).is_some_and(|section| !section.text.is_blank()),
        };
        let fixed = |anchor: &str, heading: &str, filled| PagePart {
            anchor: anchor.to_owned(),
            heading: heading.to_owned(),
            filled,
        };
        let middle = [
            fixed("timeline", "Timeline", !postmortem.events.is_empty()),
            fixed("accounts", "Accounts", !postmortem.accounts.is_empty()),
            fixed("factors", "Factors", !postmortem.statements.is_empty()),
            fixed("actions", "Actions", !postmortem.actions.is_empty()),
        ];
        Self {
            frame: Frame::of(signed, Part::PostMortems),
            parts: before
                .iter()
                .map(part)
                .chain(middle)
                .chain(after.iter().map(part))
                .collect(),
            title: board.at(&Place::Title),
            before: before.into_iter().map(editor).collect(),
            timeline: timeline::Editor::new(signed, postmortem, open.timeline, &board),
            accounts: accounts::Editor::new(postmortem, csrf, &open.accounts, &board),
            factors: factors::Editor::new(postmortem, &board, &open.factors, around.factors),
            actions: actions::Editor::new(postmortem, csrf, &open.actions, &board),
            members: members::Editor::new(around.circle),
            links: links::Editor::new(postmortem, csrf),
            comments: around.comments,
            after: after.into_iter().map(editor).collect(),
            names: names::Editor::new(postmortem, csrf, &open.names, around.names),
            panel: Panel::new(facts, checks),
            past: around.past,
            readers: gate::readers(checks),
            facts: facts.clone(),
        }
    }
}

/// The editor as it stands, with what is open. For the handlers of its parts, which show it again when a form was
/// refused.
pub(in crate::web) fn page(
    store: &Store,
    signed: &Signed,
    id: PostMortemId,
    open: Open,
) -> Result<Edit, Problem> {
    postmortems::for_editing(store, &signed.ctx, id)?;
    let (postmortem, checks) = publication::preview(store, &signed.ctx, id)?;
    let around = Around {
        circle: app_members::circle(store, &signed.ctx, id)?,
        past: (!postmortem.facts.status.is_finished())
            .then(|| Past::of(store, signed, id))
            .transpose()?,
        factors: beside_factors(store, signed, &postmortem, &open.factors)?,
        names: app_names::list(store, &signed.ctx, id)?.1,
        comments: comments::Rail::new(store, signed, &postmortem)?,
    };
    Ok(Edit::new(signed, &postmortem, &checks, open, around))
}

/// The editor with a text in the box of a section that is not saved.
pub(in crate::web) fn unsaved(
    store: &Store,
    signed: &Signed,
    id: PostMortemId,
    unsaved: sections::Unsaved,
) -> Result<Edit, Problem> {
    let open = Open {
        unsaved: Some(unsaved),
        ..Open::default()
    };
    page(store, signed, id, open)
}

fn beside_factors(
    store: &Store,
    signed: &Signed,
    postmortem: &PostMortem,
    open: &factors::Open,
) -> Result<factors::Beside, Problem> {
    let mut statements = postmortem.statements.iter();
    let said = statements.find(|statement| open.said.as_deref() == Some(&statement.id.to_string()));
    Ok(factors::Beside {
        components: if open.is_open() {
            taxonomy::components(store, &signed.ctx)?
        } else {
            Vec::new()
        },
        linked: causes::of_postmortem(store, &signed.ctx, postmortem.facts.id)?,
        said: said
            .map(|statement| {
                Ok::<_, Problem>((statement.id, Said::of(store, signed, statement.id)?))
            })
            .transpose()?,
    })
}

/// The editor.
pub(in crate::web) async fn edit(
    state: Data<State>,
    path: Path<String>,
    query: Query<EditQuery>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let Query(query) = query;
    let shown = blocking::read(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        let open = Open {
            timeline: timeline::Open::of(&query.timeline),
            accounts: query.accounts,
            factors: query.factors,
            actions: query.actions,
            ..Open::default()
        };
        page(store, signed, id, open)
    })
    .await?;
    Ok(frame::ok(&shown))
}
