"""The figures of a single day and of a year, by the values that were checked by hand."""

from decimal import Decimal

import pytest

from cowork_cli.data import day_rules
from cowork_cli.data.day_rules import FIGURES
from cowork_cli.domain.day import LogPlace, Stay, day_class
from cowork_cli.domain.money import Money
from cowork_cli.services.days.reckoning import Reckoner, allowance, trip
from cowork_cli.store.days import Facts, FactStay


@pytest.mark.parametrize(
    ("km", "year", "amount"),
    [
        ("25", 2025, "7.90"),
        ("25", 2026, "9.50"),
        ("12", 2025, "3.60"),
        ("12", 2026, "4.56"),
        ("12.9", 2026, "4.56"),  # full kilometres only
        ("20", 2025, "6.00"),
        ("21", 2025, "6.38"),
        ("0.9", 2026, "0.00"),
        ("40", 2025, "13.60"),
        ("40", 2026, "15.20"),
    ],
)
def test_the_distance_allowance_of_a_day(km: str, year: int, amount: str) -> None:
    assert allowance(Decimal(km), FIGURES[year]) == Money.of(Decimal(amount))


@pytest.mark.parametrize(
    ("driven", "amount"), [("24", "7.20"), ("24.5", "7.35"), ("24.85", "7.46")]
)
def test_a_business_trip_counts_what_was_driven(driven: str, amount: str) -> None:
    assert trip(Decimal(driven), FIGURES[2026]) == Money.of(Decimal(amount))


def test_a_year_that_is_not_there_has_no_figures() -> None:
    assert day_rules.figures(2024) is None
    assert day_rules.figures(2027) is None


@pytest.mark.parametrize(("year", "euro"), [(2025, "2992.00"), (2026, "3344.00")])
def test_forty_kilometres_on_220_days(year: int, euro: str) -> None:
    from datetime import date, timedelta

    first = date(year, 1, 2)
    days = [(first + timedelta(days=n)).isoformat() for n in range(220)]
    reckoner = reckoned([facts(day, space(8, km="40")) for day in days])
    assert cents(reckoner, day_rules.WAY_A) == int(Decimal(euro) * 100)


def space(
    hours: float, km: str | None = "12", mode: str | None = "car", place: str = "local:hafen"
) -> FactStay:
    return place, "space", int(hours * 3600), km, 25, mode, None, 0


def home(hours: float) -> FactStay:
    return "home", "home", int(hours * 3600), None, None, None, None, 0


def client(
    hours: float, place: str = "client/acme", km: str | None = "30", minutes: int | None = 40
) -> FactStay:
    return place, "client", int(hours * 3600), km, minutes, "car", None, 0


def facts(day: str, *stays: FactStay, away: str = "", driven: str | None = None) -> Facts:
    start, _, end = away.partition("-")
    seconds = None
    if away:
        hour, minute = (
            int(b) - int(a) for a, b in zip(start.split(":"), end.split(":"), strict=True)
        )
        seconds = 3600 * hour + 60 * minute
    return Facts(day, start or None, end or None, seconds, driven, list(stays))


HAFEN = LogPlace("local:hafen", "Hafen", "space", country="DE")
FIRST = LogPlace("local:hafen", "Hafen", "space", country="DE", first_place=True)
ACME = LogPlace("client/acme", "ACME", "client", country="DE")
WIEN = LogPlace("wien", "Wien", "client", country="AT")


def reckoned(days: list[Facts], *places: LogPlace, **months: str) -> Reckoner:
    known = {place.name: place for place in (HAFEN, ACME, WIEN, *places)}
    flags = {name[1:].replace("_", "-"): word for name, word in months.items()}
    reckoner = Reckoner(known, flags, "DE")
    for day in days:
        reckoner.take(day, within=True)
    return reckoner


def cents(reckoner: Reckoner, *rules: str, state: str | None = None) -> int:
    return sum(
        line.cents
        for year in reckoner.lines.years
        for key, line in reckoner.lines.of(year, *rules)
        if state in (None, key[4])
    )


def taken(day: Facts, *places: LogPlace, **months: str) -> dict[str, int | str]:
    known = {place.name: place for place in (HAFEN, ACME, WIEN, *places)}
    flags = {name[1:].replace("_", "-"): word for name, word in months.items()}
    return Reckoner(known, flags, "DE").take(day, within=True)


DAY = "2026-03-02"


