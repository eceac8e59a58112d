-- The words of all texts, so that a misspelt one can be told from them: each as search folds it. A word that stands nowhere any
-- more may stay; none is shown to anybody before it was found in a text that they may read. Nothing here is exported.
CREATE TABLE search_vocabulary (
    word TEXT NOT NULL PRIMARY KEY
) WITHOUT ROWID;

-- Similar texts and near spellings are no longer kept in memory, so nobody asks any more what changed since the last question.
DROP TRIGGER postmortems_changed_visibility;
DROP TRIGGER statements_changed_insert;
DROP TRIGGER statements_changed_update;
DROP TRIGGER statements_changed_delete;
DROP TRIGGER documents_changed_insert;
DROP TRIGGER documents_changed_update;
DROP TRIGGER documents_changed_delete;
DROP TABLE text_changes;
DELETE FROM counters WHERE name = 'text-change';
