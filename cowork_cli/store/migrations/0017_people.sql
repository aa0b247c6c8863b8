-- People one met, jobs done together, who one pays desks for, and what one told the operators of spaces.
--
-- What the journal holds of a person can be taken out of it: its chain runs over the hashes of their images,
-- not over the images (store/engine/sealed.py), and an image gives way to its hash where an erasure is written.
BEGIN IMMEDIATE;
CREATE TABLE people (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (name <> ''),
    company TEXT,
    trade TEXT,
    skills TEXT NOT NULL DEFAULT '',
    email TEXT,
    phone TEXT,
    web TEXT,
    street TEXT,
    postcode TEXT,
    city TEXT,
    country TEXT,
    language TEXT,
    met_on TEXT,
    met_at TEXT,
    purpose TEXT,
    note TEXT,
    client_id INTEGER REFERENCES clients (id),
    source TEXT NOT NULL,
    card_uid TEXT,
    added_on TEXT NOT NULL
);
CREATE INDEX people_by_card ON people (card_uid) WHERE card_uid IS NOT NULL;
CREATE INDEX people_by_name ON people (name);
-- What was asked, given and introduced, and what came of it.
CREATE TABLE talks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    person_id INTEGER NOT NULL REFERENCES people (id),
    day TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('asked', 'gave', 'introduced', 'lead', 'order', 'advice')),
    text TEXT,
    other_id INTEGER REFERENCES people (id),
    client_id INTEGER REFERENCES clients (id),
    project_id INTEGER REFERENCES projects (id)
);
CREATE INDEX talks_by_person ON talks (person_id, day);
-- Who one pays desks for; the name is the one that `booking add --for` is given.
CREATE TABLE members (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    cost_centre TEXT,
    cap INTEGER CHECK (cap >= 0),
    person_id INTEGER REFERENCES people (id)
);
CREATE TABLE feedback (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    identity TEXT NOT NULL,
    space_name TEXT NOT NULL,
    day TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> ''),
    state TEXT NOT NULL CHECK (state IN ('noted', 'written', 'answered', 'done')),
    answer TEXT
);
CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    client_id INTEGER NOT NULL REFERENCES clients (id),
    project_id INTEGER REFERENCES projects (id),
    split TEXT NOT NULL CHECK (split IN ('hours', 'fixed', 'percent')),
    currency TEXT NOT NULL,
    total INTEGER CHECK (total >= 0),
    opened_on TEXT NOT NULL,
    closed_on TEXT,
    settled_on TEXT,
    settled_total INTEGER
);
-- One row for each who works on it. `own`: oneself; `leads`: who invoices the client. Of one who was forgotten
-- the figures stay, without the person.
CREATE TABLE job_parts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    job_id INTEGER NOT NULL REFERENCES jobs (id),
    person_id INTEGER REFERENCES people (id),
    own INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL,
    share TEXT,
    leads INTEGER NOT NULL DEFAULT 0,
    settled INTEGER
);
CREATE INDEX job_parts_by_job ON job_parts (job_id, id);
-- Hours of the others: never among the own entries, so that nobody bills them as such.
CREATE TABLE job_hours (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    job_id INTEGER NOT NULL REFERENCES jobs (id),
    part_id INTEGER NOT NULL REFERENCES job_parts (id),
    identity TEXT NOT NULL,
    day TEXT NOT NULL,
    from_at INTEGER,
    to_at INTEGER,
    seconds INTEGER NOT NULL CHECK (seconds > 0),
    note TEXT,
    UNIQUE (job_id, identity)
);
CREATE INDEX job_hours_by_part ON job_hours (part_id, day);
-- What is invoiced among them: own drafts and invoices, and those that came in.
CREATE TABLE job_invoices (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    job_id INTEGER NOT NULL REFERENCES jobs (id),
    part_id INTEGER NOT NULL REFERENCES job_parts (id),
    invoice_id INTEGER, -- of a draft that may be discarded
    number TEXT,
    day TEXT,
    net INTEGER NOT NULL,
    gross INTEGER NOT NULL,
    sha256 TEXT UNIQUE,
    paid_on TEXT
);
CREATE INDEX job_invoices_by_job ON job_invoices (job_id);
-- Records whose images were taken out of the journal, at somebody's wish.
CREATE TABLE erasures (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    UNIQUE (table_name, row_id)
);
DROP TRIGGER journal_stays;
CREATE TRIGGER journal_stays BEFORE UPDATE ON journal WHEN NOT (
    NEW.id = OLD.id AND NEW.change_id = OLD.change_id AND NEW.table_name = OLD.table_name
    AND NEW.row_id = OLD.row_id AND NEW.chain = OLD.chain
    AND OLD.table_name IN ('people', 'talks', 'members', 'job_parts', 'job_hours')
    AND EXISTS (SELECT 1 FROM erasures e
                WHERE e.table_name = OLD.table_name AND e.row_id = OLD.row_id)
    AND (NEW.before IS OLD.before OR (OLD.before IS NOT NULL
         AND length(NEW.before) = 77 AND substr(NEW.before, 1, 11) = '{"erased":"'))
    AND (NEW.after IS OLD.after OR (OLD.after IS NOT NULL
         AND length(NEW.after) = 77 AND substr(NEW.after, 1, 11) = '{"erased":"'))
) BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
PRAGMA user_version = 17;
COMMIT;
