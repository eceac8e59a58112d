//! The part of the editor in which factor statements are written.

use askama::Template;
use serde::Deserialize;

use super::form::{FormView, Setting, StatementForm};
use super::reading::{Item, beginning, heading};
use crate::domain::factors::{FactorRole, blind_side_prompts, without_companion};
use crate::domain::ids::{CauseId, PostMortemId, StatementId};
use crate::domain::postmortem::PostMortem;
use crate::domain::taxonomy::core;
use crate::domain::text::Line;
use crate::domain::wording::of_statement;
use crate::web::pages::again::Refused;
use crate::web::pages::similar::Said;
use crate::web::pages::wording::{Board, Notes};

/// Which statement is open for writing, and which was just removed, as the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Open {
    /// `new`, or a statement's id.
    pub(in crate::web) factor: Option<String>,
    /// The factor that a new statement is about.
    pub(in crate::web) coded: Option<String>,
    /// The statement that was just saved; what is like it is shown under it.
    pub(in crate::web) said: Option<String>,
    /// The statement that was just removed.
    #[serde(rename = "removed_factor")]
    pub(in crate::web) removed: Option<String>,
}

impl Open {
    /// Whether a statement is open for writing.
    pub(in crate::web) const fn is_open(&self) -> bool {
        self.factor.is_some()
    }
}

/// The statements of the editor.
#[derive(Debug, Template)]
#[template(path = "factors/editor.html")]
pub(in crate::web) struct Editor {
    postmortem: PostMortemId,
    csrf: String,
    rows: Vec<(Item, Row)>,
    new: Option<FormView>,
    prompts: Vec<Prompt>,
    removed: Option<StatementId>,
}

/// What is shown around the statements.
#[derive(Debug)]
pub(in crate::web) struct Beside {
    /// Offered while a component is typed.
    pub(in crate::web) components: Vec<String>,
    /// The recurring causes of the statements.
    pub(in crate::web) linked: Vec<(StatementId, CauseId, Line)>,
    /// The statement that was just saved, and what is like it.
    pub(in crate::web) said: Option<(StatementId, Said)>,
}

/// What the editor adds to a statement: it is read here, or written.
#[derive(Debug)]
struct Row {
    number: usize,
    did: &'static str,
    bare: bool,
    needs_companion: bool,
    /// What is like it, right after it was saved.
    said: Option<Said>,
    form: Option<FormView>,
    notes: Vec<Notes>,
}

/// A question about the side that is usually missed.
#[derive(Debug)]
struct Prompt {
    question: &'static str,
    category: &'static str,
    factor: &'static str,
    example: &'static str,
}

impl Editor {
    /// The statements of a post-mortem.
    pub(in crate::web) fn new(
        postmortem: &PostMortem,
        board: &Board<'_>,
        open: &Open,
        beside: Beside,
    ) -> Self {
        let Beside {
            components,
            linked,
            mut said,
        } = beside;
        let csrf = board.csrf();
        let place = format!("/postmortems/{}", postmortem.facts.id);
        let setting = |statement: Option<StatementId>, heading: String| Setting {
            action: statement.map_or_else(
                || format!("{place}/factors"),
                |id| format!("{place}/factors/{id}"),
            ),
            close: statement.map_or_else(
                || format!("{place}/edit#factors"),
                |id| format!("{place}/edit#factor-{id}"),
            ),
            heading,
            within: true,
            csrf: csrf.to_owned(),
            statement,
            components: components.clone(),
        };
        let lonely: Vec<StatementId> = without_companion(&postmortem.statements, core())
            .iter()
            .map(|statement| statement.id)
            .collect();
        let rows = (1_usize..)
            .zip(&postmortem.statements)
            .map(|(number, statement)| {
                let id = statement.id.to_string();
                let form = (open.factor.as_deref() == Some(id.as_str())).then(|| {
                    let setting = setting(Some(statement.id), format!("Finding {number}"));
                    FormView::new(
                        postmortem,
                        setting,
                        StatementForm::of(statement),
                        &Refused::default(),
                    )
                });
                let said = said.take_if(|(id, _)| *id == statement.id);
                let row = Row {
                    number,
                    bare: statement.evidence.is_empty() && statement.role != FactorRole::Considered,
                    did: heading(statement.role),
                    needs_companion: lonely.contains(&statement.id),
                    said: said.map(|(_, said)| said),
                    form,
                    notes: board.row(of_statement(statement)),
                };
                (Item::new(statement, postmortem, &linked), row)
            })
            .collect();
        let new = (open.factor.as_deref() == Some("new")).then(|| {
            let blank = StatementForm::blank(open.coded.as_deref());
            let setting = setting(None, "A new finding".to_owned());
            FormView::new(postmortem, setting, blank, &Refused::default())
        });
        Self {
            postmortem: postmortem.facts.id,
            csrf: csrf.to_owned(),
            rows,
            new,
            prompts: prompts(postmortem),
            removed: open.removed.as_deref().and_then(StatementId::parse),
        }
    }
}

/// The questions, once the writer has put some findings into their own words.
fn prompts(postmortem: &PostMortem) -> Vec<Prompt> {
    if postmortem.statements.is_empty() {
        return Vec::new();
    }
    blind_side_prompts(postmortem.facts.system, &postmortem.statements, core())
        .into_iter()
        .map(|prompt| Prompt {
            question: prompt.question,
            category: &prompt.category.name,
            factor: prompt.factor.id.as_str(),
            example: &prompt.factor.people,
        })
        .collect()
}

/// What a button about a statement is called.
fn short(text: &str) -> String {
    beginning(text, 50)
}
