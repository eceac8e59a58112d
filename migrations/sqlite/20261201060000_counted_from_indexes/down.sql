DROP INDEX statements_to_count;
DROP INDEX postmortems_by_status;
CREATE INDEX postmortems_by_status ON postmortems (status, filed_on);
