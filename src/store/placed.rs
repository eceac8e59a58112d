//! Factor statements and where they stand, over all post-mortems that a reader may read.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::access::readable;
use super::schema::{components, postmortems, statements};
use super::sql_types::{code, trusted};
use super::{Conn, StoreError};
use crate::domain::factors::{Confidence, FactorRole};
use crate::domain::ids::{Number, PersonId, PostMortemId, StatementId};
use crate::domain::placed::PlacedStatement;
use crate::domain::postmortem::{Status, SystemKind};
use crate::domain::taxonomy::FactorId;
use crate::domain::text::{Line, Prose, Title};

#[derive(Queryable, Selectable)]
#[diesel(table_name = statements)]
pub(in crate::store) struct StatementRow {
    id: StatementId,
    body: String,
    factor: Option<String>,
    role: String,
    confidence: String,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = postmortems)]
pub(in crate::store) struct PostMortemRow {
    id: PostMortemId,
    number: Option<i32>,
    title: String,
    system: String,
    status: String,
    filed_on: NaiveDate,
}

/// What is read of one statement. Queries select `Placed::as_select` over `statements`, `postmortems` and, left-joined,
/// `components`.
#[derive(Queryable, Selectable)]
pub(in crate::store) struct Placed {
    #[diesel(embed)]
    statement: StatementRow,
    #[diesel(embed)]
    postmortem: PostMortemRow,
    #[diesel(select_expression = components::name.nullable())]
    component: Option<String>,
}

/// One statement.
///
/// # Errors
/// [`StoreError::NotFound`] if there is none, or none that the reader may know of.
pub fn find(
    conn: &mut Conn,
    reader: PersonId,
    id: StatementId,
) -> Result<PlacedStatement, StoreError> {
    let row: Placed = statements::table
        .inner_join(postmortems::table)
        .left_join(components::table)
        .filter(statements::id.eq(id))
        .filter(readable(reader))
        .select(Placed::as_select())
        .first(conn)?;
    row.into_domain()
}

/// Those of the statements that the reader may read and that were not withdrawn, in no promised order.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn among(
    conn: &mut Conn,
    reader: PersonId,
    ids: &[StatementId],
) -> Result<Vec<PlacedStatement>, StoreError> {
    let rows: Vec<Placed> = statements::table
        .inner_join(postmortems::table)
        .left_join(components::table)
        .filter(statements::id.eq_any(ids.to_vec()))
        .filter(postmortems::status.ne(Status::Withdrawn.as_code()))
        .filter(readable(reader))
        .order(statements::id)
        .select(Placed::as_select())
        .load(conn)?;
    rows.into_iter().map(Placed::into_domain).collect()
}

impl Placed {
    pub(in crate::store) fn into_domain(self) -> Result<PlacedStatement, StoreError> {
        let Self {
            statement,
            postmortem,
            component,
        } = self;
        Ok(PlacedStatement {
            id: statement.id,
            text: trusted("statements.body", Prose::parse("", &statement.body))?,
            factor: statement.factor.map(|id| FactorId::stored(&id)),
            role: code("statements.role", &statement.role, FactorRole::from_code)?,
            confidence: code(
                "statements.confidence",
                &statement.confidence,
                Confidence::from_code,
            )?,
            component: component
                .map(|name| trusted("components.name", Line::parse("", &name)))
                .transpose()?,
            postmortem: postmortem.id,
            number: postmortem.number.map(Number),
            title: trusted("postmortems.title", Title::parse(&postmortem.title))?,
            system: code(
                "postmortems.system",
                &postmortem.system,
                SystemKind::from_code,
            )?,
            status: code("postmortems.status", &postmortem.status, Status::from_code)?,
            filed_on: postmortem.filed_on,
        })
    }
}
