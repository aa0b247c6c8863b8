"""Whole commands against the fakes of LibreBooking, Seatsurfing, OfficeRnD and anny: from `account add` on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cowork, Outcome
from tests.fakes.anny import FakeAnny
from tests.fakes.librebooking import FakeLibreBooking
from tests.fakes.officernd import FakeOfficeRnD
from tests.fakes.seatsurfing import FakeSeatsurfing
from tests.fakes.server import FakeServer, Request

pytestmark = pytest.mark.usefixtures("waits")  # nobody waits between two tries

NINE = datetime.fromisoformat("2026-12-01T09:00:00+01:00")
ELEVEN = datetime.fromisoformat("2026-12-01T11:00:00+01:00")
TIMES = ("--on", "2026-12-01", "--from", "09:00", "--to", "11:00")
PASSWORD = "Fahrrad-77"


@dataclass
class Place:
    """One platform with a room: how its account is set up, and how a booking of another gets there."""

    fake: Any
    provider: str
    settings: tuple[str, ...]
    username: str | None
    secret: str
    room: str
    booked: Callable[[], int]
    hold: Callable[[], object]
    moves: bool = True
    quiet: tuple[str, ...] = field(default=())

    def is_write(self, request: Request) -> bool:
        return request.method not in ("GET", "HEAD") and not request.path.endswith(self.quiet)


def librebooking() -> Place:
    fake = FakeLibreBooking()
    fake.users["ada"]["password"] = PASSWORD
    schedule = fake.add_schedule("Clubhaus")
    room = fake.add_resource(schedule, "Meeting Room Spree")
    return Place(
        fake, "librebooking", (f"url={fake.base}",), "ada", PASSWORD, f"{schedule}/{room}",
        lambda: len(fake.reservations), lambda: fake.add_reservation(room, NINE, ELEVEN),
        quiet=("/Authenticate",),
    )  # fmt: skip


def seatsurfing() -> Place:
    fake = FakeSeatsurfing()
    location = fake.add_location("Clubhaus")
    room = fake.add_space(location, "Meeting Room Spree")
    return Place(
        fake, "seatsurfing", (f"url={fake.url}",), "ada@example.org", PASSWORD,
        f"{location}/{room}", lambda: len(fake.bookings),
        lambda: fake.add_booking(room, NINE, ELEVEN, "bob@example.org"),
        quiet=("/login", "/refresh", "/precheck/"),
    )  # fmt: skip


def officernd() -> Place:
    fake = FakeOfficeRnD(PASSWORD)
    location = fake.add_location("Clubhaus")
    room = fake.add_resource(location, "Meeting Room Spree", type="meeting_room")
    settings = (
        f"api_url={fake.url}/api/v2", f"identity_url={fake.url}", "organization=hafen",
        "client_id=app-1", "member=0000000400000000000000aa", "book_by_api=true",
    )  # fmt: skip
    return Place(
        fake, "officernd", settings, None, PASSWORD, f"{location}/{room}",
        lambda: len([one for one in fake.bookings.values() if not one["isCancelled"]]),
        lambda: fake.add_booking(room, NINE, ELEVEN, "0000000400000000000000bb"),
        moves=False, quiet=("/oauth/token", "/validate"),
    )  # fmt: skip


@pytest.fixture(params=[librebooking, seatsurfing, officernd], ids=lambda make: make.__name__)
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    made = request.param()
    with made.fake:
        yield made


@pytest.fixture
def club(seller: Cowork, place: Place) -> Cowork:
    """A home with the account `club`, logged in."""
    assert seller("account", "add", "coworkingview", "--set", "enabled=false").code == 0
    set_up(seller, place)
    return seller


def set_up(cowork: Cowork, place: Place, *words: str) -> None:
    given = [part for pair in place.settings for part in ("--set", pair)]
    added = cowork(*words, "account", "add", "club", "--provider", place.provider, *given)
    assert added.code == 0, str(added)
    named = ("--username", place.username) if place.username else ()
    login = cowork(
        *words, "account", "login", "club", *named, "--password-stdin", "--yes",
        stdin=f"{place.secret}\n",
    )  # fmt: skip
    assert login.code == 0, str(login)
    assert place.secret not in f"{added.out}{added.err}{login.out}{login.err}"


def ref(place: Place) -> str:
    return f"club:{place.room}"


def book(club: Cowork, place: Place, *words: str) -> Outcome:
    return club("book", ref(place), *TIMES, "--yes", "--json", *words)


def test_the_way_from_the_login_to_the_cancellation(club: Cowork, place: Place) -> None:
    checked = club("account", "check", "club", "--json")
    assert (checked.code, checked.data[0]["state"]) == (0, "ok"), str(checked)
    desks = club("desk", "list", "club", "--json")
    assert [(row["ref"], row["kind"]) for row in desks.data] == [(ref(place), "room")], str(desks)
    free = club("desk", "free", "club", *TIMES, "--json")
    assert [row["free"] for row in free.data] == [True], str(free)

    booked = book(club, place, "--title", "Kundentermin")
    assert (booked.code, booked.data[0]["state"]) == (0, "confirmed"), str(booked)
    assert booked.data[0]["from"] == "2026-12-01T09:00:00+01:00"
    again = book(club, place, "--title", "Kundentermin")
    assert (again.code, again.data[0]["existing"]) == (0, True), str(again)
    assert place.booked() == 1
    assert club("desk", "free", "club", *TIMES, "--json").data[0]["free"] is False
    assert club("booking", "show", "b-1", "--json").data["title"] == "Kundentermin"

    cancelled = club("booking", "cancel", "b-1", "--yes", "--json")
    assert cancelled.code == 0, str(cancelled)
    assert place.booked() == 0
    synced = club("booking", "sync", "--account", "club", "--json")
    assert synced.code == 0, str(synced)


def test_a_second_home_books_nothing(club: Cowork, place: Place, tmp_path: Path) -> None:
    assert book(club, place).code == 0
    other = ("--home", str(tmp_path / "other"))
    set_up(club, place, *other)
    second = book(club, place, *other)
    assert (second.code, second.data[0]["existing"]) == (0, True), str(second)
    assert place.booked() == 1


def test_what_somebody_else_has_is_taken(club: Cowork, place: Place) -> None:
    place.hold()
    outcome = book(club, place)
    assert outcome.code == 6, str(outcome)
    assert outcome.json["problems"][0]["code"] == "slot-taken"


@pytest.mark.parametrize("start", ["14:00", "10:00"])
def test_a_booking_is_moved(club: Cowork, place: Place, start: str) -> None:
    """In one step where the platform can: then also to a time that it holds itself in part."""
    assert book(club, place).code == 0
    end = f"{int(start[:2]) + 2}:00"
    moved = club("booking", "move", "b-1", "--from", start, "--to", end, "--yes", "--json")
    if not place.moves and start == "10:00":
        assert moved.code == 6, str(moved)
        start = "09:00"
    else:
        assert moved.code == 0, str(moved)
    assert place.booked() == 1
    listed = club("booking", "list", "--account", "club", "--json").data
    assert [row["from"] for row in listed] == [f"2026-12-01T{start}:00+01:00"]


@pytest.mark.parametrize("how", ["cut_after_commit", "truncate_next"])
def test_an_answer_that_is_lost_is_read_back(club: Cowork, place: Place, how: str) -> None:
    place.fake.spare_until(place.is_write)
    getattr(place.fake, how)()
    outcome = book(club, place)
    assert (outcome.code, outcome.data[0]["state"]) == (0, "confirmed"), str(outcome)
    assert place.booked() == 1


@pytest.mark.parametrize("how", ["cut", "cut_after_commit"])
def test_what_nobody_can_tell_is_settled_by_a_sync(
    club: Cowork, place: Place, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    place.fake.spare_until(place.is_write)
    getattr(place.fake, how)(times=40)
    outcome = book(club, place)
    assert outcome.code == 9, str(outcome)
    place.fake.forget_orders()
    synced = club("booking", "sync", "--account", "club", "--json")
    assert synced.code == 0, str(synced)
    state = "confirmed" if how == "cut_after_commit" else "refused"
    assert club("booking", "show", "b-1", "--json").data["state"] == state
    assert book(club, place).code == 0
    assert place.booked() == 1


def test_a_dry_run_sends_no_write(club: Cowork, place: Place) -> None:
    place.fake.log.clear()
    outcome = book(club, place, "--dry-run")
    assert outcome.code == 0, str(outcome)
    assert [one for one in place.fake.log if place.is_write(one)] == []
    assert club("booking", "list", "--past", "--json").data == []


def test_what_was_booked_or_cancelled_elsewhere_comes_with_a_sync(
    club: Cowork, place: Place
) -> None:
    assert book(club, place).code == 0
    for store in ("reservations", "bookings"):
        rows = getattr(place.fake, store, {})
        for row in rows.values():
            row["isCancelled"] = True
        if place.provider != "officernd":
            rows.clear()
    synced = club("booking", "sync", "--account", "club", "--json")
    assert synced.code == 0, str(synced)
    assert club("booking", "show", "b-1", "--json").data["state"] == "cancelled"


def test_a_refused_login_is_said_at_once_and_kept_nowhere(
    seller: Cowork, place: Place, tmp_path: Path
) -> None:
    given = [part for pair in place.settings for part in ("--set", pair)]
    assert seller("account", "add", "club", "--provider", place.provider, *given).code == 0
    named = ("--username", place.username) if place.username else ()
    login = seller(
        "account", "login", "club", *named, "--password-stdin", "--yes", stdin="Wrong-Word-1\n"
    )
    assert login.code == 4, str(login)
    assert "Wrong-Word-1" not in f"{login.out}{login.err}"
    assert seller("account", "show", "club", "--json").data["login"] == "missing"


def test_no_secret_in_any_file_but_the_one_for_secrets(club: Cowork, place: Place) -> None:
    import os

    book(club, place)
    home = Path(os.environ["COWORK_HOME"])
    holding = [
        path.name
        for path in home.rglob("*")
        if path.is_file() and place.secret.encode() in path.read_bytes()
    ]
    assert holding in ([], ["secrets.toml"])
    assert club("account", "logout", "club").code == 0
    assert not [p for p in home.rglob("*") if p.is_file() and b"session-" in p.read_bytes()]


def test_terminal_codes_in_a_name_do_nothing(club: Cowork, place: Place) -> None:
    for store in ("resources", "spaces"):
        for row in getattr(place.fake, store, {}).values():
            row["name"] = "Room \x1b[31m\x07Spree"
    shown = club("desk", "list", "club")
    assert shown.code == 0, str(shown)
    assert "\x1b" not in shown.out
    assert "\x07" not in shown.out


def test_one_checks_in_where_that_is_taken(club: Cowork, place: Place) -> None:
    assert book(club, place).code == 0
    place.fake.log.clear()
    outcome = club("booking", "checkin", "b-1", "--json")
    if place.provider == "librebooking":
        assert outcome.code == 0, str(outcome)
        (row,) = place.fake.reservations.values()
        assert row["checked_in"]
        return
    assert outcome.code == 2, str(outcome)
    assert outcome.json["problems"][0]["code"] == "unsupported"
    assert [one for one in place.fake.log if place.is_write(one)] == []


@pytest.fixture
def clubhouse(tmp_path: Path, seller: Cowork, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A room at LibreBooking that is given away a quarter of an hour after nobody has come."""
    place = librebooking()
    for resource in place.fake.resources.values():
        resource |= {"requiresCheckIn": 1, "autoReleaseMinutes": 15}
    with place.fake:
        monkeypatch.setenv("COWORK_CLUB_PASSWORD", PASSWORD)
        words = ("account", "add", "club", "--provider", "librebooking", "--set", "username=ada")
        assert seller(*words, "--set", *place.settings).code == 0
        assert book(seller, place).code == 0
        yield seller


