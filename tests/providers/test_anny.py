"""What is particular to anny, beside what every provider promises (`tests/contract/`)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cowork_cli.domain.ref import Ref
from cowork_cli.errors import NotFound, Unsupported
from tests.contract.anny_rig import AnnyRig
from tests.contract.rig import a_desk, a_space, caught, given_desk, window


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[AnnyRig]:
    with AnnyRig(tmp_path) as built:
        yield built


def taken(rig: AnnyRig, desk: Ref, start: str, hours: float) -> None:
    when = window(start, hours)
    rig.fake.taken.append((rig.fake.resources[desk.id.split("/")[1]]["id"], when.from_, when.to))


def test_it_asks_as_everybody_may_with_its_own_media_type(rig: AnnyRig) -> None:
    given_desk(rig)
    rig.provider.check("availability")
    (asked,) = rig.fake.log
    assert asked.headers["accept"] == "application/vnd.api+json"
    assert "authorization" not in asked.headers


@pytest.mark.parametrize("bare", [False, True])
def test_what_is_free_is_told_by_starts_and_ends_and_never_by_opening_hours(
    rig: AnnyRig, bare: bool
) -> None:
    desk = given_desk(rig)
    rig.fake.bare = bare
    taken(rig, desk.ref, "2026-12-01T11:00", 2)
    free = rig.provider.free(desk.ref, window("2026-12-01T09:00", 8))
    assert [(f"{slot.from_:%H:%M}", f"{slot.to:%H:%M}") for slot in free] == [
        ("09:00", "11:00"),
        ("13:00", "17:00"),
    ]
    assert not [one for one in rig.fake.log if "periods" in one.path]


@pytest.mark.parametrize("bare", [False, True])
def test_a_day_in_many_pieces_is_asked_in_bounded_many_steps(rig: AnnyRig, bare: bool) -> None:
    desk = given_desk(rig)
    rig.fake.bare = bare
    for hour in range(24):
        taken(rig, desk.ref, f"2026-12-01T{hour:02}:30", 0.5)
    free = rig.provider.free(desk.ref, window("2026-12-01T00:00", 24))
    assert len(free) == (12 if bare else 24)
    assert len(rig.fake.log) <= 15


def test_one_that_is_booked_in_no_way_is_handed_to_the_web(rig: AnnyRig) -> None:
    desk = given_desk(rig)
    rig.fake.services = {number: [] for number in rig.fake.services}
    error = caught(lambda: rig.provider.free(desk.ref, window("2026-12-01T09:00", 1)), Unsupported)
    assert "https://anny.co/b/book/raum-1-desk-1" in error.hint


def test_where_one_books_is_a_page_and_an_id_never_leads_elsewhere(rig: AnnyRig) -> None:
    desk = given_desk(rig)
    assert rig.provider.booking_page(desk.ref) == "https://anny.co/b/book/raum-1-desk-1"
    for identity in ("raum-1/..", "raum-1/", "raum-1/a\\b"):
        caught(lambda i=identity: rig.provider.booking_page(Ref("anny", i)), NotFound)
    quoted = rig.provider.booking_page(Ref("anny", "raum-1/x?y=1#z"))
    assert quoted == "https://anny.co/b/book/x%3Fy%3D1%23z"


def test_the_spaces_are_those_of_the_setting(rig: AnnyRig) -> None:
    rig.given(a_space(rig, 1), a_space(rig, 2))
    assert [space.ref.id for space in rig.provider.spaces()] == ["raum-1", "raum-2"]
    missing = caught(lambda: rig.provider.space(Ref("anny", "raum-3")), NotFound)
    assert "--set spaces=" in missing.hint


def test_all_pages_are_read(rig: AnnyRig) -> None:
    (space,) = rig.given(a_space(rig))
    rig.given(*(a_desk(space, f"d-{number}") for number in range(120)))
    assert len(rig.provider.desks(space.ref)) == 120


def test_it_says_what_works(rig: AnnyRig) -> None:
    given_desk(rig)
    assert rig.provider.check("availability") == "1 resource at raum-1"
    rig.slugs = ()
    nobody = rig.connect(rig.fake.url)
    assert "--set spaces=" in nobody.check("availability")
