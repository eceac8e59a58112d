//! Factor statements with their evidence, and the components they point at.

mod mentions; // over all post-mortems that one may read

pub use mentions::{component_names, counts, mentions, postmortems};

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::domain::factors::{Component, Confidence, Evidence, FactorRole, Scale, Statement};
use crate::domain::ids::{ComponentId, EventId, PostMortemId, StatementId, Version};
use crate::domain::postmortem::SystemKind;
use crate::domain::taxonomy::FactorId;
use crate::domain::text::{Line, Prose, folded};
use crate::store::connection::directly;
use crate::store::schema::{components, evidence, statements};
use crate::store::sql_types::{code, optional_code, stored, trusted};
use crate::store::{Conn, StoreError, changed_one};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = statements, treat_none_as_null = true)]
struct Row {
    id: StatementId,
    postmortem_id: PostMortemId,
    position: i32,
    body: String,
    factor: Option<String>,
    taxonomy_version: String,
    role: String,
    confidence: String,
    system: Option<String>,
    component_id: Option<ComponentId>,
    without_this: String,
    scale: Option<String>,
    coded_at: NaiveDateTime,
    version: i32,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = evidence)]
struct EvidenceRow {
    id: EvidenceId,
    statement_id: StatementId,
    position: i32,
    event_id: Option<EventId>,
    link: Option<String>,
    account_role: Option<String>,
}

/// Evidence has no identity outside its statement; its rows need a key all the same.
type EvidenceId = crate::domain::ids::RevisionId;

#[derive(Serialize, Deserialize)]
struct ScaleJson {
    quantity: String,
    unit: String,
    made_for: String,
    failed_at: String,
    now: String,
}

/// The statements of a post-mortem that was read through the choke point, in their order.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn list(conn: &mut Conn, postmortem: PostMortemId) -> Result<Vec<Statement>, StoreError> {
    let rows: Vec<(Row, Option<String>)> = directly!(
        conn,
        statements::table
            .left_join(components::table)
            .filter(statements::postmortem_id.eq(postmortem))
            .order((statements::position, statements::id))
            .select((Row::as_select(), components::name.nullable()))
            .load(conn)
    )?;
    let found: Vec<EvidenceRow> = directly!(
        conn,
        evidence::table
            .inner_join(statements::table)
            .filter(statements::postmortem_id.eq(postmortem))
            .order((evidence::statement_id, evidence::position, evidence::id))
            .select(EvidenceRow::as_select())
            .load(conn)
    )?;
    rows.into_iter()
        .map(|(row, component)| row.into_domain(component, &found))
        .collect()
}

/// Keeps a new statement with its evidence.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn insert(
    conn: &mut Conn,
    postmortem: PostMortemId,
    statement: &Statement,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    diesel::insert_into(statements::table)
        .values(Row::from_domain(postmortem, statement, now)?)
        .execute(conn)?;
    insert_evidence(conn, statement)
}

/// Saves a statement and its evidence over the version that the writer saw.
///
/// # Errors
/// [`StoreError::Conflict`] if somebody else saved in between.
pub fn update(
    conn: &mut Conn,
    postmortem: PostMortemId,
    statement: &Statement,
    expected: Version,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let target = statements::table
        .filter(statements::id.eq(statement.id))
        .filter(statements::version.eq(expected.0));
    changed_one(
        diesel::update(target)
            .set(Row::from_domain(postmortem, statement, now)?)
            .execute(conn)?,
    )?;
    diesel::delete(evidence::table.filter(evidence::statement_id.eq(statement.id)))
        .execute(conn)?;
    insert_evidence(conn, statement)
}

/// Removes a statement in the version that the writer saw.
///
/// # Errors
/// [`StoreError::Conflict`] if somebody else saved in between.
pub fn delete(conn: &mut Conn, id: StatementId, expected: Version) -> Result<(), StoreError> {
    let target = statements::table
        .filter(statements::id.eq(id))
        .filter(statements::version.eq(expected.0));
    changed_one(diesel::delete(target).execute(conn)?)
}

/// Puts the statements of a post-mortem into this order. Not a new version of any.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn arrange(
    conn: &mut Conn,
    postmortem: PostMortemId,
    order: &[StatementId],
) -> Result<(), StoreError> {
    for (position, id) in (0_i32..).zip(order) {
        let target = statements::table
            .filter(statements::postmortem_id.eq(postmortem))
            .filter(statements::id.eq(id));
        diesel::update(target)
            .set(statements::position.eq(position))
            .execute(conn)?;
    }
    Ok(())
}

