"""Local times that a clock change skips or repeats."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from cowork_cli.domain.zones import at, instant_of, seconds_of, zone_named
from cowork_cli.errors import BadInput

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("day", "clock", "offset"),
    [("2026-03-29", "01:59", "+01:00"), ("2026-03-29", "03:00", "+02:00"), ("2026-10-25", "01:59", "+02:00"),
     ("2026-10-25", "03:00", "+01:00")],
)  # fmt: skip
def test_times_beside_the_change(day: str, clock: str, offset: str) -> None:
    found = instant_of(date.fromisoformat(day), time.fromisoformat(clock), BERLIN)
    assert found.isoformat() == f"{day}T{clock}:00{offset}"


@pytest.mark.parametrize("clock", ["02:00", "02:30", "02:59"])
def test_skipped_times_are_refused(clock: str) -> None:
    with pytest.raises(BadInput, match="does not exist"):
        instant_of(date(2026, 3, 29), time.fromisoformat(clock), BERLIN)


@pytest.mark.parametrize("clock", ["02:00", "02:30", "02:59"])
def test_repeated_times_are_refused(clock: str) -> None:
    with pytest.raises(BadInput, match="twice"):
        instant_of(date(2026, 10, 25), time.fromisoformat(clock), BERLIN)


def test_a_night_over_the_change_has_its_true_length() -> None:
    spring = [instant_of(date(2026, 3, 29), time(hour, 30), BERLIN) for hour in (1, 3)]
    autumn = [instant_of(date(2026, 10, 25), time(hour, 30), BERLIN) for hour in (1, 3)]
    assert seconds_of(spring[1]) - seconds_of(spring[0]) == 3600
    assert seconds_of(autumn[1]) - seconds_of(autumn[0]) == 3 * 3600


def test_shown_again_in_its_zone() -> None:
    assert at(1_780_000_000, BERLIN).isoformat() == "2026-05-28T22:26:40+02:00"


@pytest.mark.parametrize("name", ["Europe/Atlantis", "", "../etc/passwd", "CET+5"])
def test_what_is_no_zone(name: str) -> None:
    with pytest.raises(BadInput):
        zone_named(name)
