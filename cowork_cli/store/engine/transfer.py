"""A store as plain records: every table row by row, and a new store built from such rows.

A value is text, a number or nothing, as in JSON; bytes are handed over apart and stand in the row as
`{"bytes": SHA256}`. What a table had given out as ids comes along, so that none is given out again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from cowork_cli.errors import CoworkError, StoreDamaged
from cowork_cli.store.engine import database, integrity, version
from cowork_cli.store.engine.connection import Connection

BYTES = "bytes"


def records(
    connection: Connection, table: str, keep: Callable[[str, bytes], None]
) -> Iterator[dict[str, Any]]:
    """The rows of a table in the order of its key; `keep` is given each value of bytes and its hash."""
    columns = connection.catalogue.columns(connection, table)
    order = ", ".join(connection.catalogue.key_columns(connection, table))
    for row in connection.stream(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}"):
        yield {
            column: _apart(value, keep) if isinstance(value, bytes) else value
            for column, value in zip(columns, row, strict=True)
        }


def _apart(content: bytes, keep: Callable[[str, bytes], None]) -> dict[str, str]:
    digest = hashlib.sha256(content).hexdigest()
    keep(digest, content)
    return {BYTES: digest}


def build(
    path: Path,
    schema: int,
    rows_of: Callable[[str], Iterable[dict[str, Any]]],
    content: Callable[[str], bytes],
    given: dict[str, int],
) -> None:
    """A new store at `path` of schema `schema`: `rows_of(table)` are its rows, `content` their bytes.

    Looked through by every check that there is. Raises StoreDamaged for rows that are no store, with
    nothing left behind, and what `rows_of` raises.
    """

    def fill(connection: Connection) -> None:
        with connection.transaction():
            _fill(connection, rows_of, content, given)
        for _, _, check in integrity.CHECKS:
            found = integrity.run(connection, check)
            if found:
                raise StoreDamaged(found[0])

    database.build(path, schema, fill)


def _fill(
    connection: Connection,
    rows_of: Callable[[str], Iterable[dict[str, Any]]],
    content: Callable[[str], bytes],
    given: dict[str, int],
) -> None:
    """The rules of triggers are about changes; they are away while what was is put in its place."""
    with connection.catalogue.without_rules(connection):
        for table in connection.catalogue.tables(connection):
            _fill_table(connection, table, rows_of(table), content)
        connection.catalogue.give_ids_after(connection, given)


def _fill_table(
    connection: Connection,
    table: str,
    rows: Iterable[dict[str, Any]],
    content: Callable[[str], bytes],
) -> None:
    columns = connection.catalogue.columns(connection, table)
    connection.run(f"DELETE FROM {table}")
    try:
        connection.fill(
            table, columns, (_values(table, columns, record, content) for record in rows)
        )
    except StoreDamaged:
        raise
    except CoworkError as error:
        raise StoreDamaged(f"{table}: {error.message}") from error


def copy(source: Connection, target: Connection, tell: Callable[[str, int], None]) -> None:
    """All that `source` holds into `target`, a store of the same schema, whose transaction is open.

    The source must be read inside a transaction of its own, so that all of it is of one moment. `tell` is
    given each table when it is done, and how many rows went there.
    """
    with target.catalogue.without_rules(target):
        for table in target.catalogue.tables(target):
            names = target.catalogue.columns(target, table)
            columns = ", ".join(names)
            target.run(f"DELETE FROM {table}")
            order = ", ".join(source.catalogue.key_columns(source, table))
            counted = _Counted(source.stream(f"SELECT {columns} FROM {table} ORDER BY {order}"))
            target.fill(table, names, counted)
            tell(table, counted.rows)
        target.catalogue.give_ids_after(target, source.catalogue.ids_given(source))


class _Counted:
    """Rows as they go by, and how many went."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]):
        self._given = rows
        self.rows = 0

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        for row in self._given:
            self.rows += 1
            yield row


def no_word(table: str, rows: int) -> None:
    """For who does not want to be told."""


def copy_into_file(source: Connection, target: Path, schema: int = version.VERSION) -> None:
    """A new file at `target` that holds the whole store, of one moment. Raises StoreError."""

    def fill(file: Connection) -> None:
        with file.transaction():
            copy(source, file, no_word)

    if source.in_transaction:
        database.build(target, schema, fill)
        return
    with source.private():
        database.build(target, schema, fill)


def _values(
    table: str, columns: list[str], record: dict[str, Any], content: Callable[[str], bytes]
) -> tuple[object, ...]:
    if set(record) != set(columns):
        odd = sorted(set(record) ^ set(columns))
        raise StoreDamaged(f"a row of {table} has not the columns of this schema ({odd[0]})")
    return tuple(_value(table, record[column], content) for column in columns)


def _value(table: str, value: object, content: Callable[[str], bytes]) -> object:
    if isinstance(value, dict) and isinstance(digest := value.get(BYTES), str) and len(value) == 1:
        return content(digest)
    if value is None or (isinstance(value, str | int | float) and not isinstance(value, bool)):
        return value
    raise StoreDamaged(f"a value of {table} is neither text nor a number")
