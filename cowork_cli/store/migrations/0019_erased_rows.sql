-- What is left of a forgotten record in the journal stays too: an image gives way to its hash, never to nothing.
BEGIN IMMEDIATE;
DROP TRIGGER journal_stays;
CREATE TRIGGER journal_stays BEFORE UPDATE ON journal WHEN NOT (
    NEW.id = OLD.id AND NEW.change_id = OLD.change_id AND NEW.table_name = OLD.table_name
    AND NEW.row_id = OLD.row_id AND NEW.chain = OLD.chain
    AND OLD.table_name IN ('people', 'talks', 'members', 'job_parts', 'job_hours')
    AND EXISTS (SELECT 1 FROM erasures e
                WHERE e.table_name = OLD.table_name AND e.row_id = OLD.row_id)
    AND (NEW.before IS OLD.before OR (OLD.before IS NOT NULL AND NEW.before IS NOT NULL
         AND length(NEW.before) = 77 AND substr(NEW.before, 1, 11) = '{"erased":"'))
    AND (NEW.after IS OLD.after OR (OLD.after IS NOT NULL AND NEW.after IS NOT NULL
         AND length(NEW.after) = 77 AND substr(NEW.after, 1, 11) = '{"erased":"'))
) BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
PRAGMA user_version = 19;
COMMIT;
