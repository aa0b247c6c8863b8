-- Who recorded what, where several people share a store. '' is nobody named: the one person of a file, or
-- the one whom `meta.owner` names. Hours of two people may lie side by side; those of one may not.
BEGIN IMMEDIATE;

ALTER TABLE changes ADD COLUMN person TEXT NOT NULL DEFAULT '';
ALTER TABLE entries ADD COLUMN person TEXT NOT NULL DEFAULT '';

DROP INDEX one_running_timer;
CREATE UNIQUE INDEX one_running_timer ON entries (person) WHERE to_at IS NULL;
CREATE INDEX entries_by_person ON entries (person, from_at, to_at);

DROP TRIGGER entries_do_not_overlap_new;
DROP TRIGGER entries_do_not_overlap_changed;
CREATE TRIGGER entries_do_not_overlap_new BEFORE INSERT ON entries
WHEN (SELECT coalesce(to_at, 253402300800) FROM entries
      WHERE person = NEW.person AND from_at < coalesce(NEW.to_at, 253402300800)
      ORDER BY from_at DESC LIMIT 1) > NEW.from_at
BEGIN SELECT RAISE(ABORT, 'entries overlap'); END;
CREATE TRIGGER entries_do_not_overlap_changed BEFORE UPDATE OF from_at, to_at, person ON entries
WHEN (SELECT coalesce(to_at, 253402300800) FROM entries
      WHERE person = NEW.person AND from_at < coalesce(NEW.to_at, 253402300800) AND id <> NEW.id
      ORDER BY from_at DESC LIMIT 1) > NEW.from_at
BEGIN SELECT RAISE(ABORT, 'entries overlap'); END;

DROP TRIGGER billed_entries_stay;
CREATE TRIGGER billed_entries_stay BEFORE UPDATE ON entries
WHEN OLD.invoice_id IS NOT NULL AND (
    NEW.invoice_id IS NOT NULL OR NEW.project_id <> OLD.project_id OR NEW.from_at <> OLD.from_at
    OR NEW.to_at IS NOT OLD.to_at OR NEW.note IS NOT OLD.note OR NEW.billable <> OLD.billable
    OR NEW.tags <> OLD.tags OR NEW.timezone <> OLD.timezone OR NEW.day <> OLD.day
    OR NEW.place IS NOT OLD.place OR NEW.uuid <> OLD.uuid OR NEW.id <> OLD.id
    OR NEW.person <> OLD.person
)
BEGIN SELECT RAISE(ABORT, 'the entry is billed'); END;

PRAGMA user_version = 18;
COMMIT;
