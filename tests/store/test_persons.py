"""Several persons share a store: the hours of each are their own, and so is what they take back."""

from pathlib import Path

import pytest

from tests.conftest import Cowork
from tests.postgresql.fixtures import NewDatabase

pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture(params=["file", "server"])
def office(
    request: pytest.FixtureRequest, cowork: Cowork, monkeypatch: pytest.MonkeyPatch
) -> Cowork:
    """One store with a project, kept in a file or on a server."""
    if request.param == "server":
        make: NewDatabase = request.getfixturevalue("new_database")
        monkeypatch.setenv("COWORK_STORE", make())
    assert cowork("client", "add", "acme", "--name", "ACME GmbH").code == 0
    assert cowork("project", "add", "acme/site", "--rate", "90").code == 0
    settled(cowork)
    return cowork


def settled(cowork: Cowork) -> None:
    """What was recorded without a name is olga's: of a file the first one who is named owns it."""
    sits(cowork, "olga")
    assert cowork("config", "unset", "profile.person").code == 0


def sits(cowork: Cowork, person: str) -> None:
    assert cowork("config", "set", "profile.person", person).code == 0


def added(cowork: Cowork, begin: str, end: str) -> str:
    line = ("track", "add", "acme/site", "--from", begin, "--to", end, "--json")
    return str(cowork(*line).data["id"])


def test_each_person_has_a_timer(office: Cowork) -> None:
    sits(office, "anna")
    assert office("track", "start", "acme/site", "--at", "17:00").code == 0
    sits(office, "ben")
    assert office("track", "status", "--json").data is None
    assert office("track", "start", "acme/site", "--at", "17:30").code == 0
    assert office("track", "stop", "--json").data["duration_s"] == 1800
    sits(office, "anna")
    assert office("track", "stop", "--json").data["duration_s"] == 3600


def test_hours_overlap_with_one_s_own_only(office: Cowork) -> None:
    line = ("track", "add", "acme/site", "--from", "09:00", "--to", "11:00")
    sits(office, "anna")
    assert office(*line).code == 0
    assert office(*line).code == 6
    sits(office, "ben")
    assert office(*line).code == 0
    assert office("data", "verify").code == 0


def test_undo_takes_back_one_s_own_change(office: Cowork) -> None:
    sits(office, "anna")
    office("track", "add", "acme/site", "--from", "09:00", "--to", "11:00")
    sits(office, "ben")
    office("track", "add", "acme/site", "--from", "12:00", "--to", "13:00")
    sits(office, "anna")
    assert office("undo").code == 0
    left = office("track", "list", "--json").data
    assert [entry["duration_s"] for entry in left] == [3600]
    assert office("undo").code == 5
    assert office("redo").code == 0
    assert len(office("track", "list", "--json").data) == 2
    assert office("data", "verify").code == 0


def test_an_import_is_of_who_imports(office: Cowork, tmp_path: Path) -> None:
    file = tmp_path / "hours.csv"
    sits(office, "anna")
    office("track", "add", "acme/site", "--from", "09:00", "--to", "11:00")
    assert office("track", "export", "--format", "csv", "--out", str(file)).code == 0
    assert office("undo").code == 0
    sits(office, "ben")
    office("track", "add", "acme/site", "--from", "10:00", "--to", "12:00")
    sits(office, "anna")
    assert office("track", "import", str(file), "--format", "csv").code == 0
    assert office("data", "verify").code == 0
    assert office("undo").code == 0


