-- Nothing to do here: FTS5 keeps no list of what waits to be sorted in. Diesel wants a statement.
SELECT 1;
