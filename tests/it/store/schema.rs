//! The tables that the migrations make are the tables that the program believes in, on both databases.

use std::collections::{BTreeMap, BTreeSet};

use diesel::connection::SimpleConnection as _;
use diesel::migration::MigrationSource;
use diesel::sql_types::{Bool, Text};
use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl as _, SqliteConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use second_story::app::{demo, upkeep};
use second_story::store::{OpenError, Store};

use crate::harness::{Database, now};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// A connection that knows nothing of the program.
enum Raw {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Raw {
    fn open(database: &Database) -> Self {
        match database.address.strip_prefix("sqlite:") {
            Some(path) => Self::Sqlite(SqliteConnection::establish(path).unwrap()),
            None => Self::Postgres(PgConnection::establish(&database.address).unwrap()),
        }
    }

    fn run(&mut self, sql: &str) {
        match self {
            Self::Sqlite(conn) => conn.batch_execute(sql).unwrap(),
            Self::Postgres(conn) => conn.batch_execute(sql).unwrap(),
        }
    }

    fn columns(&mut self) -> Vec<Column> {
        match self {
            Self::Sqlite(conn) => diesel::sql_query(
                r#"SELECT t.name AS "table", c.name AS "column", c.type AS kind, c."notnull" = 0 AS nullable
                   FROM sqlite_schema t, pragma_table_info(t.name) c
                   WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE 'search_index%'"#,
            )
            .load(conn),
            // What PostgreSQL computes by itself the program never sees. `search_facts` is a view there, which cannot say that
            // a column is never empty, and what it shows the program never asks of the table below it.
            Self::Postgres(conn) => diesel::sql_query(
                r#"SELECT table_name::text AS "table", column_name::text AS "column", data_type::text AS kind,
                       is_nullable = 'YES' AND table_name <> 'search_facts' AS nullable
                   FROM information_schema.columns
                   WHERE table_schema = current_schema() AND is_generated = 'NEVER'
                       AND NOT (table_name = 'search_documents' AND column_name IN ('facts', 'open'))"#,
            )
            .load(conn),
        }
        .unwrap()
    }

    /// Foreign keys that leave open what happens to the row when the one it points to goes.
    fn silent_references(&mut self) -> Vec<Name> {
        match self {
            Self::Sqlite(conn) => diesel::sql_query(
                r#"SELECT t.name || '.' || f."from" AS name FROM sqlite_schema t, pragma_foreign_key_list(t.name) f
                   WHERE t.type = 'table' AND f.on_delete = 'NO ACTION'"#,
            )
            .load(conn),
            Self::Postgres(conn) => diesel::sql_query(
                "SELECT conname::text AS name FROM pg_constraint
                 WHERE contype = 'f' AND confdeltype = 'a' AND connamespace = current_schema()::regnamespace",
            )
            .load(conn),
        }
        .unwrap()
    }

    /// What each post-mortem is about, in some order, and whether everybody may read it.
    fn beside_the_index(&mut self) -> Vec<(BTreeSet<String>, bool)> {
        let rows: Vec<Beside> = match self {
            Self::Sqlite(conn) => diesel::sql_query(BESIDE).load(conn),
            Self::Postgres(conn) => diesel::sql_query(BESIDE).load(conn),
        }
        .unwrap();
        rows.into_iter()
            .map(|row| (row.about.lines().map(str::to_owned).collect(), row.open))
            .collect()
    }

    fn revert_last(&mut self) {
        match self {
            Self::Sqlite(conn) => drop(conn.revert_last_migration(SQLITE).unwrap()),
            Self::Postgres(conn) => drop(conn.revert_last_migration(POSTGRES).unwrap()),
        }
    }

