//! The people of a post-mortem: who may read and write a restricted one, in which role they took part, who shepherds it.

use super::editing::{settle, standing};
use super::input::{Fields, all_codes};
use super::{Ctx, EditError, FieldProblem, ReadError, postmortems, publication};
use crate::domain::ids::{PersonId, PostMortemId, Version};
use crate::domain::people::{EmailAddress, Person, Role};
use crate::domain::permissions::{Forbidden, Permission, require};
use crate::domain::postmortem::{Access, Facts, Member, Visibility};
use crate::store::{self, Conn, Store, StoreError};

/// A member as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemberInput {
    /// Their id or e-mail address.
    pub person: String,
    /// The role in which they took part, as it is shown; never a name.
    pub role: Option<String>,
    /// Code of an [`Access`]; *read* if left out.
    pub access: Option<String>,
}

/// Who belongs to a post-mortem, and who could.
#[derive(Debug, Clone, PartialEq)]
pub struct Circle {
    /// Its facts.
    pub facts: Facts,
    /// Who sees it through.
    pub shepherd: Person,
    /// Who is named, by name.
    pub members: Vec<Member>,
    /// Everyone else who can sign in, by name.
    pub others: Vec<Person>,
    /// Whether one decides who is named.
    pub may_keep: bool,
    /// Whether one may take over: its shepherd's account is closed.
    pub may_take_over: bool,
}

/// Who belongs to a post-mortem, and who could.
///
/// # Errors
/// [`ReadError`]; what one may not read is not found.
pub fn circle(store: &Store, ctx: &Ctx, id: PostMortemId) -> Result<Circle, ReadError> {
    store.read(|conn| {
        let facts = store::postmortems::find(conn, ctx.actor.person, id)?;
        let members = store::members::list(conn, id)?;
        let shepherd = store::people::find(conn, facts.shepherd)?;
        let access = store::members::access(conn, id, ctx.actor.person)?;
        let named = |person: &Person| {
            person.id == shepherd.id || members.iter().any(|member| member.person == person.id)
        };
        let others = store::people::list(conn)?
            .into_iter()
            .filter(|person| person.active && !named(person))
            .collect();
        let writes = require(&ctx.actor, Permission::Write).is_ok();
        Ok(Circle {
            may_keep: writes && facts.keeps_members(&ctx.actor, access),
            may_take_over: writes
                && !shepherd.active
                && facts.visibility == Visibility::Organisation,
            facts,
            shepherd,
            members,
            others,
        })
    })
}

/// Everyone who is named, by name.
///
/// # Errors
/// [`ReadError`]; what one may not read is not found.
pub fn list(store: &Store, ctx: &Ctx, id: PostMortemId) -> Result<Vec<Member>, ReadError> {
    store.read(|conn| {
        store::postmortems::find(conn, ctx.actor.person, id)?;
        Ok(store::members::list(conn, id)?)
    })
}

/// Names a person, or changes their role and access. In a restricted post-mortem the list decides who may read.
///
/// # Errors
/// [`EditError::Forbidden`] for anybody but the shepherd and the members who may write.
pub fn put(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    input: &MemberInput,
) -> Result<Member, EditError> {
    store.write(|tx| {
        let facts = store::postmortems::find_to_change(tx, ctx.actor.person, id)?;
        require_keeper(tx, ctx, &facts)?;
        let people = publication::known_people(tx)?;
        let mut fields = Fields::new();
        let person = fields.take("person", known(tx, &input.person)?);
        let role = fields.impersonal(&people, "role", "The role", input.role.as_deref());
        let access = fields.optional_code(
            "access",
            input.access.as_deref(),
            Access::from_code,
            all_codes!(Access),
        );
        fields.finish()?;
        let (Some(person), Some(role), Some(access)) = (person, role, access) else {
            return Err(EditError::Invalid(Vec::new()));
        };
        let member = Member {
            person: person.id,
            name: person.name,
            role,
            access: access.unwrap_or(Access::Read),
        };
        let before = standing(tx, ctx, &facts)?;
        store::members::put(tx, id, member.person, member.role.as_ref(), member.access)?;
        note(tx, ctx, id, "member")?;
        settle(tx, ctx, id, &before)?;
        Ok(member)
    })
}

