"""`cowork post` through the real funnel."""

from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from cowork_cli.errors import BadInput
from cowork_cli.services.addresses.post import closed_days
from tests.conftest import Cowork

MARCH = {"COWORK_NOW": "2026-03-10T10:00:00+01:00"}
FIELDS = {
    "id", "kind", "sender", "posted", "received", "deemed_received", "deadline", "deadline_state", "rule",
    "source", "state",
}  # fmt: skip


@pytest.fixture
def box(seller: Cowork) -> Cowork:
    for words in (
        ("post", "add", "--kind", "tax-assessment", "--sender", "Finanzamt Mitte", "--posted",
         "2026-03-02", "--land", "Berlin"),
        ("post", "add", "--kind", "invoice", "--sender", "Telekom", "--received", "2026-03-05"),
    ):  # fmt: skip
        done = seller(*words, env=MARCH)
        assert done.code == 0, str(done)
    return seller


def test_a_letter_and_its_deadline(box: Cowork) -> None:
    shown = box("post", "show", "p-1", "--json", env=MARCH)
    assert set(shown.data) >= FIELDS
    data = shown.data
    assert (data["deemed_received"], data["deadline"]) == ("2026-03-06", "2026-04-07")
    assert (data["deadline_state"], data["state"], data["land"]) == ("open", "expected", "BE")
    assert "§ 355 AO, text of 2022-03-26" in data["source"]
    assert "moved from Mon 2026-04-06 (Ostermontag)" in data["rule"]
    assert "Deadline Tue 2026-04-07" in shown.err
    assert box("post", "show", "telekom", "--json", env=MARCH).data["keep_until"] == "2034-12-31"


def test_due_status_deadlines_and_the_calendar(box: Cowork, tmp_path: Path) -> None:
    assert [row["id"] for row in box("post", "due", "--json", env=MARCH).data] == ["p-1"]
    (first, *_) = box("status", "--json", env=MARCH).data["deadlines"]
    assert (first["ref"], first["due"], first["state"]) == ("p-1", "2026-04-07", "open")
    late = {"COWORK_NOW": "2026-04-08T10:00:00+02:00"}
    assert box("status", "--json", env=late).data["deadlines"][0]["state"] == "passed"
    assert box("status", "--exit-code", env=late).code == 6
    file = tmp_path / "post.ics"
    assert box("post", "due", "--out", str(file), env=MARCH).code == 0
    (event,) = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert str(event["DTSTART"].dt) == "2026-04-07"
    assert len(event.walk("VALARM")) == 4


def test_what_is_met_burns_no_longer(box: Cowork) -> None:
    met = box("post", "done", "p-1", "--deadline", "met", "--json", env=MARCH)
    assert (met.data["deadline_state"], met.data["deadline_done"]) == ("met", "2026-03-10")
    assert box("post", "due", "--json", env=MARCH).data == []
    assert box("undo", env=MARCH).code == 0
    assert box("post", "show", "p-1", "--json", env=MARCH).data["deadline_state"] == "open"
    late = {"COWORK_NOW": "2026-04-09T10:00:00+02:00"}
    assert "after the deadline" in box("post", "done", "p-1", "--deadline", "met", env=late).err
    assert box("post", "done", "p-2", "--deadline", "met", env=MARCH).code == 6


def test_nothing_is_destroyed_too_early(box: Cowork) -> None:
    for piece, reason in (
        ("p-1", "its deadline of 2026-04-07 is open"),
        ("p-2", "until 2034-12-31"),
    ):
        refused = box("post", "done", piece, "--as", "destroyed", env=MARCH)
        assert refused.code == 6, str(refused)
        assert reason in refused.err
        assert "§" in refused.err
        assert "--force" in refused.err
    assert box("post", "show", "p-2", "--json", env=MARCH).data["state"] == "received"
    forced = box("post", "done", "p-2", "--as", "destroyed", "--force", "--json", env=MARCH)
    assert forced.data["state"] == "destroyed"
    assert "§ 14b UStG" in forced.err
    assert box("post", "done", "p-2", "--as", "scanned", env=MARCH).code == 6, "gone is gone"
    box("post", "done", "p-1", "--deadline", "waived", env=MARCH)
    assert box("post", "done", "p-1", "--as", "destroyed", env=MARCH).code == 0


