"""What `data verify` looks for in stores that it is not often given: older ones, and ones with very much wrong."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cowork_cli.store.engine import connection, integrity, migrate
from cowork_cli.store.engine.connection import Connection
from cowork_cli.store.engine.version import VERSION


@pytest.fixture
def raw(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    (tmp_path / "cowork.db").touch()
    with closing(connection.connect(tmp_path / "cowork.db")) as raw:
        yield raw


def _add(raw: sqlite3.Connection, count: int) -> None:
    """Clients that no command has written, and an account of a bank behind them."""
    for number in range(count):
        raw.execute(
            "INSERT INTO clients (uuid, slug, name, type, currency) VALUES (?1, ?1, ?1, 'business', 'EUR')",
            (f"c{number}",),
        )
    raw.execute(
        "INSERT INTO desks (uuid, space_id, identity, name, kind) VALUES ('d', 1, 'd', 'd', 'desk')"
    )


def test_very_much_that_is_wrong_is_not_looked_at_to_the_end(
    raw: sqlite3.Connection, tmp_path: Path
) -> None:
    migrate.create(raw)
    raw.execute("PRAGMA foreign_keys = OFF")
    _add(raw, integrity.MOST * 4)
    store = Connection(raw, tmp_path / "cowork.db", tmp_path)
    found = integrity.replay(store)
    assert len(found) == integrity.MOST * 4 + 1
    assert found[-1] == "desk 1 is not in the journal"
    raw.execute(
        "INSERT INTO clients (uuid, slug, name, type, currency) VALUES ('x', 'x', 'x', 'business', 'EUR')"
    )
    found = integrity.replay(store)
    assert len(found) == integrity.MOST * 4 + 1
    assert {line.split()[0] for line in found} == {"client"}


@pytest.mark.parametrize("schema", [1, VERSION // 2, VERSION - 1])
def test_a_store_of_an_older_schema_is_looked_through_as_far_as_it_goes(
    raw: sqlite3.Connection, tmp_path: Path, schema: int
) -> None:
    """What it has no table for is in order; of its rules alone another program says what they were."""
    migrate.create(raw, schema)
    store = Connection(raw, tmp_path / "cowork.db", tmp_path)
    found = {
        name: integrity.run(store, check) for name, _, check in integrity.CHECKS if name != "schema"
    }
    assert [line for lines in found.values() for line in lines] == []
