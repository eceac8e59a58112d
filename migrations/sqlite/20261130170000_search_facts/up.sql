-- What a search counts of a post-mortem, as one number by its integer key: the day by which it is listed as eight digits, then
-- one digit each for kind, status, system and severity (none: 0), by their places in the lists of src/domain/postmortem.rs.
-- Thousands of these are read for one search, and a row of `postmortems` is long. Triggers, because no way of writing may
-- forget it; nothing here is exported.
CREATE TABLE search_facts (
    key INTEGER NOT NULL PRIMARY KEY REFERENCES postmortems (key) ON DELETE CASCADE,
    facts BIGINT NOT NULL
);
INSERT INTO search_facts (key, facts) SELECT key, 10000 * CAST(replace(substr(filed_on, 1, 10), '-', '') AS INTEGER)
    + 1000 * (CASE kind WHEN 'incident' THEN 1 WHEN 'crisis' THEN 2 WHEN 'near-miss' THEN 3 ELSE 4 END)
    + 100 * (CASE status WHEN 'draft' THEN 1 WHEN 'in-review' THEN 2 WHEN 'published' THEN 3 WHEN 'archived' THEN 4 ELSE 5 END)
    + 10 * (CASE system WHEN 'computer' THEN 1 WHEN 'people' THEN 2 ELSE 3 END)
    + (CASE severity WHEN 'sev1' THEN 1 WHEN 'sev2' THEN 2 WHEN 'sev3' THEN 3 WHEN 'sev4' THEN 4 ELSE 0 END)
    FROM postmortems;
CREATE TRIGGER postmortems_facts_insert AFTER INSERT ON postmortems BEGIN
    INSERT INTO search_facts (key, facts) SELECT new.key, 10000 * CAST(replace(substr(new.filed_on, 1, 10), '-', '') AS INTEGER)
    + 1000 * (CASE new.kind WHEN 'incident' THEN 1 WHEN 'crisis' THEN 2 WHEN 'near-miss' THEN 3 ELSE 4 END)
    + 100 * (CASE new.status WHEN 'draft' THEN 1 WHEN 'in-review' THEN 2 WHEN 'published' THEN 3 WHEN 'archived' THEN 4 ELSE 5 END)
    + 10 * (CASE new.system WHEN 'computer' THEN 1 WHEN 'people' THEN 2 ELSE 3 END)
    + (CASE new.severity WHEN 'sev1' THEN 1 WHEN 'sev2' THEN 2 WHEN 'sev3' THEN 3 WHEN 'sev4' THEN 4 ELSE 0 END);
END;
CREATE TRIGGER postmortems_facts_update AFTER UPDATE OF kind, status, system, severity, filed_on ON postmortems BEGIN
    UPDATE search_facts SET facts = 10000 * CAST(replace(substr(new.filed_on, 1, 10), '-', '') AS INTEGER)
    + 1000 * (CASE new.kind WHEN 'incident' THEN 1 WHEN 'crisis' THEN 2 WHEN 'near-miss' THEN 3 ELSE 4 END)
    + 100 * (CASE new.status WHEN 'draft' THEN 1 WHEN 'in-review' THEN 2 WHEN 'published' THEN 3 WHEN 'archived' THEN 4 ELSE 5 END)
    + 10 * (CASE new.system WHEN 'computer' THEN 1 WHEN 'people' THEN 2 ELSE 3 END)
    + (CASE new.severity WHEN 'sev1' THEN 1 WHEN 'sev2' THEN 2 WHEN 'sev3' THEN 3 WHEN 'sev4' THEN 4 ELSE 0 END)
    WHERE key = new.key;
END;
