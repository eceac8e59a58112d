//! Notes on the wording of one post-mortem: where the checker asks for a second look, and what was answered.
//!
//! A note is answered by rewriting its sentence, which makes it go, or by keeping the sentence with a reason. Nothing is
//! counted by person: an answer does not know who gave it.

mod place; // which text is meant

use chrono::{DateTime, Utc};

pub use place::{Place, RowText};

use super::actions::Action;
use super::codes::coded;
use super::factors::Statement;
use super::language::{FindingSeverity, Found, Located, Words, in_sentences};
use super::postmortem::{Facts, PostMortem, Status};
use super::sections::Account;
use super::text::Line;
use super::timeline::Event;

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

    /// A name for the note within the form in which its text is written, whether that is saved yet or not.
    #[must_use]
    pub fn key_in_form(&self) -> String {
        hash(&self.place.in_form(), self.rule(), &self.sentence)
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

fn key(place: &Place, rule: &str, sentence: &str) -> String {
    hash(&place.to_string(), rule, sentence)
}

/// FNV-1a over 64 bits: short enough for an address, and within one post-mortem no two are the same by chance.
fn hash(place: &str, rule: &str, sentence: &str) -> String {
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

/// The notes on a text of a post-mortem that is not there yet; in the order of the text.
#[must_use]
pub fn notes_on_new(place: &Place, text: &str, words: &Words) -> Vec<Note> {
    look(place, text, &[], words)
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
    std::iter::once(title)
        .chain(sections)
        .chain(postmortem.events.iter().flat_map(of_event))
        .chain(postmortem.accounts.iter().flat_map(of_account))
        .chain(postmortem.statements.iter().flat_map(of_statement))
        .chain(postmortem.actions.iter().flat_map(of_action))
        .chain(of_facts(&postmortem.facts).into_iter().skip(1))
        .collect()
}

/// The texts of the facts, the title first.
#[must_use]
pub fn of_facts(facts: &Facts) -> [(Place, &str); 3] {
    let reasons = (&facts.no_commitments_because, &facts.over_limit_because);
    [
        (Place::Title, facts.title.as_str()),
        (Place::NoCommitments, reasons.0.as_str()),
        (Place::OverLimit, reasons.1.as_str()),
    ]
}

/// The text of an event.
#[must_use]
pub fn of_event(event: &Event) -> [(Place, &str); 1] {
    [(Place::Event(event.id), event.text.as_str())]
}

/// The text of an account.
#[must_use]
pub fn of_account(account: &Account) -> [(Place, &str); 1] {
    [(Place::Account(account.id), account.text.as_str())]
}

/// The texts of a factor statement.
#[must_use]
pub fn of_statement(one: &Statement) -> [(Place, &str); 2] {
    [
        (Place::Factor(one.id), one.text.as_str()),
        (Place::WithoutThis(one.id), one.without_this.as_str()),
    ]
}

/// The texts of an action.
#[must_use]
pub fn of_action(action: &Action) -> [(Place, &str); 4] {
    let id = action.id;
    [
        (Place::Action(id), action.title.as_str()),
        (Place::KnownBy(id), action.known_by.as_str()),
        (Place::Reach(id), action.reach.as_str()),
        (Place::StateReason(id), action.state_reason.as_str()),
    ]
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
}
