//! Reading what people typed: all fields are read, and all problems are told at once.
//!
//! Doors hand over text as it was typed; the use cases read it here. So the three doors cannot disagree.

use chrono::NaiveDate;

use crate::domain::naming::KnownPeople;
use crate::domain::text::{Line, Prose, TextProblem};
pub use crate::domain::text::{address, day, excerpt};

/// A field that cannot be kept as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// The field's name in forms and JSON.
    pub field: &'static str,
    /// A sentence: what is the matter and what to do.
    pub message: String,
    /// Texts to choose from, where the question has a short list of answers: label, and what to type.
    pub choices: Vec<(String, String)>,
}

impl FieldProblem {
    /// A problem without choices.
    pub fn new(field: &'static str, message: impl std::fmt::Display) -> Self {
        Self {
            field,
            message: message.to_string(),
            choices: Vec::new(),
        }
    }
}

/// Collects the problems of a form while its fields are read.
#[derive(Debug, Default)]
pub struct Fields {
    problems: Vec<FieldProblem>,
}

impl Fields {
    /// Starts reading a form.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps a value, or notes why it cannot be kept.
    pub fn take<T, E: std::fmt::Display>(
        &mut self,
        field: &'static str,
        parsed: Result<T, E>,
    ) -> Option<T> {
        parsed
            .map_err(|error| self.problems.push(FieldProblem::new(field, error)))
            .ok()
    }

    /// Notes a problem.
    pub fn problem(&mut self, problem: FieldProblem) {
        self.problems.push(problem);
    }

    /// Reads a required code.
    pub fn code<T>(
        &mut self,
        field: &'static str,
        typed: &str,
        read: fn(&str) -> Option<T>,
        all: &[&str],
    ) -> Option<T> {
        let value = read(typed);
        if value.is_none() {
            self.problems.push(FieldProblem::new(
                field,
                format!("\"{}\" is not one of {}.", excerpt(typed), all.join(", ")),
            ));
        }
        value
    }

    /// Reads a code that may be left out; `Some(None)` is "left out".
    pub fn optional_code<T>(
        &mut self,
        field: &'static str,
        typed: Option<&str>,
        read: fn(&str) -> Option<T>,
        all: &[&str],
    ) -> Option<Option<T>> {
        match typed.map(str::trim).filter(|typed| !typed.is_empty()) {
            None => Some(None),
            Some(typed) => self.code(field, typed, read, all).map(Some),
        }
    }

    /// Reads a line that may be left out; `Some(None)` is "left out".
    pub fn optional_line(
        &mut self,
        field: &'static str,
        label: &'static str,
        typed: Option<&str>,
    ) -> Option<Option<Line>> {
        self.take(field, Line::optional(label, typed.unwrap_or_default()))
    }

    /// Reads a line that names a role, team or thing, never a person; `Some(None)` is "left out".
    pub fn impersonal(
        &mut self,
        people: &KnownPeople,
        field: &'static str,
        label: &'static str,
        typed: Option<&str>,
    ) -> Option<Option<Line>> {
        let line = self.optional_line(field, label, typed)?;
        let person = line
            .as_ref()
            .and_then(|line| people.named_in(line.as_str()));
        let Some(person) = person else {
            return Some(line);
        };
        self.problem(FieldProblem::new(
            field,
            format!(
                "{label} cannot be a person ({person}). Name the role, team, process or interface: it will still be there when people move on."
            ),
        ));
        None
    }

    /// Reads prose; nothing is empty prose.
    pub fn prose(
        &mut self,
        field: &'static str,
        label: &'static str,
        typed: Option<&str>,
    ) -> Option<Prose> {
        let parsed: Result<Prose, TextProblem> = Prose::parse(label, typed.unwrap_or_default());
        self.take(field, parsed)
    }

    /// Reads a day, `YYYY-MM-DD`, that may be left out; `Some(None)` is "left out".
    pub fn optional_day(
        &mut self,
        field: &'static str,
        typed: Option<&str>,
    ) -> Option<Option<NaiveDate>> {
        match typed.map(str::trim).filter(|typed| !typed.is_empty()) {
            None => Some(None),
            Some(typed) => self.take(field, day(typed)).map(Some),
        }
    }

    /// Reads the address of a web page that may be left out; `Some(None)` is "left out".
    pub fn optional_address(
        &mut self,
        field: &'static str,
        typed: Option<&str>,
    ) -> Option<Option<String>> {
        match typed.map(str::trim).filter(|typed| !typed.is_empty()) {
            None => Some(None),
            Some(typed) => self.take(field, address(typed)).map(Some),
        }
    }

    /// Ends reading.
    ///
    /// # Errors
    /// Every problem that was noted.
    pub fn finish(self) -> Result<(), Vec<FieldProblem>> {
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(self.problems)
        }
    }
}

/// The codes of an enum, for a sentence.
macro_rules! all_codes {
    ($name:ty) => {
        &<$name>::ALL
            .iter()
            .map(|value| value.as_code())
            .collect::<Vec<_>>()
    };
}
pub(crate) use all_codes;