def test_states(box: Cowork) -> None:
    for state in ("scanned", "archived"):
        assert box("post", "done", "p-2", "--as", state, "--json", env=MARCH).data["state"] == state
    again = box("post", "done", "p-2", "--as", "archived", env=MARCH)
    assert again.code == 0
    assert "already" in again.err
    assert (
        box("post", "edit", "p-1", "--state", "triaged", "--json", env=MARCH).data["state"]
        == "triaged"
    )


def test_an_edit_computes_again(box: Cowork) -> None:
    edited = box("post", "edit", "p-1", "--posted", "2026-03-03", "--json", env=MARCH)
    assert edited.data["deadline"] == "2026-04-09"
    noted = box("post", "edit", "p-1", "--deadline", "2026-05-01", "--json", env=MARCH)
    assert (noted.data["deadline"], noted.data["rule"]) == ("2026-05-01", "noted by hand")
    assert box("post", "remove", "p-1", "--yes", env=MARCH).code == 0
    assert box("post", "show", "p-1", env=MARCH).code == 5
    assert box("undo", env=MARCH).code == 0
    assert box("post", "show", "p-1", "--json", env=MARCH).data["deadline"] == "2026-05-01"


def test_a_day_of_a_year_whose_holidays_are_not_known_is_asked_about() -> None:
    closed = closed_days("NW", None)
    assert closed(date(2027, 5, 27)) == "Fronleichnam"
    with pytest.raises(BadInput, match="the public holidays of 2060 are not known") as refused:
        closed(date(2060, 6, 17))
    assert refused.value.hint == "note the day yourself with `--deadline DATE`"


ADD = ("add", "--sender", "Amt", "--kind")


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("add", "--sender", "X"), 2, "kind"),
        (("add", "--kind", "letter"), 2, "sender"),
        ((*ADD, "love"), 2, "love"),
        ((*ADD, "tax-assessment"), 2, "posted"),
        ((*ADD, "fine", "--posted", "2026-03-02"), 2, "yellow envelope"),
        ((*ADD, "fine", "--received", "2026-12-24"), 2, "is ahead"),
        ((*ADD, "letter", "--posted", "2026-03-02", "--received", "2026-03-01"), 2, "before it was posted"),
        ((*ADD, "fine", "--received", "2026-03-02", "--land", "XX"), 2, "XX"),
        ((*ADD, "fine", "--received", "2025-12-23"), 2, "Land of the authority"),
        ((*ADD, "fine", "--received", "1999-03-02"), 2, "no periods of law"),
        ((*ADD, "letter", "--parish", "x"), 2, "parish"),
        ((*ADD, "letter", "--address", "a-9"), 5, "a-9"),
        (("add", "--kind", "invoice", "--sender", "Telekom", "--received", "2026-03-05"), 6, "p-2"),
        (("done", "p-1"), 2, "--as"),
        (("done", "p-1", "--as", "eaten"), 2, "eaten"),
        (("done", "p-1", "--deadline", "maybe"), 2, "maybe"),
        (("done", "p-1", "--as", "scanned", "--on", "2026-12-24"), 2, "is ahead"),
        (("done", "p-9", "--as", "scanned"), 5, "p-9"),
        (("edit", "p-1"), 2, "nothing to change"),
        (("edit", "p-1", "--state", "destroyed"), 2, "post done"),
        (("remove", "tele", "--yes"), 5, "Telekom"),
    ],
)  # fmt: skip
def test_what_is_refused(box: Cowork, words: tuple[str, ...], code: int, says: str) -> None:
    before = box("post", "list", "--json", env=MARCH).out
    refused = box("post", *words, env=MARCH)
    assert refused.code == code, str(refused)
    assert refused.err.startswith("error: ")
    assert says in refused.err
    assert box("post", "list", "--json", env=MARCH).out == before
