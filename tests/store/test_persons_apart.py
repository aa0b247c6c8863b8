"""What is about oneself looks at one's own hours, whoever else works in the same store."""

import contextlib
from datetime import date
from pathlib import Path

import pytest

from cowork_cli.paths import locate
from cowork_cli.services.tariffs import optimising
from cowork_cli.store import answers, bookings, clients, days, entries, spaces
from cowork_cli.store.engine.store import Store
from tests.conftest import Cowork
from tests.store.test_persons import added, settled, sits
from tests.stores import open_store

pytestmark = pytest.mark.usefixtures("november")

NINE = 1_795_507_200  # 2026-11-24T09:00+01:00
UNNAMED = {
    "account": "cobot", "desk_ref": "cobot:hafen/1", "desk_name": "1", "space_name": "Hafen",
    "from_at": NINE, "to_at": NINE + 3600, "timezone": "Europe/Berlin", "state": "confirmed",
    "created_at": NINE, "request": "",
}  # fmt: skip
TIMERS = (("", "13:00"), ("anna", "14:00"), ("ben", "15:00"))


def _store(home: Path, person: str) -> Store:
    return open_store(
        locate({"COWORK_HOME": str(home)}),
        now_ms=NINE * 1000,
        command="day add",
        expected=True,
        note=lambda line: None,
        person=person,
    )


@pytest.fixture
def shared(acme: Cowork) -> Cowork:
    """One, two and three hours of who is not named, anna and ben on one day, and a timer each."""
    settled(acme)
    for number, (person, since) in enumerate(TIMERS):
        if person:
            sits(acme, person)
        line = ("track", "add", "acme/site", "--from", "09:00", "--to", f"1{number}:00")
        assert acme(*line, "--on", "2026-11-24").code == 0
        assert acme("start", "acme/site", person or "none", "--at", since).code == 0
    return acme


@pytest.fixture
def office(acme: Cowork) -> Cowork:
    """A store in which nobody owns what is recorded next."""
    settled(acme)
    return acme


@pytest.mark.file_store("the prompt reads what lies on this machine")
def test_the_prompt_shows_one_s_own_timer(shared: Cowork, home: Path) -> None:
    assert shared("prompt", "{note}").out == "ben\n"
    sits(shared, "anna")
    assert shared("prompt", "{note}").out == "anna\n"
    sits(shared, "eve")
    assert shared("prompt", "{note}").out == ""
    assert shared("config", "unset", "profile.person").code == 0
    assert shared("prompt", "{note}").out == "none\n"


def test_the_overview_counts_one_s_own_hours(shared: Cowork) -> None:
    assert shared("status", "--json").data["week_s"] == 3 * 3600
    sits(shared, "anna")
    assert shared("status", "--json").data["week_s"] == 2 * 3600
    days = shared("booking", "calendar", "--in", "2026-11", "--json").data["days"]
    assert [day["worked_s"] for day in days if day["date"] == "2026-11-24"] == [2 * 3600]


def test_a_plan_is_reckoned_for_one_s_own_days(acme: Cowork, home: Path) -> None:
    """Where ben worked, and the desk that he has, are none of anna's days."""
    acme("space", "add", "Hafen", "--city", "Lübeck")
    acme("desk", "add", "local:hafen", "Desk 1")
    for person, day in (("anna", "24"), ("ben", "23")):
        sits(acme, person)
        line = ("track", "add", "acme/site", "--from", "09:00", "--to", "10:00")
        assert acme(*line, "--on", f"2026-11-{day}", "--place", "local:hafen").code == 0
        assert acme("booking", "add", "local:hafen/desk-1", "--on", f"2026-12-{day}").code == 0
    with contextlib.closing(_store(home, "anna")) as store:
        hafen = spaces.every(store)
        known = optimising.days_at(hafen, date.min, date.max, store=store, now_s=NINE)
    assert [f"{day}" for day in known] == ["2026-11-24", "2026-12-24"]


def test_a_report_leaves_out_every_running_timer(shared: Cowork) -> None:
    """Nothing lies outside: three timers run, and none of them is an entry elsewhere."""
    outcome = shared("track", "list", "--in", "2026-11")
    assert len(outcome.out.splitlines()) == 6
    assert "nothing lies outside" in outcome.err


@pytest.mark.parametrize(("person", "seconds"), [("", 3600), ("ben", 3 * 3600), ("eve", 0)])
def test_what_a_day_is_told_from(shared: Cowork, home: Path, person: str, seconds: int) -> None:
    store = _store(home, person)
    tracked = days.tracked(store, NINE, NINE + 14 * 3600, NINE)
    assert sum(row.to_at - row.from_at for row in tracked) == seconds
    assert days.not_logged(store, None, None) == (["2026-11-24", "2026-11-25"] if seconds else [])
    assert (clients.last_used_project(store) is None) == (not seconds)
    assert (entries.last_activity(store, 0, 2 * NINE) is None) == (not seconds)
    told = answers.days(store, "2026-11-24", "2026-11-24")
    assert [row[3] - row[2] for row in told] == ([seconds] if seconds else [])
    with store.transaction() as journal:
        journal.insert(
            "days", {"day": "2026-11-24", "person": person, "work": 1, "tracked_s": 3600}
        )
    again = days.not_as_tracked(store, None, None)
    assert again == ([] if seconds == 3600 else [("2026-11-24", 3600)])
    store.close()


