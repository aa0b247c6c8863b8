"""How the copy is kept: cheaply, whole again where it must be, and without what it need not hold."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cowork_cli.store.engine.postgresql.connection import Connection
from cowork_cli.store.engine.version import VERSION
from tests.conftest import Cowork
from tests.postgresql.cut import Line
from tests.store.engine.offline.conftest import Entries

ADD = ("track", "add", "acme/site", "--from", "09:00", "--to", "10:30", "Concept")


@pytest.fixture
def copy(laptop: Cowork, laptop_home: Path) -> Path:
    (path,) = (laptop_home / "data" / "copies").glob("*.db")
    return path


def _run(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(sql).fetchall()


def test_where_nothing_is_new_one_query_says_so(
    laptop: Cowork, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop("client", "list")
    asked: list[str] = []
    ask = Connection._ask

    def noted(self: Connection, sql: str, values: tuple[object, ...]) -> list[object]:
        asked.append(sql)
        return ask(self, sql, values)

    monkeypatch.setattr(Connection, "_ask", noted)
    assert laptop("client", "list").code == 0
    about = [sql for sql in asked if "FROM journal" in sql and "table_name" not in sql]
    assert len(about) == 1, asked


def test_an_older_copy_keeps_what_waits(
    laptop: Cowork, desktop: Cowork, line: Line, copy: Path, hours: Entries
) -> None:
    line.cut()
    assert laptop(*ADD).code == 0
    _run(copy, f"PRAGMA user_version = {VERSION - 1}")
    refused = laptop("track", "list")
    assert refused.code == 7
    assert "of another version of cowork" in refused.err
    line.mend()
    assert "went up" in laptop("client", "list").err
    assert hours(desktop) == [("e-1", "09:00", "10:30")]
    assert _run(copy, "PRAGMA user_version") == [(VERSION,)]
    line.cut()
    assert hours(laptop) == hours(desktop)
    assert laptop("start", "acme/site").code == 0
    assert laptop("track", "status", "--json").data["id"] == "e-1000000000"


def test_an_older_copy_keeps_what_does_not_fit(
    laptop: Cowork, desktop: Cowork, line: Line, copy: Path
) -> None:
    line.cut()
    assert laptop(*ADD).code == 0
    assert desktop(*ADD).code == 0
    _run(copy, f"PRAGMA user_version = {VERSION - 1}")
    line.mend()
    for _ in range(2):
        (row,) = laptop("data", "outbox", "--json").data
        assert (row["id"], row["state"], row["mine"][0]["note"]) == ("o-1", "held", "Concept")


def test_a_server_that_was_put_back_is_copied_anew(
    laptop: Cowork, desktop: Cowork, line: Line, copy: Path, hours: Entries
) -> None:
    assert desktop(*ADD).code == 0
    laptop("client", "list")
    _run(copy, "UPDATE meta SET value = 'of another past' WHERE key = 'copy.chain'")
    _run(copy, "DELETE FROM entries")
    assert laptop("client", "list").code == 0
    line.cut()
    assert hours(laptop) == [("e-1", "09:00", "10:30")]


def test_what_is_forgotten_is_in_no_byte_of_the_copy(
    laptop: Cowork, desktop: Cowork, copy: Path
) -> None:
    assert desktop("people", "add", "Xaverina Quitte").code == 0
    laptop("client", "list")
    assert b"Xaverina" in b"".join(file.read_bytes() for file in copy.parent.iterdir())
    forgotten = desktop("people", "forget", "person-1", "--yes")
    assert forgotten.code == 0, str(forgotten)
    laptop("client", "list")
    assert b"Xaverina" not in b"".join(file.read_bytes() for file in copy.parent.iterdir())


def test_it_holds_no_documents(laptop: Cowork, desktop: Cowork, copy: Path, tmp_path: Path) -> None:
    receipt = tmp_path / "receipt.pdf"
    receipt.write_bytes(b"%PDF-1.7 receipt of the desk")
    added = desktop(
        "expense",
        "add",
        "--gross",
        "11.90",
        "--vat",
        "19",
        "--text",
        "Desk",
        "--receipt",
        str(receipt),
    )
    assert added.code == 0, str(added)
    laptop("client", "list")
    assert _run(copy, "SELECT text FROM expenses") == [("Desk",)]
    assert _run(copy, "SELECT count(*) FROM receipts") == [(0,)]


def test_a_copy_that_cannot_be_kept_up_fails_nothing(laptop: Cowork, copy: Path) -> None:
    for file in copy.parent.iterdir():
        file.unlink()
    copy.mkdir()
    outcome = laptop("client", "list")
    assert outcome.code == 0
    assert f"cannot open the store {copy}" in outcome.err or str(copy) in outcome.err


def test_a_damaged_copy_is_laid_aside(
    laptop: Cowork, copy: Path, line: Line, hours: Entries
) -> None:
    laptop(*ADD)
    copy.write_bytes(b"no database at all" * 1000)
    line.cut()
    refused = laptop("track", "list")
    assert refused.code == 3
    assert str(copy) in refused.err
    line.mend()
    outcome = laptop("client", "list")
    assert outcome.code == 0
    assert f"{copy.name}.damaged" in outcome.err
    line.cut()
    assert hours(laptop) == [("e-1", "09:00", "10:30")]


def test_a_move_back_to_a_file_leaves_nothing_behind(
    laptop: Cowork, cowork: Cowork, desktop: Cowork, line: Line, url: str, laptop_home: Path
) -> None:
    home = {"COWORK_HOME": str(laptop_home)}
    assert cowork("config", "set", "store.url", line.url(url), env=home).code == 0
    line.cut()
    assert cowork(*ADD, env=home).code == 0
    assert desktop(*ADD).code == 0
    line.mend()
    refused = cowork("data", "move", "--to", "file", env=home)
    assert refused.code == 6
    assert "1 change waits here for the server" in refused.err
    assert (
        "1 change waits for the server, 1 of which does not fit" in cowork("status", env=home).err
    )


def test_data_status_says_how_far_behind_it_is(laptop: Cowork, desktop: Cowork) -> None:
    said = desktop("data", "status", "--json").data
    assert (said["copy_behind"], said["waiting"]) == (0, 0)
    assert desktop(*ADD).code == 0
    assert laptop("data", "status", "--json").data["copy_behind"] == 1
    assert laptop("data", "status", "--json").data["copy_behind"] == 0


def test_data_status_says_that_the_server_is_away(laptop: Cowork, line: Line) -> None:
    line.cut()
    assert laptop(*ADD).code == 0
    away = laptop("data", "status", "--json")
    assert away.code == 7
    assert (away.data["reachable"], away.data["waiting"], away.data["version"]) == (False, 1, None)
    line.mend()
    assert laptop("data", "status", "--json").data["reachable"] is True
