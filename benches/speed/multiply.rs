//! Makes many post-mortems of a few: copies with other ids, numbers and titles, indexed by the database's own triggers.
//!
//! Reading and rendering a hundred thousand texts takes half an hour. So a word that one of five thousand holds is held by
//! twenty of a hundred thousand; everything else is as if each had been written.

use super::bare::Bare;

/// The tables of a post-mortem and their columns with ids that differ from copy to copy.
const TABLES: [(&str, &[&str]); 7] = [
    ("postmortems", &["id"]),
    ("sections", &["id", "postmortem_id"]),
    ("events", &["id", "postmortem_id"]),
    ("statements", &["id", "postmortem_id"]),
    ("evidence", &["id", "statement_id", "event_id"]),
    ("search_documents", &["postmortem_id"]),
    ("search_signals", &[]),
];

/// Copies everything until there are as many as wanted.
pub(crate) fn multiply(bare: &mut Bare, wanted: usize) {
    let first = bare.ids("published").len();
    let step = bare.one("SELECT CAST(max(key) AS TEXT) AS value FROM postmortems");
    let columns: Vec<Vec<String>> = TABLES
        .iter()
        .map(|(table, _)| bare.columns(table))
        .collect();
    for copy in 1..wanted.div_ceil(first.max(1)) {
        let statements: Vec<String> = TABLES
            .iter()
            .zip(&columns)
            .map(|((table, ids), columns)| copied(bare, table, ids, columns, (copy, &step)))
            .collect();
        let statements: Vec<(&str, &[&str])> = statements
            .iter()
            .map(|sql| (sql.as_str(), [].as_slice()))
            .collect();
        bare.written(&statements);
        eprint!("\rcopied {}", (copy + 1) * first);
    }
    eprintln!();
    bare.numbered();
}

/// The statement that copies the rows of one table.
fn copied(
    bare: &Bare,
    table: &str,
    ids: &[&str],
    columns: &[String],
    (copy, step): (usize, &str),
) -> String {
    let keyed = ["postmortems", "search_documents", "search_signals"].contains(&table);
    let value = |column: &String| match column.as_str() {
        id if ids.contains(&id) => bare.other_id(id, copy),
        "key" if keyed => format!("key + {copy} * {step}"),
        "number" => format!("number + {copy} * {step}"),
        "title" if table == "postmortems" => format!("title || ' ({copy})'"),
        other => other.to_owned(),
    };
    let values: Vec<String> = columns.iter().map(value).collect();
    // The place in an id where copies differ holds 8 to b in an id that was made.
    let original = match ids.first() {
        _ if keyed => format!("key <= {step}"),
        Some(id) => format!("substr(CAST({id} AS TEXT), 20, 2) <> '00'"),
        None => "true".to_owned(),
    };
    let (columns, values) = (columns.join(", "), values.join(", "));
    format!("INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE {original}")
}
