//! Names of people in a post-mortem: listed, replaced by a role, kept; and what the organisation remembers.
//!
//! Nothing is replaced by itself, and nothing says in which post-mortems a name stands.

mod writer; // texts with a role in them

use writer::Writer;

use super::editing::{edit, look, open};
use super::{Conflict, Ctx, EditError, FieldProblem};
use crate::domain::ids::{PostMortemId, Version};
use crate::domain::language::Spellings;
use crate::domain::names::{
    Mapped, NameAnswer, NameHere, NameReason, Replacing, Role, Roles, Spot, key, mapping,
    names_here, read_mapping, unfit, version_at,
};
use crate::domain::permissions::{Permission, require};
use crate::domain::postmortem::PostMortem;
use crate::domain::text::Line;
use crate::domain::wording::Place;
use crate::store::names::KeptRoles;
use crate::store::{self, Conn, Store, StoreError};

/// A name to be replaced, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReplaceInput {
    /// The name, in any of its spellings.
    pub name: String,
    /// The role, as it reads within a sentence.
    pub role: String,
    /// Whether the organisation remembers it.
    pub remember: bool,
    /// Where: codes of [`Spot`]s. `None` is everywhere but in quotations.
    pub spots: Option<Vec<String>>,
}

/// The names in a post-mortem, for those who may change it.
///
/// # Errors
/// [`EditError::Forbidden`] for one who may only read it; what one may not read is not found.
pub fn list(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
) -> Result<(PostMortem, Vec<NameHere>), EditError> {
    store.read(|conn| {
        look(conn, ctx, id)?;
        let (postmortem, names, _) = load(conn, ctx, id)?;
        Ok((postmortem, names))
    })
}

/// Puts a role in the place of a name, as new versions of all texts concerned. Returns where.
///
/// # Errors
/// [`StoreError::NotFound`] if the name does not stand there; [`EditError::Conflict`] if a text changed since its place
/// was chosen; [`EditError::Broken`] if a published post-mortem would break; otherwise what to mend.
pub fn replace(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    input: &ReplaceInput,
) -> Result<Vec<Place>, EditError> {
    edit(store, ctx, id, |tx, facts| {
        let (postmortem, names, known) = load(tx, ctx, id)?;
        let name = find(&names, &input.name)?;
        let role =
            Role::parse(&input.role).map_err(|problem| FieldProblem::new("role", problem))?;
        if name.is(role.as_str()) {
            let sentence = "This is the name itself. Write what they did there: the on-call engineer, the treasurer.";
            return Err(FieldProblem::new("role", sentence).into());
        }
        let spots = chosen(&postmortem, name, input.spots.as_deref())?;
        let replacing = Replacing {
            name,
            role: &role,
            own: &postmortem.words,
            known: &known,
        };
        let mut writer = Writer {
            tx,
            ctx,
            facts,
            postmortem: &postmortem,
            replacing: &replacing,
        };
        let mut places: Vec<Place> = Vec::new();
        for spot in &spots {
            if !places.contains(&spot.place) {
                let whose = |quoted| {
                    spots
                        .iter()
                        .any(|other| other.place == spot.place && other.quoted == quoted)
                };
                writer.write(&spot.place, (whose(false), whose(true)))?;
                places.push(spot.place.clone());
            }
        }
        if input.remember {
            remember(tx, ctx, name, &role)?;
        }
        Ok(places)
    })
}

/// Keeps a name in this post-mortem, and says why.
///
/// # Errors
/// [`StoreError::NotFound`] if the name does not stand there; [`EditError::Invalid`] without a reason.
pub fn keep(
    store: &Store,
    ctx: &Ctx,
    id: PostMortemId,
    name: &str,
    reason: &str,
) -> Result<NameAnswer, EditError> {
    let reason = NameReason::from_code(reason).ok_or_else(|| {
        FieldProblem::new(
            "reason",
            "Choose why the name stays, or put a role in its place.",
        )
    })?;
    store.write(|tx| {
        open(tx, ctx, id)?;
        let (postmortem, names, _) = load(tx, ctx, id)?;
        let found = find(&names, name)?;
        let name = Line::parse("The name", &found.name)
            .map_err(|problem| FieldProblem::new("name", problem))?;
        let at = ctx.now;
        let answer = NameAnswer { name, reason, at };
        for spelling in &found.spellings {
            store::names::delete_answer(tx, id, spelling)?;
        }
        store::names::put_answer(tx, id, &answer)?;
        let day = postmortem.facts.filing_day(&postmortem.events);
        store::postmortems::touch(tx, id, ctx.now, day)?;
        Ok(answer)
    })
}

/// Takes an answer back: the name is listed as before.
///
/// # Errors
/// [`StoreError::NotFound`] if there is no such answer.
pub fn take_back(store: &Store, ctx: &Ctx, id: PostMortemId, name: &str) -> Result<(), EditError> {
    store.write(|tx| {
        open(tx, ctx, id)?;
        let (_, names, _) = load(tx, ctx, id)?;
        let found = find(&names, name)?;
        let mut gone = false;
        for spelling in &found.spellings {
            gone |= store::names::delete_answer(tx, id, spelling)?;
        }
        if gone {
            Ok(())
        } else {
            Err(StoreError::NotFound.into())
        }
    })
}

/// What the organisation remembers, for administrators: these are names of people.
///
/// # Errors
/// [`EditError::Forbidden`] for anybody else.
pub fn roles(store: &Store, ctx: &Ctx) -> Result<KeptRoles, EditError> {
    let mut reader = ctx.actor;
    // A token that only reads may read this too.
    reader.read_only = false;
    require(&reader, Permission::Administer)?;
    Ok(store.read(store::names::roles)?)
}

