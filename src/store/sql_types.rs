//! Columns that differ between the two databases, and conversions that every table needs.

use chrono::{DateTime, NaiveDateTime, SubsecRound as _, Utc};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, Queryable};
use diesel::expression::AsExpression;
use diesel::internal::derives::as_expression::Bound;
use diesel::pg::Pg;
use diesel::query_builder::QueryId;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{HasSqlType, Nullable, SingleValue, SqlType, Text};
use diesel::sqlite::Sqlite;
use uuid::Uuid;

use super::StoreError;
use super::connection::Backend as Multi;
use crate::domain::ids;

/// A UUID: native in PostgreSQL, lower-case text with hyphens in SQLite (readable in its shell).
#[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
#[diesel(postgres_type(oid = 2950, array_oid = 2951))]
#[diesel(sqlite_type(name = "Text"))]
pub struct DbUuid;

impl HasSqlType<DbUuid> for Multi {
    fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
        Multi::lookup_sql_type::<DbUuid>(lookup)
    }
}

/// Lets id newtypes of the domain stand in `DbUuid` columns.
macro_rules! id_columns {
    ($($id:ty),+ $(,)?) => {$(
        impl AsExpression<DbUuid> for $id {
            type Expression = Bound<DbUuid, Self>;
            fn as_expression(self) -> Self::Expression { Bound::new(self) }
        }
        impl<'a> AsExpression<DbUuid> for &'a $id {
            type Expression = Bound<DbUuid, Self>;
            fn as_expression(self) -> Self::Expression { Bound::new(self) }
        }
        impl AsExpression<Nullable<DbUuid>> for $id {
            type Expression = Bound<Nullable<DbUuid>, Self>;
            fn as_expression(self) -> Self::Expression { Bound::new(self) }
        }
        impl<'a> AsExpression<Nullable<DbUuid>> for &'a $id {
            type Expression = Bound<Nullable<DbUuid>, Self>;
            fn as_expression(self) -> Self::Expression { Bound::new(self) }
        }
        impl<DB> ToSql<Nullable<DbUuid>, DB> for $id where DB: Backend, Self: ToSql<DbUuid, DB> {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                ToSql::<DbUuid, DB>::to_sql(self, out)
            }
        }
        impl ToSql<DbUuid, Pg> for $id {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
                ToSql::<diesel::sql_types::Uuid, Pg>::to_sql(&self.0, out)
            }
        }
        impl ToSql<DbUuid, Sqlite> for $id {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
                out.set_value(self.0.hyphenated().to_string());
                Ok(IsNull::No)
            }
        }
        impl ToSql<DbUuid, Multi> for $id {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Multi>) -> serialize::Result {
                out.set_value((DbUuid, self));
                Ok(IsNull::No)
            }
        }
        impl FromSql<DbUuid, Pg> for $id {
            fn from_sql(value: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
                <Uuid as FromSql<diesel::sql_types::Uuid, Pg>>::from_sql(value).map(Self)
            }
        }
        impl FromSql<DbUuid, Sqlite> for $id {
            fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
                let text = <String as FromSql<Text, Sqlite>>::from_sql(value)?;
                Ok(Self(Uuid::try_parse(&text)?))
            }
        }
        impl FromSql<DbUuid, Multi> for $id {
            fn from_sql(value: <Multi as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
                value.from_sql::<Self, DbUuid>()
            }
        }
        impl<DB, ST> Queryable<ST, DB> for $id where DB: Backend, ST: SingleValue, Self: FromSql<ST, DB> {
            type Row = Self;
            fn build(row: Self) -> deserialize::Result<Self> { Ok(row) }
        }
    )+};
}

id_columns!(
    ids::PostMortemId,
    ids::SectionId,
    ids::AccountId,
    ids::EventId,
    ids::StatementId,
    ids::ActionId,
    ids::ComponentId,
    ids::CauseId,
    ids::CauseLinkId,
    ids::FixId,
    ids::DecisionId,
    ids::PersonId,
    ids::TokenId,
    ids::RevisionId,
    ids::LinkId,
    ids::ChosenId,
    ids::CommentId,
    ids::RecordId,
);

/// An instant as it is stored: UTC, whole microseconds (PostgreSQL keeps no finer ones).
pub(in crate::store) fn stored(at: DateTime<Utc>) -> NaiveDateTime {
    at.naive_utc().trunc_subsecs(6)
}

/// A stored instant.
pub(in crate::store) fn instant(at: NaiveDateTime) -> DateTime<Utc> {
    at.and_utc()
}

/// Reads a code column; a code that this program does not know is corruption, not a default.
pub(in crate::store) fn code<T>(
    column: &'static str,
    code: &str,
    read: fn(&str) -> Option<T>,
) -> Result<T, StoreError> {
    read(code).ok_or(StoreError::Corrupt(column))
}

/// The same for a column that may be empty.
pub(in crate::store) fn optional_code<T>(
    column: &'static str,
    value: Option<&str>,
    read: fn(&str) -> Option<T>,
) -> Result<Option<T>, StoreError> {
    value.map(|value| code(column, value, read)).transpose()
}

/// Reads a comma-separated list of codes.
pub(in crate::store) fn codes<T>(
    column: &'static str,
    list: &str,
    read: fn(&str) -> Option<T>,
) -> Result<Vec<T>, StoreError> {
    list.split(',')
        .filter(|part| !part.is_empty())
        .map(|part| code(column, part, read))
        .collect()
}

/// Reads text that was parsed before it was stored.
pub(in crate::store) fn trusted<T, E>(
    column: &'static str,
    parsed: Result<T, E>,
) -> Result<T, StoreError> {
    parsed.map_err(|_| StoreError::Corrupt(column))
}
