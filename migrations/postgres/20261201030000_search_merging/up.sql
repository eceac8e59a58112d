-- PostgreSQL keeps its index of words in order by itself.
SELECT 1;
