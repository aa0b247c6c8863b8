"""The zone of a space, and that the data of coordinates are loaded only where they decide."""

import subprocess
import sys
from zoneinfo import ZoneInfo, available_timezones

import pytest

from cowork_cli.data.countries import COUNTRIES
from cowork_cli.data.zones import COUNTRY_ZONES, ISLAND_TOWNS, POSTCODE_ZONES, SEVERAL
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.place import fold
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Space
from cowork_cli.services.calendar.space_zone import SpaceZones, known_zone, zone_at


def space(country: str | None = None, postcode: str | None = None, **facts: object) -> Space:
    address = PostalAddress(None, postcode, None, country)
    return Space(Ref("local", "x"), "X", address, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lat", "lon", "zone"),
    [
        (52.5, 13.4, "Europe/Berlin"),
        (50.1, 8.7, "Europe/Berlin"),
        (48.21, 16.37, "Europe/Vienna"),
        (47.37, 8.54, "Europe/Zurich"),
        (41.15, -8.61, "Europe/Lisbon"),
        (32.65, -16.91, "Atlantic/Madeira"),
        (37.74, -25.67, "Atlantic/Azores"),
        (28.1, -15.43, "Atlantic/Canary"),
        (0.0, -30.0, None),
    ],
)
def test_a_point_has_its_zone(lat: float, lon: float, zone: str | None) -> None:
    assert zone_at(lat, lon) == zone


@pytest.mark.parametrize(
    ("postcode", "zone"),
    [
        ("4000-001", "Europe/Lisbon"),
        ("9000-050", "Atlantic/Madeira"),
        ("9400", "Atlantic/Madeira"),
        ("9500-321", "Atlantic/Azores"),
        ("9980", "Atlantic/Azores"),
    ],
)
def test_the_postcode_tells_the_islands(postcode: str, zone: str) -> None:
    assert known_zone(space("PT", postcode)) == zone


def test_a_country_of_several_zones_alone_tells_nothing() -> None:
    assert known_zone(space("US")) is None
    assert known_zone(space("PT")) is None
    assert known_zone(space()) is None


def test_the_order_own_then_account_then_person() -> None:
    zones = SpaceZones(ZoneInfo("Europe/Berlin"), {"local": "Europe/Dublin"}.get)
    assert zones.of(space("DE", timezone="Asia/Tokyo")).key == "Asia/Tokyo"
    assert zones.of(space("DE")).key == "Europe/Berlin"
    assert zones.of(space("US")).key == "Europe/Dublin"
    assert zones.said() == []
    alone = SpaceZones(ZoneInfo("Europe/Paris"))
    assert [alone.of(space("US")).key for _ in range(2)] == ["Europe/Paris"] * 2
    assert len(alone.said()) == 1


def test_many_unknown_ones_are_one_sentence() -> None:
    zones = SpaceZones(ZoneInfo("Europe/Paris"))
    for number in range(3):
        zones.of(Space(Ref("local", str(number)), "X"))
    assert zones.said() == [
        "The time zone of 3 spaces is not known: your own is taken, Europe/Paris."
    ]


def test_every_zone_and_country_of_the_table_exists() -> None:
    named = {*COUNTRY_ZONES.values(), *ISLAND_TOWNS.values()}
    named |= {zone for starts in POSTCODE_ZONES.values() for zone in starts.values()}
    assert named <= available_timezones()
    assert set(COUNTRY_ZONES) | SEVERAL <= set(COUNTRIES)
    assert not set(COUNTRY_ZONES) & SEVERAL
    assert all(fold(town) == town for town in ISLAND_TOWNS)


@pytest.mark.parametrize("words", ["country='AT', lat=48.2, lon=16.4", "lat=50.1, lon=8.7"])
def test_coordinates_are_looked_up_only_where_they_decide(words: str) -> None:
    code = f"""
import sys
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Space
from cowork_cli.services.calendar.space_zone import known_zone
facts = dict({words})
address = PostalAddress(country=facts.pop("country", None))
print(known_zone(Space(Ref("local", "x"), "X", address, **facts)), "tzfpy" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split()[1] == "False"