@pytest.mark.parametrize(
    ("stays", "first", "code", "word"),
    [
        ((home(8),), False, "H", "home"),
        ((home(5), space(3)), False, "HC", "mixed"),
        ((home(5), space(3)), True, "HC1", "mixed"),
        ((home(4), space(4)), False, "C", "mixed"),
        ((home(4), space(4)), True, "C", "mixed"),
        ((space(8),), False, "C", "space"),
        ((client(8),), False, "M", "client"),
        ((home(7), client(1)), False, "M", "mixed"),
        ((home(5), space(2), client(1)), False, "M", "mixed"),
        ((), False, "0", "none"),
    ],
)
def test_the_decision_table(stays: tuple[FactStay, ...], first: bool, code: str, word: str) -> None:
    made = tuple(
        Stay(place, kind, seconds, None, None, "said") for place, kind, seconds, *_ in stays
    )
    assert day_class(made, first) == (code, word)


@pytest.mark.parametrize(
    ("day", "marked", "flag", "home_day"),
    [
        (facts(DAY, home(8)), False, "unclear", "sentence-1"),
        (facts(DAY, home(5), space(3)), False, "unclear", "sentence-1"),
        (facts(DAY, home(5), space(3)), True, "unclear", "first-place-open"),
        (facts(DAY, home(5), space(3)), True, "yes", "first-place-open"),
        (facts(DAY, home(5), space(3)), True, "no", "sentence-2"),
        (facts(DAY, home(4), space(4)), False, "unclear", "open"),  # exactly half is not more
        (facts(DAY, home(4), space(4)), False, "yes", "no"),
        (facts(DAY, home(4), space(4)), False, "no", "sentence-2"),
        (facts(DAY, home(5), client(3)), False, "yes", "sentence-1"),
        (facts(DAY, home(3), client(5)), False, "yes", "no"),
        (facts(DAY, space(8)), False, "no", "no"),
        (facts(DAY), False, "no", "no"),
    ],
)
def test_the_day_at_home(day: Facts, marked: bool, flag: str, home_day: str) -> None:
    places = [FIRST] if marked else []
    assert taken(day, *places, m2026_03=flag)["home"] == home_day


def test_both_readings_of_a_way_stand_side_by_side() -> None:
    came_to = taken(facts(DAY, space(8)))
    assert (came_to["a"], came_to["b"]) == (456, 720)


def test_a_mark_says_which_reading_is_supported() -> None:
    unmarked = reckoned([facts(DAY, space(8))])
    marked = reckoned([facts(DAY, space(8))], FIRST)
    no = LogPlace("local:hafen", "Hafen", "space", country="DE", first_place=False)
    refused = reckoned([facts(DAY, space(8))], no)
    states = [
        [next(iter(one.lines.of(2026, rule)))[0][4] for rule in (day_rules.WAY_A, day_rules.WAY_B)]
        for one in (unmarked, marked, refused)
    ]
    assert states == [["open", "open"], ["supported", "open"], ["open", "supported"]]


def test_a_client_is_travel_and_no_first_place() -> None:
    reckoner = reckoned([facts(DAY, client(6))])
    assert not list(reckoner.lines.of(2026, day_rules.WAY_A))
    assert cents(reckoner, day_rules.WAY_B, state="supported") == 1800


def test_of_two_spaces_on_a_day_the_nearest_alone_counts_as_first_place() -> None:
    far, near = space(4, km="40", place="far"), space(4, km="12")
    reckoner = reckoned([facts(DAY, far, near)])
    assert cents(reckoner, day_rules.WAY_A) == 456
    first = LogPlace("far", "Far", "space", country="DE", first_place=True)
    assert cents(reckoned([facts(DAY, far, near)], first), day_rules.WAY_A) == 1520


def test_a_round_over_several_places_needs_its_kilometres() -> None:
    there = facts(DAY, client(3), client(2, "client/beta"), driven="80.5")
    assert taken(there)["b"] == 2415
    reckoner = reckoned([facts(DAY, client(3), client(2, "client/beta"))])
    assert cents(reckoner, day_rules.WAY_B) == 0
    assert "driven" in [lack.lack for lack in reckoner.lines.lacks]


@pytest.mark.parametrize(
    ("day", "meals"),
    [
        (facts(DAY, client(6), away="08:00-16:00"), None),  # eight hours are not more than eight
        (facts(DAY, client(6), away="08:00-16:01"), 1400),
        (facts(DAY, client(8), away="00:00-24:00"), 2800),
        (facts(DAY, client(4), away="15:00-24:00"), 1400),
        (facts(DAY, client(4), away="00:00-11:00"), 1400),
        (facts(DAY, client(7)), 1400),  # 7 h and 80 min on the way are more than 8 h
        (facts(DAY, client(6)), None),
        (facts(DAY, space(8), away="08:00-18:00"), 1400),
        (facts(DAY, home(8)), None),
    ],
)
def test_meals_by_hours_away(day: Facts, meals: int | None) -> None:
    assert taken(day).get("meals") == meals


