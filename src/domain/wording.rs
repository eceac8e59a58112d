//! Notes on the wording of one post-mortem: where the checker asks for a second look, and what was answered.
//!
//! A note is answered by rewriting its sentence, which makes it go, or by keeping the sentence with a reason. Nothing is
//! counted by person: an answer does not know who gave it.

use std::fmt;

use chrono::{DateTime, Utc};

use super::codes::coded;
use super::ids::{AccountId, ActionId, EventId, StatementId};
use super::language::{FindingSeverity, Found, Located, Words, in_sentences};
use super::postmortem::{PostMortem, Status};
use super::text::Line;

/// A text of a post-mortem in which wording is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The title.
    Title,
    /// A section, by its key.
    Section(String),
    /// The text of a timeline event.
    Event(EventId),
    /// An account.
    Account(AccountId),
    /// A factor statement.
    Factor(StatementId),
    /// What is to be done.
    Action(ActionId),
}

impl Place {
    /// Reads a place as [`Display`](fmt::Display) writes it: `title`, `section/summary`, `event/<id>`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text == "title" {
            return Some(Self::Title);
        }
        let (kind, which) = text.split_once('/')?;
        match kind {
            "section" => Some(Self::Section(which.to_owned())),
            "event" => EventId::parse(which).map(Self::Event),
            "account" => AccountId::parse(which).map(Self::Account),
            "factor" => StatementId::parse(which).map(Self::Factor),
            "action" => ActionId::parse(which).map(Self::Action),
            _ => None,
        }
    }

    /// Where it stands in the editor, as a fragment: `section-summary`, `event-<id>`.
    #[must_use]
    pub fn anchor(&self) -> String {
        self.to_string().replace('/', "-")
    }

    /// What it is called in a sentence.
    #[must_use]
    pub const fn noun(&self) -> &'static str {
        match self {
            Self::Title => "the title",
            Self::Section(_) => "a section",
            Self::Event(_) => "an event",
            Self::Account(_) => "an account",
            Self::Factor(_) => "a finding",
            Self::Action(_) => "an action",
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Title => f.write_str("title"),
            Self::Section(key) => write!(f, "section/{key}"),
            Self::Event(id) => write!(f, "event/{id}"),
            Self::Account(id) => write!(f, "account/{id}"),
            Self::Factor(id) => write!(f, "factor/{id}"),
            Self::Action(id) => write!(f, "action/{id}"),
        }
    }
}

coded! {
    /// Why wording is kept as it stands.
    Reason {
        /// Nobody is meant.
        System = "system", "It is about a system";
        /// Somebody else's words.
        Quotation = "quotation", "It is a quotation";
        /// People had agreed on it before.
        Expectation = "expectation", "It is an agreed expectation";
        /// In words of one's own.
        Other = "other", "Another reason";
    }
}

/// Wording that is kept, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// In which text.
    pub place: Place,
    /// The slug of the rule.
    pub rule: String,
    /// The sentence that is kept.
    pub sentence: String,
    /// Why.
    pub reason: Reason,
    /// More about it; always there for [`Reason::Other`].
    pub words: Option<Line>,
    /// When it was answered.
    pub at: DateTime<Utc>,
}

/// Wording worth a second look, in one text of a post-mortem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// In which text.
    pub place: Place,
    /// What was found there, and where in the text.
    pub located: Located,
    /// The sentence around it.
    pub sentence: String,
    /// Why it is kept, if it is.
    pub answer: Option<Answer>,
}

impl Note {
    /// A name for the note that stays while its sentence does. The same sentence twice has one name.
    #[must_use]
    pub fn key(&self) -> String {
        key(&self.place, self.rule(), &self.sentence)
    }

    /// The slug of the rule.
    #[must_use]
    pub const fn rule(&self) -> &'static str {
        self.located.finding.rule
    }

    /// How it weighs.
    #[must_use]
    pub const fn severity(&self) -> FindingSeverity {
        self.located.finding.severity
    }

    /// The words themselves.
    #[must_use]
    pub fn quote(&self) -> &str {
        &self.located.quote
    }

    /// Whether it has to be answered before publishing: hints never have.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.answer.is_none() && self.severity() != FindingSeverity::Hint
    }
}

impl Answer {
    /// The name of the note that it answers.
    #[must_use]
    pub fn key(&self) -> String {
        key(&self.place, &self.rule, &self.sentence)
    }
}

