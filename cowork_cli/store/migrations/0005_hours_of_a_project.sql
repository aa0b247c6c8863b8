-- A report by project reads this index alone: it holds also whether an entry is billed.
BEGIN IMMEDIATE;
DROP INDEX entries_by_project;
CREATE INDEX entries_by_project ON entries (project_id, day, billable, invoice_id, from_at, to_at);
PRAGMA user_version = 5;
COMMIT;
