-- The letters of reminders are kept as they were written, by their hash, for good: `reminders.letter` is
-- in the journal, the bytes are not.
BEGIN IMMEDIATE;
CREATE TABLE letters (
    sha256 TEXT PRIMARY KEY,
    content BLOB NOT NULL
) WITHOUT ROWID;
CREATE TRIGGER letters_stay BEFORE UPDATE ON letters
BEGIN SELECT RAISE(ABORT, 'letters are kept as they were written'); END;
CREATE TRIGGER letters_remain BEFORE DELETE ON letters
BEGIN SELECT RAISE(ABORT, 'letters are kept as they were written'); END;
-- NULL: written before letters were kept.
ALTER TABLE reminders ADD COLUMN letter TEXT REFERENCES letters (sha256);
PRAGMA user_version = 2;
COMMIT;
