//! Post-mortems as they stand in lists on pages.

use chrono::NaiveDate;

use crate::domain::listing::Card;
use crate::domain::postmortem::{Severity, Status, Visibility};
use crate::domain::taxonomy::core;

/// A post-mortem in a list, in words.
#[derive(Debug, Clone)]
pub(in crate::web) struct CardView {
    /// Its page.
    pub(in crate::web) address: String,
    pub(in crate::web) title: String,
    /// The class and the word of its status.
    pub(in crate::web) tag: (&'static str, &'static str),
    pub(in crate::web) restricted: bool,
    pub(in crate::web) lede: String,
    /// Number, kind, severity and day.
    pub(in crate::web) facts: String,
    /// The names of its factors.
    pub(in crate::web) factors: String,
}

impl From<&Card> for CardView {
    fn from(card: &Card) -> Self {
        let number = card.number.map(|number| number.to_string());
        let severity = card.severity.map(Severity::label).map(str::to_owned);
        let kind = card.kind.label().to_owned();
        let facts = [
            number.clone(),
            Some(kind),
            severity,
            Some(day(card.filed_on)),
        ];
        let factors = card
            .factors
            .iter()
            .filter_map(|id| core().resolve(id.as_str()));
        Self {
            address: format!(
                "/postmortems/{}",
                number.unwrap_or_else(|| card.id.to_string())
            ),
            title: card.title.as_str().to_owned(),
            tag: (tag(card.status), card.status.label()),
            restricted: card.visibility == Visibility::Restricted,
            lede: card.lede.clone(),
            facts: facts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            factors: factors
                .map(|factor| factor.name.as_str())
                .collect::<Vec<_>>()
                .join(", "),
        }
    }
}

/// The class of a status word.
const fn tag(status: Status) -> &'static str {
    match status {
        Status::Draft => "draft",
        Status::InReview => "review",
        Status::Published => "published",
        Status::Archived => "archived",
        Status::Withdrawn => "withdrawn",
    }
}

/// A day as people write it: "14 October 2026".
pub(in crate::web) fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// An address with a query. What is empty is left out.
pub(in crate::web) fn address(path: &str, query: &[(&str, &str)]) -> String {
    let given: Vec<&(&str, &str)> = query
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .collect();
    match serde_html_form::to_string(&given) {
        Ok(text) if !text.is_empty() => format!("{path}?{text}"),
        _ => path.to_owned(),
    }
}
