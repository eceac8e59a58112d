//! The part of the editor in which factor statements are written.

use askama::Template;
use serde::Deserialize;

use super::form::{FormView, Setting, StatementForm};
use super::reading::{Item, Piece, beginning, heading, pieces};
use crate::domain::factors::{FactorRole, Statement, blind_side_prompts, without_companion};
use crate::domain::ids::{PostMortemId, StatementId};
use crate::domain::postmortem::PostMortem;
use crate::domain::taxonomy::core;

/// Which statement is open for writing, and which was just removed, as the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Open {
    /// `new`, or a statement's id.
    pub(in crate::web) factor: Option<String>,
    /// The factor that a new statement is about.
    pub(in crate::web) coded: Option<String>,
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
    rows: Vec<Row>,
    new: Option<FormView>,
    prompts: Vec<Prompt>,
    removed: Option<StatementId>,
}

/// A statement that is read here, or written.
#[derive(Debug)]
struct Row {
    id: StatementId,
    number: usize,
    text: String,
    did: &'static str,
    factor: Option<(String, String)>,
    component: Option<String>,
    evidence: Vec<Piece>,
    bare: bool,
    inferred: bool,
    needs_companion: bool,
    form: Option<FormView>,
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
    /// The statements of a post-mortem; `components` are offered while typing.
    pub(in crate::web) fn new(
        postmortem: &PostMortem,
        csrf: &str,
        open: &Open,
        components: &[String],
    ) -> Self {
        let place = format!("/postmortems/{}", postmortem.facts.id);
        let setting = |below: &str, anchor: &str, heading: String| Setting {
            action: format!("{place}/factors{below}"),
            close: format!("{place}/edit#{anchor}"),
            heading,
            within: true,
            csrf: csrf.to_owned(),
            saved: !below.is_empty(),
            components: components.to_vec(),
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
                    let setting = setting(
                        &format!("/{id}"),
                        &format!("factor-{id}"),
                        format!("Finding {number}"),
                    );
                    FormView::new(
                        postmortem,
                        setting,
                        StatementForm::of(statement),
                        Vec::new(),
                    )
                });
                Row::new(statement, postmortem, number, form, &lonely)
            })
            .collect();
        let new = (open.factor.as_deref() == Some("new")).then(|| {
            let blank = StatementForm::blank(open.coded.as_deref());
            let setting = setting("", "factors", "A new finding".to_owned());
            FormView::new(postmortem, setting, blank, Vec::new())
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

impl Row {
    fn new(
        statement: &Statement,
        postmortem: &PostMortem,
        number: usize,
        form: Option<FormView>,
        lonely: &[StatementId],
    ) -> Self {
        let item = Item::new(statement, postmortem);
        Self {
            id: statement.id,
            number,
            text: item.text,
            did: heading(statement.role),
            factor: item.factor,
            component: item.component,
            evidence: pieces(statement, postmortem),
            bare: statement.evidence.is_empty() && statement.role != FactorRole::Considered,
            inferred: item.inferred,
            needs_companion: lonely.contains(&statement.id),
            form,
        }
    }

    /// What a button about it is called.
    fn short(&self) -> String {
        beginning(&self.text, 50)
    }
}
