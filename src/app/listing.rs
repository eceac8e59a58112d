//! Lists of post-mortems, and what waits for a person who comes in.

use chrono::Days;

use super::input::{Fields, all_codes};
use super::{Ctx, FieldProblem};
use crate::domain::causes::CauseSummary;
use crate::domain::listing::{
    Card, ComponentWords, Cursor, Filters, Total, Unfinished, factor_ids, first_day,
};
use crate::domain::postmortem::{Kind, Severity, Status, SystemKind, Tier};
use crate::domain::taxonomy;
use crate::store::{self, Store, StoreError};

/// How many are shown if nobody says.
pub const PAGE: usize = 50;
/// The most that one page holds.
pub const MOST: usize = 200;
/// How many of each stand on the home page.
const AT_HOME: usize = 5;
/// How many recurring causes.
const CAUSES_AT_HOME: usize = 4;
/// How far from the same day a year ago still counts as the same week.
const HALF_A_WEEK: Days = Days::new(3);

/// What a list is narrowed by, as typed; `None` and white space are "not said".
#[derive(Debug, Clone, Default)]
pub struct FiltersInput {
    /// Code of a [`Kind`].
    pub kind: Option<String>,
    /// Code of a [`Tier`].
    pub tier: Option<String>,
    /// Code of a [`SystemKind`].
    pub system: Option<String>,
    /// Code of a [`Severity`].
    pub severity: Option<String>,
    /// Code of a [`Status`].
    pub status: Option<String>,
    /// A factor or a category.
    pub factor: Option<String>,
    /// Words of a component's name; after `=` the whole name.
    pub component: Option<String>,
    /// Whether factor and component must have contributed, as in the counts of themes.
    pub contributed: bool,
    /// The first day; a month or a year is its first day.
    pub after: Option<String>,
    /// The day after the last one; a month or a year is its first day.
    pub before: Option<String>,
}

/// A list as asked for.
#[derive(Debug, Clone, Default)]
pub struct ListInput {
    /// What it is narrowed by.
    pub filters: FiltersInput,
    /// Where the page before ended, as it was given out.
    pub cursor: Option<String>,
    /// How many to show; [`PAGE`] if nobody says.
    pub limit: Option<usize>,
}

/// A page of a list.
#[derive(Debug, Clone)]
pub struct List {
    /// Newest first.
    pub cards: Vec<Card>,
    /// How many there are on all pages.
    pub total: Total,
    /// Where the next page begins.
    pub next: Option<Cursor>,
}

/// What waits for a person who comes in.
#[derive(Debug, Clone)]
pub struct Home {
    /// What they write.
    pub unfinished: Vec<Unfinished>,
    /// What others wrote and nobody but its writers has read yet.
    pub to_read: Vec<Card>,
    /// Drafts that a program began, and in which nobody wrote yet.
    pub to_tell: Vec<Card>,
    /// What was published last.
    pub new_lessons: Vec<Card>,
    /// What happened a year ago this week.
    pub year_ago: Vec<Card>,
    /// The recurring causes seen last.
    pub recurring: Vec<CauseSummary>,
    /// Whether there is nothing at all that they may read.
    pub empty: bool,
}

/// Why a list was not made.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// What it is narrowed by cannot be read.
    #[error("Some of what the list is narrowed by cannot be read.")]
    Invalid(Vec<FieldProblem>),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Vec<FieldProblem>> for ListError {
    fn from(problems: Vec<FieldProblem>) -> Self {
        Self::Invalid(problems)
    }
}

/// The post-mortems that the actor may read, newest first.
///
/// # Errors
/// [`ListError::Invalid`] for filters and cursors that cannot be read.
pub fn list(store: &Store, ctx: &Ctx, input: &ListInput) -> Result<List, ListError> {
    let mut fields = Fields::new();
    let filters = filters(&mut fields, &input.filters, Filters::default());
    let after = fields.take("cursor", cursor(input.cursor.as_deref()));
    fields.finish()?;
    let most = input.limit.unwrap_or(PAGE).clamp(1, MOST);
    store.read(|conn| {
        let reader = ctx.actor.person;
        let mut cards = store::listing::page(conn, reader, &filters, after.flatten(), most + 1)?;
        let more = cards.len() > most;
        cards.truncate(most);
        let last = cards.last().filter(|_| more);
        Ok(List {
            next: last.map(|card| Cursor {
                filed_on: card.filed_on,
                id: card.id,
            }),
            total: store::listing::total(conn, reader, &filters)?,
            cards,
        })
    })
}

