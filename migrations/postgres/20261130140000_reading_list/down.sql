DROP TABLE reading_list;
