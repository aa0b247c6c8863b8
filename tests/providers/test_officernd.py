"""What is particular to OfficeRnD, beside what every provider promises (`tests/contract/`)."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from cowork_cli.domain.booking import BookingRequest
from cowork_cli.errors import (
    AuthRejected,
    ConfigError,
    Conflict,
    OutcomeUnknown,
    SlotTaken,
    Unsupported,
)
from tests.contract.officernd_rig import ADA, BOB, OfficeRnDRig
from tests.contract.rig import KeptSession, a_desk, a_request, a_space, caught, given_desk, window


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[OfficeRnDRig]:
    with OfficeRnDRig(tmp_path) as built:
        yield built


def scopes(rig: OfficeRnDRig) -> list[str]:
    (login,) = [one for one in rig.fake.log if one.path == "/oauth/token"]
    assert login.headers["content-type"] == "application/x-www-form-urlencoded"
    return dict(parse_qsl(login.body.decode()))["scope"].split()


def test_the_secret_is_traded_for_a_token_of_the_least_scopes(rig: OfficeRnDRig) -> None:
    rig.settings = {**rig.settings, "book_by_api": False}
    session = KeptSession(rig.fake.secret)
    rig.connect(rig.fake.url, session=session).spaces()
    assert len(session.kept) == 1
    assert set(session.kept) <= rig.fake.tokens
    assert not [scope for scope in scopes(rig) if "create" in scope or "validate" in scope]


def test_booking_asks_for_two_scopes_more(rig: OfficeRnDRig) -> None:
    rig.connect(rig.fake.url, session=KeptSession(rig.fake.secret)).spaces()
    assert {"flex.space.bookings.validate", "flex.space.bookings.create"} <= set(scopes(rig))


@pytest.mark.parametrize("what", ["secret", "scope"])
def test_a_refused_application_is_said_with_its_scopes(rig: OfficeRnDRig, what: str) -> None:
    rig.fake.scopes.discard("flex.space.bookings.cancel")
    secret = rig.fake.secret if what == "scope" else "another-secret"
    error = caught(rig.connect(rig.fake.url, session=KeptSession(secret)).spaces, AuthRejected)
    assert ("invalid_scope" if what == "scope" else "invalid_client") in error.message
    assert "flex.space.bookings.cancel" in error.hint
    assert "--set scopes=" in error.hint
    assert secret not in f"{error.message}{error.hint}{rig.debug}"


def test_scopes_can_be_given(rig: OfficeRnDRig) -> None:
    given = ["flex.space.locations.read"]
    rig.fake.scopes = set(given)
    rig.settings = {**rig.settings, "scopes": given}
    assert rig.connect(rig.fake.url, session=KeptSession(rig.fake.secret)).spaces() == []
    assert scopes(rig) == given


def test_booking_is_off_until_it_is_switched_on(rig: OfficeRnDRig) -> None:
    request = a_request(given_desk(rig))
    rig.settings = {**rig.settings, "book_by_api": False}
    provider = rig.connect(rig.fake.url)
    for call in (lambda: provider.quote(request), lambda: provider.book(request, key="k-1")):
        error = caught(call, Unsupported)
        assert "https://hafen.officernd.com" in error.hint
        assert "--set book_by_api=true" in error.hint
    assert rig.fake.log == []
    assert provider.check("booking") == "may list bookings; new ones are off (book_by_api)"


def test_a_new_booking_is_held_to_the_policy_and_bears_its_key(rig: OfficeRnDRig) -> None:
    desk = given_desk(rig)
    rig.provider.book(BookingRequest(desk.ref, window("2026-11-30T09:00", 2), title="A"), key="k-1")
    (sent,) = [one.json() for one in rig.fake.log if rig.is_write(one)]
    assert sent == {
        "resource": desk.ref.id.rpartition("/")[2],
        "start": "2026-11-30T08:00:00.000Z",
        "end": "2026-11-30T10:00:00.000Z",
        "member": ADA,
        "title": "A",
        "description": "cowork k-1",
        "enforceBookingPolicy": True,
    }


def test_for_whom_it_books_must_be_said(rig: OfficeRnDRig) -> None:
    request = a_request(given_desk(rig))
    rig.settings = {**rig.settings, "member": None}
    provider = rig.connect(rig.fake.url)
    assert "--set member=" in caught(lambda: provider.quote(request), ConfigError).hint
    assert [one for one in rig.fake.log if rig.is_write(one)] == []


@pytest.mark.parametrize("status", [400, 409, 422, 500])
def test_one_that_comes_too_late_is_taken_however_that_is_said(
    rig: OfficeRnDRig, status: int
) -> None:
    request = a_request(given_desk(rig))
    rig.fake.conflict = status
    resource = request.desk.id.rpartition("/")[2]
    rig.fake.add_booking(resource, request.window.from_, request.window.to, BOB)
    caught(lambda: rig.provider.book(request, key="k-1"), SlotTaken)
    assert len(rig.fake.bookings) == 1


def test_a_rule_of_the_operator_is_told_before_anything_is_booked(rig: OfficeRnDRig) -> None:
    request = a_request(given_desk(rig))
    rig.fake.policy = "Booking must be at least 30 minutes"
    error = caught(lambda: rig.provider.quote(request), Conflict)
    assert "at least 30 minutes" in error.message
    assert rig.fake.bookings == {}


def test_a_lost_answer_that_is_not_found_is_never_sent_again(rig: OfficeRnDRig) -> None:
    request = a_request(given_desk(rig))
    rig.fake.spare_until(rig.is_write)
    rig.fake.cut()
    caught(lambda: rig.provider.book(request, key="k-1"), OutcomeUnknown)
    assert len([one for one in rig.fake.log if rig.is_write(one)]) == 1


def test_a_lost_answer_that_is_found_is_done(rig: OfficeRnDRig) -> None:
    request = a_request(given_desk(rig))
    rig.fake.spare_until(rig.is_write)
    rig.fake.cut_after_commit()
    assert rig.provider.book(request, key="k-1").state == "confirmed"
    assert len(rig.fake.bookings) == 1


def test_parts_and_wholes_block_each_other(rig: OfficeRnDRig) -> None:
    (space,) = rig.given(a_space(rig))
    hall, half, other = rig.given(*(a_desk(space, name, kind="room") for name in ("a", "b", "c")))
    rig.fake.resources[half.ref.id.rpartition("/")[2]]["parents"] = [hall.ref.id.rpartition("/")[2]]
    when = window("2026-12-01T09:00", 2)
    rig.provider.book(BookingRequest(half.ref, when), key="k-1")
    assert list(rig.provider.free(hall.ref, when)) == []
    assert len(rig.provider.free(other.ref, when)) == 1
    rig.provider.book(BookingRequest(hall.ref, window("2026-12-02T09:00", 2)), key="k-2")
    assert list(rig.provider.free(half.ref, window("2026-12-02T09:00", 2))) == []


def test_all_pages_are_read(rig: OfficeRnDRig) -> None:
    rig.fake.page = 2
    spaces = rig.given(*(a_space(rig, number) for number in range(5)))
    assert [one.ref for one in rig.provider.spaces()] == [one.ref for one in spaces]


def test_a_cursor_that_leads_in_a_circle_ends(rig: OfficeRnDRig) -> None:
    row = {"_id": "1" * 24, "name": "A", "timezone": "Europe/Berlin"}
    rig.fake.fail_next(200, {"results": [row], "cursorNext": "c1"}, times=9)
    assert len(rig.provider.spaces()) == 1
    assert len(rig.fake.log) == 2


def test_a_series_is_not_cancelled_whole(rig: OfficeRnDRig) -> None:
    booked = rig.provider.book(a_request(given_desk(rig)), key="k-1")
    rig.fake.bookings[booked.ref.id]["recurrence"] = {"rrule": "FREQ=WEEKLY", "exdates": []}
    assert "series" in caught(lambda: rig.provider.cancel(booked.ref, key="c-1"), Conflict).message
    assert not rig.fake.bookings[booked.ref.id]["isCancelled"]


def test_only_those_of_the_member_are_listed(rig: OfficeRnDRig) -> None:
    desk = given_desk(rig)
    mine = rig.provider.book(a_request(desk), key="k-1")
    when = window("2026-12-01T15:00", 1)
    rig.fake.add_booking(desk.ref.id.rpartition("/")[2], when.from_, when.to, BOB)
    listed = rig.provider.bookings(window("2026-12-01T00:00", 24))
    assert [one.ref for one in listed] == [mine.ref]


def test_many_desks_of_a_space_are_told_by_one_look_at_its_bookings(rig: OfficeRnDRig) -> None:
    (space,) = rig.given(a_space(rig))
    desks = rig.given(*(a_desk(space, f"d-{number}") for number in range(4)))
    for desk in desks:
        rig.provider.free(desk.ref, window("2026-12-01T09:00", 2))
    asked = [one.path.rpartition("/")[2] for one in rig.fake.log]
    assert asked.count("occurrences") == 1
