-- Parts of the index of words are merged with each save, a few pages at a time, and no longer in bursts.
INSERT INTO search_index (search_index, rank) VALUES ('automerge', 0);
