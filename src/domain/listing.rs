//! What lists and searches show of post-mortems, and by what they are narrowed.

use chrono::{DateTime, NaiveDate, Utc};

use super::codes::coded;
use super::ids::{Number, PostMortemId};
use super::postmortem::{Kind, Severity, Status, SystemKind, Tier, Visibility};
use super::taxonomy::{FactorId, Taxonomy};
use super::text::{Title, folded};
use super::timeline::Lane;

coded! {
    /// A part that a post-mortem must have to be listed.
    Part {
        /// An idea or a commitment.
        Action = "action", "An idea or a commitment";
        /// A commitment.
        Commitment = "commitment", "A commitment";
        /// A row of the timeline.
        Event = "event", "A row of the timeline";
        /// A factor statement.
        Factor = "factor", "A factor statement";
    }
}

/// What a list is narrowed by. What is not given does not narrow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filters {
    /// Of this kind.
    pub kind: Option<Kind>,
    /// In this form.
    pub tier: Option<Tier>,
    /// In this kind of system.
    pub system: Option<SystemKind>,
    /// This grave.
    pub severity: Option<Severity>,
    /// At this point of its life.
    pub status: Option<Status>,
    /// With a statement that is coded with one of these; see [`factor_ids`]. Empty does not narrow.
    pub factors: Vec<FactorId>,
    /// With a statement about a component whose name holds these words.
    pub component: Option<ComponentWords>,
    /// Whether the statement must have contributed or weakened the response, as in the counts of themes.
    pub contributed: bool,
    /// Filed on this day or later.
    pub since: Option<NaiveDate>,
    /// Filed before this day.
    pub before: Option<NaiveDate>,
    /// With a timeline row in this lane; with words to look for, one that holds one of them.
    pub lane: Option<Lane>,
    /// With this part.
    pub part: Option<Part>,
}

/// Whole words of a component's name, or after `=` the whole name, in the spelling by which names are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComponentWords {
    words: String,
    whole: bool,
}

impl ComponentWords {
    /// Takes what was typed, without control characters: no name holds one, and PostgreSQL refuses to look for zero
    /// bytes. `None` for white space.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let typed = typed.replace(char::is_control, " ");
        let typed = typed.trim();
        let name = typed.strip_prefix('=');
        let words = folded(name.unwrap_or(typed));
        (!words.is_empty()).then_some(Self {
            words,
            whole: name.is_some(),
        })
    }

    /// Whether they are the whole name.
    #[must_use]
    pub const fn whole(&self) -> bool {
        self.whole
    }

    /// The words, folded.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.words
    }
}

/// The stored ids that a typed factor stands for: of a factor (old ids that read as it included), or of all factors of
/// a category. Empty if it is neither.
#[must_use]
pub fn factor_ids(taxonomy: &Taxonomy, typed: &str) -> Vec<FactorId> {
    let category = folded(typed);
    let mut ids: Vec<FactorId> = match taxonomy.resolve(typed) {
        Some(factor) => vec![factor.id.clone()],
        None => taxonomy
            .factors_of(&category)
            .map(|factor| factor.id.clone())
            .collect(),
    };
    let old: Vec<FactorId> = taxonomy
        .retired
        .iter()
        .filter(|retired| ids.contains(&retired.reads_as))
        .map(|retired| retired.id.clone())
        .collect();
    ids.extend(old);
    ids
}

/// The first day of a day, month or year as typed, between the years 1000 and 2999.
#[must_use]
pub fn first_day(typed: &str) -> Option<NaiveDate> {
    let mut parts = typed.split('-');
    let mut number = |digits: usize| {
        let part = parts.next()?;
        let plain = part.len() <= digits && part.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| part.parse::<u32>().ok()).flatten()
    };
    let year = number(4).filter(|year| (1000..=2999).contains(year))?;
    let rest = typed.matches('-').count();
    let month = if rest > 0 { number(2)? } else { 1 };
    let day = if rest > 1 { number(2)? } else { 1 };
    (rest < 3)
        .then(|| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day))
        .flatten()
}

