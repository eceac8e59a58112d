-- What a search counts of a post-mortem, as one number by its integer key: the day by which it is listed as eight digits, then
-- one digit each for kind, status, system and severity (none: 0), by their places in the lists of src/domain/postmortem.rs.
-- Thousands of these are read for one search, and a row of `postmortems` is long. Triggers, because no way of writing may
-- forget it; nothing here is exported.
CREATE TABLE search_facts (
    key INTEGER NOT NULL PRIMARY KEY REFERENCES postmortems (key) ON DELETE CASCADE,
    facts BIGINT NOT NULL
);
CREATE FUNCTION search_facts_of(kind TEXT, status TEXT, system TEXT, severity TEXT, filed_on DATE) RETURNS BIGINT LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    10000 * (10000 * least(greatest(extract(year FROM filed_on)::BIGINT, 0), 9999) + 100 * extract(month FROM filed_on)::BIGINT + extract(day FROM filed_on)::BIGINT)
    + 1000 * (CASE kind WHEN 'incident' THEN 1 WHEN 'crisis' THEN 2 WHEN 'near-miss' THEN 3 ELSE 4 END)
    + 100 * (CASE status WHEN 'draft' THEN 1 WHEN 'in-review' THEN 2 WHEN 'published' THEN 3 WHEN 'archived' THEN 4 ELSE 5 END)
    + 10 * (CASE system WHEN 'computer' THEN 1 WHEN 'people' THEN 2 ELSE 3 END)
    + (CASE severity WHEN 'sev1' THEN 1 WHEN 'sev2' THEN 2 WHEN 'sev3' THEN 3 WHEN 'sev4' THEN 4 ELSE 0 END);
INSERT INTO search_facts (key, facts) SELECT key, search_facts_of(kind, status, system, severity, filed_on) FROM postmortems;
CREATE FUNCTION facts_changed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_facts (key, facts) VALUES (NEW.key, search_facts_of(NEW.kind, NEW.status, NEW.system, NEW.severity, NEW.filed_on))
        ON CONFLICT (key) DO UPDATE SET facts = excluded.facts;
    RETURN NULL;
END $$;
CREATE TRIGGER postmortems_facts_insert AFTER INSERT ON postmortems FOR EACH ROW EXECUTE FUNCTION facts_changed();
CREATE TRIGGER postmortems_facts_update AFTER UPDATE OF kind, status, system, severity, filed_on ON postmortems FOR EACH ROW EXECUTE FUNCTION facts_changed();

-- The label of a word is not in the index, so looking for a common word in titles read the words of every text that holds it.
CREATE INDEX search_documents_by_title ON search_documents USING gin (to_tsvector('second_story', search_words(title)));
-- Whatever is long lies beside the rows: a search walks over thousands of them. Rewritten, or only new rows would be short.
ALTER TABLE search_documents SET (toast_tuple_target = 128);
CLUSTER search_documents USING search_documents_pkey;
