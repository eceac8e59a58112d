//! What a list or a search is narrowed to: the reader's own, and what they asked for.

use diesel::dsl::exists;
use diesel::expression::{
    AppearsOnTable, BoxableExpression, Expression, ValidGrouping, is_aggregate,
};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::{Bool, Text};

use super::access::{found_readable, open_to_all, readable};
use super::connection::Backend;
use super::schema::{actions, components, events, postmortems, search_facts, statements};
use crate::domain::actions::ActionKind;
use crate::domain::factors::FactorRole;
use crate::domain::ids::PersonId;
use crate::domain::listing::{ComponentWords, Filters, Part};
use crate::domain::taxonomy::FactorId;
use crate::domain::timeline::Lane;

/// A condition on `postmortems` or on `search_facts`, for any query that has this table in its `FROM`.
pub(in crate::store) struct Condition(Box<dyn QueryFragment<Backend> + Send>);

diesel::define_sql_function! {
    /// Lower case: of any letter in PostgreSQL, of ASCII letters in SQLite.
    fn lower(text: Text) -> Text;
}

/// The condition under which a person may read a post-mortem and it is what the filters ask for.
///
/// `words` are what a row in the lane of the filters must hold one of; none of them means any row.
pub(in crate::store) fn narrowed(
    reader: PersonId,
    filters: &Filters,
    words: &[String],
) -> Condition {
    also(boxed(readable(reader)), filters, words)
}

/// The condition under which everybody may read a post-mortem and it is what the filters ask for.
pub(in crate::store) fn narrowed_open(filters: &Filters) -> Condition {
    also(boxed(open_to_all()), filters, &[])
}

/// The condition on `search_facts` under which a person may read the post-mortem.
pub(in crate::store) fn readable_found(reader: PersonId) -> Condition {
    fn of_facts<E>(condition: E) -> Condition
    where
        E: BoxableExpression<search_facts::table, Backend, SqlType = Bool> + Send + 'static,
    {
        Condition(Box::new(condition))
    }
    of_facts(found_readable(reader))
}

/// A condition, and what the filters ask for.
fn also(condition: Condition, filters: &Filters, words: &[String]) -> Condition {
    let asked = [
        filters
            .kind
            .map(|kind| boxed(postmortems::kind.eq(kind.as_code()))),
        filters
            .tier
            .map(|tier| boxed(postmortems::tier.eq(tier.as_code()))),
        filters
            .system
            .map(|system| boxed(postmortems::system.eq(system.as_code()))),
        filters.severity.map(|severity| {
            boxed(
                postmortems::severity
                    .assume_not_null()
                    .eq(severity.as_code()),
            )
        }),
        filters
            .status
            .map(|status| boxed(postmortems::status.eq(status.as_code()))),
        filters
            .since
            .map(|day| boxed(postmortems::filed_on.ge(day))),
        filters
            .before
            .map(|day| boxed(postmortems::filed_on.lt(day))),
        (!filters.factors.is_empty()).then(|| coded(&filters.factors, filters.contributed)),
        filters
            .component
            .as_ref()
            .map(|words| about(words, filters.contributed)),
        filters.lane.map(|lane| in_lane(lane, words)),
        filters.part.map(with),
    ];
    asked
        .into_iter()
        .flatten()
        .fold(condition, |all, one| boxed(all.and(one)))
}

/// Puts a condition behind one type.
pub(in crate::store) fn boxed<E>(condition: E) -> Condition
where
    E: BoxableExpression<postmortems::table, Backend, SqlType = Bool> + Send + 'static,
{
    Condition(Box::new(condition))
}

impl Expression for Condition {
    type SqlType = Bool;
}

// Diesel cannot know that a boxed expression about one table holds in a join with others.
impl<T> AppearsOnTable<T> for Condition {}
impl<T> SelectableExpression<T> for Condition {}

impl<GB> ValidGrouping<GB> for Condition {
    type IsAggregate = is_aggregate::No;
}

impl QueryId for Condition {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl QueryFragment<Backend> for Condition {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }
}

/// The roles of statements that count: all but what was ruled out, or only what contributed.
fn roles(contributed: bool, ruled_out: bool) -> Vec<&'static str> {
    FactorRole::ALL
        .iter()
        .filter(|role| !contributed || role.is_contribution())
        .filter(|role| ruled_out || **role != FactorRole::Considered)
        .map(|role| role.as_code())
        .collect()
}

/// With a statement that is coded with one of these and was not ruled out.
fn coded(factors: &[FactorId], contributed: bool) -> Condition {
    let ids: Vec<String> = factors.iter().map(|id| id.as_str().to_owned()).collect();
    boxed(exists(
        statements::table
            .filter(statements::postmortem_id.eq(postmortems::id))
            .filter(statements::factor.assume_not_null().eq_any(ids))
            .filter(statements::role.eq_any(roles(contributed, false))),
    ))
}

/// With a statement about a component whose name holds these words, or is these words.
fn about(words: &ComponentWords, contributed: bool) -> Condition {
    let roles = roles(contributed, true);
    if words.whole() {
        return boxed(exists(
            statements::table
                .inner_join(components::table)
                .filter(statements::postmortem_id.eq(postmortems::id))
                .filter(statements::role.eq_any(roles))
                .filter(components::folded.eq(words.as_str().to_owned())),
        ));
    }
    let pattern = format!("% {} %", escaped(words.as_str()));
    let name = " "
        .into_sql::<Text>()
        .concat(components::folded)
        .concat(" ");
    boxed(exists(
        statements::table
            .inner_join(components::table)
            .filter(statements::postmortem_id.eq(postmortems::id))
            .filter(statements::role.eq_any(roles))
            .filter(name.like(pattern).escape('\\')),
    ))
}

/// With a row in this lane that holds one of the words; the first four count.
fn in_lane(lane: Lane, words: &[String]) -> Condition {
    let first = words.first().map_or("", String::as_str);
    let holds = |place: usize| {
        let word = words.get(place).map_or(first, String::as_str);
        lower(events::body)
            .like(format!("%{}%", escaped(word)))
            .escape('\\')
    };
    boxed(exists(
        events::table
            .filter(events::postmortem_id.eq(postmortems::id))
            .filter(events::lane.eq(lane.as_code()))
            .filter(holds(0).or(holds(1)).or(holds(2)).or(holds(3))),
    ))
}

fn with(part: Part) -> Condition {
    let of_actions = actions::table.filter(actions::postmortem_id.eq(postmortems::id));
    match part {
        Part::Action => boxed(exists(of_actions)),
        Part::Commitment => {
            let commitment = ActionKind::Commitment.as_code();
            boxed(exists(of_actions.filter(actions::kind.eq(commitment))))
        }
        Part::Event => boxed(exists(
            events::table.filter(events::postmortem_id.eq(postmortems::id)),
        )),
        Part::Factor => boxed(exists(
            statements::table.filter(statements::postmortem_id.eq(postmortems::id)),
        )),
    }
}

/// A text that stands for itself in a `LIKE` pattern.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_")
}
