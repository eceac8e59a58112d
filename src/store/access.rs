//! The choke point: what a person may read.
//!
//! **Invariant:** every query that returns or counts anything of a post-mortem goes through [`readable()`], or over what a
//! search found through [`found_readable()`], which says the same.
//! What one may not read is *not found*, as if it had never been.

use diesel::dsl::{auto_type, exists, not};
use diesel::prelude::*;

use super::schema::{cause_links, causes, members, postmortems, search_facts, statements};
use crate::domain::ids::PersonId;
use crate::domain::postmortem::Visibility;

/// The condition on `postmortems` under which a person may read one: the organisation may, or they are its shepherd
/// or one of the people named. An administrator is nobody special here.
#[auto_type]
pub(in crate::store) fn readable(reader: PersonId) -> _ {
    let organisation: &'static str = Visibility::Organisation.as_code();
    let named = members::table
        .filter(members::postmortem_id.eq(postmortems::id))
        .filter(members::person_id.eq(reader));
    postmortems::visibility
        .eq(organisation)
        .or(postmortems::shepherd_id.eq(reader))
        .or(exists(named))
}

/// The condition on `postmortems` under which everybody in the organisation may read one. Whoever asks may read these,
/// and perhaps more.
#[auto_type]
pub(in crate::store) fn open_to_all() -> _ {
    let organisation: &'static str = Visibility::Organisation.as_code();
    postmortems::visibility.eq(organisation)
}

/// [`readable()`] as a condition on `search_facts`, which knows what everybody may read: the row of a post-mortem is looked at
/// only for the others.
#[auto_type]
pub(in crate::store) fn found_readable(reader: PersonId) -> _ {
    let may_read: readable = readable(reader);
    let restricted = postmortems::table
        .filter(postmortems::key.eq(search_facts::key))
        .filter(may_read);
    search_facts::open.or(exists(restricted))
}

/// The condition on `causes` under which a person may know of one.
///
/// They may read the post-mortem to whose readers its words belong (its home), and at least one post-mortem in which it
/// shows; or they made it and nothing is linked to it any more. So neither a link to a restricted post-mortem nor one to
/// an open post-mortem makes words readable that were written for fewer. Works in queries over `causes` alone.
#[auto_type]
pub(in crate::store) fn cause_readable(reader: PersonId) -> _ {
    let may_read: readable = readable(reader);
    let at_home = postmortems::table
        .filter(postmortems::id.eq(causes::home_id))
        .filter(may_read);
    let may_read_too: readable = readable(reader);
    let shows = cause_links::table
        .inner_join(statements::table.on(statements::id.eq(cause_links::statement_id)))
        .inner_join(postmortems::table.on(postmortems::id.eq(statements::postmortem_id)))
        .filter(cause_links::cause_id.eq(causes::id))
        .filter(cause_links::unlinked_at.is_null())
        .filter(may_read_too);
    let linked = cause_links::table
        .filter(cause_links::cause_id.eq(causes::id))
        .filter(cause_links::unlinked_at.is_null());
    let own = causes::made_by.eq(reader).and(not(exists(linked)));
    exists(at_home).and(exists(shows).or(own))
}