/// The component in this spelling, made if there is none.
///
/// Spellings that read the same are one component to everything that counts and compares; each statement keeps the
/// one that was typed. So nobody is shown the capitals of somebody whose post-mortem they may not read.
///
/// # Errors
/// [`StoreError`] if the database refuses.
pub fn component(conn: &mut Conn, name: &Line) -> Result<Component, StoreError> {
    let known: Option<ComponentId> = components::table
        .filter(components::name.eq(name.as_str()))
        .select(components::id)
        .first(conn)
        .optional()?;
    let id = known.unwrap_or_else(ComponentId::new);
    if known.is_none() {
        let values = (
            components::id.eq(id),
            components::name.eq(name.as_str()),
            components::folded.eq(folded(name.as_str())),
        );
        diesel::insert_into(components::table)
            .values(values)
            .execute(conn)?;
    }
    Ok(Component {
        id,
        name: name.clone(),
    })
}

fn insert_evidence(conn: &mut Conn, statement: &Statement) -> Result<(), StoreError> {
    for (position, item) in (0_i32..).zip(&statement.evidence) {
        let (event_id, link, account_role) = match item {
            Evidence::Event(event) => (Some(*event), None, None),
            Evidence::Link(link) => (None, Some(link.clone()), None),
            Evidence::Account(role) => (None, None, Some(role.as_str().to_owned())),
        };
        let row = EvidenceRow {
            id: EvidenceId::new(),
            statement_id: statement.id,
            position,
            event_id,
            link,
            account_role,
        };
        diesel::insert_into(evidence::table)
            .values(row)
            .execute(conn)?;
    }
    Ok(())
}

impl Row {
    fn from_domain(
        postmortem: PostMortemId,
        statement: &Statement,
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        let scale = statement.scale.clone().map(|scale| {
            let Scale {
                quantity,
                unit,
                made_for,
                failed_at,
                now,
            } = scale;
            serde_json::to_string(&ScaleJson {
                quantity,
                unit,
                made_for,
                failed_at,
                now,
            })
        });
        Ok(Self {
            id: statement.id,
            postmortem_id: postmortem,
            position: statement.position,
            body: statement.text.as_str().to_owned(),
            factor: statement.factor.as_ref().map(|id| id.as_str().to_owned()),
            taxonomy_version: statement.taxonomy_version.clone(),
            role: statement.role.as_code().to_owned(),
            confidence: statement.confidence.as_code().to_owned(),
            system: statement.system.map(|system| system.as_code().to_owned()),
            component_id: statement.component.as_ref().map(|component| component.id),
            without_this: statement.without_this.as_str().to_owned(),
            scale: scale
                .transpose()
                .map_err(|_| StoreError::Corrupt("statements.scale"))?,
            coded_at: stored(now),
            version: statement.version.0,
        })
    }

    fn into_domain(
        self,
        component: Option<String>,
        found: &[EvidenceRow],
    ) -> Result<Statement, StoreError> {
        let evidence = found
            .iter()
            .filter(|row| row.statement_id == self.id)
            .map(EvidenceRow::to_domain)
            .collect::<Result<_, _>>()?;
        let component = match (self.component_id, component) {
            (Some(id), Some(name)) => Some(Component {
                id,
                name: trusted("components.name", Line::parse("", &name))?,
            }),
            _ => None,
        };
        let scale = self
            .scale
            .map(|json| serde_json::from_str::<ScaleJson>(&json))
            .transpose();
        Ok(Statement {
            id: self.id,
            position: self.position,
            text: trusted("statements.body", Prose::parse("", &self.body))?,
            factor: self.factor.map(|id| FactorId::stored(&id)),
            taxonomy_version: self.taxonomy_version,
            role: code("statements.role", &self.role, FactorRole::from_code)?,
            confidence: code(
                "statements.confidence",
                &self.confidence,
                Confidence::from_code,
            )?,
            system: optional_code(
                "statements.system",
                self.system.as_deref(),
                SystemKind::from_code,
            )?,
            component,
            without_this: trusted(
                "statements.without_this",
                Prose::parse("", &self.without_this),
            )?,
            scale: trusted("statements.scale", scale)?.map(
                |ScaleJson {
                     quantity,
                     unit,
                     made_for,
                     failed_at,
                     now,
                 }| Scale {
                    quantity,
                    unit,
                    made_for,
                    failed_at,
                    now,
                },
            ),
            evidence,
            version: Version(self.version),
        })
    }
}

impl EvidenceRow {
    fn to_domain(&self) -> Result<Evidence, StoreError> {
        match (self.event_id, &self.link, &self.account_role) {
            (Some(event), None, None) => Ok(Evidence::Event(event)),
            (None, Some(link), None) => Ok(Evidence::Link(link.clone())),
            (None, None, Some(role)) => Ok(Evidence::Account(trusted(
                "evidence.account_role",
                Line::parse("", role),
            )?)),
            _ => Err(StoreError::Corrupt("evidence")),
        }
    }
}
