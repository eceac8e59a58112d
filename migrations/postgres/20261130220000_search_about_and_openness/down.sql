DROP TRIGGER postmortems_openness_update ON postmortems;
CREATE OR REPLACE FUNCTION facts_changed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_facts (key, facts) VALUES (NEW.key, search_facts_of(NEW.kind, NEW.status, NEW.system, NEW.severity, NEW.filed_on))
        ON CONFLICT (key) DO UPDATE SET facts = excluded.facts;
    RETURN NULL;
END $$;
ALTER TABLE search_facts DROP COLUMN open;
ALTER TABLE search_signals DROP COLUMN about;
