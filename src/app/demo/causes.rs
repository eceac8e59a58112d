//! The recurring causes of the demonstration. The shape of their file is private to it.

use serde::Deserialize;

use super::{DemoError, Loaded, broken};
use crate::app::Ctx;
use crate::app::cause_links::{self, LinkInput};
use crate::app::causes::{self, CauseInput};
use crate::app::fixes::{self, DecisionInput, FixInput};
use crate::domain::ids::StatementId;
use crate::domain::text::Prose;
use crate::store::Conn;

const FILE: &str = "causes.yaml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CauseEntry {
    /// Names it within the file.
    #[serde(rename = "key")]
    _key: String,
    statement: String,
    description: String,
    links: Vec<LinkEntry>,
    #[serde(default)]
    fixes: Vec<FixEntry>,
    decision: String,
    decision_reason: String,
    relook_on: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkEntry {
    file: String,
    factor: String,
    same: String,
    different: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FixEntry {
    tried: String,
    tried_on: Option<String>,
    strength: Option<String>,
    outcome: Option<String>,
}

/// Makes the causes, with what was tried and what was decided.
pub(super) fn load(tx: &mut Conn, ctx: &Ctx, loaded: &[Loaded]) -> Result<(), DemoError> {
    let entries: Vec<CauseEntry> =
        serde_saphyr::from_str(&super::text(FILE)?).map_err(|error| broken(FILE, error))?;
    for entry in &entries {
        cause(tx, ctx, entry, loaded)?;
    }
    Ok(())
}

fn cause(tx: &mut Conn, ctx: &Ctx, entry: &CauseEntry, loaded: &[Loaded]) -> Result<(), DemoError> {
    let Some((first, others)) = entry.links.split_first() else {
        return Err(broken(FILE, "a cause needs a link"));
    };
    let input = CauseInput {
        statement: &entry.statement,
        description: &entry.description,
    };
    let words =
        |text: &str| Prose::parse("The link", text).map_err(|problem| broken(FILE, problem));
    let (same, different) = (words(&first.same)?, words(&first.different)?);
    let statement = first.statement(loaded)?;
    let id = causes::create_in(tx, ctx, input, statement, [&same, &different])?;
    for link in others {
        let input = LinkInput {
            statement: link.statement(loaded)?,
            same: &link.same,
            different: &link.different,
        };
        cause_links::link_in(tx, ctx, id, input)?;
    }
    for fix in &entry.fixes {
        let input = FixInput {
            tried: &fix.tried,
            tried_on: fix.tried_on.as_deref(),
            strength: fix.strength.as_deref(),
            outcome: fix.outcome.as_deref(),
        };
        fixes::add_in(tx, ctx, id, input)?;
    }
    let decision = DecisionInput {
        decision: &entry.decision,
        reason: &entry.decision_reason,
        relook_on: entry.relook_on.as_deref(),
    };
    fixes::decide_in(tx, ctx, id, decision)?;
    Ok(())
}

impl LinkEntry {
    /// The statement at this place of this file.
    fn statement(&self, loaded: &[Loaded]) -> Result<StatementId, DemoError> {
        let place = self
            .factor
            .strip_prefix('F')
            .and_then(|number| number.parse::<usize>().ok())
            .and_then(|number| number.checked_sub(1));
        loaded
            .iter()
            .find(|loaded| loaded.file == self.file)
            .zip(place)
            .and_then(|(loaded, place)| loaded.statements.get(place))
            .copied()
            .ok_or_else(|| broken(FILE, format!("{} has no {}", self.file, self.factor)))
    }
}
