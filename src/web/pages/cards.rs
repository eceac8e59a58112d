//! Post-mortems as they stand in lists on pages.

use chrono::{Datelike as _, Month, NaiveDate};

use crate::domain::listing::Card;
use crate::domain::postmortem::{Severity, Status, Visibility};
use crate::domain::taxonomy::core;

/// A post-mortem in a list, in words.
#[derive(Debug, Clone)]
pub(in crate::web) struct CardView {
    /// Its page.
    pub(in crate::web) address: String,
    pub(in crate::web) title: String,
    /// The class and the word of its status; none for what is published, as most are.
    pub(in crate::web) tag: Option<(&'static str, &'static str)>,
    pub(in crate::web) restricted: bool,
    pub(in crate::web) lede: String,
    /// Number, kind, severity and day.
    pub(in crate::web) facts: String,
    /// The names of its first factors.
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
            .filter_map(|id| core().resolve(id.as_str()))
            .map(|factor| factor.name.as_str());
        Self {
            address: format!(
                "/postmortems/{}",
                number.unwrap_or_else(|| card.id.to_string())
            ),
            title: card.title.as_str().to_owned(),
            tag: tag(card.status).map(|class| (class, card.status.label())),
            restricted: card.visibility == Visibility::Restricted,
            lede: card.lede.clone(),
            facts: facts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            factors: some_of(&factors.collect::<Vec<_>>()),
        }
    }
}

/// The first three, and how many more there are: a list is to be scanned.
fn some_of(names: &[&str]) -> String {
    let first: Vec<&str> = names.iter().take(3).copied().collect();
    match names.len() - first.len() {
        0 => first.join(" · "),
        more => format!("{} · and {more} more", first.join(" · ")),
    }
}

/// The class of a status word.
const fn tag(status: Status) -> Option<&'static str> {
    match status {
        Status::Draft => Some("draft"),
        Status::InReview => Some("review"),
        Status::Published => None,
        Status::Archived => Some("archived"),
        Status::Withdrawn => Some("withdrawn"),
    }
}

/// A day as people write it: "14 October 2026".
pub(in crate::web) fn day(day: NaiveDate) -> String {
    // Without a format string, which takes longer to read than the day to write.
    let month = u8::try_from(day.month()).ok();
    let month = month.and_then(|month| Month::try_from(month).ok());
    let name = month.map_or("", |month| month.name());
    format!("{} {name} {}", day.day(), day.year())
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
