"""`data move`: all of a store goes to a server and comes back, and what is killed goes on."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from cowork_cli.errors import StoreDamaged
from cowork_cli.store.engine import moving
from tests.conftest import Cowork
from tests.postgresql.fixtures import NewDatabase


@pytest.fixture
def full(acme: Cowork) -> Cowork:
    """A home with an issued invoice, an undone change and a record that is gone."""
    for words in (
        ("track", "add", "acme/site", "--from", "9:00", "--to", "11:00", "Löten"),
        ("invoice", "draft", "acme"),
        ("invoice", "issue", "draft-1"),
        ("track", "add", "acme/site", "--from", "12:00", "--to", "12:45", "Prüfen"),
        ("undo",),
        ("config", "set", "profile.person", "erika"),
    ):
        outcome = acme(*words)
        assert outcome.code == 0, str(outcome)
    return acme


def facts(cowork: Cowork) -> list[Any]:
    """What people see of the store, but for who recorded it: a file has no owner."""
    lines = (
        ("track", "list", "--year"), ("client", "list"), ("invoice", "list"), ("history",),
        ("report", "clients"),
    )  # fmt: skip
    return [nobody(cowork(*words, "--json").data) for words in lines]


def nobody(data: Any) -> Any:
    if isinstance(data, list):
        return [nobody(row) for row in data]
    if isinstance(data, dict):
        return {name: nobody(value) for name, value in data.items() if name != "person"}
    return data


def scalar(url: str, sql: str) -> Any:
    with psycopg.connect(url, autocommit=True) as connection:
        return (connection.execute(sql.encode()).fetchone() or (None,))[0]


def killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_all_of_it_is_on_the_server_and_the_file_is_a_backup(
    full: Cowork, home: Path, new_database: NewDatabase
) -> None:
    before, url = facts(full), new_database(empty=True)
    done = full("data", "move", "--to", url, "--json")
    assert done.code == 0, str(done)
    assert done.data["target"] == url
    assert done.data["rows"]["clients"] == 1
    assert facts(full) == before
    assert full("data", "verify").code == 0
    # whoever sits here owns what names nobody
    assert [entry["person"] for entry in full("track", "list", "--year", "--json").data] == [
        "erika"
    ]
    assert not (home / "data" / "cowork.db").exists()
    backup = Path(done.data["backup"])
    assert backup.parent == home / "data" / "backups"
    assert backup.name.startswith("cowork-moved-")
    assert scalar(url, "SELECT count(*) FROM cowork.journal") == done.data["journal_rows"]
    assert full("config", "get", "store.url", "--json").data["value"] == url


def test_it_comes_back_and_the_server_keeps_it_under_another_name(
    full: Cowork, home: Path, new_database: NewDatabase
) -> None:
    url = new_database(empty=True)
    assert full("data", "move", "--to", url).code == 0
    assert full("track", "add", "acme/site", "--from", "14:00", "--to", "15:00").code == 0
    before = facts(full)
    done = full("data", "move", "--to", "file", "--json")
    assert done.code == 0, str(done)
    assert (home / "data" / "cowork.db").exists()
    assert facts(full) == before
    assert full("data", "verify").code == 0
    assert scalar(url, "SELECT to_regclass('cowork.entries')") is None
    assert "cowork_moved_" in done.data["backup"]
    # and to and fro once more: nothing is in the way
    assert full("data", "move", "--to", url).code == 0
    assert full("track", "add", "acme/site", "--from", "16:00", "--to", "17:00").code == 0
    assert full("data", "verify").code == 0


def test_a_dry_run_tries_it_and_changes_nothing(
    full: Cowork, home: Path, new_database: NewDatabase
) -> None:
    url = new_database(empty=True)
    done = full("data", "move", "--to", url, "--dry-run", "--json")
    assert done.code == 0, str(done)
    assert done.data["dry_run"] is True
    assert done.data["rows"]["invoices"] == 1
    assert scalar(url, "SELECT to_regnamespace('cowork')") is None
    assert full("config", "get", "store.url", "--json").data["value"] is None
    assert full("data", "move", "--to", url).code == 0
    there = full("data", "move", "--to", "file", "-n", "--json")
    assert there.code == 0, str(there)
    assert not (home / "data" / "cowork.db").exists()
    assert full("track", "add", "acme/site", "--from", "14:00", "--to", "15:00").code == 0


def test_a_database_with_another_store_is_refused_and_named(
    full: Cowork, tmp_path: Path, new_database: NewDatabase
) -> None:
    url = new_database(empty=True)
    other = {"COWORK_HOME": str(tmp_path / "other"), "COWORK_STORE": url}
    assert full("client", "add", "zeta", "--name", "Zeta AG", env=other).code == 0
    refused = full("data", "move", "--to", url)
    assert refused.code == 6
    assert "1 client" in refused.err
    assert scalar(url, "SELECT string_agg(slug, ',') FROM cowork.clients") == "zeta"
    assert full("track", "add", "acme/site", "--from", "14:00", "--to", "15:00").code == 0


def test_a_file_that_lies_in_the_way_is_not_written_over(
    full: Cowork, home: Path, new_database: NewDatabase
) -> None:
    url = new_database(empty=True)
    assert full("client", "add", "zeta", "--name", "Zeta AG", env={"COWORK_STORE": url}).code == 0
    assert full("config", "set", "store.url", url).code == 0
    refused = full("data", "move", "--to", "file")
    assert refused.code == 6, str(refused)
    assert "another store" in refused.err
    assert [row[0] for row in full("client", "list").rows] == ["zeta"]
    assert (home / "data" / "cowork.db").exists()


def test_the_variable_wins_and_that_is_said(full: Cowork, new_database: NewDatabase) -> None:
    refused = full("data", "move", "--to", "file", env={"COWORK_STORE": new_database()})
    assert refused.code == 2
    assert "COWORK_STORE" in refused.err


@pytest.mark.torture
@pytest.mark.parametrize(
    "where",
    [
        "transfer.copy",
        "comparing.content",
        "left_behind.mark",
        "left_behind.put_away",
        "Config.write",
    ],
)
def test_killed_on_the_way_to_the_server_it_goes_on_when_repeated(
    full: Cowork,
    home: Path,
    new_database: NewDatabase,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
) -> None:
    before, url = facts(full), new_database(empty=True)
    with monkeypatch.context() as patch:
        if where == "Config.write":
            patch.setattr("cowork_cli.config.Config.write", killed)
        else:
            patch.setattr(f"cowork_cli.store.engine.moving.{where}", killed)
        assert full("data", "move", "--to", url).code == 130
    assert facts(full) == before
    again = full("data", "move", "--to", url)
    assert again.code == 0, str(again)
    assert facts(full) == before
    assert full("config", "get", "store.url", "--json").data["value"] == url
    assert not (home / "data" / "cowork.db").exists()
    assert full("data", "verify").code == 0


def test_a_file_whose_move_was_broken_off_takes_no_changes_until_that_is_settled(
    full: Cowork, new_database: NewDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = new_database(empty=True)
    with monkeypatch.context() as patch:
        patch.setattr("cowork_cli.config.Config.write", killed)
        assert full("data", "move", "--to", url).code == 130
    refused = full("track", "add", "acme/site", "--from", "14:00", "--to", "15:00")
    assert refused.code == 3
    assert "moved" in refused.err
    assert full("data", "move", "--to", "file").code == 0
    assert full("track", "add", "acme/site", "--from", "14:00", "--to", "15:00").code == 0
    # what the server has is an earlier state of the very same store: it is filled again
    assert full("data", "move", "--to", url).code == 0
    assert len(full("track", "list", "--year", "--json").data) == 2


def test_a_server_that_has_gone_on_is_not_written_over(
    full: Cowork, new_database: NewDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = new_database(empty=True)
    with monkeypatch.context() as patch:
        patch.setattr("cowork_cli.config.Config.write", killed)
        assert full("data", "move", "--to", url).code == 130
    assert full("client", "add", "zeta", "--name", "Zeta AG", env={"COWORK_STORE": url}).code == 0
    assert full("data", "move", "--to", url).code == 6
    assert scalar(url, "SELECT count(*) FROM cowork.clients") == 2


@pytest.mark.torture
@pytest.mark.parametrize("where", ["_rename", "services._use_file"])
def test_killed_on_the_way_back_it_goes_on_when_repeated(
    full: Cowork,
    home: Path,
    new_database: NewDatabase,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
) -> None:
    before, url = facts(full), new_database(empty=True)
    assert full("data", "move", "--to", url).code == 0
    with monkeypatch.context() as patch:
        if where == "services._use_file":
            patch.setattr("cowork_cli.services.home.moving._use_file", killed)
        else:
            patch.setattr(f"cowork_cli.store.engine.moving.{where}", killed)
        assert full("data", "move", "--to", "file").code == 130
    lost = full("client", "list")
    if where == "services._use_file":
        assert lost.code == 3
        assert "data move --to file" in lost.err
    else:
        assert facts(full) == before
    again = full("data", "move", "--to", "file")
    assert again.code == 0, str(again)
    assert facts(full) == before
    assert full("config", "get", "store.url", "--json").data["value"] is None
    assert not list((home / "data").glob(".move-*"))


def test_what_is_not_the_same_is_not_used(
    full: Cowork, home: Path, new_database: NewDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One value that came over differently, and the move is off."""
    url = new_database(empty=True)
    copy: Callable[..., None] = moving.transfer.copy

    def careless(source: Any, target: Any, tell: Any) -> None:
        copy(source, target, tell)
        target.run("UPDATE clients SET name = 'ACME AG'")

    with monkeypatch.context() as patch:
        patch.setattr(moving.transfer, "copy", careless)
        refused = full("data", "move", "--to", url)
    assert (refused.code, "clients is not the same" in refused.err) == (3, True), str(refused)
    assert scalar(url, "SELECT to_regnamespace('cowork')") is None
    assert (home / "data" / "cowork.db").exists()
    assert issubclass(StoreDamaged, Exception)


