//! What an import does with each part of a record that it brought in before.
//!
//! **Invariant:** a part that somebody changed or removed here is never touched.

use crate::domain::codes::coded;
use crate::domain::postmortem::Status;

coded! {
    /// What kind of part it is.
    Resource {
        /// Title, severity, day, address.
        Facts = "facts", "Title and facts";
        /// A written section.
        Section = "section", "Section";
        /// A row of the timeline.
        Event = "event", "Timeline event";
        /// A statement.
        Statement = "statement", "Statement";
        /// An idea.
        Action = "action", "Action";
    }
}

/// A part of a record: its kind, and what it is called where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Its kind.
    pub resource: Resource,
    /// What it is called there.
    pub key: String,
}

/// How a part stands here now, beside how an import left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// As the import wrote it.
    AsImported,
    /// Somebody changed it.
    Changed,
    /// Somebody removed it.
    Gone,
}

/// What the last import did with a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The digest of what was imported.
    pub digest: String,
    /// How it stands now.
    pub stands: Stands,
}

/// What is to be done with a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It is new.
    Add,
    /// It changed there, and nobody touched it here.
    Replace,
    /// Nothing is to be done.
    Leave,
    /// It changed there, and a person decides; the sentence says why.
    Unsure(&'static str),
}

/// What is to be done with a part that a file holds.
///
/// `written_here`: whether people wrote something in the same place before any import did.
#[must_use]
pub fn step(digest: &str, kept: Option<&Kept>, written_here: bool) -> Step {
    let Some(kept) = kept else {
        return if written_here {
            Step::Unsure("somebody wrote here, and the file has a text for the same place")
        } else {
            Step::Add
        };
    };
    if kept.digest == digest {
        return Step::Leave;
    }
    match kept.stands {
        Stands::AsImported => Step::Replace,
        Stands::Changed => Step::Unsure(
            "it changed in the file, and somebody changed it here since the last import",
        ),
        Stands::Gone => Step::Unsure("it changed in the file, and somebody removed it here"),
    }
}

/// Why nothing of a record may be changed by an import, whatever the file says; `None` if it may.
#[must_use]
pub const fn unsure(status: Status) -> Option<&'static str> {
    match status {
        Status::Draft | Status::Archived => None,
        Status::InReview => {
            Some("it is in review here, and an import changes nothing under its readers' eyes")
        }
        Status::Published => {
            Some("it is published here, and an import changes nothing that was published")
        }
        Status::Withdrawn => Some("it was withdrawn here"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_nobody_touched_is_replaced() {
        let kept = |stands| Kept {
            digest: "old".to_owned(),
            stands,
        };
        let check = |digest: &str, kept: Option<Kept>, written, expected: &str| {
            let step = format!("{:?}", step(digest, kept.as_ref(), written));
            assert!(step.starts_with(expected), "{step} is not {expected}");
        };
        check("new", None, false, "Add");
        check("new", None, true, "Unsure");
        for stands in [Stands::AsImported, Stands::Changed, Stands::Gone] {
            check("old", Some(kept(stands)), true, "Leave");
        }
        check("new", Some(kept(Stands::AsImported)), true, "Replace");
        check("new", Some(kept(Stands::Changed)), true, "Unsure");
        check("new", Some(kept(Stands::Gone)), false, "Unsure");
    }

    #[test]
    fn what_readers_rely_on_is_changed_by_no_import() {
        let free = Status::ALL
            .iter()
            .filter(|status| unsure(**status).is_none());
        assert_eq!(
            free.copied().collect::<Vec<_>>(),
            [Status::Draft, Status::Archived]
        );
    }
}