/// Whether nothing is published yet that the actor may read.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn is_first(store: &Store, ctx: &Ctx) -> Result<bool, StoreError> {
    store.read(|conn| {
        let published = store::listing::newly_published(conn, ctx.actor.person, 1)?;
        Ok(published.is_empty())
    })
}

/// What waits for the actor, and what is new to learn.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn home(store: &Store, ctx: &Ctx) -> Result<Home, StoreError> {
    store.read(|conn| {
        let reader = ctx.actor.person;
        let unfinished = store::listing::unfinished(conn, reader, AT_HOME)?;
        let to_read = store::listing::waiting_for_a_reader(conn, reader, AT_HOME)?;
        let to_tell = store::listing::waiting_to_be_told(conn, reader, AT_HOME)?;
        let new_lessons = store::listing::newly_published(conn, reader, AT_HOME)?;
        let then = ctx
            .now
            .date_naive()
            .checked_sub_months(chrono::Months::new(12));
        let week =
            then.and_then(|day| Some((day - HALF_A_WEEK, day.checked_add_days(HALF_A_WEEK)?)));
        let year_ago = match week {
            Some(days) => store::listing::finished_between(conn, reader, days, AT_HOME)?,
            None => Vec::new(),
        };
        let mut recurring = super::causes::list_in(conn, reader)?;
        recurring.truncate(CAUSES_AT_HOME);
        let something = !unfinished.is_empty() || !new_lessons.is_empty();
        Ok(Home {
            empty: !something
                && store::listing::total(conn, reader, &Filters::default())?.count == 0,
            unfinished,
            to_read,
            to_tell,
            new_lessons,
            year_ago,
            recurring,
        })
    })
}

/// Reads what a list is narrowed by; what is not said stays as it is in `stands`.
pub(super) fn filters(fields: &mut Fields, input: &FiltersInput, stands: Filters) -> Filters {
    let (kind, tier) = (input.kind.as_deref(), input.tier.as_deref());
    let (system, severity) = (input.system.as_deref(), input.severity.as_deref());
    let kind = fields.optional_code("kind", kind, Kind::from_code, all_codes!(Kind));
    let tier = fields.optional_code("tier", tier, Tier::from_code, all_codes!(Tier));
    let system = fields.optional_code(
        "system",
        system,
        SystemKind::from_code,
        all_codes!(SystemKind),
    );
    let severity = fields.optional_code(
        "severity",
        severity,
        Severity::from_code,
        all_codes!(Severity),
    );
    let status = fields.optional_code(
        "status",
        input.status.as_deref(),
        Status::from_code,
        all_codes!(Status),
    );
    let factors = said(input.factor.as_ref()).and_then(|typed| {
        let ids = factor_ids(taxonomy::core(), typed);
        let found = if ids.is_empty() {
            Err("This is no factor and no category of the taxonomy. Look its id up under Themes.")
        } else {
            Ok(ids)
        };
        fields.take("factor", found)
    });
    let since = said(input.after.as_ref()).and_then(|typed| fields.take("after", day(typed)));
    let before = said(input.before.as_ref()).and_then(|typed| fields.take("before", day(typed)));
    Filters {
        kind: kind.flatten().or(stands.kind),
        tier: tier.flatten().or(stands.tier),
        system: system.flatten().or(stands.system),
        severity: severity.flatten().or(stands.severity),
        status: status.flatten().or(stands.status),
        factors: factors.unwrap_or(stands.factors),
        component: input
            .component
            .as_deref()
            .and_then(ComponentWords::parse)
            .or(stands.component),
        contributed: input.contributed || stands.contributed,
        since: since.or(stands.since),
        before: before.or(stands.before),
        ..stands
    }
}

fn said(typed: Option<&String>) -> Option<&str> {
    typed
        .map(|typed| typed.trim())
        .filter(|typed| !typed.is_empty())
}

fn day(typed: &str) -> Result<chrono::NaiveDate, &'static str> {
    first_day(typed)
        .ok_or("This is not a day, a month or a year. Write it as 2026-10-14, 2026-10 or 2026.")
}

fn cursor(typed: Option<&str>) -> Result<Option<Cursor>, &'static str> {
    match typed.filter(|typed| !typed.is_empty()) {
        None => Ok(None),
        Some(typed) => Cursor::parse(typed)
            .map(Some)
            .ok_or("This is not a place in the list. Start again without a cursor."),
    }
}
