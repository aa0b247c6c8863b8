"""What SQLite knows about the store in it; `postgresql/catalogue.py` has the same names.

Asked through the connection that knows which of them it is: `connection.catalogue.tables(connection)`.
"""

from __future__ import annotations

from contextlib import contextmanager

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from cowork_cli.store.engine.connection import Connection


def tables(connection: Connection) -> list[str]:
    """The tables of the store by name, without those that the database keeps for itself."""
    rows = connection.rows(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' "
        "ORDER BY name"
    )
    return [name for (name,) in rows]


def columns(connection: Connection, table: str) -> list[str]:
    """The columns of a table in their order."""
    return [row.name for row in connection.rows("SELECT name FROM pragma_table_info(?)", table)]


def parts(connection: Connection) -> dict[str, str]:
    """What the store is made of: kind and name of each table, index and rule, and the SQL that made it.

    Without quotes and with single blanks: both differ by the SQLite that changed a table, and say nothing.
    """
    rows = connection.rows(
        "SELECT CASE type WHEN 'trigger' THEN 'rule' ELSE type END AS kind, name, sql FROM sqlite_schema "
        "WHERE sql IS NOT NULL AND substr(name, 1, 7) <> 'sqlite_'"
    )
    return {f"{kind} {name}": " ".join(sql.replace('"', "").split()) for kind, name, sql in rows}


def damage(connection: Connection) -> list[str]:
    """What the database finds when it looks at every page and index."""
    rows = connection.rows("PRAGMA integrity_check(20)")
    return [text for (text,) in rows if text != "ok"]


def missing_parents(connection: Connection) -> list[tuple[str, int, str]]:
    """Table, row and the table it refers to, of each record that refers to one that is not there."""
    rows = connection.rows("PRAGMA foreign_key_check")
    return [(row.table, row.rowid, row.parent) for row in rows]


def last_id_given(connection: Connection, table: str) -> int:
    """The id that a table has given out last, also to a record that is gone; 0 for none."""
    row = connection.row("SELECT seq FROM sqlite_sequence WHERE name = ?", table)
    return int(row.seq) if row else 0


def key_columns(connection: Connection, table: str) -> list[str]:
    """The columns of a table's primary key, in their order; its row number where it has none."""
    rows = connection.rows("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", table)
    return [row.name for row in rows] or ["rowid"]


@contextmanager
def without_rules(connection: Connection) -> Iterator[None]:
    """The rules of triggers are away: they are about changes. References are the caller's to look at."""
    rules = connection.rows(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name"
    )
    for rule in rules:
        connection.run(f"DROP TRIGGER {rule.name}")
    yield
    for rule in rules:
        connection.run(rule.sql)


def drop_rules_of_others(connection: Connection, table: str) -> None:
    """Takes the rules of triggers away for good, but for those of one table."""
    for rule in connection.rows(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name <> ?", table
    ):
        connection.run(f"DROP TRIGGER {rule.name}")


def ids_given(connection: Connection) -> dict[str, int]:
    """The id that each table has given out last, by its name."""
    rows = connection.rows("SELECT name, seq FROM sqlite_sequence ORDER BY name")
    return {row.name: int(row.seq) for row in rows}


def give_ids_after(connection: Connection, last: dict[str, int]) -> None:
    """No table gives out an id again that it gave out before, also to a record that is gone."""
    connection.run("DELETE FROM sqlite_sequence")
    for table, number in sorted(last.items()):
        connection.run("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", table, number)


def scrub(connection: Connection) -> None:
    """Writes the store anew, so that what was deleted stands in no free page and not in its log."""
    connection.rows("VACUUM")
    connection.rows("PRAGMA wal_checkpoint(TRUNCATE)")
