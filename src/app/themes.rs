//! What keeps coming back: the table of a period, within what the reader may read.

use std::collections::BTreeMap;

use super::input::{Fields, all_codes, excerpt};
use super::listing::ListError;
use super::{Ctx, FieldProblem};
use crate::domain::factors::Confidence;
use crate::domain::listing::{Card, Filters, Total};
use crate::domain::postmortem::{Kind, Status, SystemKind};
use crate::domain::taxonomy::{self, Taxonomy};
use crate::domain::text::folded;
use crate::domain::themes::{By, COMPARED, Cited, Quarter, Rung, Themes, Told, count};
use crate::store::themes::Contribution;
use crate::store::{self, Conn, Store, StoreError};

/// How many quarters are shown unless somebody asks for others: those that a tendency compares.
const USUAL: u32 = COMPARED;
/// The most quarters that are shown: ten years.
const MOST_QUARTERS: u32 = 40;

/// A table as asked for. What is left out has its usual value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThemesInput {
    /// The first quarter, as `2026-Q3` or a day in it.
    pub from: Option<String>,
    /// The last quarter, likewise.
    pub to: Option<String>,
    /// Code of a [`By`].
    pub by: Option<String>,
    /// Code of a [`Kind`].
    pub kind: Option<String>,
    /// Code of a [`SystemKind`].
    pub system: Option<String>,
    /// `published` or `archived`: the two are never mixed.
    pub status: Option<String>,
}

/// What was asked for, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The first quarter.
    pub from: Quarter,
    /// The last quarter.
    pub to: Quarter,
    /// What is counted.
    pub by: By,
    /// Of this kind only.
    pub kind: Option<Kind>,
    /// In this kind of system only.
    pub system: Option<SystemKind>,
    /// Published or archived.
    pub status: Status,
}

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
    let asked = parse(ctx, input)?;
    let columns = asked.from.through(asked.to);
    let reader = ctx.actor.person;
    store.read(|conn| {
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
            names.insert(theme.clone(), name);
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

impl Asked {
    fn filters(self, since: Quarter) -> Filters {
        Filters {
            kind: self.kind,
            system: self.system,
            status: Some(self.status),
            since: Some(since.first_day()),
            before: Some(self.to.next().first_day()),
            ..Filters::default()
        }
    }
}

fn parse(ctx: &Ctx, input: &ThemesInput) -> Result<Asked, Vec<FieldProblem>> {
    let mut fields = Fields::new();
    let by = fields.optional_code("by", input.by.as_deref(), By::from_code, all_codes!(By));
    let kind = fields.optional_code(
        "kind",
        input.kind.as_deref(),
        Kind::from_code,
        all_codes!(Kind),
    );
    let system = fields.optional_code(
        "system",
        input.system.as_deref(),
        SystemKind::from_code,
        all_codes!(SystemKind),
    );
    let counted = |code: &str| {
        Status::from_code(code)
            .filter(|status| matches!(status, Status::Published | Status::Archived))
    };
    let status = match said(input.status.as_ref()) {
        None => Some(Status::Published),
        Some(typed) => fields.take(
            "status",
            counted(typed)
                .ok_or("Published and archived post-mortems are counted, each by themselves."),
        ),
    };
    let to = quarter(&mut fields, "to", input.to.as_ref());
    let from = quarter(&mut fields, "from", input.from.as_ref());
    fields.finish()?;
    let (Some(by), Some(kind), Some(system), Some(status), Some(to), Some(from)) =
        (by, kind, system, status, to, from)
    else {
        return Err(Vec::new());
    };
    let this = Quarter::of(ctx.now.date_naive());
    let to = to.unwrap_or_else(|| from.map_or(this, |from| this.max(from)));
    let from = from.unwrap_or_else(|| to.back(USUAL - 1));
    let asked = Asked {
        from,
        to,
        by: by.unwrap_or(By::Factor),
        kind,
        system,
        status,
    };
    check_period(asked)
}

fn check_period(asked: Asked) -> Result<Asked, Vec<FieldProblem>> {
    if asked.to < asked.from {
        return Err(vec![FieldProblem::new(
            "to",
            format!(
                "{} lies before {}. Choose a later end.",
                asked.to, asked.from
            ),
        )]);
    }
    if asked.to.back(MOST_QUARTERS) >= asked.from {
        return Err(vec![FieldProblem::new(
            "from",
            format!(
                "At most {MOST_QUARTERS} quarters fit into one table. Choose a later beginning."
            ),
        )]);
    }
    Ok(asked)
}

fn quarter(
    fields: &mut Fields,
    field: &'static str,
    typed: Option<&String>,
) -> Option<Option<Quarter>> {
    match said(typed) {
        None => Some(None),
        Some(typed) => fields
            .take(
                field,
                Quarter::parse(typed).ok_or_else(|| {
                    format!(
                        "\"{}\" is no quarter. Write it as 2026-Q3, or as a day in it.",
                        excerpt(typed)
                    )
                }),
            )
            .map(Some),
    }
}

fn said(typed: Option<&String>) -> Option<&str> {
    typed
        .map(|typed| typed.trim())
        .filter(|typed| !typed.is_empty())
}
