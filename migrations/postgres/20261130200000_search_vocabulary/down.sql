ALTER INDEX search_documents_by_document RESET (gin_pending_list_limit);
ALTER INDEX search_documents_by_title RESET (gin_pending_list_limit);
CREATE TABLE text_changes (
    subject_id UUID NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL CHECK (subject IN ('statement', 'postmortem')),
    change INTEGER NOT NULL
);
CREATE INDEX text_changes_by_change ON text_changes (change);
-- What changed since? Every instance keeps an index of similar texts in memory and asks for what has a greater number
-- than the last it saw. The counter's row stays locked until commit, so numbers become visible in their order and none
-- is missed. A changed statement changes what its post-mortem is about. Triggers, because no way of writing may forget
-- it; nothing here is exported.
-- Deferred, so that the row is locked for the moment of the commit only.
CREATE FUNCTION text_changed(changed UUID, what TEXT) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'text-change';
    INSERT INTO text_changes (subject_id, subject, change)
        SELECT changed, what, value FROM counters WHERE name = 'text-change'
        ON CONFLICT (subject_id) DO UPDATE SET change = excluded.change;
END $$;
CREATE FUNCTION statement_changed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM text_changed(OLD.id, 'statement');
        PERFORM text_changed(OLD.postmortem_id, 'postmortem');
    ELSE
        PERFORM text_changed(NEW.id, 'statement');
        PERFORM text_changed(NEW.postmortem_id, 'postmortem');
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION document_changed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM text_changed(OLD.postmortem_id, 'postmortem');
    ELSE
        PERFORM text_changed(NEW.postmortem_id, 'postmortem');
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER statements_changed AFTER INSERT OR DELETE ON statements
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION statement_changed();
CREATE CONSTRAINT TRIGGER statements_changed_update AFTER UPDATE ON statements
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.body, OLD.factor, OLD.component_id) IS DISTINCT FROM (NEW.body, NEW.factor, NEW.component_id))
    EXECUTE FUNCTION statement_changed();
CREATE CONSTRAINT TRIGGER documents_changed AFTER INSERT OR DELETE ON search_documents
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION document_changed();
CREATE CONSTRAINT TRIGGER documents_changed_update AFTER UPDATE ON search_documents
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.title, OLD.statements, OLD.body) IS DISTINCT FROM (NEW.title, NEW.statements, NEW.body))
    EXECUTE FUNCTION document_changed();
-- What similar texts weigh is counted among what the whole organisation may read, so memory has to know of that too.
CREATE FUNCTION visibility_changed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM text_changed(NEW.id, 'postmortem');
    PERFORM text_changed(statements.id, 'statement') FROM statements WHERE postmortem_id = NEW.id;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER postmortems_changed_visibility AFTER UPDATE ON postmortems
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.visibility IS DISTINCT FROM NEW.visibility)
    EXECUTE FUNCTION visibility_changed();
-- Everything counts as changed: an older program reads it all once.
INSERT INTO counters (name, value) VALUES ('text-change', 1);
INSERT INTO text_changes (subject_id, subject, change) SELECT id, 'statement', 1 FROM statements;
INSERT INTO text_changes (subject_id, subject, change) SELECT postmortem_id, 'postmortem', 1 FROM search_documents;
DROP TABLE search_vocabulary;
DELETE FROM settings WHERE name = 'search-vocabulary';
