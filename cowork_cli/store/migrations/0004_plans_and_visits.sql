-- What spaces charge, and what was measured there. Both are kept by the ref of a space, which need not
-- be one of the own directory, and by the name that it had then. Money is JSON of minor units and
-- currency, lengths of time are text such as `12m`, a day is an ISO date.
BEGIN IMMEDIATE;
CREATE TABLE plans (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    identity TEXT NOT NULL,
    space_name TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (
        kind IN ('hour', 'half-day', 'day', 'bundle', 'week', 'month', 'permanent', 'virtual')
    ),
    price TEXT,
    count INTEGER CHECK (count > 0),
    expires TEXT,
    setup_fee TEXT,
    deposit TEXT,
    min_term TEXT,
    notice TEXT,
    extras TEXT NOT NULL DEFAULT '[]',
    valid_from TEXT,
    source TEXT,
    note TEXT
);
CREATE INDEX plans_by_space ON plans (account, identity);
CREATE TABLE visits (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    identity TEXT NOT NULL,
    space_name TEXT NOT NULL,
    day TEXT NOT NULL,
    down_mbit TEXT,
    up_mbit TEXT,
    noise TEXT,
    noise_db INTEGER,
    booths INTEGER,
    booth_rules TEXT,
    chair TEXT,
    sockets TEXT,
    daylight TEXT,
    answer_s INTEGER,
    note TEXT
);
CREATE INDEX visits_by_space ON visits (account, identity, day);
PRAGMA user_version = 4;
COMMIT;
