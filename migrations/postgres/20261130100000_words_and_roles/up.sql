-- An organisation's own words, in one row: each list with a word on a line.
CREATE TABLE own_words (
    id UUID NOT NULL PRIMARY KEY,
    people TEXT NOT NULL,
    systems TEXT NOT NULL,
    names TEXT NOT NULL,
    version INTEGER NOT NULL,
    updated_at TIMESTAMP NOT NULL
);

-- Which names stand for which roles, in one row: each person on a line. It does not say where a name stands.
CREATE TABLE name_roles (
    id UUID NOT NULL PRIMARY KEY,
    mapping TEXT NOT NULL,
    version INTEGER NOT NULL,
    updated_at TIMESTAMP NOT NULL
);

-- Names that stay in a post-mortem, and why. Nothing here says who decided.
CREATE TABLE name_answers (
    id UUID NOT NULL PRIMARY KEY,
    postmortem_id UUID NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('nobody', 'agreed', 'public-figure', 'source')),
    answered_at TIMESTAMP NOT NULL
);

CREATE INDEX name_answers_by_pm ON name_answers (postmortem_id);
