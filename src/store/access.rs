//! The choke point: what a person may read.
//!
//! **Invariant:** every query that returns or counts anything of a post-mortem goes through [`readable`], or through
//! [`READABLE`] where SQL is written by hand. What one may not read is *not found*, as if it had never been.

use diesel::dsl::{auto_type, exists};
use diesel::prelude::*;

use super::schema::{members, postmortems};
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
