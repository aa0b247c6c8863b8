"""Whether two stores hold the same, whichever engine keeps each: counts, a hash of each table, the journal's end.

Where a store is kept says of itself who it is (`meta`); that is no part of what it holds.
"""

import hashlib

from cowork_cli.records import dataclass
from cowork_cli.store.engine.connection import Connection

IDENTITY, OWNER = "store", "owner"
"""The keys of `meta` that say which store this is, and whose records name nobody."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a table holds: how many rows, and the SHA-256 of all of them in the order of their key."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a journal: the id of its last row, 0 for none, and that row's hash."""

    row: int
    chain: str


def content(connection: Connection, table: str) -> Content:
    """Read row by row, for more of them than memory should hold."""
    columns = ", ".join(connection.catalogue.columns(connection, table))
    order = ", ".join(connection.catalogue.key_columns(connection, table))
    where = f"WHERE key NOT IN ('{IDENTITY}', '{OWNER}')" if table == "meta" else ""
    count, seen = 0, hashlib.sha256()
    for row in connection.stream(f"SELECT {columns} FROM {table} {where} ORDER BY {order}"):
        seen.update(repr(tuple(row)).encode())
        count += 1
    return Content(count, seen.hexdigest())


def head(connection: Connection) -> Head:
    """The end of the journal."""
    row = connection.row("SELECT id, chain FROM journal ORDER BY id DESC LIMIT 1")
    return Head(row.id, row.chain) if row else Head(0, "")


def is_earlier(earlier: Head, later: Connection) -> bool:
    """Whether the journal of `later` begins with one that ends at `earlier`, or is that one."""
    return earlier.row == 0 or earlier.chain == later.value(
        "SELECT chain FROM journal WHERE id = ?", earlier.row
    )


def said(connection: Connection, key: str) -> str | None:
    """What a store says of itself, see IDENTITY and OWNER."""
    value: str | None = connection.value("SELECT value FROM meta WHERE key = ?", key)
    return value


def say(connection: Connection, key: str, value: str) -> None:
    """Writes what a store says of itself, inside a transaction."""
    connection.run("DELETE FROM meta WHERE key = ?", key)
    connection.run("INSERT INTO meta (key, value) VALUES (?, ?)", key, value)
