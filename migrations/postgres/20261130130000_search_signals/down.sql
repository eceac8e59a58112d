DROP TRIGGER postmortems_changed_visibility ON postmortems;
DROP FUNCTION visibility_changed();
DROP TABLE search_signals;
