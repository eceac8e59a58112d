-- What ranking knows of a post-mortem, by its integer key; src/domain/search/signals.rs says how it is written. The program
-- fills it for the documents that are there.
CREATE TABLE search_signals (
    key INTEGER NOT NULL PRIMARY KEY REFERENCES search_documents (key) ON DELETE CASCADE,
    counts BLOB NOT NULL
);

-- What similar texts weigh is counted among what the whole organisation may read, so memory has to know of that too.
CREATE TRIGGER postmortems_changed_visibility AFTER UPDATE OF visibility ON postmortems
WHEN old.visibility IS NOT new.visibility BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'text-change';
    INSERT INTO text_changes (subject_id, subject, change)
        SELECT new.id, 'postmortem', value FROM counters WHERE name = 'text-change'
        UNION ALL SELECT statements.id, 'statement', value FROM statements, counters
            WHERE statements.postmortem_id = new.id AND name = 'text-change'
        ON CONFLICT (subject_id) DO UPDATE SET change = excluded.change;
END;