    fn revert_all(&mut self) {
        match self {
            Self::Sqlite(conn) => revert(conn, SQLITE),
            Self::Postgres(conn) => revert(conn, POSTGRES),
        }
    }
}

fn revert<C, DB>(conn: &mut C, source: EmbeddedMigrations)
where
    C: MigrationHarness<DB>,
    DB: diesel::backend::Backend,
    EmbeddedMigrations: MigrationSource<DB>,
{
    conn.revert_all_migrations(source).unwrap();
}

const BESIDE: &str = "SELECT search_signals.about, search_facts.open FROM search_signals \
    JOIN search_facts ON search_facts.key = search_signals.key ORDER BY search_facts.key";

#[derive(QueryableByName)]
struct Beside {
    #[diesel(sql_type = Text)]
    about: String,
    #[diesel(sql_type = Bool)]
    open: bool,
}

#[derive(QueryableByName, Debug)]
struct Column {
    #[diesel(sql_type = Text)]
    table: String,
    #[diesel(sql_type = Text)]
    column: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
}

#[derive(QueryableByName, Debug)]
struct Name {
    #[diesel(sql_type = Text)]
    #[expect(dead_code, reason = "shown by Debug when a test fails")]
    name: String,
}

/// `table.column`, and what it holds, with the names that Diesel uses.
type Schema = BTreeMap<String, String>;

/// The table of types: Diesel, SQLite, PostgreSQL.
const TYPES: [(&str, &str, &str); 9] = [
    ("DbUuid", "TEXT", "uuid"),
    ("Text", "TEXT", "text"),
    ("Binary", "BLOB", "bytea"),
    ("Integer", "INTEGER", "integer"),
    ("BigInt", "BIGINT", "bigint"),
    ("Double", "DOUBLE", "double precision"),
    ("Bool", "BOOLEAN", "boolean"),
    ("Timestamp", "TIMESTAMP", "timestamp without time zone"),
    ("Date", "DATE", "date"),
];

/// What `src/store/schema.rs` says, each type in the words of one database.
fn believed(postgres: bool) -> Schema {
    let text = concat!(
        include_str!("../../../src/store/schema.rs"),
        include_str!("../../../src/store/schema/around.rs"),
        include_str!("../../../src/store/schema/names.rs")
    );
    let mut schema = Schema::new();
    for block in text.split("diesel::table! {").skip(1) {
        let lines = || block.lines().map(str::trim);
        let table = lines()
            .find(|line| line.ends_with(") {"))
            .and_then(|line| line.split(' ').next())
            .unwrap();
        for line in lines().filter(|line| !line.contains('(')) {
            let Some((column, kind)) = line.trim_end_matches(',').split_once(" -> ") else {
                continue;
            };
            let bare = kind.trim_start_matches("Nullable<").trim_end_matches('>');
            let (_, sqlite, pg) = TYPES
                .iter()
                .find(|(name, _, _)| *name == bare)
                .unwrap_or_else(|| panic!("{bare} is missing from the table of types"));
            let said = if postgres { pg } else { sqlite };
            schema.insert(
                format!("{table}.{column}"),
                shown(said, kind.starts_with("Nullable")),
            );
        }
    }
    schema
}

fn shown(kind: &str, nullable: bool) -> String {
    format!("{kind}{}", if nullable { ", may be missing" } else { "" })
}

/// What a database has.
fn made(raw: &mut Raw) -> Schema {
    raw.columns()
        .into_iter()
        .filter(|column| column.table != "__diesel_schema_migrations")
        .map(|column| {
            (
                format!("{}.{}", column.table, column.column),
                shown(&column.kind, column.nullable),
            )
        })
        .collect()
}

#[test]
fn the_program_believes_in_the_tables_that_the_migrations_make() {
    let database = Database::fresh();
    Store::open(&database.address).unwrap();
    let made = made(&mut Raw::open(&database));
    let believed = believed(database.is_postgres());
    assert!(believed.len() > 100, "schema.rs was read as {believed:?}");
    let difference: Vec<_> = believed
        .iter()
        .filter(|entry| !made.contains_key(entry.0) || made[entry.0] != *entry.1)
        .map(|(column, kind)| {
            format!(
                "schema.rs says {column}: {kind}; made was {:?}",
                made.get(column)
            )
        })
        .chain(
            made.keys()
                .filter(|column| !believed.contains_key(*column))
                .map(|column| format!("schema.rs does not know {column}")),
        )
        .collect();
    assert!(difference.is_empty(), "{}", difference.join("\n"));
}

#[test]
fn every_reference_says_what_happens_when_its_row_goes() {
    let database = Database::fresh();
    Store::open(&database.address).unwrap();
    let silent = Raw::open(&database).silent_references();
    assert!(silent.is_empty(), "write ON DELETE: {silent:?}");
}

#[test]
fn both_databases_refuse_the_same_values() {
    let rules = |text: &str| -> BTreeSet<String> {
        let mut table = "";
        let mut rules = BTreeSet::new();
        for line in text.lines().map(str::trim) {
            if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
                table = rest.trim_end_matches(" (");
            }
            let column = line.split(' ').next().unwrap_or_default();
            for word in ["CHECK (", "UNIQUE", "REFERENCES "] {
                if let Some(at) = line.find(word).filter(|_| !line.starts_with("--")) {
                    let rule = line[at..].trim_end_matches(',');
                    rules.insert(format!("{table}.{column}: {rule}"));
                }
            }
        }
        rules
    };
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let mut seen = 0;
    for entry in std::fs::read_dir(format!("{folder}/sqlite")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let read =
            |side: &str| std::fs::read_to_string(format!("{folder}/{side}/{name}/up.sql")).unwrap();
        let (sqlite, postgres) = (rules(&read("sqlite")), rules(&read("postgres")));
        let only: Vec<_> = sqlite.symmetric_difference(&postgres).collect();
        assert!(only.is_empty(), "{name}: on one side only: {only:#?}");
        seen += sqlite.len();
    }
    assert!(seen > 50, "{seen} rules were read");
}