/// FNV-1a over 64 bits: short enough for an address, and within one post-mortem no two are the same by chance.
fn key(place: &Place, rule: &str, sentence: &str) -> String {
    let text = format!("{place}\n{rule}\n{sentence}");
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// The notes on a text that stands, or would stand, in a place of a post-mortem; in the order of the text.
#[must_use]
pub fn notes_on(postmortem: &PostMortem, place: &Place, text: &str) -> Vec<Note> {
    look(place, text, &postmortem.answers, &postmortem.words)
}

fn look(place: &Place, text: &str, answers: &[Answer], words: &Words) -> Vec<Note> {
    in_sentences(text, words)
        .into_iter()
        .map(|Found { located, sentence }| Note {
            place: place.clone(),
            answer: answers
                .iter()
                .find(|answer| {
                    answer.place == *place
                        && answer.rule == located.finding.rule
                        && answer.sentence == sentence
                })
                .cloned(),
            located,
            sentence,
        })
        .collect()
}

/// The texts in which wording is looked at, in the order of the editor.
///
/// The first story is what was said on day one: a quotation as a whole, and left as it was said.
#[must_use]
pub fn texts(postmortem: &PostMortem) -> Vec<(Place, &str)> {
    let title = (Place::Title, postmortem.facts.title.as_str());
    let sections = postmortem
        .sections
        .iter()
        .filter(|section| section.key != "first-story")
        .map(|section| (Place::Section(section.key.clone()), section.text.as_str()));
    let events = postmortem.events.iter();
    let accounts = postmortem.accounts.iter();
    let statements = postmortem.statements.iter();
    let actions = postmortem.actions.iter();
    std::iter::once(title)
        .chain(sections)
        .chain(events.map(|event| (Place::Event(event.id), event.text.as_str())))
        .chain(accounts.map(|account| (Place::Account(account.id), account.text.as_str())))
        .chain(statements.map(|one| (Place::Factor(one.id), one.text.as_str())))
        .chain(actions.map(|action| (Place::Action(action.id), action.title.as_str())))
        .collect()
}

/// Every note on a post-mortem. An archived one was finished elsewhere, and there is none on it.
#[must_use]
pub fn notes(postmortem: &PostMortem) -> Vec<Note> {
    if postmortem.facts.status == Status::Archived {
        return Vec::new();
    }
    texts(postmortem)
        .into_iter()
        .flat_map(|(place, text)| notes_on(postmortem, &place, text))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(note: &Note) -> Answer {
        Answer {
            place: note.place.clone(),
            rule: note.rule().to_owned(),
            sentence: note.sentence.clone(),
            reason: Reason::Quotation,
            words: None,
            at: DateTime::UNIX_EPOCH,
        }
    }

    fn section(key: &str) -> Place {
        Place::Section(key.to_owned())
    }

    const BLAME: &str = "The engineer should have tested the restore.";

    #[test]
    fn an_answer_holds_while_its_sentence_does() {
        let place = section("summary");
        let kept = answer(&look(&place, BLAME, &[], &Words::new())[0]);
        let open = |place: &Place, text: &str| {
            look(place, text, std::slice::from_ref(&kept), &Words::new())
                .iter()
                .filter(|note| note.is_open())
                .count()
        };
        assert_eq!(open(&place, BLAME), 0);
        assert_eq!(open(&place, &format!("😀 New words. {BLAME} And more.")), 0);
        assert_eq!(open(&place, &format!("{BLAME} Then.\n\n- {BLAME}")), 0);
        assert_eq!(open(&place, &BLAME.replace("restore", "backup")), 1);
        assert_eq!(open(&section("impact"), BLAME), 1);
        let other = format!("{BLAME} The nurse failed to check the chart.");
        assert_eq!(open(&place, &other), 1);
    }

    #[test]
    fn a_place_reads_back() {
        for place in [
            Place::Title,
            section("summary"),
            Place::Event(EventId::new()),
            Place::Account(AccountId::new()),
            Place::Factor(StatementId::new()),
            Place::Action(ActionId::new()),
        ] {
            assert_eq!(Place::parse(&place.to_string()), Some(place));
        }
        for other in ["", "section", "event/1", "person/x", "/"] {
            assert_eq!(Place::parse(other), None);
        }
    }
}
