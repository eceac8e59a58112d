DROP TRIGGER postmortems_facts_update ON postmortems;
DROP FUNCTION facts_changed;
DROP TRIGGER search_documents_facts ON search_documents;
DROP FUNCTION document_facts;
DROP VIEW search_facts;
CREATE TABLE search_facts (
    key INTEGER NOT NULL PRIMARY KEY REFERENCES postmortems (key) ON DELETE CASCADE,
    facts BIGINT NOT NULL,
    open BOOLEAN NOT NULL DEFAULT FALSE
);
INSERT INTO search_facts (key, facts, open)
    SELECT key, search_facts_of(kind, status, system, severity, filed_on), visibility = 'organisation' FROM postmortems;
ALTER TABLE search_documents DROP COLUMN facts, DROP COLUMN open;
CREATE FUNCTION facts_changed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_facts (key, facts, open) VALUES (NEW.key,
        search_facts_of(NEW.kind, NEW.status, NEW.system, NEW.severity, NEW.filed_on), NEW.visibility = 'organisation')
        ON CONFLICT (key) DO UPDATE SET facts = excluded.facts, open = excluded.open;
    RETURN NULL;
END $$;
CREATE TRIGGER postmortems_facts_insert AFTER INSERT ON postmortems FOR EACH ROW EXECUTE FUNCTION facts_changed();
CREATE TRIGGER postmortems_facts_update AFTER UPDATE OF kind, status, system, severity, filed_on ON postmortems FOR EACH ROW EXECUTE FUNCTION facts_changed();
CREATE TRIGGER postmortems_openness_update AFTER UPDATE OF visibility ON postmortems FOR EACH ROW EXECUTE FUNCTION facts_changed();
