-- Where the days go: one record a day with its places, what is known of the places, and trials.
-- A place is called as in hours: `home`, the ref of a space, a word, `client/acme`. `km` is one way, a
-- decimal; `minutes` and `fare` (euro cents) are one way too. Clocks are HH:MM, `24:00` ends a day.
BEGIN IMMEDIATE;
CREATE TABLE day_places (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('home', 'space', 'client', 'meeting', 'travel')),
    km TEXT,
    minutes INTEGER,
    mode TEXT,
    fare INTEGER,
    country TEXT,
    first_place TEXT CHECK (first_place IN ('yes', 'no')),
    first_from TEXT,
    lasting TEXT CHECK (lasting IN ('yes', 'no')),
    instead_of TEXT
);
CREATE TABLE days (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    day TEXT NOT NULL UNIQUE,
    work INTEGER NOT NULL,
    tracked_s INTEGER NOT NULL,
    away_from TEXT,
    away_to TEXT,
    away_s INTEGER,
    driven_km TEXT,
    purpose TEXT,
    note TEXT
);
CREATE TABLE day_stays (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    day_id INTEGER NOT NULL REFERENCES days (id),
    place TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('home', 'space', 'client', 'meeting', 'travel')),
    seconds INTEGER NOT NULL,
    from_clock TEXT,
    to_clock TEXT,
    source TEXT NOT NULL CHECK (source IN ('said', 'hours', 'booking')),
    km TEXT,
    minutes INTEGER,
    mode TEXT,
    fare INTEGER,
    UNIQUE (day_id, place)
);
-- Whether another workplace was at hand in a month (§ 4 (5) no. 6c sentence 2 EStG); no row is `unclear`.
CREATE TABLE day_months (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    month TEXT NOT NULL UNIQUE,
    other_workplace TEXT NOT NULL CHECK (other_workplace IN ('yes', 'no', 'unclear'))
);
-- What of the day log was put into the books: the expense, the rule, and the days it is of. An expense that
-- is removed there is no claim any more; its number is never used again.
CREATE TABLE day_claims (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    expense_id INTEGER NOT NULL UNIQUE,
    rule TEXT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL
);
CREATE TABLE trials (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    from_day TEXT NOT NULL,
    to_day TEXT,
    place TEXT,
    note TEXT
);
PRAGMA user_version = 15;
COMMIT;
