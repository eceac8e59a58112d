-- The first schema. Types and names agree with the other database's file and with src/store/schema.rs (a test compares them).

CREATE TABLE people (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('reader', 'writer', 'keeper', 'administrator')),
    password_hash TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL
);

CREATE TABLE sessions (
    id_hash TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);

CREATE TABLE api_tokens (
    id TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    scope TEXT NOT NULL CHECK (scope IN ('read', 'write')),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP
);

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE counters (
    name TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
);

CREATE TABLE postmortems (
    key INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    number INTEGER UNIQUE,
    title TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('incident', 'crisis', 'near-miss', 'success')),
    tier TEXT NOT NULL CHECK (tier IN ('note', 'standard', 'deep')),
    system TEXT NOT NULL CHECK (system IN ('computer', 'people', 'both')),
    severity TEXT,
    status TEXT NOT NULL CHECK (status IN ('draft', 'in-review', 'published', 'archived', 'withdrawn')),
    visibility TEXT NOT NULL CHECK (visibility IN ('organisation', 'restricted')),
    zone TEXT NOT NULL,
    shepherd_id TEXT NOT NULL REFERENCES people (id) ON DELETE RESTRICT,
    facilitator TEXT,
    template_version INTEGER NOT NULL,
    trigger_code TEXT,
    detection TEXT,
    impacts TEXT NOT NULL,
    unknown_markers TEXT NOT NULL,
    first_story_sealed_at TIMESTAMP,
    no_commitments_because TEXT NOT NULL,
    over_limit_because TEXT NOT NULL,
    readers_confirmed_at TIMESTAMP,
    happened_on DATE,
    filed_on DATE NOT NULL,
    source TEXT,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    published_at TIMESTAMP,
    version INTEGER NOT NULL
);

CREATE TABLE sections (
    id TEXT NOT NULL PRIMARY KEY,
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    body TEXT NOT NULL,
    html TEXT NOT NULL,
    version INTEGER NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    UNIQUE (postmortem_id, key)
);

CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY,
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    role TEXT NOT NULL,
    body TEXT NOT NULL,
    html TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE TABLE events (
    id TEXT NOT NULL PRIMARY KEY,
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    at TIMESTAMP,
    until TIMESTAMP,
    precision TEXT NOT NULL CHECK (precision IN ('exact', 'minute', 'about', 'range', 'unknown')),
    typed TEXT NOT NULL,
    lane TEXT NOT NULL CHECK (lane IN ('happened', 'saw', 'did')),
    marker TEXT,
    body TEXT NOT NULL,
    role TEXT,
    source TEXT,
    effect TEXT,
    known_at_the_time BOOLEAN,
    version INTEGER NOT NULL
);

CREATE TABLE components (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    folded TEXT NOT NULL
);

CREATE TABLE statements (
    id TEXT NOT NULL PRIMARY KEY,
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    body TEXT NOT NULL,
    factor TEXT,
    taxonomy_version TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('contributing', 'weakened-response', 'mitigating', 'luck', 'considered')),
    confidence TEXT NOT NULL CHECK (confidence IN ('shown', 'inferred')),
    system TEXT,
    component_id TEXT REFERENCES components (id) ON DELETE RESTRICT,
    without_this TEXT NOT NULL,
    scale TEXT,
    coded_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL
);

CREATE TABLE evidence (
    id TEXT NOT NULL PRIMARY KEY,
    statement_id TEXT NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    event_id TEXT REFERENCES events (id) ON DELETE CASCADE,
    link TEXT,
    account_role TEXT
);

CREATE TABLE actions (
    id TEXT NOT NULL PRIMARY KEY,
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('idea', 'commitment')),
    statement_id TEXT REFERENCES statements (id) ON DELETE SET NULL,
    strength TEXT,
    owner TEXT,
    due_on DATE,
    known_by TEXT NOT NULL,
    reach TEXT NOT NULL,
    reversibility TEXT,
    expires_on DATE,
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'declined', 'accepted', 'handed-over')),
    state_reason TEXT NOT NULL,
    tracker TEXT,
    version INTEGER NOT NULL
);

CREATE TABLE members (
    id TEXT NOT NULL PRIMARY KEY,
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    role TEXT,
    access TEXT NOT NULL CHECK (access IN ('read', 'write')),
    UNIQUE (postmortem_id, person_id)
);

CREATE TABLE approvals (
    id TEXT NOT NULL PRIMARY KEY,
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    person_id TEXT NOT NULL REFERENCES people (id) ON DELETE RESTRICT,
    approved_at TIMESTAMP NOT NULL,
    UNIQUE (postmortem_id, person_id)
);

CREATE TABLE postmortem_links (
    id TEXT NOT NULL PRIMARY KEY,
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    to_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    relation TEXT NOT NULL CHECK (relation IN ('same-event', 'recurrence', 'follows-from', 'related')),
    UNIQUE (postmortem_id, to_id, relation)
);

