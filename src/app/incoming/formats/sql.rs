//! Rows of database dumps: `INSERT` statements of MySQL, `COPY` blocks of PostgreSQL. Nothing is executed.

use std::collections::BTreeMap;

use super::Unreadable;

/// A row: values by the names of their columns; what is NULL is not there.
pub(super) type Row = BTreeMap<String, String>;
/// Rows by table, without the name of the schema.
pub(super) type Tables = BTreeMap<String, Vec<Row>>;

/// The rows of every `COPY ... FROM stdin` block.
pub(super) fn copied(text: &str, tables: &mut Tables) {
    let mut open: Option<(String, Vec<String>)> = None;
    for line in text.lines() {
        if let Some((table, columns)) = &open {
            if line == "\\." {
                open = None;
                continue;
            }
            let cells = columns.iter().cloned().zip(line.split('\t'));
            let row = cells.filter(|(_, cell)| *cell != "\\N");
            let row = row
                .map(|(column, cell)| (column, unescaped(cell)))
                .collect();
            tables.entry(table.clone()).or_default().push(row);
        } else if let Some(rest) = line.strip_prefix("COPY ")
            && let Some((name, rest)) = rest.split_once(" (")
            && let Some((columns, _)) = rest.split_once(") FROM stdin;")
        {
            let name = name.rsplit('.').next().unwrap_or(name).trim_matches('"');
            let columns = columns
                .split(", ")
                .map(|column| column.trim_matches('"').to_owned());
            open = Some((name.to_owned(), columns.collect()));
        }
    }
}

/// A cell of a `COPY` block.
fn unescaped(cell: &str) -> String {
    let mut written = String::with_capacity(cell.len());
    let mut chars = cell.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            written.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => written.push('\n'),
            Some('t') => written.push('\t'),
            Some('r') => written.push('\r'),
            Some(other) => written.push(other),
            None => written.push('\\'),
        }
    }
    written
}

/// The rows of every `INSERT INTO`, with the names of columns from it or from `CREATE TABLE`.
///
/// # Errors
/// [`Unreadable`] if a statement breaks off.
pub(super) fn inserted(text: &str) -> Result<Tables, Unreadable> {
    let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut tables = Tables::new();
    let mut dump = Dump { rest: text };
    while let Some(word) = dump.statement() {
        match word {
            "CREATE" => {
                if let Some((table, names)) = dump.created() {
                    columns.insert(table, names);
                }
            }
            "INSERT" | "REPLACE" => {
                let Some(table) = dump.name_behind(&["INTO", "IGNORE"]) else {
                    continue;
                };
                let mut names = dump.names();
                if names.is_empty() {
                    names = columns.get(&table).cloned().unwrap_or_default();
                }
                let rows = tables.entry(table).or_default();
                for values in dump.rows()? {
                    let cells = names.iter().cloned().zip(values);
                    rows.push(
                        cells
                            .filter_map(|(name, value)| Some((name, value?)))
                            .collect(),
                    );
                }
            }
            _ => {}
        }
        dump.skip();
    }
    Ok(tables)
}

/// What is left of a dump.
struct Dump<'a> {
    rest: &'a str,
}

