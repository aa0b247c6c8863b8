-- Who recorded what, where several people share a store. '' is nobody named, or the one whom `meta.owner`
-- names. Hours of two people may lie side by side; those of one may not (by person needs btree_gist).
CREATE EXTENSION IF NOT EXISTS btree_gist;

ALTER TABLE changes ADD COLUMN person TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE entries ADD COLUMN person TEXT COLLATE "C" NOT NULL DEFAULT '';

ALTER TABLE entries DROP CONSTRAINT entries_do_not_overlap;
ALTER TABLE entries ADD CONSTRAINT entries_do_not_overlap
EXCLUDE USING gist (person WITH =, int8range(from_at, to_at, '[)') WITH &&);

-- Made after it, so that of a second timer the hours say first what is wrong, as in a file.
DROP INDEX one_running_timer;
CREATE UNIQUE INDEX one_running_timer ON entries (person) WHERE to_at IS NULL;
CREATE INDEX entries_by_person ON entries (person, from_at, to_at);

DROP TRIGGER billed_entries_stay ON entries;
CREATE TRIGGER billed_entries_stay BEFORE UPDATE ON entries FOR EACH ROW
WHEN (OLD.invoice_id IS NOT NULL AND (
    NEW.invoice_id IS NOT NULL OR NEW.project_id <> OLD.project_id OR NEW.from_at <> OLD.from_at
    OR NEW.to_at IS DISTINCT FROM OLD.to_at OR NEW.note IS DISTINCT FROM OLD.note OR NEW.billable <> OLD.billable
    OR NEW.tags <> OLD.tags OR NEW.timezone <> OLD.timezone OR NEW.day <> OLD.day
    OR NEW.place IS DISTINCT FROM OLD.place OR NEW.uuid <> OLD.uuid OR NEW.id <> OLD.id
    OR NEW.person <> OLD.person
))
EXECUTE FUNCTION refuse('the entry is billed');

UPDATE schema_version SET version = 18;
