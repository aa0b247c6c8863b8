"""`cowork_cli/store/schema.sql`: what the numbered scripts of `store/migrations/` come to, in one."""

import sqlite3

from cowork_cli.store.engine import migrate
from tools.generators.tree import Command

HEAD = """\
-- The schema of this version: what the scripts in `migrations/` come to one after the other, in one step
-- for a new store. Made from them by `python tools/generate.py`; what is written here is gone after that.
"""
# Each table, then what belongs to it; its triggers in the order in which they were made, since SQLite asks
# the last one first. What it makes by itself has no words.
_PARTS = """
SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
ORDER BY tbl_name, type != 'table', type, CASE type WHEN 'trigger' THEN rowid END, name
"""


def generate(_commands: tuple[Command, ...]) -> str:
    """The whole script. Raises AssertionError if a script puts rows into a new store: they would be lost."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate.create_by_scripts(connection, migrate.VERSION)
        parts = [f"{sql};" for (sql,) in connection.execute(_PARTS)]
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        for (name,) in names:
            assert not connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchall(), name
        marks = [
            f"PRAGMA {mark} = {connection.execute(f'PRAGMA {mark}').fetchone()[0]};"
            for mark in ("application_id", "user_version")
        ]
    finally:
        connection.close()
    return "\n".join([HEAD + "BEGIN IMMEDIATE;", *parts, *marks, "COMMIT;", ""])