#[test]
fn migrations_go_down_to_nothing_and_up_again() {
    let database = Database::fresh();
    Store::open(&database.address).unwrap();
    let mut raw = Raw::open(&database);
    let before = made(&mut raw);
    raw.revert_all();
    assert_eq!(made(&mut raw), Schema::new());
    drop(raw);
    Store::open(&database.address).unwrap();
    assert_eq!(made(&mut Raw::open(&database)), before);
}

#[test]
fn a_database_from_before_is_brought_up_to_date_with_all_that_is_in_it() {
    let database = Database::fresh();
    demo::load(&Store::open(&database.address).unwrap(), now()).unwrap();
    let mut raw = Raw::open(&database);
    raw.run("UPDATE postmortems SET visibility = 'restricted' WHERE key = (SELECT min(key) FROM postmortems)");
    let today = made(&mut raw);
    let beside = raw.beside_the_index();
    assert!(beside.iter().any(|(about, _)| about.len() > 4));
    assert_eq!(beside.iter().filter(|(_, open)| !open).count(), 1);
    // A migration may change nothing that the program sees.
    while made(&mut raw) == today {
        raw.revert_last();
    }
    let store = Store::open(&database.address).unwrap();
    assert_eq!(made(&mut raw), today);
    assert_eq!(raw.beside_the_index(), beside);
    let checked = upkeep::check(&store).unwrap();
    assert_eq!((checked.postmortems, checked.findings), (25, Vec::new()));
}

#[test]
fn a_database_of_a_newer_program_is_refused_and_stays_as_it_is() {
    let database = Database::fresh();
    Store::open(&database.address).unwrap();
    Raw::open(&database).run(
        "INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('29991231000000', '2999-12-31 00:00:00')",
    );
    let Err(error) = Store::open(&database.address) else {
        panic!("the database was opened");
    };
    assert!(matches!(&error, OpenError::Newer(version) if version == "29991231000000"));
    assert!(error.to_string().contains("newer Second Story"), "{error}");
}

#[test]
fn instances_that_start_at_once_all_open_the_new_database() {
    let database = Database::fresh();
    let address = &database.address;
    let opened: Vec<Result<(), OpenError>> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..4)
            .map(|_| scope.spawn(move || Store::open(address).map(|_| ())))
            .collect();
        starts
            .into_iter()
            .map(|start| start.join().unwrap())
            .collect()
    });
    for result in opened {
        result.unwrap();
    }
}
