//! Rows of database dumps: `INSERT` statements of MySQL, `COPY` blocks of PostgreSQL. Nothing is executed.

use std::collections::BTreeMap;

use super::Unreadable;
use crate::domain::text::excerpt;

/// A row: values by the names of their columns; what is NULL is not there.
pub(super) type Row = BTreeMap<String, String>;
/// Rows by table, without the name of the schema.
pub(super) type Tables = BTreeMap<String, Vec<Row>>;

/// The most oddities that are told.
const MOST_ODD: usize = 20;

/// What the files of a dump hold.
#[derive(Default)]
pub(super) struct Dump {
    pub(super) tables: Tables,
    /// What was odd about them, as sentences.
    pub(super) odd: Vec<String>,
    /// The names of columns, as `CREATE TABLE` gives them.
    columns: BTreeMap<String, Vec<String>>,
}

/// How a database writes a text between quotation marks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// A backslash begins an escape.
    MySql,
    /// A backslash is a letter like others.
    PostgreSql,
}

impl Dump {
    /// Says that something was odd, once.
    fn odd(&mut self, sentence: String) {
        if self.odd.len() < MOST_ODD && !self.odd.contains(&sentence) {
            self.odd.push(sentence);
        }
    }

    /// Keeps a row. A value for which there is no column is kept as one.
    fn push(&mut self, table: &str, names: &[String], values: Vec<Option<String>>) {
        let rows = self.tables.get(table).map_or(0, Vec::len) + 1;
        if names.is_empty() {
            self.odd(format!(
                "The table {} names no columns, so its rows were left out. Make the dump with CREATE TABLE, or with the names of the columns.",
                excerpt(table)
            ));
            return;
        }
        if names.len() != values.len() {
            self.odd(format!(
                "Row {rows} of the table {} has {} values for {} columns. What fits was read.",
                excerpt(table),
                values.len(),
                names.len()
            ));
        }
        let more = (names.len() + 1..).map(|place| format!("column {place}"));
        let cells = names.iter().cloned().chain(more).zip(values);
        let row = cells.filter_map(|(name, value)| Some((name, value?)));
        let row: Row = row.collect();
        self.tables.entry(table.to_owned()).or_default().push(row);
    }

