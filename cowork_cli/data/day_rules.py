"""The figures of German law for the day log, by year, each with its source.

Home-office day allowance, distance allowance, business trips by car, meal allowance. A year that is not
here is not known: `figures` gives None for it, and nobody may take those of its neighbour. Read at second
hand, 2026-11: the pages named below; [LAW] is the statute as of 2022-03-26. Reckoned is what the table
of § 9 (4a) EStG says; meals that somebody else provided are not taken off.
"""

from __future__ import annotations

from decimal import Decimal

from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """What counts in one year. Amounts in euro; `near_km` are the first full kilometres of a way."""

    year: int
    home_day: Decimal
    home_cap: Decimal
    near_km: int
    near_rate: Decimal
    far_rate: Decimal
    cap_without_car: Decimal
    trip_by_car: Decimal
    meals_8h: Decimal
    meals_24h: Decimal
    meals_overnight: Decimal


def _year(year: int, near_rate: str) -> Figures:
    return Figures(
        year=year,
        home_day=Decimal(6),
        home_cap=Decimal(1260),
        near_km=20,
        near_rate=Decimal(near_rate),
        far_rate=Decimal("0.38"),
        cap_without_car=Decimal(4500),
        trip_by_car=Decimal("0.30"),
        meals_8h=Decimal(14),
        meals_24h=Decimal(28),
        meals_overnight=Decimal(14),
    )


# 2026: Steueränderungsgesetz 2025, Bundestag 2025-12-04, Bundesrat 2025-12-19.
FIGURES: dict[int, Figures] = {2025: _year(2025, "0.30"), 2026: _year(2026, "0.38")}
COUNTRY = "DE"

HOME_1 = "home-day-1"
HOME_2 = "home-day-2"
HOME_2_OPEN = "home-day-2-open"
HOME_FIRST = "home-day-first-place"
WAY_A = "way-first-place"
WAY_A_HALF = "way-first-place-one-way"
WAY_B = "way-travel"
MEALS_8H = "meals-8h"
MEALS_24H = "meals-24h"
MEALS_NIGHT = "meals-overnight"
MEALS_OVER = "meals-three-months"
NOT_KNOWN = "figures-not-known"

_HOME = "§ 4 (5) no. 6c {} EStG {year}; BMF 2023-08-15"
_TRIP = "BMF 2014-12-23; disputed: FG Rheinland-Pfalz 2024-06-19, 1 K 1219/21 (BFH VIII R 15/24, outcome not known)"
SOURCES: dict[str, str] = {
    HOME_1: _HOME.format("sentence 1", year="{year}") + " para. 27",
    HOME_2: _HOME.format("sentence 2", year="{year}") + " para. 35",
    HOME_2_OPEN: _HOME.format("sentence 2", year="{year}") + " para. 35",
    HOME_FIRST: _HOME.format("sentence 1", year="{year}")
    + "; whether its first workplace covers a Betriebsstätte is open",
    WAY_A: "§ 4 (5) no. 6, § 9 (1) no. 4 EStG {year}; " + _TRIP,
    WAY_A_HALF: "§ 4 (5) no. 6, § 9 (1) no. 4 EStG {year}; BFH 2020-02-12, VI R 42/17: one way alone is half; "
    + _TRIP,
    WAY_B: "§ 4 (4) EStG {year}, travel costs; " + _TRIP,
    MEALS_8H: "§ 4 (5) no. 5, § 9 (4a) sentence 3 no. 3 EStG {year}",
    MEALS_24H: "§ 4 (5) no. 5, § 9 (4a) sentence 3 no. 1 EStG {year}",
    MEALS_NIGHT: "§ 4 (5) no. 5, § 9 (4a) sentence 3 no. 2 EStG {year}",
    MEALS_OVER: "§ 9 (4a) sentences 6, 7 EStG {year}: three months, again after four weeks",
    NOT_KNOWN: "no figures of {year} here",
}
FIRST_PLACE_RULE = (
    "BMF 2014-12-23: lasting place outside the home, each working day, two full days a week, or a third "
    "of the time; of several the nearest"
)
MONTHS_OF_MEALS = 3
DAYS_OF_BREAK = 28
LONG_S = 8 * 3600


def figures(year: int) -> Figures | None:
    """The figures of a year; None where they are not known."""
    return FIGURES.get(year)


def source(rule: str, year: int) -> str:
    """Where a rule stands, as of a year."""
    return SOURCES[rule].format(year=year)