def test_lists_and_reports_say_who_and_can_be_of_one(office: Cowork, tmp_path: Path) -> None:
    sits(office, "anna")
    office("track", "add", "acme/site", "--from", "09:00", "--to", "11:00")
    assert "Person" not in office("track", "list", "-o", "table").out
    sits(office, "ben")
    office("track", "add", "acme/site", "--from", "10:00", "--to", "11:00")
    listed = office("track", "list", "--json").data
    assert [entry["person"] for entry in listed] == ["anna", "ben"]
    assert "Person" in office("track", "list", "-o", "table").out
    assert [e["person"] for e in office("track", "list", "--person", "Anna", "--json").data] == [
        "anna"
    ]
    hours = office("report", "hours", "--person", "ben", "--json").data
    assert [row["duration_s"] for row in hours] == [3600]
    by_person = office("report", "hours", "--by", "person", "--json").data
    assert {row["key"]: row["duration_s"] for row in by_person} == {"anna": 7200, "ben": 3600}
    (unbilled,) = office("report", "unbilled", "--person", "anna", "--json").data
    assert unbilled["amount"]["amount"] == "180.00"
    history = office("history", "--person", "ben", "--json").data["changes"]
    assert [change["person"] for change in history] == ["ben"]
    missing = office("track", "list", "--person", "carl")
    assert missing.code == 5
    assert "anna, ben" in missing.err
    file = tmp_path / "hours.json"
    assert office("track", "export", "--format", "json", "--out", str(file)).code == 0
    several = office("track", "import", "--format", "json", str(file))
    assert several.code == 2
    assert "--person" in several.err
    line = ("track", "import", "--format", "json", str(file), "--person", "ben", "--json")
    assert office(*line).data["unchanged"] == 1


def test_another_s_change_on_top_stays(office: Cowork) -> None:
    sits(office, "anna")
    entry = added(office, "09:00", "10:00")
    sits(office, "ben")
    nothing = office("undo")
    assert nothing.code == 5
    assert "was made by anna" in nothing.err
    assert office("track", "edit", entry, "--note", "by ben").code == 0
    sits(office, "anna")
    stays = office("undo")
    assert stays.code == 6
    assert f"by ben with `cowork track edit {entry}" in stays.err
    assert f"cowork history --of {entry}" in stays.err
    (kept,) = office("track", "list", "--json").data
    assert (kept["note"], kept["person"]) == ("by ben", "anna")


def test_an_entry_of_another_keeps_its_person(office: Cowork) -> None:
    sits(office, "anna")
    first = added(office, "09:00", "10:00")
    added(office, "12:00", "13:00")
    sits(office, "ben")
    second = added(office, "10:00", "11:00")
    assert office("track", "edit", first, "--to", "12:30").code == 6  # anna's own hours
    assert office("track", "edit", first, "--to", "10:30").code == 0  # beside ben's
    refused = office("track", "join", first, second)
    assert refused.code == 6
    assert "is of anna" in refused.err
    parts = office("track", "split", first, "--at", "10:00", "--json").data["entries"]
    assert [part["person"] for part in parts] == ["anna", "anna"]
    assert office("data", "verify").code == 0
    draft = office("invoice", "draft", "acme", "--json")
    assert sum(float(line["quantity"]) for line in draft.data["lines"]) == 3.5


def test_a_desk_of_one_s_own_is_booked_for_who_sits_here(office: Cowork) -> None:
    assert office("space", "add", "Hafen", "--yes").code == 0
    assert office("desk", "add", "hafen", "Desk 1", "--price", "day=18").code == 0
    assert office("desk", "add", "hafen", "Desk 2", "--price", "day=18").code == 0
    book = ("booking", "add", "--on", "2026-12-01", "--all-day", "--yes", "--json")
    (unnamed,) = office(*book, "Desk 1").data
    sits(office, "anna")
    (named,) = office(*book, "Desk 2").data
    assert (unnamed["person"], named["person"]) == (None, "anna")
    (listed,) = office("booking", "list", "--person", "anna", "--json").data
    assert listed["id"] == named["id"]
    assert office("booking", "list", "--person", "carl").code == 5
    assert len(office("booking", "list", "--json").data) == 2


def test_tab_knows_the_persons(cowork: Cowork) -> None:
    cowork("client", "add", "acme", "--name", "ACME GmbH")
    cowork("project", "add", "acme/site", "--rate", "90")
    sits(cowork, "anna")
    added(cowork, "09:00", "10:00")
    assert cowork("_names", "person", "A").out == "anna\t\n"
