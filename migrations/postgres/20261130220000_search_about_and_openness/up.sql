-- The factors and components that a post-mortem names: a line for each, `=` before a factor, `@` before a component (see
-- src/domain/search/about.rs). A search tells which stand most often in what was found; asking for the statements of
-- hundreds of post-mortems cost more than finding these.
ALTER TABLE search_signals ADD COLUMN about TEXT NOT NULL DEFAULT '';
UPDATE search_signals SET about = coalesce((SELECT string_agg(line, E'\n') FROM (
    SELECT '=' || statements.factor AS line FROM statements JOIN postmortems ON postmortems.id = statements.postmortem_id
        WHERE postmortems.key = search_signals.key AND statements.role <> 'considered' AND statements.factor IS NOT NULL
    UNION SELECT '@' || components.name FROM statements JOIN postmortems ON postmortems.id = statements.postmortem_id
        JOIN components ON components.id = statements.component_id WHERE postmortems.key = search_signals.key
) AS named), '');

-- Whether the whole organisation may read it. What cannot be told is not open, and is asked about at the post-mortem itself.
ALTER TABLE search_facts ADD COLUMN open BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE search_facts SET open = (SELECT visibility = 'organisation' FROM postmortems WHERE postmortems.key = search_facts.key);
CREATE OR REPLACE FUNCTION facts_changed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_facts (key, facts, open) VALUES (NEW.key,
        search_facts_of(NEW.kind, NEW.status, NEW.system, NEW.severity, NEW.filed_on), NEW.visibility = 'organisation')
        ON CONFLICT (key) DO UPDATE SET facts = excluded.facts, open = excluded.open;
    RETURN NULL;
END $$;
CREATE TRIGGER postmortems_openness_update AFTER UPDATE OF visibility ON postmortems FOR EACH ROW EXECUTE FUNCTION facts_changed();
