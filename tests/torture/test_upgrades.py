"""From every schema that was ever released, with rows in every table of it, to the one of today.

The rows are made from the schema itself (`made_rows`). A migration that is interrupted leaves a whole schema
and goes on; a store of tomorrow is refused by every verb that writes, and left as it is.
"""

import hashlib
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.store.engine import database, integrity, migrate
from cowork_cli.store.engine.connection import Connection, connect
from cowork_cli.store.engine.journal import Journal
from cowork_cli.store.engine.store import Store
from cowork_cli.store.engine.version import VERSION
from tests import stores
from tests.store.engine.made_rows import Maker
from tests.torture import arena, office
from tests.torture.machine import Disk, Machine, calls
from tests.torture.scenes import MOST, SEED, every_or
from tests.tried import Tried

NOW_MS = 1_764_090_000_000
EMPTY = ("barriers",)  # a row says how far `undo` goes
AS_MADE = ("documents", "sums")  # invoices that are made up have no documents, and any sums


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

    maker = Maker(opened, schema)
    journalled = integrity._journalled_tables(connection)
    for table in connection.catalogue.tables(connection):
        if table not in (*journalled, *EMPTY, "changes", "journal") and not connection.value(
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
    """What `data verify` would find, by check, but for what is made up."""
    raw = connect(path)
    try:
        connection = Connection(raw, path, path.parent / "backups")
        return Counter(
            {
                name: len(integrity.run(connection, check))
                for name, _, check in integrity.CHECKS
                if name not in AS_MADE
            }
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
    assert +findings(path) == Counter(), "what is looked for is of the schema that is there"
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


class Stopped(Exception):
    """Something ends a migration."""


def statements_of(schema: int) -> int:
    """How many statements lead from a schema to the one of today."""
    return sum(
        len(list(migrate._statements(script.read_text(encoding="utf-8"))))
        for _, script in migrate.scripts(since=schema)
    )


def interrupted(base: Path, home: Path, place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ends a migration before its statement number `place`: a whole schema is left, and goes on."""
    shutil.copytree(base, home)
    before = contents(home / "data" / "cowork.db")
    turn, plain = 0, migrate._statements

    def counted(script: str) -> Iterator[str]:
        nonlocal turn
        for statement in plain(script):
            turn += 1
            if turn == place:
                raise Stopped
            yield statement

    with monkeypatch.context() as patched:
        patched.setattr(migrate, "_statements", counted)
        with pytest.raises(Stopped):
            open_again(home)
    path = home / "data" / "cowork.db"
    assert_nothing_lost(path, before)
    assert +findings(path) == Counter()
    assert upgrade(home).code == 0
    assert_nothing_lost(path, before)
    shutil.rmtree(home)


def open_again(home: Path) -> None:
    """Opens the store as a command does."""
    stores.opened(home, now_ms=NOW_MS, expected=True).close()


def test_a_migration_that_is_interrupted_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema = VERSION - 1
    old_home(tmp_path / "base", schema)
    last = statements_of(schema)
    for place in (2, last):
        interrupted(tmp_path / "base", tmp_path / "home", place, monkeypatch)


@pytest.mark.torture
def test_a_migration_is_interrupted_at_every_statement(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tried: Tried
) -> None:
    old_home(tmp_path / "base", 1)
    last = statements_of(1)
    for place in range(1, last + 1):
        interrupted(tmp_path / "base", tmp_path / "home", place, monkeypatch)
    tried(statements=last)


@pytest.mark.torture
@pytest.mark.parametrize("schema", [1, VERSION - 1])
def test_a_migration_is_killed_at_every_call(
    schema: int, machine: Machine, tmp_path: Path, tried: Tried
) -> None:
    base, home = tmp_path / "base", tmp_path / "home"
    old_home(base, schema)
    before = contents(base / "data" / "cowork.db")
    arena.copied(base, home)
    log = tmp_path / "calls.log"
    counted = machine.run(home, ("history",), log=log)
    assert counted.played.code == 0, str(counted.played)
    places = every_or(MOST, counted.calls)
    for place in places:
        arena.copied(base, home)
        machine.run(home, ("history",), at=place)
        assert upgrade(home).code == 0, f"killed before call {place}"
        assert_nothing_lost(home / "data" / "cowork.db", before)
        assert +findings(home / "data" / "cowork.db") == Counter()
    done = calls(log)
    arena.copied(base, home)
    disk, chance = Disk(home), random.Random(SEED)
    left = tmp_path / "after"
    for turn, call in enumerate(done):
        disk.do(call)
        if turn % max(1, len(done) // MOST):
            continue
        disk.after_failure(left, chance if turn % 2 else None)
        assert upgrade(left).code == 0, f"power cut after call {turn}"
        assert_nothing_lost(left / "data" / "cowork.db", before)
        assert +findings(left / "data" / "cowork.db") == Counter()
    tried(calls=counted.calls, kills=len(places), calls_cut=len(done))


@pytest.mark.torture
def test_many_at_once_bring_it_up_once(tmp_path: Path) -> None:
    for schema in range(1, VERSION):
        home = tmp_path / str(schema)
        path = old_home(home, schema)
        before = contents(path)
        crowd = [arena.spawn(home, "history") for _ in range(6)]
        assert [arena.finish(process).code for process in crowd] == [0] * 6
        assert_nothing_lost(path, before)
        assert +findings(path) == Counter()


@pytest.mark.parametrize("every", [9, pytest.param(1, marks=pytest.mark.torture)])
def test_a_store_of_tomorrow_is_left_as_it_is(every: int, furnished: Path, tmp_path: Path) -> None:
    """Whatever verb meets it."""
    home = arena.copied(furnished / "base", tmp_path / "home")
    path = home / "data" / "cowork.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA user_version = {VERSION + 1}")
        raw.execute("PRAGMA journal_mode = DELETE")
    whole = path.read_bytes()
    for verb, lines in list(office.LINES.items())[::every]:
        if verb.partition(" ")[0] in ("account", "config") or verb == "data restore":
            continue  # they need no store, or bring another
        done = arena.play(home, *office.resolved(lines[-1], furnished / "files", tmp_path))
        assert done.code == 3, f"{verb}\n{done}"
        assert "was written by a newer cowork" in done.err, f"{verb}\n{done}"
        assert path.read_bytes() == whole, verb
