DROP TABLE wording_answers;
