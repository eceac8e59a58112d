-- Wording that is kept as it stands, and why. Nothing here says who kept it.
CREATE TABLE wording_answers (
    id TEXT NOT NULL PRIMARY KEY,
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    place TEXT NOT NULL,
    rule TEXT NOT NULL,
    sentence TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('system', 'quotation', 'expectation', 'other')),
    words TEXT NOT NULL,
    answered_at TIMESTAMP NOT NULL
);

CREATE INDEX wording_answers_by_pm ON wording_answers (postmortem_id);
