-- What a tariff includes and excludes, memberships with what is left of them, and events.
-- `yes`, `no`; NULL: nobody has said. Days are ISO dates, money is JSON of minor units and currency.
BEGIN IMMEDIATE;
ALTER TABLE plans ADD COLUMN quota INTEGER CHECK (quota > 0);
ALTER TABLE plans ADD COLUMN period TEXT CHECK (period IN ('calendar', 'rolling'));
ALTER TABLE plans ADD COLUMN counts_from TEXT CHECK (counts_from IN ('purchase', 'first-use'));
ALTER TABLE plans ADD COLUMN weekdays TEXT;
ALTER TABLE plans ADD COLUMN open_hours TEXT;
ALTER TABLE plans ADD COLUMN excludes_holidays TEXT CHECK (excludes_holidays IN ('yes', 'no'));
ALTER TABLE plans ADD COLUMN stackable TEXT CHECK (stackable IN ('yes', 'no'));
ALTER TABLE plans ADD COLUMN max_active INTEGER CHECK (max_active > 0);
ALTER TABLE plans ADD COLUMN seat TEXT CHECK (seat IN ('yes', 'no'));
ALTER TABLE plans ADD COLUMN room_credit_s INTEGER CHECK (room_credit_s > 0);
ALTER TABLE plans ADD COLUMN day_credits INTEGER CHECK (day_credits > 0);
ALTER TABLE plans ADD COLUMN team_only TEXT CHECK (team_only IN ('yes', 'no'));
ALTER TABLE plans ADD COLUMN valid_until TEXT;
CREATE TABLE memberships (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    identity TEXT NOT NULL,
    space_name TEXT NOT NULL,
    name TEXT NOT NULL,
    plan_id INTEGER REFERENCES plans (id) ON DELETE SET NULL,
    contract_id INTEGER REFERENCES contracts (id) ON DELETE SET NULL,
    starts TEXT NOT NULL,
    ends TEXT,
    note TEXT
);
CREATE TABLE membership_ledger (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    membership_id INTEGER NOT NULL REFERENCES memberships (id) ON DELETE CASCADE,
    what TEXT NOT NULL,
    amount_milli INTEGER NOT NULL CHECK (amount_milli <> 0),
    day TEXT NOT NULL,
    expires TEXT,
    every TEXT CHECK (every IN ('month', 'week')),
    note TEXT
);
CREATE INDEX membership_ledger_by_membership ON membership_ledger (membership_id, what, day);
CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('event', 'trial-day', 'open-day')),
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL CHECK (ends >= starts),
    timezone TEXT NOT NULL,
    all_day INTEGER NOT NULL DEFAULT 0,
    account TEXT,
    identity TEXT,
    space_name TEXT,
    location TEXT,
    lat REAL,
    lon REAL,
    decide_by TEXT,
    decided TEXT,
    url TEXT,
    note TEXT,
    source TEXT,
    source_uid TEXT,
    source_at INTEGER
);
CREATE UNIQUE INDEX events_by_source ON events (source_uid, source_at) WHERE source_uid IS NOT NULL;
CREATE INDEX events_by_start ON events (starts);
PRAGMA user_version = 16;
COMMIT;
