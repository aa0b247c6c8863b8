"""From every schema that was ever released, with rows in every table of it, to the one of today.

The rows are made from the schema itself (`made_rows`). A migration that is interrupted leaves a whole schema
and goes on; a store of tomorrow is refused by every verb that writes, and left as it is.
"""

import hashlib
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.store.engine import database, dialect, integrity
from cowork_cli.store.engine.connection import Connection, connect
from cowork_cli.store.engine.journal import Journal
from cowork_cli.store.engine.store import Store
from cowork_cli.store.engine.version import VERSION
from tests.store.engine.made_rows import Maker
from tests.torture import arena

NOW_MS = 1_764_090_000_000
EMPTY = ("barriers",)  # a row says how far `undo` goes


def old_home(home: Path, schema: int) -> Path:
    """A home whose store is of that schema, with two rows in every table of it."""
    path = home / "data" / "cowork.db"
    path.parent.mkdir(parents=True)
    database.build(path, schema, lambda connection: None)
    raw = connect(path)
    raw.execute("PRAGMA journal_mode = WAL")
    connection = Connection(raw, path, home / "data" / "backups")

    def opened(command: str) -> Store:
        return Store(connection, Journal(connection, command, NOW_MS), NOW_MS, "")

    maker = Maker(opened)
    journalled = integrity._journalled_tables(connection)
    for table in dialect.tables(connection):
        if table not in (*journalled, *EMPTY) and not connection.value(
            f"SELECT count(*) FROM {table}"
        ):
            _fill_plain(connection, maker, table)
    for table in journalled:
        for _ in range(2):
            row = maker.row(table)
            with opened(f"{table} add").transaction() as journal:
                journal.insert(table, row)
    raw.close()
    return path


def _fill_plain(connection: Connection, maker: Maker, table: str) -> None:
    """A row in a table that is written beside the journal."""
    row = maker.row(table)
    if {"content", "sha256"} <= set(row):
        row["content"] = b"bytes"
        row["sha256"] = hashlib.sha256(b"bytes").hexdigest()
    with connection.transaction():
        connection.run(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
            *row.values(),
        )


def contents(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, by the names of its columns."""
    with closing(sqlite3.connect(path)) as raw:
        raw.row_factory = sqlite3.Row
        tables = [
            name
            for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if not name.startswith("sqlite_")
        ]
        return {
            table: [dict(row) for row in raw.execute(f"SELECT * FROM {table}")] for table in tables
        }


def assert_nothing_lost(path: Path, before: dict[str, list[dict[str, Any]]]) -> int:
    """Every row of before is there, with what its columns of before held; how many."""
    after = contents(path)
    count = 0
    for table, rows in before.items():
        assert table in after, f"{table} is gone"
        for row in rows:
            count += 1
            assert any(row.items() <= now.items() for now in after[table]), (table, row)
    return count


def findings(path: Path) -> Counter[str]:
    """What `data verify` would find, by check."""
    raw = connect(path)
    try:
        connection = Connection(raw, path, path.parent / "backups")
        return Counter(
            {name: len(integrity.run(connection, check)) for name, _, check in integrity.CHECKS}
        )
    finally:
        raw.close()


def upgrade(home: Path) -> arena.Played:
    """Any command that opens the store brings it to the schema of today."""
    return arena.play(home, "history")


@pytest.mark.parametrize(
    "schema",
    [pytest.param(1), *(pytest.param(n, marks=pytest.mark.torture) for n in range(2, VERSION))],
)
def test_every_row_of_an_older_schema_is_kept(schema: int, tmp_path: Path) -> None:
    path = old_home(tmp_path, schema)
    before = contents(path)
    assert {table for table, rows in before.items() if not rows} <= set(EMPTY), (
        "a table without a row proves nothing"
    )
    done = upgrade(tmp_path)
    assert done.code == 0, str(done)
    assert f"brought to schema {VERSION}" in done.err
    assert assert_nothing_lost(path, before) >= len(before)
    found = findings(path)
    assert +found == Counter(), found
    undone = arena.play(tmp_path, "undo")  # what was written under the old schema is taken back
    assert undone.code == 0, str(undone)
    found = findings(path)
    assert +found == Counter(), found
    (backup,) = (tmp_path / "data" / "backups").glob("cowork-schema-*.db")
    assert contents(backup) == before
