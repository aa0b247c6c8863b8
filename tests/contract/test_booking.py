"""What every provider promises that takes bookings."""

from datetime import UTC

import pytest

from cowork_cli.domain.booking import (
    LIVE_STATES,
    BookingRequest,
    ProviderBooking,
    Quote,
    Window,
)
from cowork_cli.domain.ref import Ref
from cowork_cli.errors import Conflict, NotFound, OutcomeUnknown, SlotTaken
from tests.contract.rig import ZONE, HttpRig, Rig, a_request, caught, given_desk, window

pytestmark = pytest.mark.needs("booking")

THE_DAY = window("2026-12-01T00:00", 24)


def shown(when: Window) -> tuple[str, str]:
    """Local times with offset: equal instants in another zone are not equal here."""
    return when.from_.isoformat(), when.to.isoformat()


def refs(found: object) -> list[Ref]:
    return [row.ref for row in found]  # type: ignore[attr-defined]


def test_a_desk_is_booked_as_asked(rig: Rig) -> None:
    request = a_request(given_desk(rig))
    booking = rig.provider.book(request, key="k-1")
    assert isinstance(booking, ProviderBooking)
    assert booking.ref.account == rig.account
    assert booking.desk == request.desk
    assert booking.state in LIVE_STATES
    assert shown(booking.window) == shown(request.window)


def test_a_quote_books_nothing(rig: Rig) -> None:
    request = a_request(given_desk(rig))
    assert isinstance(rig.provider.quote(request), Quote)
    assert list(rig.provider.bookings(THE_DAY)) == []
    assert rig.provider.book(request, key="k-1").state in LIVE_STATES


def test_the_same_key_books_once(rig: Rig) -> None:
    request = a_request(given_desk(rig))
    first = rig.provider.book(request, key="k-1")
    assert rig.provider.book(request, key="k-1").ref == first.ref
    assert refs(rig.provider.bookings(THE_DAY)) == [first.ref]


@pytest.mark.parametrize(
    ("start", "hours"),
    [("09:00", 4), ("08:00", 6), ("10:00", 1), ("08:00", 1.5), ("12:30", 2)],
)
def test_a_taken_slot_is_taken(rig: Rig, start: str, hours: float) -> None:
    desk = given_desk(rig)
    first = rig.provider.book(a_request(desk), key="k-1")
    second = a_request(desk, f"2026-12-01T{start}", hours)
    caught(lambda: rig.provider.book(second, key="k-2"), SlotTaken)
    assert refs(rig.provider.bookings(THE_DAY)) == [first.ref]


def test_a_slot_taken_by_another_is_taken(rig: Rig) -> None:
    request = a_request(given_desk(rig))
    rig.given(
        ProviderBooking(
            Ref(rig.account, "of-another"), request.desk, request.window, "confirmed", person="Ada"
        )
    )
    caught(lambda: rig.provider.book(request, key="k-1"), SlotTaken)


def test_one_after_the_other_is_no_conflict(rig: Rig) -> None:
    desk = given_desk(rig)
    rig.provider.book(a_request(desk, "2026-12-01T09:00", 2), key="k-1")
    rig.provider.book(a_request(desk, "2026-12-01T11:00", 2), key="k-2")
    rig.provider.book(a_request(desk, "2026-12-01T07:00", 2), key="k-3")
    assert len(rig.provider.bookings(THE_DAY)) == 3


def test_a_booking_is_found_by_its_ref(rig: Rig) -> None:
    booked = rig.provider.book(a_request(given_desk(rig)), key="k-1")
    found = rig.provider.booking(booked.ref)
    assert (found.ref, found.desk, found.state) == (booked.ref, booked.desk, booked.state)
    assert shown(found.window) == shown(booked.window)


def test_bookings_are_found_by_time_in_order(rig: Rig) -> None:
    desk = given_desk(rig)
    late = rig.provider.book(a_request(desk, "2026-12-01T15:00", 2), key="k-1")
    early = rig.provider.book(a_request(desk, "2026-12-01T09:00", 2), key="k-2")
    rig.provider.book(a_request(desk, "2026-12-02T09:00", 2), key="k-3")
    assert refs(rig.provider.bookings(THE_DAY)) == [early.ref, late.ref]
    assert refs(rig.provider.bookings(window("2026-12-01T10:00", 1))) == [early.ref]
    # The end is not included: it touches neither.
    assert refs(rig.provider.bookings(window("2026-12-01T11:00", 4))) == []


