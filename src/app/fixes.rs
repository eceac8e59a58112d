//! The fix ledger of a recurring cause, and the decisions about it.

use super::causes::{note, open};
use super::input::{Fields, all_codes};
use super::{Conflict, Ctx, EditError, FieldProblem, ReadError};
use crate::domain::actions::Strength;
use crate::domain::causes::{CauseDecision, Decision, DecisionProblem, Fix, check_decision};
use crate::domain::ids::{CauseId, DecisionId, FixId, RevisionId, Version};
use crate::domain::text::Line;
use crate::store::cause_revisions::NewCauseRevision;
use crate::store::{self, Conn, Store, StoreError};

/// A line of the ledger as typed.
#[derive(Debug, Clone, Copy, Default)]
pub struct FixInput<'a> {
    /// What was tried.
    pub tried: &'a str,
    /// Since when, `YYYY-MM-DD`.
    pub tried_on: Option<&'a str>,
    /// Code of a [`Strength`].
    pub strength: Option<&'a str>,
    /// What happened after.
    pub outcome: Option<&'a str>,
}

/// A decision as typed.
#[derive(Debug, Clone, Copy)]
pub struct DecisionInput<'a> {
    /// Code of a [`Decision`].
    pub decision: &'a str,
    /// Why.
    pub reason: &'a str,
    /// The day to look again, `YYYY-MM-DD`.
    pub relook_on: Option<&'a str>,
}

/// Writes down what was tried.
///
/// # Errors
/// [`EditError`] with every field to mend; what one may not read is not found.
pub fn add(
    store: &Store,
    ctx: &Ctx,
    cause: CauseId,
    input: FixInput<'_>,
) -> Result<Fix, EditError> {
    store.write(|tx| add_in(tx, ctx, cause, input))
}

/// The same within a transaction.
pub(super) fn add_in(
    tx: &mut Conn,
    ctx: &Ctx,
    cause: CauseId,
    input: FixInput<'_>,
) -> Result<Fix, EditError> {
    open(tx, ctx, cause)?;
    let fix = parse(input, FixId::new(), Version::FIRST)?;
    store::fixes::insert(tx, cause, &fix)?;
    remember(tx, ctx, cause, &fix, fix.version.0)?;
    note(tx, ctx, cause, "cause-fix")?;
    Ok(fix)
}

/// One line of the ledger.
///
/// # Errors
/// [`ReadError`]; what one may not read is not found.
pub fn read(store: &Store, ctx: &Ctx, cause: CauseId, id: FixId) -> Result<Fix, ReadError> {
    Ok(store.read(|conn| {
        store::causes::find(conn, ctx.actor.person, cause)?;
        store::fixes::find(conn, cause, id)
    })?)
}

/// Changes a line over the version that the writer saw; `None` is "whatever stands".
///
/// # Errors
/// [`EditError::Conflict`] with both texts if somebody saved in between; otherwise what to mend.
pub fn change(
    store: &Store,
    ctx: &Ctx,
    cause: CauseId,
    id: FixId,
    input: FixInput<'_>,
    expected: Option<Version>,
) -> Result<Fix, EditError> {
    store.write(|tx| {
        open(tx, ctx, cause)?;
        let before = store::fixes::find(tx, cause, id)?;
        let fix = parse(input, id, before.version.next())?;
        if expected.is_some_and(|expected| expected != before.version) {
            return Err(EditError::Conflict(Box::new(Conflict {
                current: before.version,
                theirs: as_text(&before),
                yours: as_text(&fix),
                base: None,
            })));
        }
        store::fixes::update(tx, &fix, before.version)?;
        remember(tx, ctx, cause, &fix, fix.version.0)?;
        note(tx, ctx, cause, "cause-fix")?;
        Ok(fix)
    })
}

