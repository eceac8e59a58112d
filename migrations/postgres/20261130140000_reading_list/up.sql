-- Post-mortems chosen for people who are new, each with a question. Nothing here says who chose them.
CREATE TABLE reading_list (
    id UUID NOT NULL PRIMARY KEY,
    postmortem_id UUID NOT NULL UNIQUE REFERENCES postmortems (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    question TEXT NOT NULL,
    version INTEGER NOT NULL
);