def test_no_meals_at_the_first_place_of_work() -> None:
    assert "meals" not in taken(facts(DAY, space(8), away="08:00-18:00"), FIRST)


def test_meals_end_after_three_months_and_begin_after_four_weeks() -> None:
    def on(*days: str) -> list[Facts]:
        return [facts(day, client(6), away="08:00-18:00") for day in days]

    reckoner = reckoned(on("2026-01-05", "2026-02-02", "2026-03-02", "2026-03-30", "2026-04-04"))
    assert cents(reckoner, day_rules.MEALS_8H) == 5 * 1400
    over = reckoned(
        on("2026-01-05", "2026-01-26", "2026-02-16", "2026-03-09", "2026-04-01", "2026-04-05")
    )
    assert cents(over, day_rules.MEALS_8H) == 5 * 1400
    ((_, line),) = over.lines.of(2026, day_rules.MEALS_OVER)
    assert (line.days, line.cents) == (1, 0)
    # 5 April to 3 May: 27 days between, no break of four weeks; to 4 May: 28, and they begin again
    late = [*on("2026-01-05", "2026-01-26", "2026-02-16", "2026-03-09", "2026-04-01", "2026-04-05")]
    assert cents(reckoned([*late, *on("2026-05-03")]), day_rules.MEALS_8H) == 5 * 1400
    assert cents(reckoned([*late, *on("2026-05-04")]), day_rules.MEALS_8H) == 6 * 1400


def test_a_place_abroad_gets_no_german_figures() -> None:
    day = facts(DAY, client(9, "wien"), away="06:00-20:00")
    assert set(taken(day)) == {"home"}
    assert [lack.lack for lack in reckoned([day]).lines.lacks] == ["abroad"]


def test_a_country_that_is_not_said_is_told() -> None:
    assert [lack.lack for lack in reckoned([facts(DAY, client(9, "somewhere"))]).lines.lacks] == [
        "country"
    ]


def test_days_of_an_unknown_year_are_counted_and_get_nothing() -> None:
    reckoner = reckoned([facts("2024-03-04", home(8)), facts("2024-03-05", space(8))])
    ((key, line),) = reckoner.lines.of(2024, day_rules.NOT_KNOWN)
    assert (key[4], line.days, line.cents) == ("not-known", 2, 0)
    assert reckoner.lines.years == [2024]


def travel(hours: float) -> FactStay:
    return "travel", "travel", int(hours * 3600), None, None, "train", None, 0


def test_a_day_ahead_of_the_period_in_a_year_without_figures_is_no_line() -> None:
    reckoner = Reckoner({}, {}, "DE")
    assert reckoner.take(facts("2024-03-01", home(8)), within=False) == {"home": "no"}
    assert reckoner.lines.years == []


def test_hours_on_the_way_lie_in_no_country_and_are_work_away() -> None:
    reckoner = reckoned([facts(DAY, travel(9))])
    assert reckoner.lines.lacks == []
    assert cents(reckoner, day_rules.MEALS_8H) == 1400


def test_a_day_wholly_away_has_no_way_from_home() -> None:
    came_to = taken(facts(DAY, space(8), away="00:00-24:00"))
    assert (came_to.get("a"), came_to.get("b"), came_to["meals"]) == (None, None, 2800)


@pytest.mark.parametrize(
    ("stays", "lack"),
    [
        ([space(8, mode="bus")], "fare"),
        ([space(4, mode="bus"), client(4)], "driven"),
        ([space(8, mode="walk")], None),
    ],
)
def test_what_a_ticket_cost_is_lacking_where_one_does_not_walk(
    stays: list[FactStay], lack: str | None
) -> None:
    lacks = [each.lack for each in reckoned([facts(DAY, *stays)]).lines.lacks]
    assert ("fare" in lacks, "driven" in lacks) == (lack == "fare", lack == "driven")


def test_a_day_ahead_of_the_period_lacks_nothing() -> None:
    reckoner = Reckoner({"local:hafen": HAFEN}, {}, "DE")
    reckoner.take(facts(DAY, space(8, km=None, mode=None, place="nowhere")), within=False)
    assert reckoner.lines.lacks == []