def test_cancelling_twice_is_harmless(rig: Rig) -> None:
    booked = rig.provider.book(a_request(given_desk(rig)), key="k-1")
    assert rig.provider.cancel(booked.ref, key="c-1").state == "cancelled"
    assert rig.provider.cancel(booked.ref, key="c-1").state == "cancelled"
    assert rig.provider.cancel(booked.ref, key="c-2").state == "cancelled"
    assert rig.provider.booking(booked.ref).state == "cancelled"


def test_a_cancelled_slot_can_be_booked_again(rig: Rig) -> None:
    request = a_request(given_desk(rig))
    first = rig.provider.book(request, key="k-1")
    rig.provider.cancel(first.ref, key="c-1")
    second = rig.provider.book(request, key="k-2")
    assert second.ref != first.ref
    assert second.state in LIVE_STATES


def test_the_title_is_kept(rig: Rig) -> None:
    desk = given_desk(rig)
    request = BookingRequest(desk.ref, window("2026-12-01T09:00", 1), title="Übergabe „Größe“")
    booked = rig.provider.book(request, key="k-1")
    assert rig.provider.booking(booked.ref).title == "Übergabe „Größe“"


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        ("2026-03-29T00:30", 4, ("2026-03-29T00:30:00+01:00", "2026-03-29T05:30:00+02:00")),
        ("2026-03-29T09:00", 2, ("2026-03-29T09:00:00+02:00", "2026-03-29T11:00:00+02:00")),
        ("2026-10-25T00:30", 4, ("2026-10-25T00:30:00+02:00", "2026-10-25T03:30:00+01:00")),
        ("2026-10-25T09:00", 2, ("2026-10-25T09:00:00+01:00", "2026-10-25T11:00:00+01:00")),
    ],
)
def test_times_keep_their_zone_when_the_clocks_change(
    rig: Rig, start: str, hours: float, expected: tuple[str, str]
) -> None:
    booked = rig.provider.book(a_request(given_desk(rig), start, hours), key="k-1")
    for when in (booked.window, rig.provider.booking(booked.ref).window):
        assert shown(when) == expected


def test_the_doubled_hour_has_two_slots(rig: Rig) -> None:
    if rig.wall_clock:
        return  # cannot name it: see the test after this one
    desk = given_desk(rig)
    first = window("2026-10-25T02:00", 1)  # ends when the clocks go back to 02:00
    again = Window(first.to, window("2026-10-25T03:00", 1).from_)
    assert (again.to.astimezone(UTC) - first.from_.astimezone(UTC)).total_seconds() == 2 * 3600
    one = rig.provider.book(BookingRequest(desk.ref, first), key="k-1")
    two = rig.provider.book(BookingRequest(desk.ref, again), key="k-2")
    assert one.ref != two.ref
    assert again.from_.tzinfo is ZONE


@pytest.mark.needs("booking", uses="http")
def test_who_lives_by_the_clock_on_the_wall_refuses_the_doubled_hour(rig: HttpRig) -> None:
    if not rig.wall_clock:
        return
    desk = given_desk(rig)
    first = window("2026-10-25T02:00", 1)
    again = Window(first.to, window("2026-10-25T03:00", 1).from_)
    for when in (first, again):
        caught(lambda w=when: rig.provider.book(BookingRequest(desk.ref, w), key="k"), Conflict)
    assert list(rig.provider.bookings(window("2026-10-24T00:00", 72))) == []


def test_what_is_not_there_is_not_found(rig: Rig) -> None:
    desk = given_desk(rig)
    nowhere = Ref(rig.account, "999999")
    caught(lambda: rig.provider.booking(nowhere), NotFound)
    caught(lambda: rig.provider.cancel(nowhere, key="c-1"), NotFound)
    request = BookingRequest(Ref(rig.account, "nirgends/desk-1"), a_request(desk).window)
    caught(lambda: rig.provider.book(request, key="k-1"), NotFound)


@pytest.mark.needs("booking", uses="http")
@pytest.mark.parametrize("times", [1, 20])
def test_a_lost_answer_never_books_twice(rig: HttpRig, times: int) -> None:
    request = a_request(given_desk(rig))
    rig.fake.spare_until(rig.is_write)
    rig.fake.cut_after_commit(times)
    try:
        rig.provider.book(request, key="k-1")
    except OutcomeUnknown as unknown:
        assert "booking sync" in (unknown.hint or "")
    rig.fake.forget_orders()
    assert len(rig.provider.bookings(THE_DAY)) == 1
