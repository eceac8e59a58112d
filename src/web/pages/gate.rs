//! What stands between a text and its readers: the checks of the gate, as a list and as the panel of the editor.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;

use crate::app::{postmortems, publication};
use crate::domain::postmortem::{Facts, Status};
use crate::domain::publication::{Check, CheckCode, Level};
use crate::web::address::find;
use crate::web::frame;
use crate::web::problem::PageError;
use crate::web::visitor::Visitor;
use crate::web::{State, blocking};

/// A check that is not met: what it asks for, and where that is done.
pub(in crate::web) struct Line {
    pub(in crate::web) href: String,
    label: &'static str,
    pub(in crate::web) message: String,
}

/// The checks, those that stop publication apart from those that advise.
#[derive(Template)]
#[template(path = "postmortems/gate.html")]
pub(in crate::web) struct Gate {
    pub(in crate::web) required: Vec<Line>,
    advice: Vec<Line>,
    met: Vec<String>,
}

impl Gate {
    /// The checks of a post-mortem as they are read on a page. Links lead to the parts of `editor`, its address; on
    /// the editor itself that is nothing.
    pub(in crate::web) fn new(facts: &Facts, checks: &[Check], editor: &str) -> Self {
        let open = |level| {
            checks
                .iter()
                .filter(move |check| !check.met && check.level == level)
                .map(|check| Line::new(facts, check, editor))
                .collect()
        };
        Self {
            required: open(Level::Required),
            advice: open(Level::Advice),
            met: checks
                .iter()
                .filter(|check| check.met)
                .map(|check| check.message.clone())
                .collect(),
        }
    }
}

impl Line {
    fn new(facts: &Facts, check: &Check, editor: &str) -> Self {
        let Check { target, .. } = check;
        Self {
            // These two are done where one publishes, not where one writes.
            href: match check.code {
                CheckCode::Approval | CheckCode::Readers => {
                    format!("/postmortems/{}/publication#{target}", facts.id)
                }
                _ => format!("{editor}#{target}"),
            },
            label: check.code.label(),
            message: check.message.clone(),
        }
    }
}

/// Whether the readers must be confirmed or may be; `None` if they are.
pub(in crate::web) fn readers(checks: &[Check]) -> Option<Level> {
    checks
        .iter()
        .find(|check| check.code == CheckCode::Readers && !check.met)
        .map(|check| check.level)
}

/// The panel of the editor that says what is still to do.
#[derive(Template)]
#[template(path = "postmortems/panel.html")]
pub(in crate::web) struct Panel {
    facts: Facts,
    gate: Gate,
}

impl Panel {
    pub(in crate::web) fn new(facts: &Facts, checks: &[Check]) -> Self {
        Self {
            gate: Gate::new(facts, checks, ""),
            facts: facts.clone(),
        }
    }
}

/// The panel alone. The editor asks for it after a section has saved itself.
pub(in crate::web) async fn show(
    state: Data<State>,
    path: Path<String>,
    visitor: Visitor,
) -> Result<HttpResponse, PageError> {
    let panel = blocking::read(&state, visitor, move |store, signed| {
        let id = find(store, &signed.ctx, &path)?;
        postmortems::for_editing(store, &signed.ctx, id)?;
        let (postmortem, checks) = publication::preview(store, &signed.ctx, id)?;
        Ok(Panel::new(&postmortem.facts, &checks))
    })
    .await?;
    Ok(frame::ok(&panel))
}
