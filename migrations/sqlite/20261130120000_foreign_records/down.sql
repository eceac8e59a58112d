DROP TABLE foreign_parts;
DROP TABLE foreign_records;
