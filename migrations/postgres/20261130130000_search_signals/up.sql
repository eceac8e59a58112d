-- What ranking knows of a post-mortem, by its integer key; src/domain/search/signals.rs says how it is written. The program
-- fills it for the documents that are there.
CREATE TABLE search_signals (
    key INTEGER NOT NULL PRIMARY KEY REFERENCES search_documents (key) ON DELETE CASCADE,
    counts BYTEA NOT NULL
);

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
