"""Holidays of Länder and neighbours: what is known, what is not, and that a lookup is cheap."""

from datetime import date, timedelta

import pytest

from cowork_cli.domain.address import PostalAddress
from cowork_cli.domain.place import LANDS
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Space
from cowork_cli.services.calendar import holidays, regions
from cowork_cli.services.calendar.holidays import UNKNOWN, Region, is_holiday
from cowork_cli.services.calendar.working import due_day


@pytest.mark.parametrize(
    ("day", "country", "land", "parish", "name"),
    [
        ("2026-01-06", "DE", "BY", None, "Heilige Drei Könige"),
        ("2026-01-06", "DE", "BE", None, None),
        ("2026-01-06", "DE", None, None, UNKNOWN),
        ("2026-11-18", "DE", "SN", None, "Buß- und Bettag"),
        ("2026-11-18", "DE", "ST", None, None),
        ("2026-03-08", "DE", "BE", None, "Frauentag"),
        ("2018-03-08", "DE", "BE", None, None),  # a holiday there since 2019
        ("2026-09-20", "DE", "TH", None, "Weltkindertag"),
        ("2017-10-31", "DE", "BY", None, "Reformationstag"),  # that once everywhere
        ("2026-12-25", "DE", None, None, "Erster Weihnachtstag"),
        ("2026-08-15", "DE", "BY", None, UNKNOWN),
        ("2026-08-15", "DE", "BY", "catholic", "Mariä Himmelfahrt"),
        ("2026-08-15", "DE", "BY", "other", None),
        ("2026-08-15", "DE", "SL", None, "Mariä Himmelfahrt"),
        ("2026-06-04", "DE", "TH", "catholic", "Fronleichnam"),
        ("2026-06-04", "DE", "SN", "other", None),
        ("2026-08-08", "DE", "BY", "augsburg", "Augsburger Hohes Friedensfest"),
        ("2026-08-08", "DE", "BY", "catholic", None),
        ("2026-08-15", "DE", "BY", "augsburg", "Mariä Himmelfahrt"),
        ("2026-10-26", "AT", None, None, "Nationalfeiertag"),
        ("2026-08-01", "CH", None, None, "Nationalfeiertag"),
        ("2026-05-14", "NL", None, None, "Christi Himmelfahrt"),
        ("2026-07-21", "BE", None, None, "Nationalfeiertag"),
        ("2026-06-23", "LU", None, None, "Nationalfeiertag"),
        ("2026-07-14", "FR", None, None, "Nationalfeiertag"),
        ("2026-04-03", "FR", None, None, UNKNOWN),  # in the Alsace
        ("2026-04-02", "DK", None, None, "Gründonnerstag"),
        ("2026-11-11", "PL", None, None, "Nationalfeiertag der Unabhängigkeit"),
        ("2026-07-06", "CZ", None, None, "Jan-Hus-Tag"),
        ("2026-11-25", "DE", None, None, None),
        ("2026-01-06", "IT", None, None, UNKNOWN),
        ("2026-01-06", None, None, None, UNKNOWN),
        ("2026-01-06", "../DE", None, None, UNKNOWN),
        ("2014-12-25", "DE", "BE", None, UNKNOWN),
        ("2037-01-01", "DE", "BE", None, UNKNOWN),
    ],
)
def test_a_day(day: str, country: str, land: str, parish: str, name: object) -> None:
    assert is_holiday(date.fromisoformat(day), country, land, parish) == name


@pytest.mark.parametrize(
    ("land", "count"),
    [("BB", 12), ("BE", 10), ("BW", 12), ("BY", 12), ("HB", 10), ("HE", 10), ("HH", 10), ("MV", 11),
     ("NI", 10), ("NW", 11), ("RP", 11), ("SH", 10), ("SL", 12), ("SN", 11), ("ST", 11), ("TH", 11)],
)  # fmt: skip
def test_each_land_has_its_days(land: str, count: int) -> None:
    """Of 2026; the parishes aside."""
    known = holidays.of_year(2026, Region("DE", land, "other"))
    assert known is not None
    assert (len(known[0]), known[1]) == (count, frozenset())


def test_every_land_and_neighbour_has_a_table() -> None:
    assert len(LANDS) == 16
    for country in ["DE", "AT", "CH", "NL", "BE", "LU", "FR", "DK", "PL", "CZ"]:
        assert holidays.source(country) == "holidays 0.109 (MIT), made 2026-11-28, years 2015-2036"


def test_the_table_is_what_the_package_says() -> None:
    """Every day and Land of a few years, asked of the source itself."""
    import holidays as package

    for land in LANDS:
        theirs = package.country_holidays(
            "DE", subdiv=land, years=(2017, 2026, 2036), language="de"
        )
        for year in (2017, 2026, 2036):
            for number in range(366):
                day = date(year, 1, 1) + timedelta(days=number)
                if day.year == year:
                    assert is_holiday(day, "DE", land, "other") == theirs.get(day), (day, land)


def test_a_lookup_takes_no_table_apart() -> None:
    """Of one day only its own lines are split, and only one country's file is read."""
    holidays._table.cache_clear()
    assert is_holiday(date(2026, 1, 6), "DE", "BY") == "Heilige Drei Könige"
    table = holidays._table("DE")
    assert table is not None
    assert table.rows(date(2026, 1, 6)) == [("BW,BY,ST", "Heilige Drei Könige")]
    assert holidays._table.cache_info().currsize == 1


def space(
    country: str | None, postcode: str | None = None, city: str | None = None, **more: float
) -> Space:
    return Space(Ref("local", "x"), "X", PostalAddress(None, postcode, city, country), **more)


@pytest.mark.parametrize(
    ("place", "region"),
    [
        (space("DE", "80331", "München"), Region("DE", "BY")),
        (space("DE", "04109", "Leipzig"), Region("DE", "SN")),
        (space("DE", "10115", "Berlin"), Region("DE", "BE")),
        (space("DE", "86150", "Augsburg"), Region("DE", "BY", "augsburg")),
        (space("DE", lat=48.137, lon=11.575), Region("DE", "BY")),
        (space("DE"), Region("DE")),
        (space("DE", "99999"), Region("DE")),
        (space("AT", "1010", "Wien"), Region("AT")),
        (space("FR", "75001"), Region("FR")),
        (space(None, "80331"), Region(None)),
    ],
)
def test_the_region_of_a_space(place: Space, region: Region) -> None:
    assert regions.of_space(place) == region


def test_the_region_of_the_person() -> None:
    told = {"seller.country": "DE", "land": "BY", "holidays.parish": "catholic"}
    assert regions.of_person(told.get) == Region("DE", "BY", "catholic")
    assert regions.of_person({"seller.country": "AT", "land": "BY"}.get) == Region("AT")


@pytest.mark.parametrize(
    ("land", "due", "said"),
    [
        ("NW", "2026-06-05", ", moved from Thu 2026-06-04 (Fronleichnam)"),
        ("BE", "2026-06-04", ""),
        (None, "2026-06-04", "; whether 2026-06-04 is a public holiday there is not known"),
    ],
)
def test_a_due_day_is_moved_only_by_a_holiday_that_is_sure(
    land: str | None, due: str, said: str
) -> None:
    day, words = due_day(date(2026, 6, 4), {"land": land}.get)
    assert (f"{day}", words.partition(" (§")[0]) == (due, said)