/// Takes a person off the list. Everybody may take themselves off.
///
/// # Errors
/// [`EditError::Forbidden`] for anybody else but the shepherd and the members who may write.
pub fn remove(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    person: PersonId,
) -> Result<(), EditError> {
    store.write(|tx| {
        let facts = store::postmortems::find_to_change(tx, ctx.actor.person, id)?;
        if ctx.actor.person != person || ctx.actor.read_only {
            require_keeper(tx, ctx, &facts)?;
        }
        store::members::remove(tx, id, person)?;
        note(tx, ctx, id, "member-removed")?;
        Ok(())
    })
}

/// Hands the shepherd's role over. The one who had it stays named, with write access.
///
/// While the shepherd's account is closed, anybody who may write may take over what the organisation may read:
/// otherwise nobody ever could.
///
/// # Errors
/// [`EditError::Invalid`] if the new shepherd is unknown, closed, or may not write, [`EditError::Conflict`] if somebody
/// changed the facts since `expected`; otherwise as [`put`].
pub fn hand_over(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    person: &str,
    expected: Option<Version>,
) -> Result<Facts, EditError> {
    store.write(|tx| {
        let before = store::postmortems::find_to_change(tx, ctx.actor.person, id)?;
        let shepherd = store::people::find(tx, before.shepherd)?;
        if shepherd.active || before.visibility == Visibility::Restricted {
            require_keeper(tx, ctx, &before)?;
        } else {
            require(&ctx.actor, Permission::Write)?;
        }
        let next = known(tx, person)?
            .and_then(may_shepherd)
            .map_err(|problem| FieldProblem::new("person", problem))?;
        if next.id == before.shepherd {
            return Ok(before);
        }
        let facts = Facts {
            shepherd: next.id,
            updated_at: ctx.now,
            version: before.version.next(),
            ..before.clone()
        };
        let expected = expected.unwrap_or(before.version);
        if expected != before.version {
            return Err(postmortems::conflict(tx, &before, &facts, expected)?);
        }
        let stood = standing(tx, ctx, &before)?;
        store::postmortems::update(tx, &facts, expected)?;
        let role = store::members::list(tx, id)?
            .into_iter()
            .find(|member| member.person == before.shepherd)
            .and_then(|member| member.role);
        store::members::put(tx, id, before.shepherd, role.as_ref(), Access::Write)?;
        note(tx, ctx, id, "shepherd")?;
        settle(tx, ctx, id, &stood)?;
        Ok(facts)
    })
}

/// Refuses anybody but the shepherd and the members who may write.
fn require_keeper(tx: &mut Conn, ctx: &Ctx, facts: &Facts) -> Result<(), EditError> {
    require(&ctx.actor, Permission::Write)?;
    let access = store::members::access(tx, facts.id, ctx.actor.person)?;
    if facts.keeps_members(&ctx.actor, access) {
        Ok(())
    } else {
        Err(Forbidden::NotItsShepherd.into())
    }
}

/// The active person with this id or address.
fn known(tx: &mut Conn, typed: &str) -> Result<Result<Person, String>, StoreError> {
    let typed = typed.trim();
    let found = if let Some(id) = PersonId::parse(typed) {
        match store::people::find(tx, id) {
            Err(StoreError::NotFound) => None,
            other => Some(other?),
        }
    } else if let Ok(email) = EmailAddress::parse(typed) {
        store::people::by_email(tx, &email)?.map(|(person, _)| person)
    } else {
        None
    };
    Ok(found.filter(|person| person.active).ok_or_else(|| {
        "Nobody with this address can sign in. Choose somebody from the list, or ask an administrator to make an account.".to_owned()
    }))
}

fn may_shepherd(person: Person) -> Result<Person, String> {
    if person.role >= Role::Writer {
        Ok(person)
    } else {
        Err(
            "A shepherd needs the role writer. Choose somebody else, or ask an administrator."
                .into(),
        )
    }
}

fn note(tx: &mut Conn, ctx: &Ctx, id: PostMortemId, action: &str) -> Result<(), StoreError> {
    store::audit::append(
        tx,
        Some(ctx.actor.person),
        action,
        "postmortems",
        &id.to_string(),
        ctx.now,
    )
}