def test_status_reminds_of_a_check_in_before_it_lapses(clubhouse: Cowork) -> None:
    line = "Check in to b-1"

    def status(now: str) -> str:
        return clubhouse("status", env={"COWORK_NOW": f"{now}+01:00"}).err

    booked = clubhouse("booking", "show", "b-1", "--json").data
    assert booked["check_in_by"] == "2026-12-01T09:15:00+01:00"
    assert line not in status("2026-11-30T20:00:00"), "the day before"
    told = status("2026-12-01T08:50:00")
    assert f'{line}, "Meeting Room Spree", until 09:15' in told
    assert "`cowork booking checkin b-1`" in told
    assert line in status("2026-12-01T09:14:59")
    assert line not in status("2026-12-01T09:15:00"), "it has lapsed"
    here = {"COWORK_NOW": "2026-12-01T09:01:00+01:00"}
    assert clubhouse("booking", "checkin", "b-1", env=here).code == 0
    assert line not in status("2026-12-01T09:02:00")
    assert clubhouse("booking", "sync", env=here).code == 0
    checked = clubhouse("booking", "show", "b-1", "--json").data
    assert (checked["check_in_by"], checked["checked_in"]) == (None, "2026-12-01T09:00:00+01:00"), (
        "the clock of the platform"
    )


