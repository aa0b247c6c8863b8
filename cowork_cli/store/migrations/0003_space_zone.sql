-- The zone that a person has set for a space. `timezone` held what followed from the country (and
-- Europe/Berlin where that was not known); it stays as the journal wrote it and is no longer read.
BEGIN IMMEDIATE;
ALTER TABLE spaces ADD COLUMN zone TEXT;
PRAGMA user_version = 3;
COMMIT;
