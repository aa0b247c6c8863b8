"""What was recorded before anybody was named stays whose it was: of a file the first one who is named."""

from pathlib import Path

import pytest

from tests.conftest import Cowork
from tests.postgresql.fixtures import NewDatabase
from tests.store.test_persons import sits

pytestmark = [
    pytest.mark.file_store("each test says where its store is"),
    pytest.mark.usefixtures("november"),
]

NINE = ("track", "add", "acme/site", "--from", "09:00", "--to", "10:00", "--on", "2026-11-24")


@pytest.fixture
def nameless(cowork: Cowork) -> Cowork:
    """A file with an hour and a timer, recorded before anybody was named."""
    cowork("client", "add", "acme", "--name", "ACME GmbH")
    cowork("project", "add", "acme/site", "--rate", "90")
    assert cowork(*NINE).code == 0
    assert cowork("start", "acme/site", "--at", "17:00").code == 0
    return cowork


def persons(cowork: Cowork) -> list[str | None]:
    return [entry["person"] for entry in cowork("track", "list", "--json").data]


def test_of_a_file_the_first_who_is_named_has_recorded_all_of_it(nameless: Cowork) -> None:
    said = nameless("config", "set", "profile.person", "anna")
    assert "What was recorded so far is anna's." in said.err
    assert persons(nameless) == ["anna", "anna"]
    assert nameless(*NINE).code == 6, "they are her hours, and overlap"
    assert nameless("stop", "--json").data["duration_s"] == 3600
    assert nameless("undo").code == 0
    assert len(nameless("track", "list", "--person", "anna", "--json").data) == 2
    assert [row["key"] for row in nameless("report", "hours", "--by", "person", "--json").data] == [
        "anna"
    ]


def test_a_name_written_by_hand_owns_it_with_the_first_change(nameless: Cowork, home: Path) -> None:
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "config.toml").write_text('[profile]\nperson = "anna"\n')
    assert nameless("prompt").out != ""
    assert nameless("data", "status", "--json").data["owner"] == "anna"
    assert nameless("stop").code == 0
    assert persons(nameless) == ["anna", "anna"]


def test_another_name_is_another_person_unless_it_is_said(nameless: Cowork) -> None:
    sits(nameless, "ana")
    said = nameless("config", "set", "profile.person", "anna")
    assert "`cowork data owner anna`" in said.err
    assert nameless(*NINE).code == 0
    refused = nameless("data", "owner", "anna", "--yes")
    assert refused.code == 6, "both have the hour at nine"
    assert "overlap" in refused.err
    assert persons(nameless) == ["ana", "anna", "ana"]
    assert nameless("undo").code == 0
    assert nameless("track", "add", "acme/site", "--from", "11:00", "--to", "12:00").code == 0
    tried = nameless("data", "owner", "anna", "--dry-run", "--json").data
    assert (tried["before"], tried["owner"], tried["joined"]) == ("ana", "anna", 1)
    assert nameless("data", "owner", "anna").code != 0, "who is asked says yes"
    assert nameless("data", "owner", "anna", "--yes").code == 0
    assert set(persons(nameless)) == {"anna"}
    assert nameless("data", "verify").code == 0


def test_on_a_server_it_is_said(nameless: Cowork, new_database: NewDatabase) -> None:
    url = new_database(empty=True)
    moved = nameless("data", "move", "--to", url)
    assert "`cowork data owner NAME`" in moved.err
    sits(nameless, "ben")
    assert persons(nameless) == [None, None], "several may have recorded them"
    assert nameless("data", "status", "--json").data["owner"] is None
    assert nameless("data", "owner", "anna").code == 0
    assert persons(nameless) == ["anna", "anna"]


def test_whoever_makes_a_store_on_a_server_owns_it(
    cowork: Cowork, home: Path, new_database: NewDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COWORK_STORE", new_database(empty=True))
    sits(cowork, "anna")
    assert cowork("data", "status", "--json").data["owner"] == "anna"
    other = {"COWORK_HOME": str(home.parent / "other")}
    first = cowork("client", "list", env=other)
    assert "This store is anna's" in first.err
    assert "anna's" not in cowork("client", "list", env=other).err


def test_the_owner_survives_a_restore_of_a_backup_that_has_none(
    nameless: Cowork, home: Path, new_database: NewDatabase
) -> None:
    backup = nameless("data", "backup", "--json").data["file"]
    sits(nameless, "anna")
    assert nameless("data", "move", "--to", new_database(empty=True)).code == 0
    assert nameless("data", "restore", backup, "--yes").code == 0
    assert set(persons(nameless)) == {"anna"}
