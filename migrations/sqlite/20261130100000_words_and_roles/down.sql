DROP TABLE name_answers;
DROP TABLE name_roles;
DROP TABLE own_words;
