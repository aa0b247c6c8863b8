"""What every provider promises that knows when desks are free."""

import pytest

from cowork_cli.domain.booking import ProviderBooking, Window
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Slot
from cowork_cli.errors import NotFound
from tests.contract.rig import Rig, a_desk, a_space, caught, given_desk, window

pytestmark = pytest.mark.needs("availability")


def spans(slots: object) -> list[tuple[str, str]]:
    """Slots as text in local time with offset, so that a lost zone shows."""
    return [(slot.from_.isoformat(), slot.to.isoformat()) for slot in slots]  # type: ignore[attr-defined]


def taken(rig: Rig, desk: Ref, when: Window) -> ProviderBooking:
    return ProviderBooking(Ref(rig.account, "of-another"), desk, when, "confirmed", person="Ada")


def test_the_desks_of_a_space_are_listed(rig: Rig) -> None:
    space, other = rig.given(a_space(rig, 1), a_space(rig, 2))
    desk, room, _ = rig.given(
        a_desk(space, "fenster", capacity=1),
        a_desk(space, "werkstatt", kind="room", capacity=8),
        a_desk(other, "anderswo"),
    )
    found = {row.ref: row for row in rig.provider.desks(space.ref)}
    assert set(found) == {desk.ref, room.ref}
    assert found[room.ref].kind == "room"
    assert found[room.ref].capacity == (None if "capacity" in rig.untold else 8)
    assert all(row.space_ref == space.ref for row in found.values())


def test_a_space_without_desks_has_none(rig: Rig) -> None:
    (space,) = rig.given(a_space(rig))
    assert list(rig.provider.desks(space.ref)) == []


def test_a_desk_that_nobody_booked_is_free_all_the_time(rig: Rig) -> None:
    desk = given_desk(rig)
    when = window("2026-12-01T09:00", 8)
    assert spans(rig.provider.free(desk.ref, when)) == spans([Slot(when.from_, when.to)])


def test_a_booking_cuts_the_day_in_two(rig: Rig) -> None:
    desk = given_desk(rig)
    rig.given(taken(rig, desk.ref, window("2026-12-01T11:00", 2)))
    free = rig.provider.free(desk.ref, window("2026-12-01T09:00", 8))
    assert spans(free) == [
        ("2026-12-01T09:00:00+01:00", "2026-12-01T11:00:00+01:00"),
        ("2026-12-01T13:00:00+01:00", "2026-12-01T17:00:00+01:00"),
    ]


def test_a_booking_over_the_whole_time_leaves_nothing(rig: Rig) -> None:
    desk = given_desk(rig)
    rig.given(taken(rig, desk.ref, window("2026-12-01T08:00", 10)))
    assert list(rig.provider.free(desk.ref, window("2026-12-01T09:00", 8))) == []


def test_a_cancelled_booking_takes_nothing(rig: Rig) -> None:
    desk = given_desk(rig)
    when = window("2026-12-01T09:00", 8)
    gone = ProviderBooking(Ref(rig.account, "gone"), desk.ref, when, "cancelled", person="Ada")
    rig.given(gone)
    assert spans(rig.provider.free(desk.ref, when)) == spans([Slot(when.from_, when.to)])


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        ("2026-03-29T00:00", 4, ("2026-03-29T00:00:00+01:00", "2026-03-29T05:00:00+02:00")),
        ("2026-10-25T00:00", 4, ("2026-10-25T00:00:00+02:00", "2026-10-25T03:00:00+01:00")),
    ],
)
def test_times_keep_their_zone_when_the_clocks_change(
    rig: Rig, start: str, hours: float, expected: tuple[str, str]
) -> None:
    desk = given_desk(rig)
    assert spans(rig.provider.free(desk.ref, window(start, hours))) == [expected]


def test_what_is_not_there_is_not_found(rig: Rig) -> None:
    when = window("2026-12-01T09:00", 1)
    caught(lambda: rig.provider.desks(Ref(rig.account, "nirgends")), NotFound)
    caught(lambda: rig.provider.free(Ref(rig.account, "nirgends/desk-1"), when), NotFound)
