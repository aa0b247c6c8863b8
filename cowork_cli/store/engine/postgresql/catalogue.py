"""What PostgreSQL knows about the store in it. The same names as `engine/catalogue.py` has for a file."""

from __future__ import annotations

from contextlib import contextmanager

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from cowork_cli.store.engine.connection import Connection

ITS_OWN = ("schema_version", "removed_ids")
"""Tables that stand in for what SQLite keeps beside the tables of a file."""


def tables(connection: Connection) -> list[str]:
    """The tables of the store by name, without those that stand in for SQLite's own."""
    rows = connection.rows(
        "SELECT relname AS name FROM pg_class WHERE relkind = 'r' "
        "AND relnamespace = 'cowork'::regnamespace ORDER BY relname COLLATE \"C\""
    )
    return [name for (name,) in rows if name not in ITS_OWN]


def columns(connection: Connection, table: str) -> list[str]:
    """The columns of a table in their order."""
    rows = connection.rows(
        "SELECT attname AS name FROM pg_attribute WHERE attrelid = to_regclass(?) AND attnum > 0 "
        "AND NOT attisdropped ORDER BY attnum",
        table,
    )
    return [name for (name,) in rows]


def parts(connection: Connection) -> dict[str, str]:
    """What the store is made of: its tables with their columns, and each rule that is switched on."""
    found = {
        f"table {name}": ", ".join(sorted(columns(connection, name))) for name in tables(connection)
    }
    rules = connection.rows(
        "SELECT tgname AS name, string_agg(tgenabled::text, '' ORDER BY tgenabled) AS states FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE c.relnamespace = 'cowork'::regnamespace AND NOT tgisinternal GROUP BY tgname"
    )
    return found | {f"rule {name}": states for name, states in rules}


def damage(connection: Connection) -> list[str]:
    """Pages and indexes are the server's own to look after (data checksums, `pg_amcheck`)."""
    return []


def missing_parents(connection: Connection) -> list[tuple[str, int | str, str]]:
    """Table, row and the table it refers to, of each record that refers to one that is not there.

    The server itself lets none come to be, but for who switches its rules off. A row without an id is named
    by its place.
    """
    found: list[tuple[str, int | str, str]] = []
    for table, column, parent, key in connection.rows(_REFERENCES):
        row = "t.id" if "id" in columns(connection, table) else "t.ctid::text"
        found += [
            (table, row_id, parent)
            for (row_id,) in connection.rows(
                f"SELECT {row} FROM {table} t WHERE t.{column} IS NOT NULL AND NOT EXISTS "
                f"(SELECT 1 FROM {parent} p WHERE p.{key} = t.{column}) ORDER BY 1"
            )
        ]
    return found


_REFERENCES = (
    "SELECT c.relname AS child, a.attname AS of_child, p.relname AS parent, b.attname AS of_parent "
    "FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid "
    "JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1] "
    "JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1] "
    "WHERE k.contype = 'f' AND c.relnamespace = 'cowork'::regnamespace ORDER BY k.conname"
)


def last_id_given(connection: Connection, table: str) -> int:
    """The id that a table has given out last, also to a record that is gone; 0 for none."""
    return int(
        connection.value(
            f"SELECT greatest((SELECT max(id) FROM {table}), "
            "(SELECT last FROM removed_ids WHERE table_name = ?), 0)",
            table,
        )
    )


def key_columns(connection: Connection, table: str) -> list[str]:
    """The columns of a table's primary key, in their order."""
    rows = connection.rows(
        "SELECT a.attname AS name FROM pg_index i "
        "JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey) "
        "WHERE i.indrelid = to_regclass(?) AND i.indisprimary "
        "ORDER BY array_position(i.indkey::int2[], a.attnum)",
        table,
    )
    return [name for (name,) in rows] or ["ctid"]


def ids_given(connection: Connection) -> dict[str, int]:
    """The id that each table has given out last, by its name."""
    numbered = [name for name in tables(connection) if key_columns(connection, name) == ["id"]]
    given = {name: last_id_given(connection, name) for name in numbered}
    return {name: last for name, last in given.items() if last}


def give_ids_after(connection: Connection, last: dict[str, int]) -> None:
    """No table gives out an id again that it gave out before, also to a record that is gone."""
    connection.run("DELETE FROM removed_ids")
    for table, number in sorted(last.items()):
        connection.run("INSERT INTO removed_ids (table_name, last) VALUES (?, ?)", table, number)


@contextmanager
def without_rules(connection: Connection) -> Iterator[None]:
    """The rules of triggers are away, and references looked at when all is there."""
    names = tables(connection)
    for name in names:
        connection.run(f"ALTER TABLE {name} DISABLE TRIGGER USER")
    connection.run("SET CONSTRAINTS ALL DEFERRED")
    yield
    connection.run("SET CONSTRAINTS ALL IMMEDIATE")
    for name in names:
        connection.run(f"ALTER TABLE {name} ENABLE TRIGGER USER")


def scrub(connection: Connection) -> None:
    """Writes the tables anew, so that what was deleted stands in no free page.

    The server's own log and copies of it are its keeper's.
    """
    for name in tables(connection):
        connection.rows(f"VACUUM (FULL) {name}")
