"""What is particular to LibreBooking, beside what every provider promises (`tests/contract/`)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.domain.booking import BookingRequest
from cowork_cli.domain.ref import Ref
from cowork_cli.errors import AuthRejected, BadAnswer, ConfigError, Conflict, NotFound, SlotTaken
from tests.contract.librebooking_rig import LibreBookingRig
from tests.contract.rig import KeptSession, a_request, caught, given_desk, window

NINE_TO_ELEVEN = window("2026-11-30T09:00", 2)


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[LibreBookingRig]:
    with LibreBookingRig(tmp_path) as built:
        yield built


def posted(rig: LibreBookingRig, path: str = "/Reservations/") -> list[Any]:
    return [one.json() for one in rig.fake.log if one.method == "POST" and one.path.endswith(path)]


def test_a_session_is_opened_by_name_and_password_and_kept_with_its_user(
    rig: LibreBookingRig,
) -> None:
    session = KeptSession("pw")
    provider = rig.connect(rig.fake.url, session=session)
    provider.spaces()
    (kept,) = session.kept
    token, user = kept.split("\n")
    assert rig.fake.sessions[token] == user == "7"
    login, first = rig.fake.log
    assert login.json() == {"username": "ada", "password": "pw"}
    assert first.headers["x-booked-sessiontoken"] == token
    assert first.headers["x-booked-userid"] == "7"
    assert "authorization" not in first.headers


def test_a_refused_login_is_a_200_that_says_so(rig: LibreBookingRig) -> None:
    provider = rig.connect(rig.fake.url, session=KeptSession("wrong-one"))
    error = caught(provider.spaces, AuthRejected)
    assert "Invalid username or password" in error.message
    assert "cowork account login librebooking" in error.hint
    assert "wrong-one" not in f"{error!r} {error.message} {rig.debug}"


def test_a_login_that_says_nothing_of_success_is_none(rig: LibreBookingRig) -> None:
    provider = rig.connect(rig.fake.url, session=KeptSession("pw"))
    rig.fake.fail_next(200, {"sessionToken": "x", "userId": "7"})
    assert '"isAuthenticated"' in caught(provider.spaces, BadAnswer).message


@pytest.mark.parametrize("status", [200, 404])
def test_an_address_that_is_not_that_of_the_services_is_said(
    rig: LibreBookingRig, status: int
) -> None:
    provider = rig.connect(rig.fake.url, session=KeptSession("pw"))
    rig.fake.fail_next(status, "<title>Booked</title>")
    error = caught(provider.spaces, BadAnswer)
    assert "url=https://HOST/Web/Services/index.php" in error.hint


@pytest.mark.parametrize("new_line", [True, False])
def test_a_session_that_ended_is_opened_again_once(rig: LibreBookingRig, new_line: bool) -> None:
    rig.fake.new_line = new_line
    rig.given(*_space(rig))
    rig.fake.sessions.clear()
    assert len(rig.provider.spaces()) == 1
    assert rig.fake.logins == 1
    assert len(rig.session.kept) == 2


def test_a_session_that_ends_at_once_is_no_endless_login(rig: LibreBookingRig) -> None:
    rig.fake.fail_next(401, "Unauthorized")
    rig.fake.spare_until(lambda one: True)
    rig.fake.users["ada"]["password"] = "changed"
    caught(rig.provider.spaces, AuthRejected)
    assert rig.fake.logins == 1


def _space(rig: LibreBookingRig) -> tuple[Any, ...]:
    from tests.contract.rig import a_space

    return (a_space(rig),)


def test_all_four_fields_are_sent_and_times_bear_their_offset(rig: LibreBookingRig) -> None:
    desk = given_desk(rig)
    rig.provider.book(BookingRequest(desk.ref, NINE_TO_ELEVEN), key="k-1")
    (body,) = posted(rig)
    assert body == {
        "resourceId": 1,
        "startDateTime": "2026-11-30T09:00:00+0100",
        "endDateTime": "2026-11-30T11:00:00+0100",
        "title": "",
        "description": "cowork k-1",
        "allowParticipation": False,
        "termsAccepted": True,
    }


def test_slots_are_asked_and_never_the_availability_of_now(rig: LibreBookingRig) -> None:
    desk = given_desk(rig)
    rig.provider.free(desk.ref, NINE_TO_ELEVEN)
    rig.provider.quote(BookingRequest(desk.ref, NINE_TO_ELEVEN))
    assert not [one for one in rig.fake.log if "Availability" in one.path]
    (slots, *_) = [one for one in rig.fake.log if one.path.endswith("/Slots")]
    assert slots.query["startDateTime"] == "2026-11-30T09:00:00+0100", "a + is sent as %2B"


def test_closed_hours_are_not_free(rig: LibreBookingRig) -> None:
    desk = given_desk(rig)
    rig.fake.schedules["1"] |= {"opens": 8, "closes": 18}
    (slot,) = rig.provider.free(desk.ref, window("2026-11-30T00:00", 24))
    assert (f"{slot.from_:%H:%M}", f"{slot.to:%H:%M}") == ("08:00", "18:00")
    early = BookingRequest(desk.ref, window("2026-11-30T07:00", 2))
    assert "not open" in caught(lambda: rig.provider.quote(early), Conflict).message


def test_a_time_off_the_grid_is_said_with_the_grid(rig: LibreBookingRig) -> None:
    desk = given_desk(rig)
    request = BookingRequest(desk.ref, window("2026-11-30T09:10", 1))
    error = caught(lambda: rig.provider.quote(request), Conflict)
    assert "09:10 is within one" in error.message
    assert error.hint == "give 09:00 or 09:30 instead"


@pytest.mark.parametrize("german", [False, True])
def test_a_conflict_is_told_from_a_rule_in_any_language(rig: LibreBookingRig, german: bool) -> None:
    rig.fake.german = german
    request = a_request(given_desk(rig))
    rig.fake.add_reservation("1", request.window.from_, request.window.to)
    caught(lambda: rig.provider.book(request, key="k-1"), SlotTaken)


def test_a_rule_is_told_in_its_own_words(rig: LibreBookingRig) -> None:
    request = a_request(given_desk(rig))
    rig.fake.now = datetime(2027, 1, 1, tzinfo=UTC)
    error = caught(lambda: rig.provider.book(request, key="k-1"), Conflict)
    assert not isinstance(error, SlotTaken)
    assert error.message.endswith("refused: The start date and time cannot be in the past")


def test_attributes_and_guests_of_the_account_go_with_each_reservation(
    rig: LibreBookingRig,
) -> None:
    request = a_request(given_desk(rig))
    rig.fake.required = {"3": "Cost centre"}
    error = caught(lambda: rig.provider.book(request, key="k-1"), Conflict)
    assert "Cost centre is required" in error.message
    rig.settings = {**rig.settings, "attributes": ["3=4711"], "guests": ["eva@example.org"]}
    rig.connect(rig.fake.url).book(request, key="k-2")
    body = posted(rig)[-1]
    assert body["customAttributes"] == [{"attributeId": 3, "attributeValue": "4711"}]
    assert body["invitedGuests"] == ["eva@example.org"]


def test_an_attribute_that_cannot_be_one_is_said_before_anything_is_sent(
    rig: LibreBookingRig,
) -> None:
    request = a_request(given_desk(rig))
    rig.settings = {**rig.settings, "attributes": ["cost centre"]}
    provider = rig.connect(rig.fake.url)
    assert (
        "--set attributes=3=" in caught(lambda: provider.book(request, key="k"), ConfigError).hint
    )
    assert posted(rig) == []


def test_one_that_waits_for_approval_is_pending(rig: LibreBookingRig) -> None:
    desk = given_desk(rig)
    rig.fake.resources["1"]["requiresApproval"] = 1
    booked = rig.provider.book(a_request(desk), key="k-1")
    assert booked.state == "pending"
    assert rig.connect(rig.fake.url).booking(booked.ref).state == "pending"


def test_credits_are_told_and_unknown_where_peak_hours_cost_more(rig: LibreBookingRig) -> None:
    desk = given_desk(rig)
    request = BookingRequest(desk.ref, NINE_TO_ELEVEN)
    rig.fake.resources["1"] |= {"creditsPerSlot": 2, "peakCreditsPerSlot": 2}
    assert rig.provider.quote(request).credits == 8
    rig.fake.resources["1"]["peakCreditsPerSlot"] = 3
    assert rig.provider.quote(request).credits is None
    assert rig.provider.quote(request).price is None


def test_only_this_occurrence_is_moved_or_cancelled(rig: LibreBookingRig) -> None:
    desk = given_desk(rig)
    booked = rig.provider.book(a_request(desk), key="k-1")
    later = BookingRequest(desk.ref, window("2026-12-01T14:00", 2))
    moved = rig.provider.move(booked.ref, later, key="m-1")
    assert (moved.ref, moved.window) == (booked.ref, later.window)
    rig.provider.cancel(booked.ref, key="c-1")
    writes = [one for one in rig.fake.log if one.method in ("POST", "DELETE")][-2:]
    assert [(one.method, one.query) for one in writes] == [
        ("POST", {"updateScope": "this"}),
        ("DELETE", {"updateScope": "this"}),
    ]
    assert rig.fake.reservations == {}


@pytest.mark.parametrize("how", ["cut", "cut_after_commit"])
def test_a_move_whose_answer_is_lost_is_read_back(rig: LibreBookingRig, how: str) -> None:
    desk = given_desk(rig)
    booked = rig.provider.book(a_request(desk), key="k-1")
    later = BookingRequest(desk.ref, window("2026-12-01T14:00", 2))
    rig.fake.spare_until(rig.is_write)
    getattr(rig.fake, how)()
    assert rig.provider.move(booked.ref, later, key="m-1").window == later.window
    (row,) = rig.fake.reservations.values()
    assert row["start"] == later.window.from_.astimezone(UTC)


def test_a_move_takes_along_what_was_lent_and_answered(rig: LibreBookingRig) -> None:
    desk = given_desk(rig)
    booked = rig.provider.book(a_request(desk), key="k-1")
    (row,) = rig.fake.reservations.values()
    row["accessories"] = [{"id": "4", "name": "Beamer", "quantityReserved": 2}]
    row["customAttributes"] = [
        {"id": "3", "label": "Cost centre", "value": "B 12"},
        {"id": "5", "label": "Remark", "value": None},
    ]
    later = BookingRequest(desk.ref, window("2026-12-01T15:00", 1))
    rig.provider.move(booked.ref, later, key="m-1")
    assert row["sent"]["accessories"] == [{"accessoryId": 4, "quantityRequested": 2}]
    assert row["sent"]["customAttributes"] == [{"attributeId": 3, "attributeValue": "B 12"}]


def test_a_move_to_a_taken_time_leaves_it_where_it_was(rig: LibreBookingRig) -> None:
    desk = given_desk(rig)
    booked = rig.provider.book(a_request(desk), key="k-1")
    busy = window("2026-12-01T14:00", 2)
    rig.fake.add_reservation("1", busy.from_, busy.to)
    move = BookingRequest(desk.ref, busy)
    caught(lambda: rig.provider.move(booked.ref, move, key="m-1"), SlotTaken)
    assert rig.provider.booking(booked.ref).window == booked.window


def test_what_another_deleted_is_not_there(rig: LibreBookingRig) -> None:
    booked = rig.provider.book(a_request(given_desk(rig)), key="k-1")
    rig.fake.reservations.clear()
    caught(lambda: rig.provider.booking(booked.ref), NotFound)
    assert rig.provider.cancel(booked.ref, key="c-1").state == "cancelled"
    fresh = rig.connect(rig.fake.url)
    caught(lambda: fresh.cancel(booked.ref, key="c-2"), NotFound)


def test_one_is_checked_in(rig: LibreBookingRig) -> None:
    booked = rig.provider.book(a_request(given_desk(rig)), key="k-1")
    assert rig.provider.check_in(booked.ref, key="i-1").ref == booked.ref
    assert rig.fake.reservations[booked.ref.id]["checked_in"]
    caught(lambda: rig.provider.check_in(Ref("librebooking", "999"), key="i-2"), NotFound)


def test_a_resource_for_several_is_never_sent_twice(rig: LibreBookingRig) -> None:
    """Where the desk itself does not refuse a second one, only its key tells which is which."""
    desk = given_desk(rig)
    rig.fake.resources["1"]["maxConcurrentReservations"] = 3
    request = a_request(desk)
    rig.provider.quote(request)
    first = rig.provider.book(request, key="k-1")
    rig.fake.spare_until(rig.is_write)
    rig.fake.cut_after_commit()
    second = rig.provider.book(request, key="k-2")
    assert first.ref != second.ref
    assert len(rig.fake.reservations) == 2
    assert rig.fake.reservations[second.ref.id]["description"] == "cowork k-2"


def test_a_resource_out_of_use_is_not_listed(rig: LibreBookingRig) -> None:
    desk = given_desk(rig)
    for status in ("2", "0"):
        rig.fake.add_resource("1", f"Broken {status}", statusId=status)
    assert [one.ref for one in rig.provider.desks(desk.space_ref)] == [desk.ref]


def test_only_mine_are_listed(rig: LibreBookingRig) -> None:
    desk = given_desk(rig)
    mine = rig.provider.book(a_request(desk, "2026-12-01T09:00", 1), key="k-1")
    other = window("2026-12-01T12:00", 1)
    rig.fake.add_reservation("1", other.from_, other.to)
    listed = rig.provider.bookings(window("2026-12-01T00:00", 24))
    assert [one.ref for one in listed] == [mine.ref]


@pytest.mark.parametrize("capability", ["availability", "booking"])
def test_it_says_what_works(rig: LibreBookingRig, capability: str) -> None:
    given_desk(rig)
    expected = {"availability": "1 resource", "booking": "may list reservations"}
    assert rig.provider.check(capability) == expected[capability]
