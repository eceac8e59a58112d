CREATE TABLE text_changes (
    subject_id TEXT NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL CHECK (subject IN ('statement', 'postmortem')),
    change INTEGER NOT NULL
);
CREATE INDEX text_changes_by_change ON text_changes (change);
-- What changed since? Every instance keeps an index of similar texts in memory and asks for what has a greater number
-- than the last it saw. The counter's row stays locked until commit, so numbers become visible in their order and none
-- is missed. A changed statement changes what its post-mortem is about. Triggers, because no way of writing may forget
-- it; nothing here is exported.
CREATE TRIGGER statements_changed_insert AFTER INSERT ON statements BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'text-change';
    INSERT INTO text_changes (subject_id, subject, change)
        SELECT new.id, 'statement', value FROM counters WHERE name = 'text-change'
        UNION ALL SELECT new.postmortem_id, 'postmortem', value FROM counters WHERE name = 'text-change'
        ON CONFLICT (subject_id) DO UPDATE SET change = excluded.change;
END;
CREATE TRIGGER statements_changed_update AFTER UPDATE OF body, factor, component_id ON statements
WHEN old.body IS NOT new.body OR old.factor IS NOT new.factor OR old.component_id IS NOT new.component_id BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'text-change';
    INSERT INTO text_changes (subject_id, subject, change)
        SELECT new.id, 'statement', value FROM counters WHERE name = 'text-change'
        UNION ALL SELECT new.postmortem_id, 'postmortem', value FROM counters WHERE name = 'text-change'
        ON CONFLICT (subject_id) DO UPDATE SET change = excluded.change;
END;
CREATE TRIGGER statements_changed_delete AFTER DELETE ON statements BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'text-change';
    INSERT INTO text_changes (subject_id, subject, change)
        SELECT old.id, 'statement', value FROM counters WHERE name = 'text-change'
        UNION ALL SELECT old.postmortem_id, 'postmortem', value FROM counters WHERE name = 'text-change'
        ON CONFLICT (subject_id) DO UPDATE SET change = excluded.change;
END;
CREATE TRIGGER documents_changed_insert AFTER INSERT ON search_documents BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'text-change';
    INSERT INTO text_changes (subject_id, subject, change)
        SELECT new.postmortem_id, 'postmortem', value FROM counters WHERE name = 'text-change'
        ON CONFLICT (subject_id) DO UPDATE SET change = excluded.change;
END;
CREATE TRIGGER documents_changed_update AFTER UPDATE OF title, statements, body ON search_documents
WHEN old.title IS NOT new.title OR old.statements IS NOT new.statements OR old.body IS NOT new.body BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'text-change';
    INSERT INTO text_changes (subject_id, subject, change)
        SELECT new.postmortem_id, 'postmortem', value FROM counters WHERE name = 'text-change'
        ON CONFLICT (subject_id) DO UPDATE SET change = excluded.change;
END;
CREATE TRIGGER documents_changed_delete AFTER DELETE ON search_documents BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'text-change';
    INSERT INTO text_changes (subject_id, subject, change)
        SELECT old.postmortem_id, 'postmortem', value FROM counters WHERE name = 'text-change'
        ON CONFLICT (subject_id) DO UPDATE SET change = excluded.change;
END;
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
-- Everything counts as changed: an older program reads it all once.
INSERT INTO counters (name, value) VALUES ('text-change', 1);
INSERT INTO text_changes (subject_id, subject, change) SELECT id, 'statement', 1 FROM statements;
INSERT INTO text_changes (subject_id, subject, change) SELECT postmortem_id, 'postmortem', 1 FROM search_documents;
DROP TABLE search_vocabulary;
DELETE FROM settings WHERE name = 'search-vocabulary';
