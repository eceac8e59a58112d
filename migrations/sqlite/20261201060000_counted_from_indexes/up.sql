-- What the themes and every count of a list need stands in two indexes, so that the rows with the words are not read for it.
DROP INDEX postmortems_by_status;
CREATE INDEX postmortems_by_status ON postmortems (status, filed_on, visibility, shepherd_id, kind, system, key, id);
CREATE INDEX statements_to_count ON statements (postmortem_id, role, factor, component_id, confidence);
