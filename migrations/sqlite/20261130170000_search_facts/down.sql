DROP TRIGGER postmortems_facts_update;
DROP TRIGGER postmortems_facts_insert;
DROP TABLE search_facts;
