"""What a store of a schema is made of before anything is in it: the other side of `catalogue.parts`."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from cowork_cli.store.engine import catalogue, migrate
from cowork_cli.store.engine.connection import Connection

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def parts(version: int) -> dict[str, str]:
    """Kind and name of each table, index and rule, and the SQL that makes it."""
    return _parts(version, str(migrate.SCRIPTS))


@cache
def _parts(version: int, _scripts: str) -> dict[str, str]:
    with _empty(version) as store:
        return catalogue.parts(store)


def columns(version: int) -> dict[str, list[str]]:
    """The columns of each table by its name."""
    with _empty(version) as store:
        return {name: catalogue.columns(store, name) for name in catalogue.tables(store)}


@contextmanager
def _empty(version: int) -> Iterator[Connection]:
    raw = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate.create(raw, version)
        yield Connection(raw, Path(":memory:"), Path())
    finally:
        raw.close()
