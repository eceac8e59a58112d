-- PostgreSQL reads both tables from end to end for the themes, and was no faster with such indexes.
SELECT 1;
