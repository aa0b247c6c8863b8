"""The databases that tests are given: empty, their own, and gone with whoever used them."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from cowork_cli.store.engine.version import VERSION
from tests.postgresql.fixtures import NewDatabase
from tests.postgresql.server import Server

ROW = "INSERT INTO cowork.meta (key, value) VALUES ('a', 'b')"


def _name(url: str) -> str:
    return url.partition("@/")[2].partition("?")[0]


@pytest.fixture
def used(new_database: NewDatabase, _databases) -> list[str]:
    """Three databases that were used: with a record, with a trigger less, with a temporary table."""
    statements = [
        ROW,
        "ALTER TABLE cowork.changes DISABLE TRIGGER changes_stay",
        "CREATE TEMPORARY TABLE stage (n BIGINT); DROP TABLE stage",
    ]
    names = []
    for statement in statements:
        name = _databases.take()
        with psycopg.connect(_databases.server.url(name)) as connection:
            connection.execute(statement.encode())
        names.append(name)
    for name in names:
        _databases.give_back(name)
    return names


def test_what_was_only_written_to_is_emptied_and_given_out_again(used, _databases) -> None:
    again = [_databases.take() for _ in range(3)]
    assert {used[0], used[2]} <= set(again)
    assert used[1] not in again
    for name in again:
        with psycopg.connect(_databases.server.url(name)) as connection:
            assert connection.execute("SELECT count(*) FROM cowork.meta").fetchone() == (0,)
            version = connection.execute("SELECT version FROM cowork.schema_version").fetchone()
            assert version == (VERSION,)
        _databases.give_back(name)


def test_ids_begin_at_one_again(_databases) -> None:
    for _ in range(2):
        name = _databases.take()
        with psycopg.connect(_databases.server.url(name)) as connection:
            row = connection.execute(
                "INSERT INTO cowork.changes (uuid, at, command, kind) VALUES ('u', 1, 'x', 'do') "
                "RETURNING id"
            ).fetchone()
        assert row == (1,)
        _databases.give_back(name)


def test_two_databases_of_one_test_are_two(new_database: NewDatabase) -> None:
    with psycopg.connect(new_database()) as one, psycopg.connect(new_database()) as other:
        one.execute(ROW.encode())
        one.commit()
        assert other.execute("SELECT count(*) FROM cowork.meta").fetchone() == (0,)


def test_an_empty_database_has_no_schema(new_database: NewDatabase) -> None:
    with psycopg.connect(new_database(empty=True)) as connection:
        assert connection.execute("SELECT to_regnamespace('cowork')").fetchone() == (None,)


USER = """
import sys
from pathlib import Path
from tests.postgresql.server import served
with served(Path(sys.argv[1]), lambda server: None) as server:
    print(server.folder, (server.folder / "data" / "postmaster.pid").read_text().split()[0], flush=True)
    sys.stdin.read()
"""


def test_it_ends_when_the_last_who_needs_it_was_killed(
    postgresql_server: Server, tmp_path: Path
) -> None:
    users = [
        subprocess.Popen(
            [sys.executable, "-c", USER, tmp_path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        )
        for _ in range(2)
    ]
    said = {user.stdout.readline() for user in users}
    assert len(said) == 1  # they share it
    folder, pid = said.pop().split()
    gone = os.pidfd_open(int(pid)) if hasattr(os, "pidfd_open") else None
    for user in users:
        user.send_signal(signal.SIGKILL)
        user.communicate()
    if gone is None:
        pytest.skip("only Linux waits for a process that is nobody's child")
    import select

    assert select.select([gone], [], [], 60)[0], "the server still runs"
    os.close(gone)
    assert not (Path(folder) / "data" / "postmaster.pid").exists()
