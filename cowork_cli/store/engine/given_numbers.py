"""What a backup does not hold; and numbers that were given out stay given, whatever backup is put back.

An invoice that was issued after a backup was made is with the client: another one under its number would be
the second (§ 14 (4) no. 4 UStG: a number is given once).
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from cowork_cli.records import dataclass
from cowork_cli.store.engine import database
from cowork_cli.store.engine.connection import Connection, connect

Series = dict[tuple[str, int], int]
"""By series and year (0: it goes on over all years) the last number that was given."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a store has given out, the numbers that invoices and quotes bear; and its changes, by UUID."""

    documents: frozenset[str]
    changes: frozenset[str]


NONE = Given(frozenset(), frozenset())


def given(connection: Connection) -> Given:
    """What a store of any schema has given out."""
    tables = connection.catalogue.tables(connection)
    documents = {
        number
        for table in ("invoices", "quotes")
        if table in tables
        for (number,) in connection.rows(f"SELECT number FROM {table} WHERE state <> 'draft'")
    }
    changes = frozenset(uuid for (uuid,) in connection.rows("SELECT uuid FROM changes"))
    return Given(frozenset(documents), changes)


def of_file(path: Path) -> Given:
    """The same of the store in a file. Raises StoreError."""
    with database.looking(path) as connection:
        return given(connection)


def series_of(connection: Connection) -> Series:
    """The series of a store of any schema."""
    rows = connection.rows("SELECT series, year, last FROM number_series")
    return {(series, year): last for series, year, last in rows}


def series_of_file(path: Path) -> Series:
    """The same of the store in a file. Raises StoreError."""
    with database.looking(path) as connection:
        return series_of(connection)


def give(connection: Connection, series: str, year: int, last: int) -> None:
    """That number is the last of its series from now on, in a transaction of the caller."""
    connection.run(
        "INSERT INTO number_series (series, year, last) VALUES (?, ?, ?) "
        "ON CONFLICT (series, year) DO UPDATE SET last = excluded.last",
        series,
        year,
        last,
    )


def keep(connection: Connection, before: Series) -> None:
    """Numbers that were given before are not given again, in a transaction of the caller."""
    here = series_of(connection)
    for (series, year), last in sorted(before.items()):
        if last > here.get((series, year), 0):
            give(connection, series, year, last)


def keep_in_file(path: Path, before: Series) -> None:
    """The same in a file that nobody else has open."""
    with closing(connect(path)) as raw:
        connection = Connection(raw, path, path.parent)
        with connection.transaction():
            keep(connection, before)
