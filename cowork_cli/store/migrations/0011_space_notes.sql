-- What a person notes of a space, a line each. As with visits, a note is kept by the ref of the space,
-- which need not be one of the own directory, and by the name that it had then.
BEGIN IMMEDIATE;
CREATE TABLE space_notes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    identity TEXT NOT NULL,
    space_name TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> '')
);
CREATE INDEX space_notes_by_space ON space_notes (account, identity);
PRAGMA user_version = 11;
COMMIT;