def test_another_machine_is_told_that_the_store_was_moved_away(
    full: Cowork, tmp_path: Path, new_database: NewDatabase
) -> None:
    url = new_database(empty=True)
    assert full("data", "move", "--to", url).code == 0
    desktop = {"COWORK_HOME": str(tmp_path / "desktop")}
    assert full("config", "set", "store.url", url, env=desktop).code == 0
    assert len(full("client", "list", "--json", env=desktop).data) == 1
    assert full("data", "move", "--to", "file").code == 0
    lost = full("client", "add", "zeta", "--name", "Zeta AG", env=desktop)
    assert lost.code == 3
    assert "moved away" in lost.err
    assert scalar(url, "SELECT to_regnamespace('cowork')") is None


def test_the_backup_that_a_move_leaves_can_be_restored(
    full: Cowork, tmp_path: Path, new_database: NewDatabase
) -> None:
    before = facts(full)
    backup = full("data", "move", "--to", new_database(empty=True), "--json").data["backup"]
    other = {"COWORK_HOME": str(tmp_path / "other")}
    assert full("data", "restore", backup, "--yes", env=other).code == 0
    with sqlite3.connect(tmp_path / "other" / "data" / "cowork.db") as connection:
        marks = connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'moved'")
        assert marks.fetchone() == (0,)
    connection.close()
    added = full("client", "add", "zeta", "--name", "Zeta AG", env=other)
    assert added.code == 0, str(added)
    assert before[1] != []