/// A post-mortem as it stands in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Who it is in addresses.
    pub id: PostMortemId,
    /// The number people say, if it has one.
    pub number: Option<Number>,
    /// Its title.
    pub title: Title,
    /// Its kind.
    pub kind: Kind,
    /// Its form.
    pub tier: Tier,
    /// The kind of system.
    pub system: SystemKind,
    /// How grave.
    pub severity: Option<Severity>,
    /// Where it stands.
    pub status: Status,
    /// Who may read it.
    pub visibility: Visibility,
    /// The day by which it is listed.
    pub filed_on: NaiveDate,
    /// Where it was imported from.
    pub source: Option<String>,
    /// The first sentence of its summary; empty if it has none.
    pub lede: String,
    /// The factors of its contributing statements, each once, in their order.
    pub factors: Vec<FactorId>,
}

/// Something that waits for its writers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfinished {
    /// What it is.
    pub card: Card,
    /// How many rows its timeline has.
    pub events: usize,
    /// How many of the sections it is offered are empty.
    pub empty_parts: usize,
    /// When anything in it last changed.
    pub updated_at: DateTime<Utc>,
}

/// How many there are, counted only as far as it stays cheap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Total {
    /// The count, or the number at which counting ended.
    pub count: usize,
    /// Whether there are more than `count`.
    pub more: bool,
}

impl std::fmt::Display for Total {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits = self.count.to_string();
        let (thousands, rest) = digits.split_at(digits.len().saturating_sub(3));
        let comma = if thousands.is_empty() { "" } else { "," };
        let more = if self.more { "more than " } else { "" };
        write!(f, "{more}{thousands}{comma}{rest}")
    }
}

/// A place in a list that is ordered by filing day and id, newest first. It holds nothing but what the last row shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The filing day of the last row seen.
    pub filed_on: NaiveDate,
    /// The last row seen.
    pub id: PostMortemId,
}

impl Cursor {
    /// Reads a cursor as it was given out.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (day, id) = text.split_once('~')?;
        Some(Self {
            filed_on: NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?,
            id: PostMortemId::parse(id)?,
        })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}~{}", self.filed_on, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::{ComponentWords, Cursor, Total, factor_ids};
    use crate::domain::ids::PostMortemId;
    use crate::domain::taxonomy;

    #[test]
    fn a_factor_stands_for_its_old_ids_and_a_category_for_its_factors() {
        let ids = factor_ids(taxonomy::core(), "capacity-headroom");
        assert_eq!(ids.first().unwrap().as_str(), "capacity-headroom");
        assert!(ids.iter().any(|id| id.as_str() == "uneven-load"), "{ids:?}");
        assert!(factor_ids(taxonomy::core(), "Steering").len() > 1);
        assert!(factor_ids(taxonomy::core(), "human-error").is_empty());
    }

    #[test]
    fn a_cursor_reads_back_and_anything_else_is_none() {
        let cursor = Cursor {
            filed_on: chrono::NaiveDate::from_ymd_opt(2026, 10, 14).unwrap(),
            id: PostMortemId::new(),
        };
        assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
        for bad in ["", "~", "2026-10-14", "2026-10-14~x", "2026-13-14~", "é~é"] {
            assert_eq!(Cursor::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_total_says_when_it_stopped_counting() {
        let say = |count, more| Total { count, more }.to_string();
        assert_eq!(say(7, false), "7");
        assert_eq!(say(2_000, true), "more than 2,000");
    }

    #[test]
    fn component_words_are_folded_and_never_empty() {
        assert_eq!(
            ComponentWords::parse(" Billing  JOB ").unwrap().as_str(),
            "billing job"
        );
        assert_eq!(ComponentWords::parse(" "), None);
    }
}
