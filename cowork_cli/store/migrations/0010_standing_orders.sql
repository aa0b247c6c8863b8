-- Standing orders with the dates that were taken up, days off, and the changes that nobody typed.
BEGIN IMMEDIATE;
-- `desk_refs`, `consent`, `max_price` are JSON; `weekdays` are digits, Monday is 0; clocks are HH:MM.
-- `next_day` is the first day that was not taken up; `next_at` when something is due, in seconds.
CREATE TABLE standing_orders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    desk_refs TEXT NOT NULL,
    weekdays TEXT NOT NULL,
    from_clock TEXT,
    to_clock TEXT,
    ahead_days INTEGER NOT NULL,
    opens TEXT NOT NULL,
    land TEXT,
    any_desk INTEGER NOT NULL DEFAULT 0,
    max_price TEXT,
    consent TEXT NOT NULL,
    timezone TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'paused')),
    next_day TEXT NOT NULL,
    next_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE INDEX standing_orders_due ON standing_orders (state, next_at);
CREATE TABLE standing_dates (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    order_id INTEGER NOT NULL REFERENCES standing_orders (id),
    day TEXT NOT NULL,
    state TEXT NOT NULL CHECK (
        state IN ('waiting', 'unknown', 'booked', 'skipped', 'refused', 'failed', 'cancelled')
    ),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER,
    booking INTEGER,
    detail TEXT,
    UNIQUE (order_id, day)
);
CREATE INDEX standing_dates_state ON standing_dates (state, day);
CREATE TABLE absences (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    text TEXT
);
CREATE INDEX absences_days ON absences (to_day);
-- Made by a program at its time: undo, which takes back what was typed, passes over them.
CREATE TABLE unattended (change_id INTEGER PRIMARY KEY REFERENCES changes (id));
PRAGMA user_version = 10;
COMMIT;