impl<'a> Dump<'a> {
    /// The first word of the next statement; comments before it are skipped.
    fn statement(&mut self) -> Option<&'a str> {
        loop {
            self.rest = self
                .rest
                .trim_start_matches(|c: char| c.is_whitespace() || c == ';');
            if self.rest.starts_with("--") || self.rest.starts_with('#') {
                self.rest = self.rest.split_once('\n').map_or("", |(_, rest)| rest);
            } else if self.rest.starts_with("/*") {
                self.rest = self.rest.split_once("*/").map_or("", |(_, rest)| rest);
            } else {
                break;
            }
        }
        let end = self
            .rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        if self.rest.is_empty() {
            return None;
        }
        self.rest = rest;
        Some(word)
    }

    /// Passes over the rest of a statement, with quotation marks in mind.
    fn skip(&mut self) {
        let mut quote = None;
        let mut escaped = false;
        for (at, byte) in self.rest.bytes().enumerate() {
            match (quote, byte) {
                _ if escaped => escaped = false,
                (Some(b'\'' | b'"'), b'\\') => escaped = true,
                (Some(open), _) if open == byte => quote = None,
                (Some(_), _) => {}
                (None, b'\'' | b'"' | b'`') => quote = Some(byte),
                (None, b';') => {
                    self.rest = self.rest.get(at + 1..).unwrap_or_default();
                    return;
                }
                _ => {}
            }
        }
        self.rest = "";
    }

    /// The name of a table behind some words.
    fn name_behind(&mut self, words: &[&str]) -> Option<String> {
        loop {
            self.rest = self.rest.trim_start();
            let word = words.iter().find(|word| self.rest.starts_with(**word));
            let Some(word) = word else { break };
            self.rest = self.rest.get(word.len()..)?;
        }
        let end = self.rest.find(|c: char| c.is_whitespace() || c == '(')?;
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        let name = name.rsplit('.').next().unwrap_or(name);
        Some(name.trim_matches('`').to_owned())
    }

    /// Names in brackets, if there are any.
    fn names(&mut self) -> Vec<String> {
        let Some((inside, rest)) = self
            .rest
            .trim_start()
            .strip_prefix('(')
            .and_then(|rest| rest.split_once(')'))
        else {
            return Vec::new();
        };
        self.rest = rest;
        inside
            .split(',')
            .map(|name| name.trim().trim_matches(['`', '"']).to_owned())
            .collect()
    }

    /// The columns of `TABLE name (...)`: the lines that begin with a quoted name.
    fn created(&mut self) -> Option<(String, Vec<String>)> {
        let table = self.name_behind(&["TABLE", "IF", "NOT", "EXISTS"])?;
        let mut behind = Dump { rest: self.rest };
        behind.skip();
        let body = self.rest.get(..self.rest.len() - behind.rest.len())?;
        let names = body.lines().filter_map(|line| {
            let name = line
                .trim_start()
                .trim_start_matches('(')
                .trim_start()
                .strip_prefix('`')?;
            name.split_once('`').map(|(name, _)| name.to_owned())
        });
        Some((table, names.collect()))
    }

    /// `VALUES (...), (...)`.
    fn rows(&mut self) -> Result<Vec<Vec<Option<String>>>, Unreadable> {
        let broken = || {
            Unreadable::new(
                "A row of the dump breaks off. Make the dump again; nothing of it was read.",
            )
        };
        let Some(rest) = self.rest.trim_start().strip_prefix("VALUES") else {
            return Ok(Vec::new());
        };
        self.rest = rest;
        let mut rows = Vec::new();
        loop {
            self.rest = self
                .rest
                .trim_start()
                .strip_prefix('(')
                .ok_or_else(broken)?;
            let mut row = Vec::new();
            loop {
                row.push(self.value().ok_or_else(broken)?);
                self.rest = self.rest.trim_start();
                if let Some(rest) = self.rest.strip_prefix(',') {
                    self.rest = rest;
                    continue;
                }
                self.rest = self.rest.strip_prefix(')').ok_or_else(broken)?;
                break;
            }
            rows.push(row);
            self.rest = self.rest.trim_start();
            match self.rest.strip_prefix(',') {
                Some(rest) => self.rest = rest,
                None => return Ok(rows),
            }
        }
    }

    /// One value: a text with the escapes of MySQL, a number, or NULL.
    fn value(&mut self) -> Option<Option<String>> {
        self.rest = self.rest.trim_start();
        if let Some(rest) = self.rest.strip_prefix("_binary ") {
            self.rest = rest;
        }
        let Some(rest) = self.rest.strip_prefix('\'') else {
            let end = self.rest.find([',', ')'])?;
            let (value, rest) = self.rest.split_at(end);
            self.rest = rest;
            let value = value.trim();
            return Some((!value.eq_ignore_ascii_case("null")).then(|| value.to_owned()));
        };
        let mut written = String::new();
        let mut chars = rest.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => written.push(match chars.next()?.1 {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    '0' => '\0',
                    'b' => '\u{8}',
                    'Z' => '\u{1a}',
                    other => other,
                }),
                '\'' => {
                    let behind = rest.get(at + 1..)?;
                    if !behind.starts_with('\'') {
                        self.rest = behind;
                        return Some(Some(written));
                    }
                    written.push('\'');
                    chars.next();
                }
                other => written.push(other),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_mysql_are_read_and_columns_come_from_where_they_stand() {
        let dump = "-- a; comment\n/*!40101 SET x = 1 */;\nCREATE TABLE `t` (\n  `id` bigint(20) NOT NULL,\n  `text` longtext COMMENT 'a; b',\n  PRIMARY KEY (`id`)\n);\nINSERT INTO `t` VALUES (9007199254740993,'it''s; a \\'quote\\'\\nand \\\\ ), (2'),(2,NULL);\nINSERT INTO t (`text`,`id`) VALUES ('ü\\Z',3);\nLOCK TABLES `t` WRITE;\n";
        let tables = inserted(dump).unwrap();
        let rows = &tables["t"];
        assert_eq!(rows[0]["id"], "9007199254740993");
        assert_eq!(rows[0]["text"], "it's; a 'quote'\nand \\ ), (2");
        assert_eq!(rows[1].get("text"), None);
        assert_eq!(rows[2]["text"], "ü\u{1a}");
        for broken in [
            "INSERT INTO `t` VALUES (1,'open",
            "INSERT INTO `t` VALUES (1",
            "INSERT INTO `t` VALUES (1,'x\\",
        ] {
            assert!(inserted(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn blocks_of_postgresql_are_read() {
        let mut tables = Tables::new();
        copied(
            "SET x;\nCOPY s.event (id, description, \"order\") FROM stdin;\n1\ta\\tb\\\\n\\n\t\\N\n\\.\nCOPY s.none (id) FROM stdin;\n\\.\n",
            &mut tables,
        );
        let row = &tables["event"][0];
        assert_eq!(row["description"], "a\tb\\n\n");
        assert_eq!(row.get("order"), None);
        assert_eq!(tables.get("none"), None);
    }
}
