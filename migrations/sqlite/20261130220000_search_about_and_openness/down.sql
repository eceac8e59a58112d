DROP TRIGGER postmortems_openness_update;
DROP TRIGGER postmortems_facts_insert;
ALTER TABLE search_facts DROP COLUMN open;
CREATE TRIGGER postmortems_facts_insert AFTER INSERT ON postmortems BEGIN
    INSERT INTO search_facts (key, facts) SELECT new.key, 10000 * CAST(replace(substr(new.filed_on, 1, 10), '-', '') AS INTEGER)
    + 1000 * (CASE new.kind WHEN 'incident' THEN 1 WHEN 'crisis' THEN 2 WHEN 'near-miss' THEN 3 ELSE 4 END)
    + 100 * (CASE new.status WHEN 'draft' THEN 1 WHEN 'in-review' THEN 2 WHEN 'published' THEN 3 WHEN 'archived' THEN 4 ELSE 5 END)
    + 10 * (CASE new.system WHEN 'computer' THEN 1 WHEN 'people' THEN 2 ELSE 3 END)
    + (CASE new.severity WHEN 'sev1' THEN 1 WHEN 'sev2' THEN 2 WHEN 'sev3' THEN 3 WHEN 'sev4' THEN 4 ELSE 0 END);
END;
ALTER TABLE search_signals DROP COLUMN about;