def test_a_service_that_is_away_is_said(club: Cowork, place: Place, monkeypatch: Any) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    place.fake.fail_next(503, times=60)
    checked = club("account", "check", "club", "--json")
    assert (checked.code, checked.data[0]["state"]) == (7, "unreachable"), str(checked)
    assert book(club, place).code == 7
    assert place.booked() == 0


@pytest.fixture
def anny() -> Iterator[FakeServer]:
    fake = FakeAnny()
    fake.organizations["hafen"] = "Hafen"
    fake.add_resource("hafen", "Meeting Room Spree", "spree")
    with fake:
        yield fake


def test_at_anny_one_looks_and_is_handed_the_page_where_one_books(
    seller: Cowork, anny: FakeAnny
) -> None:
    added = seller(
        "account", "add", "hafen", "--provider", "anny", "--set", f"url={anny.url}/api/v1",
        "--set", "spaces=hafen", "--set", "timezone=Europe/Berlin", "--json",
    )  # fmt: skip
    assert (added.code, added.data["login"]) == (0, "not needed"), str(added)
    assert seller("account", "check", "hafen").code == 0
    free = seller("desk", "free", "hafen", *TIMES, "--json")
    assert [(row["ref"], row["free"]) for row in free.data] == [("hafen:hafen/spree", True)]
    anny.log.clear()
    outcome = seller("book", "hafen:hafen/spree", *TIMES, "--yes", "--json")
    assert outcome.code == 2, str(outcome)
    assert outcome.json["problems"][0]["code"] == "unsupported"
    assert "https://anny.co/b/book/spree" in outcome.json["problems"][0]["hint"]
    assert [one for one in anny.log if one.method != "GET"] == []
