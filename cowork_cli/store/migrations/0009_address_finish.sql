-- The page on which a person finishes the order of an address in a browser, where the platform wants that.
BEGIN IMMEDIATE;
ALTER TABLE addresses ADD COLUMN finish_url TEXT;
PRAGMA user_version = 9;
COMMIT;
