//! Queries whose frame is written by hand around a condition that is not.
//!
//! The condition comes from the choke point and is checked by Diesel; the frame says what Diesel cannot: full text,
//! candidates, counting with an end. Unlike `sql_query`, the statement is prepared once per connection.

use std::marker::PhantomData;

use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::{BigInt, Text};

use super::Conn;
use super::connection::Backend;
use super::narrowing::Condition;

/// A query in parts, in this order. `ST` is the SQL types of its columns.
pub(in crate::store) struct Framed<ST> {
    /// What stands first.
    pub(in crate::store) before: &'static str,
    /// A text that is bound after it, if there is one.
    pub(in crate::store) text: Option<String>,
    /// What stands before the condition.
    pub(in crate::store) between: &'static str,
    /// On `postmortems`; contains who may read.
    pub(in crate::store) condition: Condition,
    /// What stands after it; a limit follows.
    pub(in crate::store) after: &'static str,
    /// The limit.
    pub(in crate::store) limit: i64,
    /// What stands last.
    pub(in crate::store) end: &'static str,
    /// The columns.
    pub(in crate::store) columns: PhantomData<ST>,
}

impl<ST> QueryFragment<Backend> for Framed<ST> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Backend>) -> QueryResult<()> {
        out.push_sql(self.before);
        if let Some(text) = &self.text {
            out.push_bind_param::<Text, _>(text)?;
        }
        out.push_sql(self.between);
        self.condition.walk_ast(out.reborrow())?;
        out.push_sql(self.after);
        out.push_bind_param::<BigInt, _>(&self.limit)?;
        out.push_sql(self.end);
        Ok(())
    }
}

impl<ST> QueryId for Framed<ST> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<ST> Query for Framed<ST> {
    type SqlType = ST;
}

impl<ST> RunQueryDsl<Conn> for Framed<ST> {}
