//! People with an account: made and changed by administrators.

use chrono::{DateTime, Utc};

use super::input::{Fields, all_codes};
use super::{Ctx, FieldProblem, secrets};
use crate::domain::ids::PersonId;
use crate::domain::people::{Actor, EmailAddress, Password, Person, Role, name};
use crate::domain::permissions::{Forbidden, Permission, require};
use crate::domain::text::folded;
use crate::store::{self, Store, StoreError};

/// A person as typed.
#[derive(Debug, Clone)]
pub struct NewPerson<'a> {
    /// How they sign in.
    pub email: &'a str,
    /// How they are shown.
    pub name: &'a str,
    /// The role's code.
    pub role: &'a str,
    /// Their first password.
    pub password: &'a str,
}

/// Why a person was not made or changed.
#[derive(Debug, thiserror::Error)]
pub enum PersonError {
    /// Fields that cannot be kept as they are typed.
    #[error("Some fields need another look.")]
    Invalid(Vec<FieldProblem>),
    /// Only administrators may.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The setup link is wrong, or somebody used it.
    #[error(
        "This setup link does not work any more. Restart the server to get a new one, or sign in."
    )]
    SetupUsed,
    /// The last active administrator cannot step down.
    #[error("This is the last administrator. Make somebody else an administrator first.")]
    LastAdministrator,
    /// No secret could be made.
    #[error(transparent)]
    Secret(#[from] secrets::SecretError),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A person whose fields were read.
pub(super) struct Parsed {
    pub(super) person: Person,
    pub(super) password: Password,
}

/// Reads every field of a new person.
pub(super) fn parse(typed: &NewPerson<'_>) -> Result<Parsed, PersonError> {
    let mut fields = Fields::new();
    let email = fields.take("email", EmailAddress::parse(typed.email));
    let name = fields.take("name", name(typed.name));
    let role = fields.code("role", typed.role, Role::from_code, all_codes!(Role));
    let password = fields.take("password", Password::parse(typed.password));
    fields.finish().map_err(PersonError::Invalid)?;
    let (Some(email), Some(name), Some(role), Some(password)) = (email, name, role, password)
    else {
        return Err(PersonError::Invalid(Vec::new()));
    };
    Ok(Parsed {
        person: Person {
            id: PersonId::new(),
            email,
            name,
            role,
            active: true,
        },
        password,
    })
}

/// Makes a person, asked by an administrator.
///
/// # Errors
/// [`PersonError`] with what to mend.
pub fn create(store: &Store, ctx: &Ctx, typed: &NewPerson<'_>) -> Result<PersonId, PersonError> {
    require(&ctx.actor, Permission::Administer)?;
    insert(store, Some(ctx.actor.person), ctx.now, typed)
}

/// Makes a person, asked by somebody who runs commands on the server.
///
/// # Errors
/// [`PersonError`] with what to mend.
pub fn create_on_server(
    store: &Store,
    now: DateTime<Utc>,
    typed: &NewPerson<'_>,
) -> Result<PersonId, PersonError> {
    insert(store, None, now, typed)
}

fn insert(
    store: &Store,
    by: Option<PersonId>,
    now: DateTime<Utc>,
    typed: &NewPerson<'_>,
) -> Result<PersonId, PersonError> {
    let parsed = parse(typed)?;
    let hash = secrets::hash(&parsed.password)?;
    store.write(|tx| {
        store::people::insert(tx, &parsed.person, &hash, now).map_err(|error| match error {
            StoreError::Exists => PersonError::Invalid(vec![FieldProblem::new(
                "email",
                "Somebody with this e-mail address has an account already.",
            )]),
            other => PersonError::Store(other),
        })?;
        store::audit::append(
            tx,
            by,
            "person",
            "people",
            &parsed.person.id.to_string(),
            now,
        )?;
        Ok(parsed.person.id)
    })
}

/// Sets a person's password, asked by somebody who runs commands on the server. Every session of the person ends.
///
/// # Errors
/// [`PersonError::Invalid`] if nobody has the address or the password is too short.
pub fn set_password_on_server(
    store: &Store,
    now: DateTime<Utc>,
    email: &str,
    password: &str,
) -> Result<PersonId, PersonError> {
    let invalid =
        |field, problem: String| PersonError::Invalid(vec![FieldProblem::new(field, problem)]);
    let email =
        EmailAddress::parse(email).map_err(|problem| invalid("email", problem.to_string()))?;
    let new =
        Password::parse(password).map_err(|problem| invalid("password", problem.to_string()))?;
    let hash = secrets::hash(&new)?;
    store.write(|tx| {
        let Some((person, _)) = store::people::by_email(tx, &email)? else {
            let nobody = format!("Nobody has an account with the address {}.", email.as_str());
            return Err(invalid("email", nobody));
        };
        store::people::set_password(tx, person.id, &hash)?;
        store::sessions::delete_of(tx, person.id)?;
        let subject = person.id.to_string();
        store::audit::append(tx, None, "password", "people", &subject, now)?;
        Ok(person.id)
    })
}

/// Who acts in a command on the server: the person with this address, or the first administrator; `None` if there is
/// nobody like that who may sign in.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn actor_on_server(store: &Store, email: Option<&str>) -> Result<Option<Actor>, StoreError> {
    let people = store.read(store::people::list)?;
    let wanted = email.map(folded);
    let person = people
        .into_iter()
        .filter(|person| match &wanted {
            Some(wanted) => person.email.as_str() == wanted,
            None => person.role == Role::Administrator,
        })
        .filter(|person| person.active)
        // Ids are ordered by the time at which they were made.
        .min_by_key(|person| person.id);
    Ok(person.map(|person| Actor {
        person: person.id,
        role: person.role,
        read_only: false,
    }))
}

