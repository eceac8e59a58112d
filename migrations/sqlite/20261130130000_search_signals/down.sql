DROP TRIGGER postmortems_changed_visibility;
DROP TABLE search_signals;
