"""`report days`: the lines of each year, the counters of each place, the ways, and what is lacking."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from cowork_cli.data import day_rules
from cowork_cli.domain.day import AWAY_ON_BUSINESS, END_OF_DAY, START_OF_DAY
from cowork_cli.domain.day_report import (
    CommuteRow,
    DayFigures,
    DayRule,
    Lack,
    PlaceCounter,
    RuleSource,
)
from cowork_cli.domain.money import Money
from cowork_cli.records import dataclass
from cowork_cli.services.days.reckoning import OPEN, SEVERAL, SUPPORTED, Reckoner
from cowork_cli.store import day_places, days

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cowork_cli.domain.day import LogPlace
    from cowork_cli.domain.period import Period
    from cowork_cli.services.days.lines import Key, Line, Lines
    from cowork_cli.store.days import Facts, FactStay
    from cowork_cli.store.engine.store import Store

# Kilometres, minutes, mode and fare in cents, one way.
_Way = tuple[str | None, int | None, str | None, int | None]
# The day that a trip goes on, and the place that it is to: that of the day before.
_Trip = tuple[str, "FactStay"]
_HOME = {
    day_rules.HOME_1: "home office: more than half of the work at home",
    day_rules.HOME_2: "home office: no other workplace, as you say",
    day_rules.HOME_FIRST: "home office: more than half at home, and a first place visited",
    day_rules.HOME_2_OPEN: "home office: whether another workplace was there is unclear",
}
_HOME_NOTES = {
    day_rules.HOME_FIRST: "counts if the first workplace of no. 6c is not a Betriebsstätte",
    day_rules.HOME_2_OPEN: "say it with `cowork day month MONTH --other-workplace yes|no`",
}
_OVER_NOTE = (
    "that a place visited on two days a week at most may be outside of the limit is not reckoned"
)
_WAYS_A = {
    day_rules.WAY_A: "ways to {}, as first place of work",
    day_rules.WAY_A_HALF: "ways to {}, as first place of work, one way alone",
}
_MEALS = {
    day_rules.MEALS_8H: "meals, over 8 h away: {}",
    day_rules.MEALS_24H: "meals, 24 h away: {}",
    day_rules.MEALS_NIGHT: "meals, day of leaving or coming back: {}",
    day_rules.MEALS_OVER: "meals, beyond three months: {}",
}


@dataclass(frozen=True, slots=True)
class Report:
    """All of `report days`; `figures` are day by day, in the order of the days."""

    rules: tuple[DayRule, ...]
    counters: tuple[PlaceCounter, ...]
    commute: tuple[CommuteRow, ...]
    lacks: tuple[Lack, ...]
    figures: tuple[DayFigures, ...]
    notes: tuple[str, ...]


def report(
    store: Store,
    period: Period,
    country: str,
    factors: Mapping[str, int],
    *,
    now_s: int,
    by_day: bool = False,
) -> Report:
    """What the record of a period supports. `country` is the person's; `factors` own grams of CO2 by mode.

    Outside of Germany no German rule is applied: there are counters and ways alone, and a note.
    """
    from cowork_cli.services.days.commuting import Commute
    from cowork_cli.services.days.counting import Counters
    from cowork_cli.services.days.known import changed_hours

    places = _all_places(store)
    months = {flag.month: flag.other_workplace for flag in days.month_flags(store)}
    reckoner = Reckoner(places, months, country)
    counters, commute = Counters(places), Commute(places, factors, reckoner.lines)
    ways = _ways(places)
    german = country == day_rules.COUNTRY
    first = period.from_.isoformat() if period.from_ else ""
    figures: list[DayFigures] = []
    seen = 0
    trip: _Trip | None = None
    for day in days.facts(store, period.to):
        within = day.day >= first
        worked = bool(day.stays)
        if ways:
            _fill(day, ways)
        trip = _trip_goes_on(day, trip, reckoner.lines if within and german else None)
        if german:
            came_to = reckoner.take(day, within=within)
            if by_day and within:
                figures.append(_figures(day.day, came_to))
        if within:
            seen += 1
            if worked:
                counters.take(day)
            commute.take(day)
    for missing in days.not_logged(store, period.from_, period.to):
        reckoner.lines.lack("not-logged", None, missing)
    for changed, was, seconds in changed_hours(store, period, now_s):
        from cowork_cli.services.days.saying import length_of

        more = f"{length_of(was)} then, {length_of(seconds)} now"
        reckoner.lines.lack("hours-changed", None, changed.isoformat(), more)
    rules = [row for year in reckoner.lines.years for row in _rules(reckoner, year, places)]
    return Report(
        tuple(rules),
        tuple(counters.rows()),
        tuple(commute.rows()),
        tuple(reckoner.lines.lacks),
        tuple(figures),
        (*_notes(german, country, seen, reckoner.lines.years), *commute.notes()),
    )


def _fill(day: Facts, ways: Mapping[str, _Way]) -> None:
    """What a day does not tell of its way is taken from what is said of the place by now."""
    for number, stay in enumerate(day.stays):
        if stay[0] in ways and None in stay:
            place, kind, seconds, km, minutes, mode, fare, row_id = stay
            said = ways[place]
            km = said[0] if km is None else km
            minutes = said[1] if minutes is None else minutes
            fare = said[3] if fare is None else fare
            day.stays[number] = (
                place, kind, seconds, km, minutes, mode or said[2], fare, row_id,
            )  # fmt: skip


def _trip_goes_on(day: Facts, trip: _Trip | None, lines: Lines | None) -> _Trip | None:
    """A day of a trip without work is spent where the day before was; gives what the next day needs."""
    if day.away_from is None:
        return None
    if not day.stays:
        if day.away_from == START_OF_DAY and trip is not None and trip[0] == day.day:
            place, kind, _, *way, row_id = trip[1]
            day.stays.append((place, kind, 0, *way, row_id))  # type: ignore[arg-type]
        elif lines is not None:
            lines.lack("trip", None, day.day)
    if day.away_to != END_OF_DAY or not day.stays:
        return None
    outside = [stay for stay in day.stays if stay[1] != "home"]
    ground = next((stay for stay in outside if stay[1] in AWAY_ON_BUSINESS), outside[0])
    return (date.fromisoformat(day.day) + timedelta(days=1)).isoformat(), ground


def _ways(places: Mapping[str, LogPlace]) -> dict[str, _Way]:
    """The way to each place that anything is said of, as days have it."""
    return {
        name: (
            None if place.way_km is None else f"{place.way_km:f}",
            None if place.way_s is None else place.way_s // 60,
            place.mode,
            None if place.fare is None else place.fare.minor,
        )
        for name, place in places.items()
        if place.way_km is not None or place.way_s is not None or place.mode or place.fare
    }


def _all_places(store: Store) -> dict[str, LogPlace]:
    """What is said of places, and the name and country of those that only the directory knows."""
    from cowork_cli.domain.day import LogPlace

    places = day_places.every(store)
    for name, (title, country) in day_places.titles(store).items():
        if name not in places:
            kind = "client" if name.startswith("client/") else "space"
            places[name] = LogPlace(name, title, kind, country=country)
    return places


def _notes(german: bool, country: str, seen: int, years: Iterable[int]) -> list[str]:
    notes = []
    if not german:
        notes.append(
            f"You live in {country or 'no known country'} (seller.country): German rules are not applied, and "
            "others are not known here."
        )
    unknown = [year for year in years if day_rules.figures(year) is None]
    if unknown:
        known = f"{min(day_rules.FIGURES)} to {max(day_rules.FIGURES)}"
        shown = ", ".join(map(str, unknown))
        notes.append(f"Warning: the figures of {shown} are not known here (known: {known}).")
    if seen and german:
        notes.append("No verdict: each line is what its rule gives for what is recorded.")
    return notes


def _figures(day: str, came_to: dict[str, int | str]) -> DayFigures:
    def euro(key: str) -> Money | None:
        return Money(int(came_to[key])) if key in came_to else None

    return DayFigures(
        date.fromisoformat(day), str(came_to["home"]), euro("a"), euro("b"), euro("meals")
    )


def sources(rules: Iterable[DayRule]) -> list[RuleSource]:
    """The source of every line, each said once."""
    named: dict[tuple[int, str], list[str]] = {}
    for row in rules:
        known = named.setdefault((row.year, row.source), [])
        if row.rule not in known:
            known.append(row.rule)
    return [RuleSource(year, tuple(each), source) for (year, source), each in named.items()]


# ---- the lines of a year


def _rules(reckoner: Reckoner, year: int, places: Mapping[str, LogPlace]) -> Iterable[DayRule]:
    figures = day_rules.figures(year)
    if figures is None:
        ((_, line),) = reckoner.lines.of(year, day_rules.NOT_KNOWN)
        yield DayRule(
            year, day_rules.NOT_KNOWN, None, "the figures of this year are not known", line.days, None,
            "day", None, None, "not-known", day_rules.source(day_rules.NOT_KNOWN, year),
        )  # fmt: skip
        return
    yield from _home_rules(reckoner, year, Money.of(figures.home_cap))
    yield from _way_rules(reckoner, year, places, Money.of(figures.cap_without_car))
    for key, line in reckoner.lines.of(year, *_MEALS):
        if line.days:
            what = _MEALS[key[1]].format(_title(places, key[3]))
            note = _OVER_NOTE if key[1] == day_rules.MEALS_OVER else None
            yield _rule(key, line, what, "day", line.cents, None, note, _title(places, key[3]))


def _home_rules(reckoner: Reckoner, year: int, cap: Money) -> Iterable[DayRule]:
    """At the cap the days go on and the sum stops; what is supported comes before what is open."""
    lines = {key[1]: (key, line) for key, line in reckoner.lines.of(year, *_HOME)}
    left = cap.minor
    for rule in _HOME:
        if rule in lines and lines[rule][0][4] == SUPPORTED:
            left = max(0, left - lines[rule][1].before)
    for rule, what in _HOME.items():
        if rule not in lines:
            continue
        key, line = lines[rule]
        given = min(line.cents, left)
        if key[4] == SUPPORTED:
            left -= given
        if line.days:
            note = _HOME_NOTES.get(rule)
            if given < line.cents:
                note = "; ".join(filter(None, [note, f"the cap of {cap} is reached"]))
            yield _rule(key, line, what, "day", given, cap, note)


def _way_rules(
    reckoner: Reckoner, year: int, places: Mapping[str, LogPlace], cap: Money
) -> Iterable[DayRule]:
    """Both readings of each place. The cap counts for ways that are not by one's own car."""
    left = cap.minor - sum(
        line.before for key, line in reckoner.lines.of(year, *_WAYS_A) if not key[5]
    )
    left = max(0, left)
    for key, line in reckoner.lines.of(year, *_WAYS_A):
        by_car = key[5]
        given = line.cents if by_car else min(line.cents, left)
        left -= 0 if by_car else given
        if line.days:
            note = None if given == line.cents else f"the cap of {cap} without a car is reached"
            what = _WAYS_A[key[1]].format(_title(places, key[3]))
            limit = None if by_car else cap
            place = _title(places, key[3])
            yield _rule(key, line, what, "km", given, limit, note, place)
    for key, line in reckoner.lines.of(year, day_rules.WAY_B):
        if line.days:
            how = "by car" if key[5] else "fares"
            what = f"ways to {_title(places, key[3])}, as travel, {how}"
            unit = "km" if key[5] else "day"
            yield _rule(key, line, what, unit, line.cents, None, place=_title(places, key[3]))


def _rule(
    key: Key,
    line: Line,
    what: str,
    unit: str,
    cents: int,
    cap: Money | None,
    note: str | None = None,
    place: str | None = None,
) -> DayRule:
    year, rule, reading, _, state, _ = key
    quantity = line.quantity if unit == "km" else Decimal(line.days)
    if rule in (*_WAYS_A, day_rules.WAY_B) and state == OPEN and note is None:
        note = "which reading holds is open"
    return DayRule(
        year, rule, reading, what, line.days, quantity, unit, Money(cents), cap, state,
        day_rules.source(rule, year), note, place,
    )  # fmt: skip


def _title(places: Mapping[str, LogPlace], name: str | None) -> str:
    if name is None or name == SEVERAL:
        return name or ""
    known = places.get(name)
    return known.title if known else name
