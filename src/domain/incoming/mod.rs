//! What a file of another program holds, said in this program's words, and what becomes of it here.
//!
//! Every format is read to [`Incoming`] records; [`plan`] says what an import does with each part of one. So there is one
//! mechanism for all formats, and a format only knows how to read.
//!
//! **Invariant:** nothing here is decided by a person's name, and no event or action carries one that a format gives
//! as a person: [`Names`] puts a role in its place.

mod align; // which row is which, where rows have no names
mod encoding; // how letters are written as bytes
mod fields; // fields that a format has a name for
mod given; // rows and follow-up items, as a format gives them
mod lies; // where a file lies, and whether it tells the same story
mod names; // people, as roles
mod plan; // what becomes of each part
mod severity; // how grave, in others' words
mod story; // records put together
mod written; // texts that a person wrote, taken apart

use super::codes::coded;
use super::document::Document;

pub use align::{Said, align, key, moment, words};
pub use encoding::Encoding;
pub use given::{NewAction, NewEvent};
pub use lies::{Lies, shared_lines};
pub use names::Names;
pub use plan::{Kept, Place, Resource, Stands, Step, step, unsure};
pub use severity::severity;
pub use story::{RESTRICTED, Story};

coded! {
    /// Where something comes from.
    Format {
        /// An export of a workspace, as a zip.
        Slack = "slack", "Slack export (zip)";
        /// Incidents with log entries, as the API answers them.
        PagerDuty = "pagerduty", "PagerDuty incidents (JSON)";
        /// What Alertmanager sends.
        Alertmanager = "alertmanager", "Alertmanager webhook (JSON)";
        /// Incidents of a status page.
        Statuspage = "statuspage", "Statuspage incidents (JSON)";
        /// Incidents and alerts.
        Opsgenie = "opsgenie", "Opsgenie incidents (JSON)";
        /// Issues, as the API answers them or as a table.
        Jira = "jira", "Jira issues (JSON or CSV)";
        /// Issues, as the API answers them.
        GitHub = "github", "GitHub issues (JSON)";
        /// Incidents, as the API answers them.
        IncidentIo = "incident-io", "incident.io incidents (JSON)";
        /// Tables of Dispatch, as JSON or as a dump.
        Dispatch = "dispatch", "Netflix Dispatch (JSON or SQL dump)";
        /// The dump of a Morgue database.
        Morgue = "morgue", "Etsy Morgue (SQL dump)";
        /// A timeline or a list of actions, as a table.
        Csv = "csv", "Timeline or actions (CSV)";
        /// A written post-mortem.
        Markdown = "markdown", "Markdown with front matter";
    }
}

/// One record of a file, said in this program's words.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// Where it comes from.
    pub source: Format,
    /// What it is called there; never changes.
    pub foreign_id: String,
    /// Where it lies, for a record that has no name of its own but the file's.
    pub lies: Option<Lies>,
    /// Whether it is a finished document, not the raw material of one.
    pub finished: bool,
    /// What it says.
    pub document: Document,
    /// What its parts are called there.
    pub keys: Keys,
    /// Plain sentences for the person who imports: what was left out or assumed.
    pub remarks: Vec<String>,
    /// The part of the file from which it was read, as it was.
    pub original: String,
    /// How the file wrote that part.
    pub encoding: Encoding,
}

/// Names of the parts of a record where it comes from, each in the order of the document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keys {
    /// Of events.
    pub events: Vec<String>,
    /// Of statements.
    pub statements: Vec<String>,
    /// Of actions.
    pub actions: Vec<String>,
}
