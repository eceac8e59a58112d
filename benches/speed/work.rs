//! The same work as bare SQL, on this thread: what the database itself costs.

use second_story::domain::ids::PostMortemId;

use super::bare::Bare;
use super::searches::{POSTGRES_FROM, POSTGRES_SEARCH, SQLITE_FROM, SQLITE_SEARCH};

/// The tables of one post-mortem, each with the column that weighs most.
const PARTS: [(&str, &str); 8] = [
    ("sections", "html"),
    ("accounts", "html"),
    ("events", "body"),
    ("statements", "body"),
    ("actions", "title"),
    ("members", "role"),
    ("approvals", "approved_at"),
    ("postmortem_links", "relation"),
];

/// The facts that every post-mortem has.
const FACTS: &str = "title, kind, tier, system, visibility, zone, shepherd_id, template_version, impacts, unknown_markers, no_commitments_because, over_limit_because, filed_on, created_at, updated_at, version";

impl Bare {
    /// Reads everything that the reading page shows.
    pub(crate) fn page(&mut self, id: PostMortemId) -> usize {
        let id = id.to_string();
        let mut rows = self.rows(
            "SELECT title AS value FROM postmortems WHERE id = :id",
            &[&id],
        );
        for (table, column) in PARTS {
            let sql = format!(
                "SELECT CAST({column} AS TEXT) AS value FROM {table} WHERE postmortem_id = :id"
            );
            rows += self.rows(&sql, &[&id]);
        }
        rows + self.rows(
            "SELECT CAST(e.event_id AS TEXT) AS value FROM evidence e JOIN statements s ON s.id = e.statement_id WHERE s.postmortem_id = :id",
            &[&id],
        )
    }

    /// Reads the newest fifty.
    pub(crate) fn list(&mut self) -> usize {
        self.rows("SELECT title AS value FROM postmortems WHERE visibility = ?1 ORDER BY filed_on DESC, id DESC LIMIT 50", &["organisation"])
    }

    /// The engine's own ranking and snippets, as its manual shows them, and a count.
    pub(crate) fn search(&mut self, [fts5, tsquery]: [&str; 2], narrowed: Option<&str>) -> usize {
        let (found, of, words) = match self {
            Self::Sqlite(_) => (SQLITE_SEARCH, SQLITE_FROM, fts5),
            Self::Postgres { .. } => (POSTGRES_SEARCH, POSTGRES_FROM, tsquery),
        };
        let with = |sql: &str| {
            let (join, also) = narrowed.map_or((String::new(), String::new()), |condition| {
                let key = if of == SQLITE_FROM {
                    "search_index.rowid"
                } else {
                    "d.key"
                };
                (
                    format!("JOIN postmortems ON postmortems.key = {key}"),
                    format!("AND {condition}"),
                )
            });
            sql.replace(":from", of)
                .replace(":join", &join)
                .replace(":also", &also)
        };
        let rows = self.rows(&with(found), &[words]);
        let sql = with("SELECT count(*) AS count FROM :from");
        rows + usize::try_from(self.count(&sql, words)).unwrap().min(1)
    }

    /// Makes one with its facts alone, durably.
    pub(crate) fn create(&mut self, like: PostMortemId) -> usize {
        let sql = format!(
            "INSERT INTO postmortems (id, status, {FACTS}) SELECT :other, 'draft', {FACTS} FROM postmortems WHERE id = :id"
        );
        let made = PostMortemId::new().to_string();
        self.written(&[(&sql, &[&like.to_string(), &made])])
    }

    /// Saves a section with its history and its words, durably.
    pub(crate) fn save(&mut self, id: PostMortemId, text: &str) -> usize {
        let id = id.to_string();
        self.written(&[
            ("UPDATE sections SET body = ?2, html = ?2, version = version + 1 WHERE postmortem_id = :id AND key = 'summary'", &[&id, text]),
            (
                "INSERT INTO revisions SELECT :made, id, 'section', 'summary', 1, ?2, '', shepherd_id, updated_at FROM postmortems WHERE id = :id",
                &[&id, text],
            ),
            ("UPDATE search_documents SET body = ?2 || substr(body, 1 + length(?2)) WHERE postmortem_id = :id", &[&id, text]),
        ])
    }

    /// Marks one as published, durably.
    pub(crate) fn publish(&mut self, id: PostMortemId) -> usize {
        let sql = "UPDATE postmortems SET status = ?2, version = version + 1 WHERE id = :id";
        self.written(&[(sql, &[&id.to_string(), "published"])])
    }
}
