-- What was written is searched before it is sorted in: every search reads all that waits. Up to four megabytes made a search for
-- a rare word ten times as slow.
ALTER INDEX search_documents_by_document SET (gin_pending_list_limit = 128);
ALTER INDEX search_documents_by_title SET (gin_pending_list_limit = 128);
