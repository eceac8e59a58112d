ALTER TABLE search_documents RESET (toast_tuple_target);
ALTER TABLE search_documents SET WITHOUT CLUSTER;
DROP INDEX search_documents_by_title;
DROP TRIGGER postmortems_facts_update ON postmortems;
DROP TRIGGER postmortems_facts_insert ON postmortems;
DROP FUNCTION facts_changed;
DROP TABLE search_facts;
DROP FUNCTION search_facts_of;
