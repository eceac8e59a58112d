//! What keeps coming back: the table of a period, within what the reader may read.

use std::collections::BTreeMap;

mod asked;

pub use asked::{Asked, ThemesInput};

use super::Ctx;
use super::listing::ListError;
use crate::domain::factors::Confidence;
use crate::domain::listing::{Card, Filters, Total};
use crate::domain::postmortem::Status;
use crate::domain::taxonomy::{self, Taxonomy};
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
        let told: Vec<Told> = store::themes::told(conn, reader, &filters)?
            .into_iter()
            .map(|(postmortem, day)| Told {
                postmortem,
                quarter: Quarter::of(day),
            })
            .collect();
        let contributions = store::themes::contributions(conn, reader, &filters)?;
        let mut names = BTreeMap::new();
        let cited: Vec<Cited> = contributions
            .into_iter()
            .map(|contribution| cite(asked.by, contribution, &mut names))
            .collect();
        let themes = count(&columns, &told, &cited);
        Ok(Counted {
            few: few(conn, ctx, asked, &themes)?,
            apart: apart(conn, ctx, asked)?,
            ever: ever(conn, ctx, asked)?,
            asked,
            themes,
            names,
            taxonomy: taxonomy::core(),
        })
    })
}

/// A contribution as one citation of a theme; an old factor reads as its successor.
fn cite(by: By, contribution: Contribution, names: &mut BTreeMap<String, String>) -> Cited {
    let core = taxonomy::core();
    let factor = contribution.factor.map(|id| core.today(id));
    let theme = match by {
        By::Factor => factor.map(|id| {
            let name = core.factor(&id).map(|factor| factor.name.clone());
            let id = id.as_str().to_owned();
            (id.clone(), name.unwrap_or(id))
        }),
        By::Category => factor
            .and_then(|id| core.category_of(&id))
            .map(|category| (category.id.clone(), category.name.clone())),
        By::Component => contribution
            .component
            .map(|name| (folded(name.as_str()), name.as_str().to_owned())),
    };
    Cited {
        postmortem: contribution.postmortem,
        theme: theme.map(|(theme, name)| {
            if !names.contains_key(&theme) {
                names.insert(theme.clone(), name);
            }
            theme
        }),
        inferred: contribution.confidence == Confidence::Inferred,
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