CREATE TABLE revisions (
    id TEXT NOT NULL PRIMARY KEY,
    postmortem_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE CASCADE,
    resource TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    note TEXT NOT NULL,
    author_id TEXT NOT NULL REFERENCES people (id) ON DELETE RESTRICT,
    saved_at TIMESTAMP NOT NULL
);

CREATE TABLE causes (
    id TEXT NOT NULL PRIMARY KEY,
    statement TEXT NOT NULL,
    description TEXT NOT NULL,
    html TEXT NOT NULL,
    home_id TEXT NOT NULL REFERENCES postmortems (id) ON DELETE RESTRICT,
    home_since TIMESTAMP NOT NULL,
    made_by TEXT NOT NULL REFERENCES people (id) ON DELETE RESTRICT,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    version INTEGER NOT NULL
);

CREATE TABLE cause_links (
    id TEXT NOT NULL PRIMARY KEY,
    cause_id TEXT NOT NULL REFERENCES causes (id) ON DELETE CASCADE,
    statement_id TEXT NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
    same TEXT NOT NULL,
    different TEXT NOT NULL,
    linked_by TEXT NOT NULL REFERENCES people (id) ON DELETE RESTRICT,
    linked_at TIMESTAMP NOT NULL,
    unlinked_at TIMESTAMP,
    UNIQUE (cause_id, statement_id)
);

