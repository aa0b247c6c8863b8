"""Several persons share a store: the hours of each are their own, and so is what they take back."""

from pathlib import Path

import pytest

from tests.conftest import Cowork
from tests.postgresql.fixtures import NewDatabase

pytestmark = pytest.mark.both_stores


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
    return cowork


def sits(cowork: Cowork, person: str) -> None:
    assert cowork("config", "set", "profile.person", person).code == 0


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
