//! What is typed on the page of a cause, as it stands in its forms.

use serde::Deserialize;

use crate::app::FieldProblem;
use crate::domain::causes::Fix;
use crate::domain::ids::{FixId, Version};

/// A link that is being made.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::web) struct LinkForm {
    #[serde(default)]
    pub(super) factor_statement: String,
    #[serde(default)]
    pub(super) same: String,
    #[serde(default)]
    pub(super) different: String,
}

/// A line of the fix ledger.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::web) struct FixForm {
    #[serde(default)]
    pub(super) tried: String,
    #[serde(default)]
    pub(super) tried_on: String,
    #[serde(default)]
    pub(super) strength: String,
    #[serde(default)]
    pub(super) outcome: String,
    #[serde(default)]
    pub(super) version: i32,
}

/// A decision.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::web) struct DecisionForm {
    #[serde(default)]
    pub(super) decision: String,
    #[serde(default)]
    pub(super) reason: String,
    #[serde(default)]
    pub(super) relook_on: String,
}

/// Whose readers are to read the words.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::web) struct HomeForm {
    #[serde(default)]
    pub(super) postmortem: String,
}

/// The version that a button was made from.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::web) struct VersionForm {
    #[serde(default)]
    pub(super) version: i32,
}

/// What is looked at on the page of a cause.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::web) struct ShowQuery {
    /// Words to search statements by.
    #[serde(default)]
    pub(super) q: String,
    /// A statement that is about to be linked.
    #[serde(default)]
    pub(super) statement: String,
    /// A fix whose form is open.
    #[serde(default)]
    pub(super) fix: String,
}

/// Everything that is typed, and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    pub(super) link: LinkForm,
    pub(super) fix: FixForm,
    /// The line of the ledger that is being changed; a new one if `None`.
    pub(super) fix_id: Option<FixId>,
    /// What stands in it now, if somebody else changed it.
    pub(super) theirs: Option<String>,
    pub(super) decision: DecisionForm,
    pub(super) errors: Vec<FieldProblem>,
}

impl Typed {
    /// What is wrong with a field.
    pub(super) fn error(&self, field: &str) -> Option<&str> {
        let of = |error: &&FieldProblem| error.field == field;
        self.errors
            .iter()
            .find(of)
            .map(|error| error.message.as_str())
    }

    /// Opens the form of a fix as it stands.
    pub(super) fn open(&mut self, fix: &Fix) {
        self.fix_id = Some(fix.id);
        self.fix = FixForm {
            tried: fix.tried.as_str().to_owned(),
            tried_on: fix.tried_on.map(|day| day.to_string()).unwrap_or_default(),
            strength: fix
                .strength
                .map(|strength| strength.as_code().to_owned())
                .unwrap_or_default(),
            outcome: fix.outcome.as_str().to_owned(),
            version: fix.version.0,
        };
    }

    /// The version that a change of the open fix is made from.
    pub(super) const fn version(&self) -> Version {
        Version(self.fix.version)
    }
}
