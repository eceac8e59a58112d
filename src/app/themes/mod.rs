//! What keeps coming back: the table of a period, within what the reader may read.

use std::collections::BTreeMap;

mod asked;

pub use asked::{Asked, ThemesInput};

use super::Ctx;
use super::listing::ListError;
use crate::domain::listing::{Card, Filters, Total};
use crate::domain::postmortem::Status;
use crate::domain::taxonomy::{self, FactorId, Taxonomy};
use crate::domain::text::folded;
use crate::domain::themes::{By, COMPARED, Cited, Quarter, Rung, Themes, Told, count};
use crate::store::themes::Contribution;
use crate::store::{self, Conn, Store, StoreError};

/// The table of a period and what stands beside it.
#[derive(Debug, Clone)]
pub struct Counted {
    /// What was asked for.
    pub asked: Asked,
    /// The table.
    pub themes: Themes,
    /// The names of the themes.
    pub names: BTreeMap<String, String>,
    /// The post-mortems themselves, newest first, where they are too few to count.
    pub few: Vec<Card>,
    /// How many of the same period have the other status, and so are not in the table.
    pub apart: Total,
    /// How many are counted in all quarters, for a period that has too few.
    pub ever: Total,
    /// The version of the taxonomy with which they are read today.
    pub taxonomy: &'static Taxonomy,
}

impl Counted {
    /// What people call a theme.
    #[must_use]
    pub fn name<'a>(&'a self, theme: &'a str) -> &'a str {
        self.names.get(theme).map_or(theme, String::as_str)
    }
}

/// Counts a period.
///
/// # Errors
/// [`ListError::Invalid`] with every field that cannot be read.
pub fn table(store: &Store, ctx: &Ctx, input: &ThemesInput) -> Result<Counted, ListError> {
    let question = asked::parse(ctx, input)?;
    let reader = ctx.actor.person;
    store.read(|conn| {
        let asked = question.settled(conn, ctx)?;
        let columns = asked.from.through(asked.to);
        // A tendency looks further back than a short period does.
        let since = asked.from.min(asked.to.back(COMPARED - 1));
        let filters = asked.filters(since);
        let (told, contributions) = store::themes::told(conn, reader, &filters, asked.by)?;
        let told: Vec<Told> = told
            .into_iter()
            .map(|told| Told {
                postmortem: told.postmortem,
                quarter: Quarter::of(told.day),
            })
            .collect();
        let read = read(asked.by, &contributions);
        let cited: Vec<Cited<'_>> = contributions
            .iter()
            .map(|contribution| cite(contribution, &read))
            .collect();
        let themes = count(&columns, &told, &cited);
        Ok(Counted {
            few: few(conn, ctx, asked, &themes)?,
            apart: apart(conn, ctx, asked)?,
            ever: ever(conn, ctx, asked)?,
            asked,
            themes,
            names: read.into_values().flatten().collect(),
            taxonomy: taxonomy::core(),
        })
    })
}

/// The theme and its name that a stored factor or component stands for, if it stands for one.
type Read<'a> = BTreeMap<&'a str, Option<(String, String)>>;

/// Reads each factor or component once: thousands of statements name few of them.
fn read(by: By, contributions: &[Contribution]) -> Read<'_> {
    let mut read = Read::new();
    for stored in contributions.iter().filter_map(|one| one.named.as_deref()) {
        read.entry(stored).or_insert_with(|| theme(by, stored));
    }
    read
}

/// The theme and its name; an old factor reads as its successor.
fn theme(by: By, stored: &str) -> Option<(String, String)> {
    let core = taxonomy::core();
    let factor = || core.today(FactorId::stored(stored));
    match by {
        By::Factor => {
            let id = factor();
            let name = core.factor(&id).map(|factor| factor.name.clone());
            let id = id.as_str().to_owned();
            Some((id.clone(), name.unwrap_or(id)))
        }
        By::Category => core
            .category_of(&factor())
            .map(|category| (category.id.clone(), category.name.clone())),
        By::Component => Some((folded(stored), stored.to_owned())),
    }
}

/// A contribution as one citation of a theme.
fn cite<'a>(contribution: &Contribution, read: &'a Read<'_>) -> Cited<'a> {
    let named = contribution.named.as_deref();
    let theme = named.and_then(|named| read.get(named)?.as_ref());
    Cited {
        postmortem: contribution.postmortem,
        theme: theme.map(|(theme, _)| theme.as_str()),
        inferred: contribution.inferred,
    }
}

fn few(conn: &mut Conn, ctx: &Ctx, asked: Asked, themes: &Themes) -> Result<Vec<Card>, StoreError> {
    if themes.rung() != Rung::List {
        return Ok(Vec::new());
    }
    let filters = asked.filters(asked.from);
    store::listing::page(conn, ctx.actor.person, &filters, None, themes.n)
}

fn apart(conn: &mut Conn, ctx: &Ctx, asked: Asked) -> Result<Total, StoreError> {
    let other = match asked.status {
        Status::Archived => Status::Published,
        _ => Status::Archived,
    };
    let filters = Filters {
        status: Some(other),
        ..asked.filters(asked.from)
    };
    store::listing::total(conn, ctx.actor.person, &filters)
}

fn ever(conn: &mut Conn, ctx: &Ctx, asked: Asked) -> Result<Total, StoreError> {
    let filters = Filters {
        since: None,
        before: None,
        ..asked.filters(asked.from)
    };
    store::listing::total(conn, ctx.actor.person, &filters)
}
