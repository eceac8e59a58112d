-- What was imported from another program, by what it is called there, so that a second import knows it again.
-- Several post-mortems may stand for one record: who may not read the first one does not learn of it.
CREATE TABLE foreign_records (
    id TEXT NOT NULL PRIMARY KEY,
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    foreign_id TEXT NOT NULL,
    waiting BOOLEAN NOT NULL,
    imported_at TIMESTAMP NOT NULL
);

CREATE INDEX foreign_records_by_name ON foreign_records (source, foreign_id);
CREATE INDEX foreign_records_by_pm ON foreign_records (postmortem_id);

-- What the import wrote for each part: the version that it made, and a digest of what the file said.
CREATE TABLE foreign_parts (
    id TEXT NOT NULL PRIMARY KEY,
    record_id TEXT NOT NULL REFERENCES foreign_records (id) ON DELETE CASCADE,
    resource TEXT NOT NULL CHECK (resource IN ('facts', 'section', 'event', 'statement', 'action')),
    part TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    digest TEXT NOT NULL
);

CREATE INDEX foreign_parts_by_record ON foreign_parts (record_id);
