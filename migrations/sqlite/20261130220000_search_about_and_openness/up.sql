-- The factors and components that a post-mortem names: a line for each, `=` before a factor, `@` before a component (see
-- src/domain/search/about.rs). A search tells which stand most often in what was found; asking for the statements of
-- hundreds of post-mortems cost more than finding these.
ALTER TABLE search_signals ADD COLUMN about TEXT NOT NULL DEFAULT '';
UPDATE search_signals SET about = coalesce((SELECT group_concat(line, char(10)) FROM (
    SELECT '=' || statements.factor AS line FROM statements JOIN postmortems ON postmortems.id = statements.postmortem_id
        WHERE postmortems.key = search_signals.key AND statements.role <> 'considered' AND statements.factor IS NOT NULL
    UNION SELECT '@' || components.name FROM statements JOIN postmortems ON postmortems.id = statements.postmortem_id
        JOIN components ON components.id = statements.component_id WHERE postmortems.key = search_signals.key
) AS named), '');

-- Whether the whole organisation may read it. What cannot be told is not open, and is asked about at the post-mortem itself.
ALTER TABLE search_facts ADD COLUMN open BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE search_facts SET open = (SELECT visibility = 'organisation' FROM postmortems WHERE postmortems.key = search_facts.key);
DROP TRIGGER postmortems_facts_insert;
CREATE TRIGGER postmortems_facts_insert AFTER INSERT ON postmortems BEGIN
    INSERT INTO search_facts (key, open, facts) SELECT new.key, new.visibility = 'organisation', 10000 * CAST(replace(substr(new.filed_on, 1, 10), '-', '') AS INTEGER)
    + 1000 * (CASE new.kind WHEN 'incident' THEN 1 WHEN 'crisis' THEN 2 WHEN 'near-miss' THEN 3 ELSE 4 END)
    + 100 * (CASE new.status WHEN 'draft' THEN 1 WHEN 'in-review' THEN 2 WHEN 'published' THEN 3 WHEN 'archived' THEN 4 ELSE 5 END)
    + 10 * (CASE new.system WHEN 'computer' THEN 1 WHEN 'people' THEN 2 ELSE 3 END)
    + (CASE new.severity WHEN 'sev1' THEN 1 WHEN 'sev2' THEN 2 WHEN 'sev3' THEN 3 WHEN 'sev4' THEN 4 ELSE 0 END);
END;
CREATE TRIGGER postmortems_openness_update AFTER UPDATE OF visibility ON postmortems BEGIN
    UPDATE search_facts SET open = (new.visibility = 'organisation') WHERE key = new.key;
END;
