"""What only SQLite understands, in one place; every other statement is plain SQL.

A store on another database brings its own module with these names. The functions that take columns
and conditions return a piece of a statement; the others ask the database about itself.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.store.engine.connection import Connection


# ---- pieces of statements


def json_list(fields: str, source: str) -> str:
    """A JSON list with one list of `fields` for each row of `source`: `payments p WHERE …`."""
    return f"(SELECT json_group_array(json_array({fields})) FROM {source})"


def json_value(document: str, path: str) -> str:
    """The value at `path` (`buyer.vat_id`) of a column that holds JSON."""
    return f"json_extract({document}, '$.{path}')"


def same(column: str) -> str:
    """Whether a column is the value given, where nothing is the same as nothing."""
    return f"{column} IS ?"


def number(condition: str) -> str:
    """1 where a condition holds, else 0."""
    return f"({condition})"


def has_word(column: str) -> str:
    """Whether a column, words with commas between them, has exactly the word given among them."""
    return f"instr(',' || {column} || ',', ',' || ? || ',') > 0"


def holds(column: str, text: str) -> str:
    """Whether a column holds a piece of text, which is ours and without quotes."""
    return f"instr({column}, '{text}') > 0"


def entry_of(table: str, column: str) -> str:
    """The four bytes that a table of such has for a column that counts from 1."""
    return f"substr({table}, {column} * 4 - 3, 4)"


# ---- the database about itself


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


def triggers(connection: Connection) -> list[tuple[str, str]]:
    """Name and statement of each rule that a trigger keeps."""
    rows = connection.rows(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name"
    )
    return [(row.name, row.sql) for row in rows]


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
