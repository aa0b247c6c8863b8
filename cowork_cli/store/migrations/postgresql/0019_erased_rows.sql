-- What is left of a forgotten record in the journal stays too: an image gives way to its hash, never to nothing.
DROP TRIGGER journal_stays ON journal;
CREATE TRIGGER journal_stays BEFORE UPDATE ON journal FOR EACH ROW
WHEN (NOT (
    NEW.id = OLD.id AND NEW.change_id = OLD.change_id AND NEW.table_name = OLD.table_name
    AND NEW.row_id = OLD.row_id AND NEW.chain = OLD.chain
    AND OLD.table_name IN ('people', 'talks', 'members', 'job_parts', 'job_hours')
    AND is_erased(OLD.table_name, OLD.row_id)
    AND (NEW.before IS NOT DISTINCT FROM OLD.before OR (OLD.before IS NOT NULL AND NEW.before IS NOT NULL
         AND length(NEW.before) = 77 AND substr(NEW.before, 1, 11) = '{"erased":"'))
    AND (NEW.after IS NOT DISTINCT FROM OLD.after OR (OLD.after IS NOT NULL AND NEW.after IS NOT NULL
         AND length(NEW.after) = 77 AND substr(NEW.after, 1, 11) = '{"erased":"'))
))
EXECUTE FUNCTION refuse('the journal is append-only');

UPDATE schema_version SET version = 19;