CREATE TABLE fixes (
    id TEXT NOT NULL PRIMARY KEY,
    cause_id TEXT NOT NULL REFERENCES causes (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    tried TEXT NOT NULL,
    tried_on DATE,
    strength TEXT,
    outcome TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE TABLE cause_decisions (
    id TEXT NOT NULL PRIMARY KEY,
    cause_id TEXT NOT NULL REFERENCES causes (id) ON DELETE CASCADE,
    decision TEXT NOT NULL CHECK (decision IN ('watch', 'invest', 'accept')),
    reason TEXT NOT NULL,
    relook_on DATE,
    decided_by TEXT NOT NULL REFERENCES people (id) ON DELETE RESTRICT,
    decided_at TIMESTAMP NOT NULL
);

CREATE TABLE cause_revisions (
    id TEXT NOT NULL PRIMARY KEY,
    cause_id TEXT NOT NULL REFERENCES causes (id) ON DELETE CASCADE,
    resource TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    author_id TEXT NOT NULL REFERENCES people (id) ON DELETE RESTRICT,
    saved_at TIMESTAMP NOT NULL
);

CREATE TABLE audit_entries (
    id TEXT NOT NULL PRIMARY KEY,
    actor_id TEXT,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    at TIMESTAMP NOT NULL
);

CREATE TABLE idempotency_keys (
    key_hash TEXT NOT NULL PRIMARY KEY,
    request_hash TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    location TEXT,
    etag TEXT,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE search_documents (
    key INTEGER NOT NULL PRIMARY KEY,
    postmortem_id TEXT NOT NULL UNIQUE REFERENCES postmortems (id) ON DELETE CASCADE,
    lede TEXT NOT NULL,
    factors TEXT NOT NULL,
    title TEXT NOT NULL,
    statements TEXT NOT NULL,
    body TEXT NOT NULL,
    layout TEXT NOT NULL
);

CREATE TABLE text_changes (
    subject_id TEXT NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL CHECK (subject IN ('statement', 'postmortem')),
    change INTEGER NOT NULL
);

CREATE INDEX postmortems_by_filed ON postmortems (filed_on, id);

CREATE INDEX postmortems_by_published ON postmortems (published_at, id);

CREATE INDEX postmortems_by_status ON postmortems (status, filed_on);

CREATE INDEX postmortems_by_source ON postmortems (source);

CREATE INDEX accounts_by_pm ON accounts (postmortem_id);

CREATE INDEX events_by_pm ON events (postmortem_id, position);

CREATE INDEX statements_by_pm ON statements (postmortem_id, position);

CREATE INDEX statements_by_factor ON statements (factor);

CREATE INDEX statements_by_component ON statements (component_id);

CREATE INDEX components_by_folded ON components (folded);

CREATE INDEX evidence_by_statement ON evidence (statement_id, position);

CREATE INDEX evidence_by_event ON evidence (event_id);

CREATE INDEX actions_by_pm ON actions (postmortem_id, position);

CREATE INDEX actions_by_statement ON actions (statement_id);

CREATE INDEX actions_by_state ON actions (state, kind);

CREATE INDEX members_by_person ON members (person_id);

CREATE INDEX approvals_by_person ON approvals (person_id);

CREATE INDEX postmortem_links_by_to ON postmortem_links (to_id);

CREATE INDEX revisions_by_resource ON revisions (postmortem_id, resource, resource_id, version);

CREATE INDEX cause_links_by_statement ON cause_links (statement_id);

CREATE INDEX causes_by_home ON causes (home_id);

CREATE INDEX cause_revisions_by_cause ON cause_revisions (cause_id, saved_at);

CREATE INDEX fixes_by_cause ON fixes (cause_id);

CREATE INDEX cause_decisions_by_cause ON cause_decisions (cause_id);

CREATE INDEX text_changes_by_change ON text_changes (change);

CREATE INDEX sessions_by_person ON sessions (person_id);

CREATE INDEX api_tokens_by_person ON api_tokens (person_id);

CREATE INDEX postmortems_by_shepherd ON postmortems (shepherd_id);


-- Full text: an external-content index on the integer key, kept in step by triggers. (With a text key a dump and
-- restore renumbers the rows, and the index answers with the wrong one.)
CREATE VIRTUAL TABLE search_index USING fts5 (
    title, statements, body,
    content = 'search_documents', content_rowid = 'key',
    tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3'
);
CREATE TRIGGER search_documents_insert AFTER INSERT ON search_documents BEGIN
    INSERT INTO search_index (rowid, title, statements, body) VALUES (new.key, new.title, new.statements, new.body);
END;
CREATE TRIGGER search_documents_delete AFTER DELETE ON search_documents BEGIN
    INSERT INTO search_index (search_index, rowid, title, statements, body) VALUES ('delete', old.key, old.title, old.statements, old.body);
END;
CREATE TRIGGER search_documents_update AFTER UPDATE OF title, statements, body ON search_documents
WHEN old.title <> new.title OR old.statements <> new.statements OR old.body <> new.body BEGIN
    INSERT INTO search_index (search_index, rowid, title, statements, body) VALUES ('delete', old.key, old.title, old.statements, old.body);
    INSERT INTO search_index (rowid, title, statements, body) VALUES (new.key, new.title, new.statements, new.body);
END;

-- What changed since? Every instance keeps an index of similar texts in memory and asks for what has a greater number
-- than the last it saw. The counter's row stays locked until commit, so numbers become visible in their order and none
-- is missed. A changed statement changes what its post-mortem is about. Triggers, because no way of writing may forget
-- it; nothing here is exported.
CREATE TRIGGER statements_changed_insert AFTER INSERT ON statements BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'text-change';
    INSERT INTO text_changes (subject_id, subject, change)
        SELECT new.id, 'statement', value FROM counters WHERE name = 'text-change'
        UNION ALL SELECT new.postmortem_id, 'postmortem', value FROM counters WHERE name = 'text-change'
        ON CONFLICT (subject_id) DO UPDATE SET change = excluded.change;
END;
CREATE TRIGGER statements_changed_update AFTER UPDATE OF body, factor, component_id ON statements
WHEN old.body IS NOT new.body OR old.factor IS NOT new.factor OR old.component_id IS NOT new.component_id BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'text-change';
    INSERT INTO text_changes (subject_id, subject, change)
        SELECT new.id, 'statement', value FROM counters WHERE name = 'text-change'
        UNION ALL SELECT new.postmortem_id, 'postmortem', value FROM counters WHERE name = 'text-change'
        ON CONFLICT (subject_id) DO UPDATE SET change = excluded.change;
END;
CREATE TRIGGER statements_changed_delete AFTER DELETE ON statements BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'text-change';
    INSERT INTO text_changes (subject_id, subject, change)
        SELECT old.id, 'statement', value FROM counters WHERE name = 'text-change'
        UNION ALL SELECT old.postmortem_id, 'postmortem', value FROM counters WHERE name = 'text-change'
        ON CONFLICT (subject_id) DO UPDATE SET change = excluded.change;
END;
CREATE TRIGGER documents_changed_insert AFTER INSERT ON search_documents BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'text-change';
    INSERT INTO text_changes (subject_id, subject, change)
        SELECT new.postmortem_id, 'postmortem', value FROM counters WHERE name = 'text-change'
        ON CONFLICT (subject_id) DO UPDATE SET change = excluded.change;
END;
CREATE TRIGGER documents_changed_update AFTER UPDATE OF title, statements, body ON search_documents
WHEN old.title IS NOT new.title OR old.statements IS NOT new.statements OR old.body IS NOT new.body BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'text-change';
    INSERT INTO text_changes (subject_id, subject, change)
        SELECT new.postmortem_id, 'postmortem', value FROM counters WHERE name = 'text-change'
        ON CONFLICT (subject_id) DO UPDATE SET change = excluded.change;
END;
CREATE TRIGGER documents_changed_delete AFTER DELETE ON search_documents BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'text-change';
    INSERT INTO text_changes (subject_id, subject, change)
        SELECT old.postmortem_id, 'postmortem', value FROM counters WHERE name = 'text-change'
        ON CONFLICT (subject_id) DO UPDATE SET change = excluded.change;
END;


INSERT INTO counters (name, value) VALUES ('postmortem', 0);
INSERT INTO counters (name, value) VALUES ('text-change', 0);
