//! Which period is asked for, of what, where the usual one ends, and how far it reaches back.

use super::super::input::{Fields, all_codes, excerpt};
use super::super::{Ctx, FieldProblem};
use crate::domain::listing::Filters;
use crate::domain::postmortem::{Kind, Status, SystemKind};
use crate::domain::themes::{By, COMPARED, LEAST, Quarter};
use crate::store::{self, Conn, StoreError};

/// The most quarters that are shown: ten years.
const MOST_QUARTERS: u32 = 40;
/// How many quarters are shown unless somebody asks for others: those that a tendency compares, or, where these hold
/// fewer post-mortems than can be counted, the next of these numbers that holds enough.
const USUAL: [u32; 4] = [COMPARED, 12, 20, MOST_QUARTERS];

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

/// What was asked for, and which ends of the period were.
pub(super) struct Question {
    asked: Asked,
    from_given: bool,
    to_given: bool,
}

impl Question {
    /// The period to count: the one asked for, or the shortest of the usual ones that holds enough to count. It ends
    /// with the newest post-mortem that the actor may read: quarters in which nothing was told yet say nothing.
    pub(super) fn settled(self, conn: &mut Conn, ctx: &Ctx) -> Result<Asked, StoreError> {
        if self.from_given {
            return Ok(self.asked);
        }
        let to = if self.to_given {
            self.asked.to
        } else {
            self.newest(conn, ctx)?.unwrap_or(self.asked.to)
        };
        let reaching = |quarters: u32| Asked {
            from: to.back(quarters - 1),
            to,
            ..self.asked
        };
        for quarters in USUAL {
            let wider = reaching(quarters);
            let filters = wider.filters(wider.from);
            if store::listing::total(conn, ctx.actor.person, &filters)?.count >= LEAST {
                return Ok(wider);
            }
        }
        Ok(reaching(COMPARED))
    }

    /// The quarter of the newest post-mortem that would be counted, of those until today.
    fn newest(&self, conn: &mut Conn, ctx: &Ctx) -> Result<Option<Quarter>, StoreError> {
        let filters = Filters {
            since: None,
            ..self.asked.filters(self.asked.from)
        };
        let newest = store::listing::page(conn, ctx.actor.person, &filters, None, 1)?;
        Ok(newest.first().map(|card| Quarter::of(card.filed_on)))
    }
}

impl Asked {
    pub(super) fn filters(self, since: Quarter) -> Filters {
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

pub(super) fn parse(ctx: &Ctx, input: &ThemesInput) -> Result<Question, Vec<FieldProblem>> {
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
    let to_given = to.is_some();
    let to = to.unwrap_or_else(|| from.map_or(this, |from| this.max(from)));
    let from_given = from.is_some();
    let from = from.unwrap_or_else(|| to.back(COMPARED - 1));
    let asked = Asked {
        from,
        to,
        by: by.unwrap_or(By::Factor),
        kind,
        system,
        status,
    };
    check_period(asked).map(|asked| Question {
        asked,
        from_given,
        to_given,
    })
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
