ALTER INDEX search_documents_by_document RESET (gin_pending_list_limit);
ALTER INDEX search_documents_by_title RESET (gin_pending_list_limit);
