"""What is particular to Seatsurfing, beside what every provider promises (`tests/contract/`)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.domain.booking import BookingRequest
from cowork_cli.errors import (
    AuthRejected,
    BadInput,
    ConfigError,
    Conflict,
    CoworkError,
    LoginRequired,
    NotFound,
    ProviderUnavailable,
    SlotTaken,
)
from cowork_cli.http_client import HttpClient
from cowork_cli.providers.base import Login
from cowork_cli.providers.seatsurfing_server import REFUSALS, log_in
from cowork_cli.secrets_store import Secret
from tests.contract.rig import KeptSession, a_request, a_space, caught, given_desk, window
from tests.contract.seatsurfing_rig import SeatsurfingRig
from tests.fakes.seatsurfing import refused

ADA = "ada@example.org"


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[SeatsurfingRig]:
    with SeatsurfingRig(tmp_path) as built:
        yield built


def test_the_clock_on_the_wall_is_sent_labelled_z(rig: SeatsurfingRig) -> None:
    request = a_request(given_desk(rig), "2026-11-30T09:00", 2)
    booked = rig.provider.book(request, key="k-1")
    (sent,) = [one.json() for one in rig.fake.log if one.method == "POST"]
    assert (sent["enter"], sent["leave"]) == ("2026-11-30T09:00:00Z", "2026-11-30T11:00:00Z")
    assert "subject" not in sent
    row = rig.fake.bookings[booked.ref.id]
    assert row["enter"].isoformat() == "2026-11-30T08:00:00+00:00"


def test_the_clock_is_that_of_the_location_wherever_the_request_comes_from(
    rig: SeatsurfingRig,
) -> None:
    from zoneinfo import ZoneInfo

    from cowork_cli.domain.booking import Window

    desk = given_desk(rig)
    berlin = window("2026-11-30T09:00", 2)
    lisbon = Window(
        *(end.astimezone(ZoneInfo("Europe/Lisbon")) for end in (berlin.from_, berlin.to))
    )
    request = BookingRequest(desk.ref, lisbon)
    rig.provider.quote(request)
    rig.provider.book(request, key="k-1")
    (sent,) = [one.json() for one in rig.fake.log if one.path == "/booking/" and one.body]
    assert sent["enter"] == "2026-11-30T09:00:00Z"


def test_a_location_without_a_zone_lives_by_that_of_the_server(rig: SeatsurfingRig) -> None:
    rig.fake.settings["default_timezone"] = "Europe/Lisbon"
    identity = rig.fake.add_location("Cais", zone="")
    (space,) = rig.provider.spaces()
    assert (space.ref.id, space.timezone) == (identity, "Europe/Lisbon")


def test_a_login_is_by_the_only_organization_and_both_tokens_are_kept(rig: SeatsurfingRig) -> None:
    session = KeptSession("Fahrrad-77")
    rig.connect(rig.fake.url, session=session).spaces()
    (kept,) = session.kept
    access, refresh = kept.split("\n")
    assert access in rig.fake.access
    assert refresh in rig.fake.refresh
    assert [one.path for one in rig.fake.log] == ["/auth/singleorg", "/auth/login", "/location/"]


def test_of_several_organizations_the_domain_names_one(rig: SeatsurfingRig) -> None:
    rig.fake.single = False
    provider = rig.connect(rig.fake.url, session=KeptSession("Fahrrad-77"))
    error = caught(provider.spaces, ConfigError)
    assert "--set domain=" in error.hint
    rig.settings = {**rig.settings, "domain": "example.org"}
    assert rig.connect(rig.fake.url, session=KeptSession("Fahrrad-77")).spaces() == []
    rig.settings = {**rig.settings, "domain": "nobody.example"}
    unknown = rig.connect(rig.fake.url, session=KeptSession("Fahrrad-77"))
    assert '"nobody.example"' in caught(unknown.spaces, ConfigError).message


def test_a_refresh_token_is_good_once_and_the_next_is_kept_before_it_is_used(
    rig: SeatsurfingRig,
) -> None:
    rig.fake.access.clear()
    rig.given(a_space(rig))
    assert len(rig.provider.spaces()) == 1
    assert [one.path for one in rig.fake.log] == ["/location/", "/auth/refresh", "/location/"]
    assert rig.fake.logins == 0
    rig.fake.access.clear()
    rig.provider.bookings(window("2026-12-01T00:00", 24))
    assert rig.fake.logins == 0, "the second refresh uses the token that the first one gave"
    assert len(rig.session.kept) == 3


def test_a_refresh_token_that_was_used_is_followed_by_a_login(rig: SeatsurfingRig) -> None:
    rig.fake.access.clear()
    rig.fake.refresh.clear()
    rig.provider.spaces()
    assert rig.fake.logins == 1


def test_what_another_command_won_meanwhile_is_read(rig: SeatsurfingRig) -> None:
    other = rig.connect(rig.fake.url, session=rig.session)
    rig.fake.access.clear()
    passed = rig.session.token
    before = passed()

    def stale(*, anew: bool = False) -> Any:
        return passed() if anew else before

    assert other.spaces() == []  # the other command has refreshed
    rig.session.token = stale  # type: ignore[method-assign]
    assert rig.provider.spaces() == []
    assert rig.fake.logins == 0, "nobody logs in with the password again"


def test_a_cut_while_refreshing_loses_no_login(rig: SeatsurfingRig) -> None:
    rig.fake.access.clear()
    rig.fake.spare_until(lambda one: one.path == "/auth/refresh")
    rig.fake.cut_after_commit()
    assert rig.provider.spaces() == []
    assert rig.fake.logins == 1


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("password", "no such user with that password"),
        ("must_change", "a new password before the first login"),
        ("factor", "second factor"),
    ],
)
def test_why_a_login_fails_is_said(rig: SeatsurfingRig, what: str, words: str) -> None:
    if what == "must_change":
        rig.fake.must_change.add(ADA)
    if what == "factor":
        rig.fake.second_factor[ADA] = "123456"
    secret = "not-the-one" if what == "password" else "Fahrrad-77"
    provider = rig.connect(rig.fake.url, session=KeptSession(secret))
    error = caught(provider.spaces, AuthRejected)
    assert words in error.message
    assert "cowork account login seatsurfing" in error.hint
    assert rig.fake.logins == 1, "ten failed logins lock the user out"
    if what == "must_change":
        assert rig.fake.url in error.hint


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_every_code_is_said_in_words(rig: SeatsurfingRig, code: str) -> None:
    request = a_request(given_desk(rig))
    status = 403 if code == "1008" else 400
    rig.fake.spare_until(rig.is_write)
    rig.fake.fail_next(status, headers={"X-Error-Code": code})
    error = caught(lambda: rig.provider.book(request, key="k-1"), Conflict)
    assert REFUSALS[code] in error.message
    assert rig.fake.bookings == {}


def test_a_code_that_nobody_knows_is_named(rig: SeatsurfingRig) -> None:
    request = a_request(given_desk(rig))
    rig.fake.refusals[request.desk.id.rpartition("/")[2]] = 1099
    assert "1099" in caught(lambda: rig.provider.book(request, key="k-1"), Conflict).message
    assert refused(400, 1099).headers == {"X-Error-Code": "1099"}


def test_a_quote_asks_whether_it_would_be_taken(rig: SeatsurfingRig) -> None:
    request = a_request(given_desk(rig))
    rig.fake.refusals[request.desk.id.partition("/")[0]] = 1004
    assert "too far ahead" in caught(lambda: rig.provider.quote(request), Conflict).message
    rig.fake.refusals.clear()
    rig.fake.add_booking(
        request.desk.id.rpartition("/")[2], request.window.from_, request.window.to,
        "bob@example.org",
    )  # fmt: skip
    assert "from 09:00 to 13:00" in caught(lambda: rig.provider.quote(request), SlotTaken).message
    assert not [one for one in rig.fake.log if rig.is_write(one)]


@pytest.mark.parametrize("title", ["ab", "why @@@ not"])
def test_a_title_it_would_refuse_is_refused_before_it_is_sent(
    rig: SeatsurfingRig, title: str
) -> None:
    request = BookingRequest(given_desk(rig).ref, window("2026-12-01T09:00", 1), title=title)
    assert "--title" in caught(lambda: rig.provider.quote(request), BadInput).hint
    rig.fake.log.clear()
    caught(lambda: rig.provider.book(request, key="k-1"), BadInput)
    assert rig.fake.log == []


def test_a_title_that_it_wants_is_asked_for(rig: SeatsurfingRig) -> None:
    request = a_request(given_desk(rig))
    for row in rig.fake.spaces.values():
        row["requireSubject"] = True
    assert "--title" in caught(lambda: rig.provider.quote(request), BadInput).hint


def test_one_that_waits_for_approval_is_pending(rig: SeatsurfingRig) -> None:
    desk = given_desk(rig)
    for row in rig.fake.spaces.values():
        row["approval"] = True
    request = a_request(desk)
    assert rig.provider.book(request, key="k-1").state == "pending"
    other = a_request(desk, "2026-12-02T09:00", 1)
    rig.provider.quote(other)
    rig.fake.log.clear()
    assert rig.provider.book(other, key="k-2").state == "pending"
    assert len(rig.fake.log) == 1, "the quote has told it already"


def test_too_late_to_cancel_is_a_conflict(rig: SeatsurfingRig) -> None:
    booked = rig.provider.book(a_request(given_desk(rig)), key="k-1")
    rig.fake.too_late.add(booked.ref.id)
    error = caught(lambda: rig.provider.cancel(booked.ref, key="c-1"), Conflict)
    assert "too late" in error.message
    assert booked.ref.id in rig.fake.bookings


def test_it_is_moved_in_one_step(rig: SeatsurfingRig) -> None:
    desk = given_desk(rig)
    request = BookingRequest(desk.ref, window("2026-12-01T09:00", 1), title="Kundentermin")
    booked = rig.provider.book(request, key="k-1")
    later = BookingRequest(desk.ref, window("2026-12-01T14:00", 1))
    moved = rig.provider.move(booked.ref, later, key="m-1")
    assert (moved.ref, moved.window, moved.title) == (booked.ref, later.window, "Kundentermin")
    assert rig.provider.booking(booked.ref).window == later.window
    assert len(rig.fake.bookings) == 1


@pytest.mark.parametrize("how", ["cut", "cut_after_commit", "truncate_next"])
@pytest.mark.parametrize("write", ["book", "cancel", "move"])
def test_a_write_whose_answer_is_lost_is_read_back_and_done(
    rig: SeatsurfingRig, how: str, write: str
) -> None:
    desk = given_desk(rig)
    request, later = a_request(desk), a_request(desk, "2026-12-01T14:00", 2)
    booked = None if write == "book" else rig.provider.book(request, key="k-1")
    rig.fake.spare_until(rig.is_write)
    getattr(rig.fake, how)()
    if booked is None:
        assert rig.provider.book(request, key="k-1").state == "confirmed"
    elif write == "cancel":
        assert rig.provider.cancel(booked.ref, key="c-1").state == "cancelled"
    else:
        assert rig.provider.move(booked.ref, later, key="m-1").window == later.window
    assert len(rig.fake.bookings) == (0 if write == "cancel" else 1)


@pytest.mark.parametrize("identity", ["", "../../x", "a" * 200, "x\ny"])
def test_an_id_that_can_be_none_is_not_believed(rig: SeatsurfingRig, identity: str) -> None:
    request = a_request(given_desk(rig))
    rig.fake.spare_until(rig.is_write)
    header = identity.replace("\n", " ")
    rig.fake.fail_next(201, headers={"X-Object-Id": header} if header else None)
    rig.fake.fail_next(500, times=20)
    caught(lambda: rig.provider.book(request, key="k-1"), CoworkError)


def test_of_what_one_may_not_book_nothing_is_free(rig: SeatsurfingRig) -> None:
    desk = given_desk(rig)
    rig.fake.refusals[desk.ref.id.rpartition("/")[2]] = 1009
    assert list(rig.provider.free(desk.ref, window("2026-12-01T09:00", 1))) == []


def test_a_location_that_is_closed_for_good_is_not_listed_but_its_bookings_are(
    rig: SeatsurfingRig,
) -> None:
    booked = rig.provider.book(a_request(given_desk(rig)), key="k-1")
    for row in rig.fake.locations.values():
        row["enabled"] = False
    fresh = rig.connect(rig.fake.url)
    assert fresh.spaces() == []
    (listed,) = fresh.bookings(window("2026-12-01T00:00", 24))
    assert listed.ref == booked.ref


def test_the_doubled_hour_is_seen_whole_and_cannot_be_booked(rig: SeatsurfingRig) -> None:
    desk = given_desk(rig)
    hour = window("2026-10-25T02:00", 1)
    rig.fake.add_booking(desk.ref.id.rpartition("/")[2], hour.from_, hour.to, "bob@example.org")
    assert list(rig.provider.free(desk.ref, hour)) == []
    error = caught(lambda: rig.provider.quote(BookingRequest(desk.ref, hour)), Conflict)
    assert "twice" in error.message


def test_a_desk_that_is_not_there_is_not_found(rig: SeatsurfingRig) -> None:
    from cowork_cli.domain.ref import Ref

    desk = given_desk(rig)
    elsewhere = Ref("seatsurfing", f"{desk.space_ref.id}/00000000-0000-4000-8000-000000000009")
    caught(lambda: rig.provider.free(elsewhere, window("2026-12-01T09:00", 1)), NotFound)


@pytest.mark.parametrize("capability", ["availability", "booking"])
def test_it_says_what_works(rig: SeatsurfingRig, capability: str) -> None:
    given_desk(rig)
    expected = {"availability": "1 location", "booking": "0 bookings to come"}
    assert rig.provider.check(capability) == expected[capability]


class Person:
    """Who logs in: what they type, in order, and what they are shown."""

    def __init__(self, *typed: str, username: str | None = ADA) -> None:
        self.username, self.register = username, False
        self.typed, self.questions, self.shown = list(typed), list[str](), list[str]()

    def secret(self, question: str) -> Secret:
        return Secret(self.ask(question))

    def given(self) -> bool:
        return False

    def ask(self, question: str) -> str:
        self.questions.append(question)
        return self.typed.pop(0)

    def show(self, line: str) -> None:
        self.shown.append(line)

    def open(self, url: str) -> bool:
        return False


def login(rig: SeatsurfingRig, person: Person) -> Login:
    with HttpClient("seatsurfing", rig.fake.url, sleep=lambda _: None) as http:
        return log_in("seatsurfing", {"url": rig.fake.url}, http, person)


def test_logging_in_asks_for_the_password_and_keeps_what_it_won(rig: SeatsurfingRig) -> None:
    won = login(rig, Person("Fahrrad-77"))
    assert won.secret == "Fahrrad-77"
    assert won.session is not None
    assert won.session.split("\n")[0] in rig.fake.access
    assert "Fahrrad-77" not in repr(won)


def test_logging_in_asks_for_the_code_of_a_second_factor(rig: SeatsurfingRig) -> None:
    rig.fake.second_factor[ADA] = "123456"
    person = Person("Fahrrad-77", "123456")
    assert login(rig, person).session
    assert person.questions == ["Password", "Code of the second factor"]


def test_logging_in_for_the_first_time_sets_a_new_password(rig: SeatsurfingRig) -> None:
    rig.fake.must_change.add(ADA)
    person = Person("Fahrrad-77", "Segelboot-88")
    won = login(rig, person)
    assert (won.secret, rig.fake.users[ADA]["password"]) == ("Segelboot-88", "Segelboot-88")
    assert won.session is not None
    assert won.session.split("\n")[0] in rig.fake.access
    assert "8 to 64 characters" in person.shown[0]


def test_a_lost_answer_to_a_new_password_is_said(rig: SeatsurfingRig) -> None:
    rig.fake.must_change.add(ADA)
    rig.fake.spare_until(lambda one: one.path == "/auth/updatepw")
    rig.fake.cut_after_commit()
    error = caught(lambda: login(rig, Person("Fahrrad-77", "Segelboot-88")), ProviderUnavailable)
    assert "may have been changed" in error.message
    assert "Segelboot" not in f"{error.message}{error.hint}"
    assert len([one for one in rig.fake.log if one.path == "/auth/updatepw"]) == 1


def test_who_logs_in_must_be_said(rig: SeatsurfingRig) -> None:
    person = Person("Fahrrad-77", username=None)
    assert "--username" in caught(lambda: login(rig, person), LoginRequired).hint