    /// The rows of every `COPY ... FROM stdin` block.
    pub(super) fn copied(&mut self, text: &str) {
        let mut open: Option<(String, Vec<String>)> = None;
        for line in text.lines() {
            if let Some((table, columns)) = &open {
                if line == "\\." {
                    open = None;
                    continue;
                }
                let cells = line.split('\t');
                let cells = cells.map(|cell| (cell != "\\N").then(|| unescaped(cell)));
                self.push(table, columns, cells.collect());
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
        if let Some((table, _)) = open {
            self.odd(format!(
                "The table {} breaks off: its end is missing, and perhaps rows are. Make the dump again.",
                excerpt(&table)
            ));
        }
    }

    /// Learns the columns of every `CREATE TABLE`, which may stand in another file than the rows.
    pub(super) fn created(&mut self, text: &str) {
        let mut reader = Reader::new(text, Dialect::MySql);
        while let Some(word) = reader.statement() {
            if word == "CREATE"
                && let Some((table, names)) = reader.created()
            {
                self.columns.insert(table, names);
            }
            reader.skip();
        }
    }

    /// The rows of every `INSERT INTO`, with the names of columns from it or from `CREATE TABLE`.
    ///
    /// # Errors
    /// [`Unreadable`] if a statement breaks off.
    pub(super) fn inserted(&mut self, text: &str, dialect: Dialect) -> Result<(), Unreadable> {
        let mut reader = Reader::new(text, dialect);
        while let Some(word) = reader.statement() {
            if matches!(word, "INSERT" | "REPLACE")
                && let Some(table) = reader.name_behind(&["INTO", "IGNORE"])
            {
                let mut names = reader.names();
                if names.is_empty() {
                    names = self.columns.get(&table).cloned().unwrap_or_default();
                }
                for values in reader.rows()? {
                    self.push(&table, &names, values);
                }
            }
            reader.skip();
        }
        Ok(())
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

/// What is left of a dump.
struct Reader<'a> {
    rest: &'a str,
    dialect: Dialect,
}

impl<'a> Reader<'a> {
    const fn new(rest: &'a str, dialect: Dialect) -> Self {
        Self { rest, dialect }
    }

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
                (Some(b'\'' | b'"'), b'\\') if self.dialect == Dialect::MySql => escaped = true,
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
        Some(name.trim_matches(['`', '"']).to_owned())
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

    /// The columns of `TABLE name (...)`: the first word of each part, unless it begins a key or a rule.
    fn created(&mut self) -> Option<(String, Vec<String>)> {
        const RULES: [&str; 11] = [
            "PRIMARY",
            "KEY",
            "UNIQUE",
            "CONSTRAINT",
            "INDEX",
            "FULLTEXT",
            "SPATIAL",
            "FOREIGN",
            "CHECK",
            "EXCLUDE",
            "LIKE",
        ];
        let table = self.name_behind(&["TABLE", "IF", "NOT", "EXISTS"])?;
        let mut behind = Reader::new(self.rest, self.dialect);
        behind.skip();
        let body = self.rest.get(..self.rest.len() - behind.rest.len())?;
        let body = body.trim_start().strip_prefix('(')?;
        let name = |part: &str| {
            let part = part.trim();
            for quote in ['`', '"'] {
                if let Some(rest) = part.strip_prefix(quote) {
                    return rest.split_once(quote).map(|(name, _)| name.to_owned());
                }
            }
            let word = part.split(|c: char| c.is_whitespace() || c == '(').next()?;
            let is_rule = RULES.contains(&word.to_uppercase().as_str());
            (!is_rule && !word.is_empty()).then(|| word.to_owned())
        };
        Some((table, parts(body).into_iter().filter_map(name).collect()))
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
            if let Some(text) = hexadecimal(value) {
                return Some(Some(text));
            }
            return Some((!value.eq_ignore_ascii_case("null")).then(|| value.to_owned()));
        };
        let mut written = String::new();
        let mut chars = rest.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' if self.dialect == Dialect::MySql => written.push(match chars.next()?.1 {
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

/// The parts of a body in brackets, cut at the commas that stand in no further bracket and no text.
fn parts(body: &str) -> Vec<&str> {
    let (mut found, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    let mut quote = None;
    for (at, byte) in body.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'\'' | b'"' | b'`') => quote = Some(byte),
            (None, b'(') => depth += 1,
            (None, b')') if depth == 0 => {
                found.extend(body.get(start..at));
                return found;
            }
            (None, b')') => depth -= 1,
            (None, b',') if depth == 0 => {
                found.extend(body.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    found.extend(body.get(start..));
    found
}

/// `0x48616c6c6f`: bytes that a dump writes as digits, if they are text.
fn hexadecimal(value: &str) -> Option<String> {
    let digits = value.strip_prefix("0x").filter(|it| it.is_ascii())?;
    let bytes = digits.as_bytes().chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair).ok()?;
        u8::from_str_radix(pair, 16).ok()
    });
    String::from_utf8(bytes.collect::<Option<Vec<u8>>>()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Result<Dump, Unreadable> {
        let mut dump = Dump::default();
        dump.created(text);
        dump.inserted(text, Dialect::MySql)?;
        Ok(dump)
    }

    #[test]
    fn escapes_of_mysql_are_read_and_columns_come_from_where_they_stand() {
        let dump = "-- a; comment\n/*!40101 SET x = 1 */;\nCREATE TABLE `t` (\n  `id` bigint(20) NOT NULL,\n  `text` longtext COMMENT 'a; b',\n  PRIMARY KEY (`id`)\n);\nINSERT INTO `t` VALUES (9007199254740993,'it''s; a \\'quote\\'\\nand \\\\ ), (2'),(2,NULL);\nINSERT INTO t (`text`,`id`) VALUES ('ü\\Z',3);\nLOCK TABLES `t` WRITE;\n";
        let tables = all(dump).unwrap().tables;
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
            assert!(all(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn blocks_of_postgresql_are_read() {
        let mut dump = Dump::default();
        dump.copied(
            "SET x;\nCOPY s.event (id, description, \"order\") FROM stdin;\n1\ta\\tb\\\\n\\n\t\\N\n\\.\nCOPY s.none (id) FROM stdin;\n\\.\n",
        );
        assert!(dump.odd.is_empty(), "{:?}", dump.odd);
        let tables = dump.tables;
        let row = &tables["event"][0];
        assert_eq!(row["description"], "a\tb\\n\n");
        assert_eq!(row.get("order"), None);
        assert_eq!(tables.get("none"), None);
    }

    #[test]
    fn columns_of_one_line_are_known_and_odd_rows_are_told() {
        let dump = "INSERT INTO t VALUES (1,'a',0x48616c6c6f),(2,'b'),(3,'c','d','e');\nCREATE TABLE `t` (`id` bigint(20), text varchar(255) DEFAULT 'x,y', `blob` decimal(3,1), PRIMARY KEY (`id`), KEY `k` (`id`,`text`));\nINSERT INTO nameless VALUES (1),(2);\n";
        let read = all(dump).unwrap();
        let rows = &read.tables["t"];
        assert_eq!(rows[0]["blob"], "Hallo");
        assert_eq!(rows[1]["text"], "b");
        assert_eq!(rows[2]["column 4"], "e");
        assert_eq!(read.odd.len(), 3, "{:?}", read.odd);
        assert!(read.odd[0].starts_with("Row 2 of the table t has 2 values for 3"));
        assert!(read.odd[2].contains("nameless names no columns"));
    }

    #[test]
    fn a_backslash_of_postgresql_is_a_letter_and_a_cut_block_is_told() {
        let mut dump = Dump::default();
        dump.inserted(
            "INSERT INTO s.t (a, b) VALUES ('x\\', 'it''s');",
            Dialect::PostgreSql,
        )
        .unwrap();
        assert_eq!(dump.tables["t"][0]["a"], "x\\");
        assert_eq!(dump.tables["t"][0]["b"], "it's");
        dump.copied("COPY s.u (id, c) FROM stdin;\n1\n");
        assert_eq!(dump.tables["u"][0]["id"], "1");
        assert!(dump.odd[0].contains("1 values for 2"), "{:?}", dump.odd);
        assert!(dump.odd[1].contains("breaks off"), "{:?}", dump.odd);
    }
}
