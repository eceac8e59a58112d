-- What a search counts and who may read it stand in the row whose words it looks at: asking a second table about each of ten
-- thousand rows cost four times as much as finding them. `search_facts` stays as a name for these columns.
DROP TRIGGER postmortems_facts_insert ON postmortems;
DROP TRIGGER postmortems_facts_update ON postmortems;
DROP TRIGGER postmortems_openness_update ON postmortems;
DROP FUNCTION facts_changed;

-- The table is written anew by a change of types, with its indexes; an UPDATE would leave each row there a second time.
ALTER TABLE search_documents ADD COLUMN facts BIGINT, ADD COLUMN open BOOLEAN;
CREATE FUNCTION known_facts(wanted INTEGER) RETURNS BIGINT LANGUAGE sql STABLE AS 'SELECT facts FROM search_facts WHERE key = wanted';
CREATE FUNCTION known_open(wanted INTEGER) RETURNS BOOLEAN LANGUAGE sql STABLE AS 'SELECT open FROM search_facts WHERE key = wanted';
ALTER TABLE search_documents
    ALTER COLUMN facts TYPE BIGINT USING known_facts(key), ALTER COLUMN facts SET NOT NULL,
    ALTER COLUMN open TYPE BOOLEAN USING known_open(key), ALTER COLUMN open SET NOT NULL;
DROP FUNCTION known_facts;
DROP FUNCTION known_open;
DROP TABLE search_facts;
CREATE VIEW search_facts AS SELECT key, facts, open FROM search_documents;

-- Triggers, because no way of writing may forget it.
CREATE FUNCTION document_facts() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    SELECT search_facts_of(kind, status, system, severity, filed_on), visibility = 'organisation'
        INTO STRICT NEW.facts, NEW.open FROM postmortems WHERE key = NEW.key;
    RETURN NEW;
END $$;
CREATE TRIGGER search_documents_facts BEFORE INSERT ON search_documents FOR EACH ROW EXECUTE FUNCTION document_facts();
CREATE FUNCTION facts_changed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    UPDATE search_documents SET facts = search_facts_of(NEW.kind, NEW.status, NEW.system, NEW.severity, NEW.filed_on),
        open = (NEW.visibility = 'organisation') WHERE key = NEW.key;
    RETURN NULL;
END $$;
CREATE TRIGGER postmortems_facts_update AFTER UPDATE OF kind, status, system, severity, filed_on, visibility ON postmortems
    FOR EACH ROW WHEN ((OLD.kind, OLD.status, OLD.system, OLD.severity, OLD.filed_on, OLD.visibility)
        IS DISTINCT FROM (NEW.kind, NEW.status, NEW.system, NEW.severity, NEW.filed_on, NEW.visibility))
    EXECUTE FUNCTION facts_changed();
