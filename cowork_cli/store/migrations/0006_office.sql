-- The virtual office: contracts and their notices, paper post and its deadlines, what an address may be
-- used for, what its provider asked to see, and the run of letters when it moves.
BEGIN IMMEDIATE;
-- `notice`, `min_term` and `tail` as they are typed (`30d to month-end`, `12m`); money as JSON.
CREATE TABLE contracts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    address_id INTEGER REFERENCES addresses (id),
    space TEXT,
    starts TEXT NOT NULL,
    price TEXT,
    notice TEXT NOT NULL,
    min_term TEXT,
    renews TEXT CHECK (renews IN ('none', 'same', 'month')),
    tail TEXT,
    form TEXT CHECK (form IN ('text', 'written', 'portal')),
    deposit TEXT,
    note TEXT,
    sent TEXT,
    ends TEXT
);
CREATE INDEX contracts_by_address ON contracts (address_id) WHERE address_id IS NOT NULL;

-- A letter that came, or is expected. `deadline`, `rule` and `source` are what was computed when it was
-- written down, so that the list of what is due computes nothing.
CREATE TABLE posts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    sender TEXT NOT NULL,
    posted TEXT,
    received TEXT,
    land TEXT,
    parish TEXT,
    address_id INTEGER REFERENCES addresses (id),
    deemed_received TEXT,
    deadline TEXT,
    deadline_state TEXT CHECK (deadline_state IN ('open', 'met', 'waived')),
    deadline_done TEXT,
    rule TEXT,
    source TEXT,
    state TEXT NOT NULL,
    state_day TEXT,
    note TEXT
);
CREATE INDEX posts_open ON posts (deadline) WHERE deadline_state = 'open';
CREATE INDEX posts_by_address ON posts (address_id) WHERE address_id IS NOT NULL;

CREATE TABLE address_uses (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    address_id INTEGER NOT NULL REFERENCES addresses (id),
    purpose TEXT NOT NULL,
    allowed TEXT NOT NULL CHECK (allowed IN ('yes', 'no', 'unknown')),
    clause TEXT,
    evidence TEXT,
    noted TEXT NOT NULL,
    UNIQUE (address_id, purpose)
);
-- Dates and states only: what was shown to the provider, never the document.
CREATE TABLE address_dossier (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    address_id INTEGER NOT NULL REFERENCES addresses (id),
    item TEXT NOT NULL,
    done TEXT,
    until TEXT,
    note TEXT,
    UNIQUE (address_id, item)
);
CREATE INDEX address_dossier_until ON address_dossier (until) WHERE until IS NOT NULL;

CREATE TABLE moves (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    old_id INTEGER NOT NULL REFERENCES addresses (id),
    new_id INTEGER NOT NULL REFERENCES addresses (id),
    day TEXT NOT NULL
);
CREATE TABLE move_rows (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    move_id INTEGER NOT NULL REFERENCES moves (id),
    code TEXT NOT NULL,
    due TEXT NOT NULL,
    doubt TEXT,
    done TEXT,
    proof TEXT,
    UNIQUE (move_id, code)
);
CREATE INDEX move_rows_open ON move_rows (due) WHERE done IS NULL;
PRAGMA user_version = 6;
COMMIT;
