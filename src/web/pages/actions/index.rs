//! All actions that one may read, and the question whether one of them is still right.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::reading::class;
use crate::app::FieldProblem;
use crate::app::actions::{self, ActionPage, ListInput, StateInput};
use crate::domain::actions::{ActionKind, ActionState, ListedAction, Strength};
use crate::domain::ids::{ActionId, Version};
use crate::domain::when;
use crate::store::Store;
use crate::web::address::part;
use crate::web::blocking::Signed;
use crate::web::body::{Form, Query};
use crate::web::frame::{self, Frame, Part};
use crate::web::pages::again::Refused;
use crate::web::problem::{PageError, Problem};
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// What the page is narrowed by, and which action is looked at.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct ActionsQuery {
    show: String,
    owner: String,
    cursor: String,
    action: Option<String>,
}

type Choice = (
    &'static str,
    &'static str,
    Option<ActionKind>,
    Option<ActionState>,
    bool,
);

/// What can be shown: name in the address, words, kind, state, whether overdue only.
const SHOWN: [Choice; 7] = [
    (
        "open",
        "Open commitments",
        Some(ActionKind::Commitment),
        Some(ActionState::Open),
        false,
    ),
    (
        "overdue",
        "Past their date",
        Some(ActionKind::Commitment),
        Some(ActionState::Open),
        true,
    ),
    (
        "ideas",
        "Ideas",
        Some(ActionKind::Idea),
        Some(ActionState::Open),
        false,
    ),
    ("done", "Done", None, Some(ActionState::Done), false),
    (
        "declined",
        "Declined",
        None,
        Some(ActionState::Declined),
        false,
    ),
    (
        "accepted",
        "Accepted",
        None,
        Some(ActionState::Accepted),
        false,
    ),
    (
        "handed-over",
        "Handed over",
        None,
        Some(ActionState::HandedOver),
        false,
    ),
];

#[derive(Template)]
#[template(path = "actions/index.html")]
struct Index {
    frame: Frame,
    query: ActionsQuery,
    heading: &'static str,
    rows: Vec<Row>,
    page: ActionPage,
    sweep: Option<Sweep>,
}

/// One line of the table.
#[derive(Debug)]
struct Row {
    id: ActionId,
    title: String,
    postmortem: String,
    name: String,
    tracker: Option<String>,
    owner: String,
    due_on: String,
    overdue: Option<i64>,
    age: String,
    strength: &'static str,
    state: &'static str,
    class: &'static str,
    reason: String,
}

impl Row {
    fn new(listed: &ListedAction, today: NaiveDate) -> Self {
        let action = &listed.action;
        Self {
            id: action.id,
            title: action.title.as_str().to_owned(),
            postmortem: format!("/postmortems/{}", listed.postmortem),
            name: name(listed),
            tracker: action.tracker.clone(),
            owner: action
                .owner
                .as_ref()
                .map_or("", |owner| owner.as_str())
                .to_owned(),
            due_on: action.due_on.map(when::day_text).unwrap_or_default(),
            overdue: action.days_overdue(today),
            age: listed.age_days(today).map(age).unwrap_or_default(),
            strength: action.strength.map_or("", Strength::label),
            state: action.state.label(),
            class: class(action.state),
            reason: action.state_reason.as_str().to_owned(),
        }
    }
}

/// A post-mortem's number, or its title as long as it has none.
fn name(listed: &ListedAction) -> String {
    listed.number.map_or_else(
        || listed.title.as_str().to_owned(),
        |number| number.to_string(),
    )
}

/// Days in words that are short: 39 d, 4 mo, 1 y. Months are 30 days, and years 365: it is an age, not a date.
fn age(days: i64) -> String {
    match days {
        ..=60 => format!("{days} d"),
        61..=729 => format!("{} mo", days / 30),
        _ => format!("{} y", days / 365),
    }
}

/// The question whether an action is still right.
#[derive(Debug, Template)]
#[template(path = "actions/sweep.html")]
struct Sweep {
    csrf: String,
    action: String,
    title: String,
    postmortem: String,
    name: String,
    anchor: String,
    finding: Option<String>,
    known_by: String,
    input: SweepForm,
    errors: Vec<FieldProblem>,
}

/// The answer to it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct SweepForm {
    #[serde(rename = "do")]
    answer: String,
    due_on: String,
    reason: String,
    tracker: String,
    version: i32,
}

/// The answers: what the form sends, and words.
const fn answers() -> &'static [(&'static str, &'static str)] {
    &[
        ("keep", "Keep it"),
        ("move", "Move the date"),
        ("done", "It is done"),
        ("declined", "Decline it"),
        ("accepted", "Accept the condition"),
        ("handed-over", "Hand it to a tracker"),
    ]
}