/// Takes a line out of the ledger; the history keeps it.
///
/// # Errors
/// [`EditError::Conflict`] if somebody saved in between; what one may not read is not found.
pub fn remove(
    store: &Store,
    ctx: &Ctx,
    cause: CauseId,
    id: FixId,
    expected: Option<Version>,
) -> Result<(), EditError> {
    store.write(|tx| {
        open(tx, ctx, cause)?;
        let before = store::fixes::find(tx, cause, id)?;
        if expected.is_some_and(|expected| expected != before.version) {
            return Err(EditError::Conflict(Box::new(Conflict {
                current: before.version,
                theirs: as_text(&before),
                yours: String::new(),
                base: None,
            })));
        }
        store::fixes::delete(tx, id, before.version)?;
        remember(tx, ctx, cause, &before, 0)?;
        note(tx, ctx, cause, "cause-fix-removed")?;
        Ok(())
    })
}

/// Decides about a cause. Decisions are kept for ever; the newest holds.
///
/// # Errors
/// [`EditError::Invalid`] if the reason, or a day to look again that is needed, is missing.
pub fn decide(
    store: &Store,
    ctx: &Ctx,
    cause: CauseId,
    input: DecisionInput<'_>,
) -> Result<CauseDecision, EditError> {
    store.write(|tx| decide_in(tx, ctx, cause, input))
}

/// The same within a transaction.
pub(super) fn decide_in(
    tx: &mut Conn,
    ctx: &Ctx,
    cause: CauseId,
    input: DecisionInput<'_>,
) -> Result<CauseDecision, EditError> {
    open(tx, ctx, cause)?;
    let mut fields = Fields::new();
    let decision = fields.code(
        "decision",
        input.decision,
        Decision::from_code,
        all_codes!(Decision),
    );
    let reason = fields.prose("reason", "The reason", Some(input.reason));
    let relook_on = fields.optional_day("relook_on", input.relook_on);
    fields.finish()?;
    let (Some(decision), Some(reason), Some(relook_on)) = (decision, reason, relook_on) else {
        return Err(EditError::Invalid(Vec::new()));
    };
    check_decision(decision, &reason, relook_on).map_err(|problem| {
        let field = match problem {
            DecisionProblem::NoReason => "reason",
            DecisionProblem::NoRelook => "relook_on",
        };
        FieldProblem::new(field, problem)
    })?;
    let decided = CauseDecision {
        id: DecisionId::new(),
        decision,
        reason,
        relook_on,
        decided_at: ctx.now,
    };
    store::fixes::decide(tx, cause, &decided, ctx.actor.person)?;
    note(tx, ctx, cause, "cause-decision")?;
    Ok(decided)
}

fn remember(
    tx: &mut Conn,
    ctx: &Ctx,
    cause: CauseId,
    fix: &Fix,
    version: i32,
) -> Result<(), StoreError> {
    store::cause_revisions::append(
        tx,
        &NewCauseRevision {
            cause,
            resource: "fix",
            resource_id: RevisionId(fix.id.0),
            version,
            body: &as_text(fix),
            author: ctx.actor.person,
            at: ctx.now,
        },
    )
}

fn as_text(fix: &Fix) -> String {
    let day = fix.tried_on.map(|day| format!("\nSince: {day}"));
    let strength = fix
        .strength
        .map(|strength| format!("\nKind of change: {}", strength.label()));
    let outcome = (!fix.outcome.is_blank()).then(|| format!("\nAfter: {}", fix.outcome.as_str()));
    let more: String = [day, strength, outcome].into_iter().flatten().collect();
    format!("Tried: {}{more}", fix.tried.as_str())
}

fn parse(input: FixInput<'_>, id: FixId, version: Version) -> Result<Fix, Vec<FieldProblem>> {
    let mut fields = Fields::new();
    let tried = fields.take("tried", Line::parse("What was tried", input.tried));
    let tried_on = fields.optional_day("tried_on", input.tried_on);
    let strength = fields.optional_code(
        "strength",
        input.strength,
        Strength::from_code,
        all_codes!(Strength),
    );
    let outcome = fields.prose("outcome", "What happened after", input.outcome);
    fields.finish()?;
    let (Some(tried), Some(tried_on), Some(strength), Some(outcome)) =
        (tried, tried_on, strength, outcome)
    else {
        return Err(Vec::new());
    };
    Ok(Fix {
        id,
        tried,
        tried_on,
        strength,
        outcome,
        version,
    })
}
