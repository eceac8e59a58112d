-- What readers say about a post-mortem, or about a part of it. One who removes a comment takes its row away.
CREATE TABLE comments (
    id TEXT NOT NULL PRIMARY KEY,
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    about TEXT NOT NULL,
    author_id TEXT NOT NULL REFERENCES people (id) ON DELETE RESTRICT,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    written_at TIMESTAMP NOT NULL,
    edited_at TIMESTAMP,
    resolved_at TIMESTAMP,
    version INTEGER NOT NULL
);

CREATE INDEX comments_by_pm ON comments (postmortem_id);