impl Sweep {
    fn new(
        signed: &Signed,
        listed: &ListedAction,
        input: SweepForm,
        errors: Vec<FieldProblem>,
    ) -> Self {
        let action = &listed.action;
        Self {
            csrf: signed.form_token.clone(),
            action: format!(
                "/postmortems/{}/actions/{}/state",
                listed.postmortem, action.id
            ),
            title: action.title.as_str().to_owned(),
            postmortem: format!("/postmortems/{}", listed.postmortem),
            name: name(listed),
            anchor: action.statement.map_or_else(
                || format!("#action-{}", action.id),
                |statement| format!("#factor-{statement}"),
            ),
            finding: listed
                .finding
                .as_ref()
                .map(|finding| finding.as_str().to_owned()),
            known_by: action.known_by.as_str().to_owned(),
            input,
            errors,
        }
    }

    fn error(&self, field: &str) -> Option<&str> {
        self.errors
            .iter()
            .find(|error| error.field == field)
            .map(|error| error.message.as_str())
    }
}

impl Index {
    fn load(store: &Store, signed: &Signed, mut query: ActionsQuery) -> Result<Self, Problem> {
        let [first, ..] = SHOWN;
        let (show, heading, kind, state, overdue) = SHOWN
            .into_iter()
            .find(|(show, ..)| *show == query.show)
            .unwrap_or(first);
        show.clone_into(&mut query.show);
        let input = ListInput {
            kind: kind.map(|kind| kind.as_code().to_owned()),
            state: state.map(|state| state.as_code().to_owned()),
            owner: Some(query.owner.clone()),
            overdue,
            after: Some(query.cursor.clone()),
            limit: None,
        };
        let page = actions::list(store, &signed.ctx, &input)?;
        let sweep = match query.action.as_deref().and_then(ActionId::parse) {
            None => None,
            Some(id) => {
                let listed = actions::find_listed(store, &signed.ctx, id)?;
                let input = SweepForm {
                    answer: "keep".to_owned(),
                    version: listed.action.version.0,
                    ..SweepForm::default()
                };
                Some(Sweep::new(signed, &listed, input, Vec::new()))
            }
        };
        let today = signed.ctx.now.date_naive();
        Ok(Self {
            frame: Frame::of(signed, Part::Actions),
            rows: page
                .items
                .iter()
                .map(|listed| Row::new(listed, today))
                .collect(),
            heading,
            query,
            page,
            sweep,
        })
    }

    /// The query that stays when something else of it changes.
    fn kept(&self) -> String {
        serde_html_form::to_string([
            ("show", self.query.show.as_str()),
            ("owner", self.query.owner.as_str()),
        ])
        .unwrap_or_default()
    }
}

/// All actions that one may read.
pub(in crate::web) async fn index(
    state: Data<State>,
    query: Query<ActionsQuery>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let page = blocking::read(&state, visitor, move |store, signed| {
        Index::load(store, signed, query.0)
    })
    .await?;
    Ok(frame::ok(&page))
}

/// The page with the question, when the answer was refused or somebody was faster.
#[derive(Template)]
#[template(path = "actions/reconsider.html")]
struct Reconsider {
    frame: Frame,
    refused: Refused,
    sweep: Sweep,
}

/// Keeps an action, moves its date, ends it, or hands it over.
pub(in crate::web) async fn reconsider(
    state: Data<State>,
    path: Path<(String, String)>,
    form: Form<SweepForm>,
) -> Result<HttpResponse, PageError> {
    let input = form.input;
    let place = format!("/actions#action-{}", path.1);
    let refused = blocking::write(&state, form.visitor, move |store, signed| {
        let (id, action) = part(store, &signed.ctx, &path, ActionId::parse)?;
        let expected = Some(Version(input.version));
        let ctx = &signed.ctx;
        let done = match input.answer.as_str() {
            "keep" => actions::read(store, ctx, id, action)
                .map_err(Problem::from)
                .map(|_| Ok(()))?,
            "move" => actions::set_due(
                store,
                ctx,
                id,
                action,
                (&input.due_on, &input.reason),
                expected,
            )
            .map(|_| ()),
            answer => {
                let state = StateInput {
                    state: Some(answer.to_owned()),
                    reason: Some(input.reason.clone()),
                    tracker: Some(input.tracker.clone()),
                };
                actions::set_state(store, ctx, id, action, &state, expected).map(|_| ())
            }
        };
        let refused = match done {
            Ok(()) => return Ok(None),
            Err(error) => Refused::of(error)?,
        };
        let listed = actions::find_listed(store, ctx, action)?;
        let input = SweepForm {
            version: listed.action.version.0,
            ..input
        };
        Ok(Some(Reconsider {
            frame: Frame::of(signed, Part::Actions),
            sweep: Sweep::new(signed, &listed, input, refused.errors.clone()),
            refused,
        }))
    })
    .await?;
    Ok(refused.map_or_else(
        || frame::see(&place),
        |page| frame::html(page.refused.status(), &page),
    ))
}
