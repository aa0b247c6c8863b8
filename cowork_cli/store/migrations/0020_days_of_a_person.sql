-- The day log is each person's own, as hours are: '' is nobody named, or the one whom `meta.owner` names.
-- A table whose UNIQUE changes is built again; its ids go on where they were.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TABLE day_places_anew (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('home', 'space', 'client', 'meeting', 'travel')),
    km TEXT,
    minutes INTEGER,
    mode TEXT,
    fare INTEGER,
    country TEXT,
    first_place TEXT CHECK (first_place IN ('yes', 'no')),
    first_from TEXT,
    lasting TEXT CHECK (lasting IN ('yes', 'no')),
    instead_of TEXT,
    person TEXT NOT NULL DEFAULT '',
    UNIQUE (name, person)
);
INSERT INTO day_places_anew (id, uuid, name, kind, km, minutes, mode, fare, country, first_place, first_from,
                             lasting, instead_of)
SELECT id, uuid, name, kind, km, minutes, mode, fare, country, first_place, first_from, lasting, instead_of
FROM day_places;
DELETE FROM sqlite_sequence WHERE name = 'day_places_anew';
INSERT INTO sqlite_sequence (name, seq) SELECT 'day_places_anew', seq FROM sqlite_sequence WHERE name = 'day_places';
DROP TABLE day_places;
ALTER TABLE day_places_anew RENAME TO day_places;

CREATE TABLE days_anew (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    day TEXT NOT NULL,
    work INTEGER NOT NULL,
    tracked_s INTEGER NOT NULL,
    away_from TEXT,
    away_to TEXT,
    away_s INTEGER,
    driven_km TEXT,
    purpose TEXT,
    note TEXT,
    person TEXT NOT NULL DEFAULT '',
    UNIQUE (day, person)
);
INSERT INTO days_anew (id, uuid, day, work, tracked_s, away_from, away_to, away_s, driven_km, purpose, note)
SELECT id, uuid, day, work, tracked_s, away_from, away_to, away_s, driven_km, purpose, note FROM days;
DELETE FROM sqlite_sequence WHERE name = 'days_anew';
INSERT INTO sqlite_sequence (name, seq) SELECT 'days_anew', seq FROM sqlite_sequence WHERE name = 'days';
DROP TABLE days;
ALTER TABLE days_anew RENAME TO days;

CREATE TABLE day_months_anew (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    month TEXT NOT NULL,
    other_workplace TEXT NOT NULL CHECK (other_workplace IN ('yes', 'no', 'unclear')),
    person TEXT NOT NULL DEFAULT '',
    UNIQUE (month, person)
);
INSERT INTO day_months_anew (id, uuid, month, other_workplace) SELECT id, uuid, month, other_workplace FROM day_months;
DELETE FROM sqlite_sequence WHERE name = 'day_months_anew';
INSERT INTO sqlite_sequence (name, seq) SELECT 'day_months_anew', seq FROM sqlite_sequence WHERE name = 'day_months';
DROP TABLE day_months;
ALTER TABLE day_months_anew RENAME TO day_months;

ALTER TABLE day_claims ADD COLUMN person TEXT NOT NULL DEFAULT '';
-- Who booked, and who gave an order: a booking at a platform names nobody, and is theirs all the same.
ALTER TABLE bookings ADD COLUMN made_by TEXT NOT NULL DEFAULT '';
ALTER TABLE standing_orders ADD COLUMN person TEXT NOT NULL DEFAULT '';
UPDATE bookings SET made_by = coalesce((
    SELECT c.person FROM journal j JOIN changes c ON c.id = j.change_id
    WHERE j.table_name = 'bookings' AND j.row_id = bookings.id ORDER BY j.id LIMIT 1
), '');
UPDATE standing_orders SET person = coalesce((
    SELECT c.person FROM journal j JOIN changes c ON c.id = j.change_id
    WHERE j.table_name = 'standing_orders' AND j.row_id = standing_orders.id ORDER BY j.id LIMIT 1
), '');
PRAGMA user_version = 20;
COMMIT;