/// Everyone with an account, by name. Anybody signed in may see whom to invite.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn list(store: &Store) -> Result<Vec<Person>, StoreError> {
    store.read(store::people::list)
}

/// Changes a person's name, role, and whether they may sign in. Their sessions end, so that it holds at once.
///
/// # Errors
/// [`PersonError`]; the last administrator stays one.
pub fn change(
    store: &Store,
    ctx: &Ctx,
    id: PersonId,
    typed_name: &str,
    role: &str,
    active: bool,
) -> Result<(), PersonError> {
    require(&ctx.actor, Permission::Administer)?;
    let mut fields = Fields::new();
    let name = fields.take("name", name(typed_name));
    let role = fields.code("role", role, Role::from_code, all_codes!(Role));
    fields.finish().map_err(PersonError::Invalid)?;
    let (Some(name), Some(role)) = (name, role) else {
        return Err(PersonError::Invalid(Vec::new()));
    };
    store.write(|tx| {
        let person = Person {
            name,
            role,
            active,
            ..store::people::find(tx, id)?
        };
        store::people::update(tx, &person)?;
        if !store::people::list(tx)?
            .iter()
            .any(|person| person.active && person.role == Role::Administrator)
        {
            return Err(PersonError::LastAdministrator);
        }
        store::sessions::delete_of(tx, id)?;
        store::audit::append(
            tx,
            Some(ctx.actor.person),
            "person",
            "people",
            &id.to_string(),
            ctx.now,
        )?;
        Ok(())
    })
}

/// Sets one's own password. Every other session of the person ends.
///
/// # Errors
/// [`PersonError::Invalid`] if the old one is wrong or the new one too short.
pub fn change_password(store: &Store, ctx: &Ctx, old: &str, new: &str) -> Result<(), PersonError> {
    let new = Password::parse(new).map_err(|problem| {
        PersonError::Invalid(vec![FieldProblem::new("new_password", problem)])
    })?;
    let hash = store.read(|conn| -> Result<_, StoreError> {
        let person = store::people::find(conn, ctx.actor.person)?;
        Ok(store::people::by_email(conn, &person.email)?.map(|(_, hash)| hash))
    })?;
    if !secrets::verify(old, hash.as_deref())? {
        return Err(PersonError::Invalid(vec![FieldProblem::new(
            "old_password",
            "This is not your present password.",
        )]));
    }
    let hash = secrets::hash(&new)?;
    store.write(|tx| {
        store::people::set_password(tx, ctx.actor.person, &hash)?;
        store::sessions::delete_of(tx, ctx.actor.person)?;
        store::audit::append(
            tx,
            Some(ctx.actor.person),
            "password",
            "people",
            &ctx.actor.person.to_string(),
            ctx.now,
        )?;
        Ok(())
    })
}
