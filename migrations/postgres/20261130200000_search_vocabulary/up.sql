-- The words of all texts, so that a misspelt one can be told from them: each as search folds it. A word that stands nowhere any
-- more may stay; none is shown to anybody before it was found in a text that they may read. Nothing here is exported.
-- Written by several at once: a word that two write at the same moment stands here twice, and nobody waits for the other.
CREATE TABLE search_vocabulary (
    word TEXT COLLATE "C" NOT NULL
);
CREATE INDEX search_vocabulary_by_word ON search_vocabulary (word);

-- Similar texts and near spellings are no longer kept in memory, so nobody asks any more what changed since the last question.
DROP TRIGGER postmortems_changed_visibility ON postmortems;
DROP TRIGGER statements_changed ON statements;
DROP TRIGGER statements_changed_update ON statements;
DROP TRIGGER documents_changed ON search_documents;
DROP TRIGGER documents_changed_update ON search_documents;
DROP FUNCTION visibility_changed;
DROP FUNCTION document_changed;
DROP FUNCTION statement_changed;
DROP FUNCTION text_changed;
DROP TABLE text_changes;
DELETE FROM counters WHERE name = 'text-change';

-- What was written is searched before it is sorted in: every search reads all that waits. Up to four megabytes made a search for
-- a rare word ten times as slow.
ALTER INDEX search_documents_by_document SET (gin_pending_list_limit = 128);
ALTER INDEX search_documents_by_title SET (gin_pending_list_limit = 128);