/// Changes what the organisation remembers, over the version that the writer saw; `None` is "whatever stands".
///
/// # Errors
/// [`EditError::Forbidden`] for anybody but administrators, [`EditError::Conflict`] with both texts if somebody saved in
/// between, [`EditError::Invalid`] with what to mend.
pub fn change_roles(
    store: &Store,
    ctx: &Ctx,
    lines: &str,
    expected: Option<Version>,
) -> Result<KeptRoles, EditError> {
    require(&ctx.actor, Permission::Administer)?;
    let mapped = read_mapping(lines).map_err(|problems| {
        let problem = |sentence| FieldProblem::new("mapping", sentence);
        problems.into_iter().map(problem).collect::<Vec<_>>()
    })?;
    store.write(|tx| {
        let before = store::names::roles_to_change(tx)?;
        if expected.is_some_and(|expected| expected != before.version) {
            return Err(EditError::Conflict(Box::new(Conflict {
                current: before.version,
                theirs: mapping(&before.mapped),
                yours: mapping(&mapped),
                base: None,
            })));
        }
        keep_roles(tx, ctx, before, mapped)
    })
}

fn keep_roles(
    tx: &mut Conn,
    ctx: &Ctx,
    before: KeptRoles,
    mapped: Vec<Mapped>,
) -> Result<KeptRoles, EditError> {
    if before.mapped == mapped {
        return Ok(before);
    }
    store::names::put_roles(tx, &mapped, before.version, ctx.now)?;
    let id = store::names::roles_id();
    let actor = Some(ctx.actor.person);
    store::audit::append(tx, actor, "roles", "name_roles", &id, ctx.now)?;
    Ok(KeptRoles {
        mapped,
        version: before.version.next(),
    })
}

/// Remembers a role for a name and its spellings, in the place of what was remembered for any of them.
fn remember(tx: &mut Conn, ctx: &Ctx, name: &NameHere, role: &Role) -> Result<(), EditError> {
    let before = store::names::roles_to_change(tx)?;
    let mut spellings: Vec<Line> = Vec::new();
    for spelling in name.spellings.iter().filter(|name| unfit(name).is_none()) {
        spellings.push(
            Line::parse("The name", spelling)
                .map_err(|problem| FieldProblem::new("name", problem))?,
        );
    }
    let mut mapped = before.mapped.clone();
    let at = mapped
        .iter()
        .position(|one| one.spellings.iter().any(|line| name.is(line.as_str())));
    let held = at.map(|at| mapped.remove(at));
    let place = at.unwrap_or(mapped.len());
    for line in held.into_iter().flat_map(|one| one.spellings) {
        if !name.is(line.as_str()) {
            spellings.push(line);
        }
    }
    for other in &mut mapped {
        other.spellings.retain(|line| !name.is(line.as_str()));
    }
    if !spellings.is_empty() {
        let role = role.clone();
        mapped.insert(place, Mapped { spellings, role });
    }
    mapped.retain(|one| !one.spellings.is_empty());
    // What is written here is read again by the page: it has to fit there.
    read_mapping(&mapping(&mapped)).map_err(|problems| {
        FieldProblem::new("role", problems.into_iter().next().unwrap_or_default())
    })?;
    keep_roles(tx, ctx, before, mapped)?;
    Ok(())
}

fn load(
    conn: &mut Conn,
    ctx: &Ctx,
    id: PostMortemId,
) -> Result<(PostMortem, Vec<NameHere>, Spellings), StoreError> {
    let postmortem = store::aggregate::load(conn, ctx.actor.person, id)?;
    let people = store::people::list(conn)?;
    let roles = Roles::new(&store::names::roles(conn)?.mapped);
    let members = people.iter().map(|person| person.name.as_str());
    let answers = store::names::answers(conn, id)?;
    let (names, known) = names_here(&postmortem, members, &roles, &answers);
    Ok((postmortem, names, known))
}

/// A name by any of its spellings, or by its key.
fn find<'a>(names: &'a [NameHere], name: &str) -> Result<&'a NameHere, StoreError> {
    names
        .iter()
        .find(|one| one.is(name) || one.key() == key(name))
        .ok_or(StoreError::NotFound)
}

/// The places that were chosen, or all but quotations.
fn chosen<'a>(
    postmortem: &PostMortem,
    name: &'a NameHere,
    codes: Option<&[String]>,
) -> Result<Vec<&'a Spot>, EditError> {
    let open = || name.spots.iter().filter(|spot| spot.open);
    let spots: Vec<&Spot> = match codes {
        None => open().filter(|spot| !spot.quoted).collect(),
        Some(codes) => {
            for code in codes {
                if !open().any(|spot| spot.code() == *code) {
                    return Err(moved_on(postmortem, code));
                }
            }
            open().filter(|spot| codes.contains(&spot.code())).collect()
        }
    };
    if spots.is_empty() {
        let sentence = "Tick at least one place, or keep the name and say why.";
        return Err(FieldProblem::new("spots", sentence).into());
    }
    Ok(spots)
}

/// A place that was chosen, and is not there any more as it was.
fn moved_on(postmortem: &PostMortem, code: &str) -> EditError {
    let place = code.split(':').next().and_then(Place::parse);
    let current = place.map_or(Version(0), |place| version_at(postmortem, &place));
    EditError::Conflict(Box::new(Conflict {
        current,
        theirs: "The text has changed since this was chosen. Look at the places again.".to_owned(),
        yours: code.to_owned(),
        base: None,
    }))
}