def test_each_person_has_a_day_log_of_their_own(office: Cowork) -> None:
    """The same day, the same place, another way to it; what one says of a month is one's own too."""
    for person, km, flag in (("anna", "5", "no"), ("ben", "20", "yes")):
        sits(office, person)
        place = ("day", "place", "Hafen", "--kind", "space", "--km", km, "--mode", "bike")
        assert office(*place).code == 0
        assert office("day", "log", "2026-11-24", "--at", "Hafen=6h").code == 0
        assert office("day", "month", "2026-11", "--other-workplace", flag).code == 0
    assert office("day", "log", "2026-11-24", "--at", "Hafen=6h").code == 6
    ways = {
        person: [
            office("day", "show", "2026-11-24", *said, "--json").data["stays"][0]["way_km"],
            office("day", "list", *said, "--json").data[0]["stays"][0]["way_km"],
            office("report", "days", *said, "--json").data[0]["days"],
        ]
        for person, said in (("anna", ("--person", "Anna")), ("ben", ()))
    }
    assert ways == {"anna": ["5", "5", 1], "ben": ["20", "20", 1]}
    assert [row["other_workplace"] for row in office("day", "month", "--json").data] == ["yes"]
    assert office("day", "remove", "2026-11-24").code == 0
    assert office("day", "show", "2026-11-24").code == 5
    assert office("day", "show", "2026-11-24", "--person", "anna").code == 0
    assert office("day", "list", "--person", "carl").code == 5


def test_a_budget_can_be_told_of_one(office: Cowork) -> None:
    assert office("project", "edit", "acme/site", "--budget", "2h").code == 0
    for person in ("anna", "ben"):
        sits(office, person)
        added(office, "09:00", "11:00")
    (row,) = office("report", "budget", "--person", "anna", "--json").data
    assert (row["used_s"], row["percent"], row["state"]) == (7200, "100.0", "over")
    assert "everybody" in office("report", "budget", "--person", "anna").err


def test_a_booking_that_names_nobody_is_of_who_booked(office: Cowork, home: Path) -> None:
    sits(office, "anna")
    with contextlib.closing(_store(home, "anna")) as store:
        with store.transaction() as journal:
            number = bookings.add(journal, UNNAMED)
        booked = bookings.own(store, number)
        assert booked is not None
        assert bookings.is_own(store, booked)
    with contextlib.closing(_store(home, "ben")) as store:
        assert not bookings.is_own(store, booked)
    assert len(office("booking", "list", "--past", "--person", "anna", "--json").data) == 1


def test_cron_books_for_who_gave_the_order(office: Cowork) -> None:
    office("space", "add", "Alte Mühle", "--country", "DE", "--hours", "Mo-Su 08:00-18:00")
    assert office("desk", "add", "mühle", "Desk 1").code == 0
    sits(office, "anna")
    order = ("standing", "add", "office", "Desk 1", "--every", "mon-fri", "--ahead", "1d", "--json")
    assert office(*order).data["person"] == "anna"
    sits(office, "server")
    assert office("standing", "run", "--json").data[0]["person"] == "anna"
    assert len(office("booking", "list", "--person", "anna", "--json").data) == 1


def test_an_invoice_says_who_worked_where_several_did(office: Cowork, tmp_path: Path) -> None:
    seller = ("seller.name=Kim", "seller.street=Weg 1", "seller.postcode=23552", "seller.city=Lübeck",
              "seller.country=DE", "seller.tax_number=22/123/45678", "seller.iban=DE02120300000000202051")  # fmt: skip
    for setting in seller:
        assert office("config", "set", *setting.split("=", 1)).code == 0
    address = ("--street", "Gasse 2", "--postcode", "10115", "--city", "Berlin", "--country", "DE")
    assert office("client", "edit", "acme", *address).code == 0
    for person in ("anna", "ben"):
        sits(office, person)
        line = ("track", "add", "acme/site", "--from", "09:00", "--to", "10:00")
        assert office(*line, "--on", "2026-11-24").code == 0
    assert office("invoice", "draft", "acme").code == 0
    issued = office("invoice", "issue", "draft-1", "--timesheet", "--yes", "--json")
    assert issued.code == 0, str(issued)
    page = tmp_path / "invoice.html"
    number = issued.data["number"]
    assert office("invoice", "export", number, "--format", "html", "--out", str(page)).code == 0
    text = page.read_text(encoding="utf-8")
    assert "<small>anna</small>" in text and "<small>ben</small>" in text
