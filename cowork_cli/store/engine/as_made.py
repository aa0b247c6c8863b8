"""What a store of a schema is made of before anything is in it: the other side of `catalogue.parts`."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from functools import cache

from cowork_cli.records import dataclass
from cowork_cli.store.engine import migrate
from cowork_cli.store.engine.catalogue import PARTS, as_parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Table:
    """The names of its columns, and whether it gives out ids by itself."""

    names: tuple[str, ...]
    numbered: bool


def parts(version: int) -> dict[str, str]:
    """Kind and name of each table, index and rule, and the SQL that makes it."""
    return _parts(version, str(migrate.SCRIPTS))


@cache
def _parts(version: int, _scripts: str) -> dict[str, str]:
    with _empty(version) as store:
        return as_parts(store.execute(PARTS).fetchall())


def columns(version: int) -> dict[str, Table]:
    """The tables by name."""
    with _empty(version) as store:
        made = store.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_'"
        ).fetchall()
        return {
            name: Table(
                tuple(column for _, column, *_ in store.execute(f"PRAGMA table_info({name})")),
                "AUTOINCREMENT" in sql,
            )
            for name, sql in made
        }


@contextmanager
def _empty(version: int) -> Iterator[sqlite3.Connection]:
    store = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate.create(store, version)
        yield store
    finally:
        store.close()
