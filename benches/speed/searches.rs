//! What is searched for: as people type it, and as each engine writes it.

/// The engines' own ranking and snippets, as their manuals show them.
pub(crate) const SQLITE_FROM: &str = "search_index :join WHERE search_index MATCH ?1 :also";
pub(crate) const SQLITE_SEARCH: &str = "SELECT snippet(search_index, -1, '[', ']', '…', 24) AS value FROM :from ORDER BY rank LIMIT 20";
pub(crate) const POSTGRES_FROM: &str = "to_tsquery('second_story', ?1) AS q JOIN search_documents AS d ON d.document @@ q :join WHERE true :also";
pub(crate) const POSTGRES_SEARCH: &str = "SELECT ts_headline('second_story', body, q) AS value FROM (SELECT d.body, q FROM :from ORDER BY ts_rank_cd(d.document, q) DESC LIMIT 20) AS best";

/// A search.
pub(crate) struct Search {
    pub(crate) name: &'static str,
    /// What is typed.
    pub(crate) typed: &'static str,
    /// The same as FTS5 and as PostgreSQL write it; nothing where bare SQL has no such search.
    pub(crate) engines: Option<[&'static str; 2]>,
    /// What else must hold of the post-mortem, as SQL.
    pub(crate) narrowed: Option<&'static str>,
}

const fn words(name: &'static str, typed: &'static str, engines: [&'static str; 2]) -> Search {
    Search {
        name,
        typed,
        engines: Some(engines),
        narrowed: None,
    }
}

/// All of them. The words are of the generator; how many hold them is printed beside.
pub(crate) const SEARCHES: [Search; 8] = [
    words("search: a rare word", "cebaffb", ["cebaffb", "'cebaffb'"]),
    words(
        "search: a middling word",
        "injuries",
        ["injuries", "'injuries'"],
    ),
    words("search: a common word", "learned", ["learned", "'learned'"]),
    words(
        "search: three words",
        "safety equipment launch",
        [
            "safety equipment launch",
            "'safety' & 'equipment' & 'launch'",
        ],
    ),
    words("search: a prefix", "ser*", ["ser *", "'ser':*"]),
    words(
        "search: a phrase",
        "\"load balancer\"",
        ["\"load balancer\"", "'load' <-> 'balancer'"],
    ),
    Search {
        name: "search: a word, filtered",
        typed: "injuries kind:crisis",
        engines: Some(["injuries", "'injuries'"]),
        narrowed: Some("postmortems.kind = 'crisis'"),
    },
    Search {
        name: "search: a misspelt word",
        typed: "injuires",
        engines: None,
        narrowed: None,
    },
];
