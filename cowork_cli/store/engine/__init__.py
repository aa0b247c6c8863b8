"""What carries the tables: opening, migrating, the journal, checking, replacing the file."""
