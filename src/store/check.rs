//! Looks for damage: what the database itself finds, and whether every post-mortem and every recurring cause can be read.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::sqlite::SqliteConnection;

use super::schema::{causes, postmortems};
use super::{Conn, StoreError, aggregate};
use crate::domain::ids::{CauseId, Number, PersonId, PostMortemId};

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    /// How many post-mortems were read.
    pub postmortems: usize,
    /// A sentence for each thing that is not as it should be.
    pub findings: Vec<String>,
}

#[derive(QueryableByName)]
struct Said {
    #[diesel(sql_type = Text)]
    said: String,
}

/// Checks everything. Restricted post-mortems are read as their shepherd would, and nothing of them is told but a number
/// or an id.
///
/// # Errors
/// [`StoreError`] if the database cannot be asked at all.
pub fn check(conn: &mut Conn) -> Result<Checked, StoreError> {
    let mut checked = Checked::default();
    if let Conn::Sqlite(inner) = conn {
        checked.findings = engine(inner)?;
    }
    let all: Vec<(PostMortemId, Option<i32>, PersonId)> = postmortems::table
        .order(postmortems::key)
        .select((
            postmortems::id,
            postmortems::number,
            postmortems::shepherd_id,
        ))
        .load(conn)?;
    for (id, number, shepherd) in all {
        checked.postmortems += 1;
        match aggregate::load(conn, shepherd, id) {
            Ok(_) => {}
            Err(StoreError::Corrupt(place)) => {
                let which =
                    number.map_or_else(|| id.to_string(), |number| Number(number).to_string());
                checked.findings.push(format!(
                    "{which} cannot be read: the value of {place} is none that this program writes."
                ));
            }
            Err(error) => return Err(error),
        }
    }
    causes(conn, &mut checked.findings)?;
    Ok(checked)
}

/// Reads every recurring cause as the shepherd of its home would.
fn causes(conn: &mut Conn, findings: &mut Vec<String>) -> Result<(), StoreError> {
    let all: Vec<(CauseId, PersonId)> = causes::table
        .inner_join(postmortems::table.on(postmortems::id.eq(causes::home_id)))
        .order(causes::id)
        .select((causes::id, postmortems::shepherd_id))
        .load(conn)?;
    for (id, shepherd) in all {
        match super::causes::find(conn, shepherd, id) {
            Ok(_) => {}
            Err(StoreError::Corrupt(place)) => findings.push(format!(
                "The recurring cause {id} cannot be read: the value of {place} is none that this program writes."
            )),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// What SQLite says about its file, about references, and about the search index.
fn engine(conn: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
    let mut findings = Vec::new();
    let said: Vec<Said> =
        diesel::sql_query("SELECT integrity_check AS said FROM pragma_integrity_check")
            .load(conn)?;
    let damage = said.into_iter().filter(|line| line.said != "ok");
    findings.extend(damage.map(|line| format!("The database file is damaged: {}.", line.said)));
    let loose: Vec<Said> = diesel::sql_query(
        "SELECT \"table\" || ' ' || coalesce(rowid, '?') || ' points at ' || parent AS said FROM pragma_foreign_key_check",
    )
    .load(conn)?;
    findings.extend(
        loose
            .into_iter()
            .map(|line| format!("A row points at nothing: {}.", line.said)),
    );
    let compared = conn.batch_execute(
        "INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)",
    );
    if let Err(error) = compared {
        findings.push(format!(
            "The search index does not belong to the texts: {error}."
        ));
    }
    Ok(findings)
}
