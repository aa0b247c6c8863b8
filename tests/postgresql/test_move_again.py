"""`data move` where something is there already: an older or newer schema, an empty file, a move that was broken off."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from cowork_cli.errors import StoreBusy
from cowork_cli.paths import locate
from cowork_cli.store.engine import moving
from cowork_cli.store.engine.postgresql import opening
from cowork_cli.store.engine.store import Server, open_store
from cowork_cli.store.engine.version import VERSION
from tests.conftest import Cowork
from tests.postgresql.fixtures import NewDatabase
from tests.postgresql.test_move import killed, scalar

CLIENT = ("client", "add", "acme", "--name", "ACME GmbH")


def by_hand(url: str, sql: str) -> None:
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(sql.encode())


def older_store(url: str) -> None:
    """A store of the schema before this one, with nothing in it."""
    with psycopg.connect(url) as admin:
        admin.execute("CREATE SCHEMA cowork")
        admin.execute("SET search_path = cowork")
        opening.make(admin, VERSION - 1)


def file_of(home: Path) -> Path:
    return home / "data" / "cowork.db"


def test_a_database_of_an_older_schema_is_brought_to_this_one_and_a_newer_is_left_alone(
    cowork: Cowork, home: Path, new_database: NewDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cowork(*CLIENT).code == 0
    with (home / "config" / "config.toml").open("a", encoding="utf-8") as file:
        file.write('[profile]\nperson = "erika"\n')  # nothing was recorded since
    url = new_database(empty=True)
    older_store(url)
    by_hand(url, "UPDATE cowork.schema_version SET version = 99")
    newer = cowork("data", "move", "--to", url)
    assert newer.code == 3
    assert f"was written by a newer cowork (schema 99, this one knows {VERSION})" in newer.err
    assert file_of(home).exists()
    by_hand(url, f"UPDATE cowork.schema_version SET version = {VERSION - 1}")
    monkeypatch.setattr(moving, "_MANY", 1)
    done = cowork("data", "move", "--to", url, terminal=True)
    assert done.code == 0, str(done)
    assert "Copied clients: 1 rows." in done.err
    assert scalar(url, "SELECT version FROM cowork.schema_version") == VERSION
    assert scalar(url, "SELECT value FROM cowork.meta WHERE key = 'owner'") == "erika"


def test_a_store_that_is_not_in_order_is_not_moved(
    cowork: Cowork, home: Path, new_database: NewDatabase
) -> None:
    assert cowork(*CLIENT).code == 0
    with closing(sqlite3.connect(file_of(home))) as raw, raw:
        raw.execute("UPDATE clients SET name = 'Another'")
    url = new_database(empty=True)
    refused = cowork("data", "move", "--to", url)
    assert refused.code == 3
    assert refused.err.splitlines()[-2:] == [
        "error: the store is not in order: client 1 is not what the journal says; nothing was changed",
        "hint: look at it with `cowork data verify`",
    ]
    assert scalar(url, "SELECT to_regnamespace('cowork')") is None


def test_a_move_into_a_file_that_was_broken_off_is_done_at_the_end(
    cowork: Cowork, home: Path, new_database: NewDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty file is in the way; it breaks off before the server lets go, and after; the setting is not ours."""
    assert cowork("client", "list").code == 0
    url = new_database()
    with (home / "config" / "config.toml").open("a", encoding="utf-8") as file:
        file.write(f'[store]\nurl = "{url}"\n')
    assert cowork(*CLIENT).code == 0
    for where in ("store.engine.moving._rename", "services.home.moving._use_file"):
        with monkeypatch.context() as patch:
            patch.setattr(f"cowork_cli.{where}", killed)
            assert cowork("data", "move", "--to", "file").code == 130
    lost = cowork("client", "list")
    assert lost.code == 3
    assert lost.err.splitlines()[-1] == "hint: finish the move with `cowork data move --to file`"
    done = cowork("data", "move", "--to", "file")
    assert done.code == 0, str(done)
    assert "The move that was broken off is done: the store is the file from now on." in done.err
    assert [row[0] for row in cowork("client", "list").rows] == ["acme"]
    assert cowork("config", "get", "store.url", "--json").data["value"] in (None, "")
    assert not (home / "state" / "moving-to-file").exists()
    assert scalar(url, "SELECT to_regnamespace('cowork')") is None
    again = cowork("data", "move", "--to", "file")
    assert "It lies there already." in again.err


def test_a_file_that_comes_into_being_meanwhile_is_not_written_over(
    tmp_path: Path, new_database: NewDatabase
) -> None:
    server = open_store(
        locate({"COWORK_HOME": str(tmp_path)}), now_ms=1_764_090_000_000, command="data move",
        expected=False, note=print, server=Server(new_database(), lambda: None, "COWORK_STORE"),
    )  # fmt: skip
    with server.transaction() as journal:
        journal.insert(
            "clients", {"slug": "acme", "name": "ACME", "type": "business", "currency": "EUR"}
        )
    path = tmp_path / "data" / "cowork.db"
    source: Any = server.connection
    with pytest.raises(StoreBusy) as raised:
        moving.to_file(
            source,
            path,
            str(tmp_path),
            lambda said: None,
            keep=lambda: path.write_text("mine") and None,
        )
    assert raised.value.message == f"{path} is in use, nothing was changed"
    assert path.read_text() == "mine"
    assert [file.name for file in path.parent.iterdir()] == ["cowork.db"]
    assert server.value("SELECT slug FROM clients") == "acme"
    server.close()


def test_the_file_of_a_move_that_was_broken_off_at_its_end_joins_the_backups(
    cowork: Cowork, home: Path, new_database: NewDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cowork(*CLIENT).code == 0
    url = new_database(empty=True)
    with monkeypatch.context() as patch:
        patch.setattr("cowork_cli.services.home.moving._forget_names", killed)
        assert cowork("data", "move", "--to", url).code == 130
    assert file_of(home).exists()
    done = cowork("data", "move", "--to", url)
    assert done.code == 0, str(done)
    (left,) = (home / "data" / "backups").glob("cowork-moved-*.db")
    assert f"The file that was left lies in {left} now." in done.err
    assert not file_of(home).exists()
    assert "lies in" not in cowork("data", "move", "--to", url).err
