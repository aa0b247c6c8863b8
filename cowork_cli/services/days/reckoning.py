"""One day after the other under the rules of the decision table; what they give goes into `Lines`.

No verdict: a line is what a rule, by its source and year, gives for what is recorded. Where the law or a
fact is open the line says so, and both readings stand side by side: A, the place is a first place of work
(distance allowance), and B, it is not (travel). Amounts are rounded to the cent day by day; only full
kilometres count for the allowance, one way a day.

Days are plain rows here and not `Day`, as ten years of them are reckoned while somebody waits.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cowork_cli.data import day_rules
from cowork_cli.data.commute import BY_CAR
from cowork_cli.domain.day import AWAY_ON_BUSINESS, END_OF_DAY, START_OF_DAY, ways_from_home
from cowork_cli.domain.money import Money
from cowork_cli.services.days.lines import Lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from cowork_cli.data.day_rules import Figures
    from cowork_cli.domain.day import LogPlace
    from cowork_cli.store.days import Facts, FactStay

SUPPORTED, OPEN, NOT_KNOWN = "supported", "open", "not-known"
SEVERAL = "several places"
FREE_MODES = ("walk", "bike")


class Reckoner:
    """Takes days in their order. `months` is month → yes, no, unclear; `country` that of the person."""

    def __init__(self, places: Mapping[str, LogPlace], months: Mapping[str, str], country: str):
        self.lines = Lines(places)
        self._places = places
        self._months = months
        self._country = country
        self._has_marks = any(place.first_place is not None for place in places.values())
        self._cents: dict[tuple[int, str, str, int], tuple[Decimal, int]] = {}
        self._fixed: dict[int, dict[str, int]] = {}
        self._stays_until: dict[str, tuple[date, date]] = {}

    def take(self, day: Facts, *, within: bool) -> dict[str, int | str]:
        """Reckons one day; gives what it comes to, for a table of days: cents by `a`, `b`, `meals`.

        A day that is not `within` the period counts for caps and for the three months alone.
        """
        figures = day_rules.figures(day.year)
        came_to: dict[str, int | str] = {"home": "no"}
        if not day.stays:
            return came_to
        if figures is None:
            if within:
                key = (day.year, day_rules.NOT_KNOWN, None, None, NOT_KNOWN, False)
                self.lines.add(key, 0, 0, within=True)
            return came_to
        home_s = total = 0
        outside = []
        for stay in day.stays:
            total += stay[2]
            if stay[1] == "home":
                home_s += stay[2]
            else:
                outside.append(stay)
        if home_s:
            came_to["home"] = self._home(day, outside, 2 * home_s > total, figures, within)
        if outside:
            self._outside(day, outside, figures, within, came_to)
        return came_to

    def marked(self, place: str, day: str) -> bool | None:
        """Whether a place is marked as first place of work on a day; None where nothing is said."""
        known = self._places.get(place) if self._has_marks else None
        if known is None or known.first_place is None:
            return None
        return known.marked_on(date.fromisoformat(day)) if known.first_from else known.first_place

    # ---- home

    def _home(
        self, day: Facts, outside: list[FactStay], half: bool, figures: Figures, within: bool
    ) -> str:
        """The home-office day allowance (§ 4 (5) no. 6c EStG): which sentence gives the day.

        `half` is that more than half of the work was at home: exactly half is not.
        """
        first = self._has_marks and any(self.marked(stay[0], day.day) for stay in outside)
        flag = self._months.get(day.day[:7], "unclear")
        if half and not first:
            rule, state, word = day_rules.HOME_1, SUPPORTED, "sentence-1"
        elif flag == "no":
            rule, state, word = day_rules.HOME_2, SUPPORTED, "sentence-2"
        elif half:
            rule, state, word = day_rules.HOME_FIRST, OPEN, "first-place-open"
        elif flag == "unclear":
            rule, state, word = day_rules.HOME_2_OPEN, OPEN, "open"
        else:
            return "no"
        cents = self._fixed_cents(figures)["home"]
        self.lines.add((day.year, rule, None, None, state, False), 0, cents, within=within)
        return word

    # ---- away

    def _outside(
        self,
        day: Facts,
        outside: list[FactStay],
        figures: Figures,
        within: bool,
        came_to: dict[str, int | str],
    ) -> None:
        here = [stay for stay in outside if not self._is_abroad(stay[0], day, within)]
        over = {stay[0] for stay in outside if self._is_over_three_months(stay, day.day)}
        if len(here) < len(outside):
            return  # one round over a border: none of the figures is known
        first = self._first_place(day, here)
        if first is not None:
            self._allowance(day, first, figures, within, came_to)
        self._travel(day, here, figures, within, came_to)
        self._meals(day, here, over, figures, within, came_to)

    def _first_place(self, day: Facts, here: list[FactStay]) -> FactStay | None:
        """The place that reading A is about: the one that is marked, else the space nearest to home.

        One a day: nobody has two first places of work (of several the nearest, BMF 2014-12-23).
        """
        if self._has_marks:
            for stay in here:
                if self.marked(stay[0], day.day):
                    return stay
        spaces = [stay for stay in here if stay[1] == "space"]
        if len(spaces) < 2:
            return spaces[0] if spaces else None
        return min(spaces, key=lambda stay: Decimal(stay[3]) if stay[3] else Decimal("Infinity"))

    def _is_abroad(self, place: str, day: Facts, within: bool) -> bool:
        known = self._places.get(place)
        country = known.country if known else None
        if country is None:
            if within and place != "travel":
                self.lines.lack("country", place, day.day, self._country)
            return False
        if country != self._country and within:
            self.lines.lack("abroad", place, day.day, country)
        return country != self._country

    def _allowance(
        self,
        day: Facts,
        stay: FactStay,
        figures: Figures,
        within: bool,
        came_to: dict[str, int | str],
    ) -> None:
        """Reading A: full kilometres one way, once a day (§ 9 (1) no. 4 EStG); half of it where one way alone is."""
        place, _, _, km, _, mode, _, _ = stay
        ways = ways_from_home(day.away_from, day.away_to)
        if not ways:
            return
        if km is None:
            self._lack("way", place, day, within)
            return
        full, cents = self._once(figures, "a", km, ways)
        state = SUPPORTED if self.marked(place, day.day) else OPEN
        rule = day_rules.WAY_A if ways == 2 else day_rules.WAY_A_HALF
        key = (day.year, rule, "A", place, state, mode in BY_CAR)
        self.lines.add(key, full, cents, within=within)
        came_to["a"] = cents

    def _travel(
        self,
        day: Facts,
        here: list[FactStay],
        figures: Figures,
        within: bool,
        came_to: dict[str, int | str],
    ) -> None:
        """Reading B: driven kilometres by car, else the fares that were paid."""
        place, _, _, km, _, mode, fare, _ = here[0]
        places = sum(stay[0] != "travel" for stay in here)
        several = places > 1
        ways = ways_from_home(day.away_from, day.away_to)
        if day.driven_km is None and not (places and (ways or several)):
            return
        if several:
            place, mode = (
                SEVERAL,
                next((stay[5] for stay in here if stay[0] != "travel" and stay[5]), None),
            )
        state = SUPPORTED
        for stay in here:
            if not self._is_travel(stay, day.day):
                state = OPEN
        key = (day.year, day_rules.WAY_B, "B", place, state, mode in BY_CAR)
        if mode is None:
            self._lack("mode", place, day, within)
        elif mode in BY_CAR:
            if day.driven_km is not None:
                counted, cents = self._once(figures, "driven", day.driven_km)
            elif several or km is None:
                self._lack("way", place, day, within)
                return
            else:
                counted, cents = self._once(figures, "ways", km, ways)
            self.lines.add(key, counted, cents, within=within)
            came_to["b"] = cents
        elif fare is not None and not several:
            self.lines.add(key, 0, ways * fare, within=within)
            came_to["b"] = ways * fare
        elif mode not in FREE_MODES and within:
            self.lines.lack("driven" if several else "fare", None if several else place, day.day)

    def _is_travel(self, stay: FactStay, day: str) -> bool:
        """Whether reading B is the one that holds by what is said: no space, or marked as no first place."""
        marked = self.marked(stay[0], day)
        return marked is False or (marked is None and stay[1] in AWAY_ON_BUSINESS)

    # ---- meals

    def _meals(
        self,
        day: Facts,
        here: list[FactStay],
        over: set[str],
        figures: Figures,
        within: bool,
        came_to: dict[str, int | str],
    ) -> None:
        """The meal allowance (§ 4 (5) no. 5 EStG) for the place that the day was about."""
        ground = next((stay for stay in here if stay[1] in AWAY_ON_BUSINESS), here[0])
        if self.marked(ground[0], day.day):
            return
        rule = self._meal_rule(day, here, within)
        if rule is None:
            return
        travel = self._is_travel(ground, day.day)
        reading, state = (None, SUPPORTED) if ground[1] in AWAY_ON_BUSINESS else ("B", OPEN)
        state = SUPPORTED if travel else state
        if ground[0] in over:
            key = (day.year, day_rules.MEALS_OVER, reading, ground[0], state, False)
            self.lines.add(key, 0, 0, within=within)
            return
        cents = self._fixed_cents(figures)[rule]
        self.lines.add((day.year, rule, reading, ground[0], state, False), 0, cents, within=within)
        came_to["meals"] = cents

    def _meal_rule(self, day: Facts, here: list[FactStay], within: bool) -> str | None:
        """Which hours away count; from the work and the way where they are not said, as a lower bound."""
        if day.away_from is not None:
            out, back = day.away_from == START_OF_DAY, day.away_to == END_OF_DAY
            if out and back:
                return day_rules.MEALS_24H
            if out or back:
                return day_rules.MEALS_NIGHT
            return day_rules.MEALS_8H if (day.away_s or 0) > day_rules.LONG_S else None
        ways = 120 * (here[0][4] or 0) if len(here) == 1 else 0
        if sum([stay[2] for stay in here]) + ways > day_rules.LONG_S:
            return day_rules.MEALS_8H
        if within and any(stay[1] in AWAY_ON_BUSINESS for stay in here):
            self.lines.lack("away", None, day.day)
        return None

    def _is_over_three_months(self, stay: FactStay, day: str) -> bool:
        """Whether work at a place has lasted over three months, without four weeks' break."""
        if stay[1] == "travel":
            return False
        here = date.fromisoformat(day)
        until, last = self._stays_until.get(stay[0], (here, date.min))
        if (here - last).days > day_rules.DAYS_OF_BREAK:
            until = _months_later(here, day_rules.MONTHS_OF_MEALS)
        self._stays_until[stay[0]] = until, here
        return here >= until

    # ---- parts

    def _fixed_cents(self, figures: Figures) -> dict[str, int]:
        """The cents of what is the same on each day of a year."""
        fixed = self._fixed.get(figures.year)
        if fixed is None:
            fixed = self._fixed[figures.year] = {
                "home": int(figures.home_day * 100),
                day_rules.MEALS_8H: int(figures.meals_8h * 100),
                day_rules.MEALS_24H: int(figures.meals_24h * 100),
                day_rules.MEALS_NIGHT: int(figures.meals_overnight * 100),
            }
        return fixed

    def _once(self, figures: Figures, reading: str, km: str, ways: int = 2) -> tuple[Decimal, int]:
        """What counts of a way and its cents, reckoned once for each distance and year."""
        key = (figures.year, reading, km, ways)
        if key not in self._cents:
            way = Decimal(km)
            if reading == "a":
                full = Decimal(int(way)) / (1 if ways == 2 else 2)
                self._cents[key] = full, allowance(way, figures, ways).minor
            else:
                driven = way if reading == "driven" else ways * way
                self._cents[key] = driven, trip(driven, figures).minor
        return self._cents[key]

    def _lack(self, lack: str, place: str, day: Facts, within: bool) -> None:
        if within and place == SEVERAL:
            self.lines.lack({"mode": "mode-several", "way": "driven"}[lack], None, day.day)
        elif within:
            self.lines.lack(lack, place, day.day)


def allowance(km: Decimal, figures: Figures, ways: int = 2) -> Money:
    """The distance allowance of one day for a way of `km` one way: full kilometres only.

    Half of it for a day of one of the `ways` alone (BFH 2020-02-12, VI R 42/17).

    § 9 (1) no. 4 EStG: one rate up to `near_km`, another from the next kilometre on.
    """
    full = int(km)
    near = min(full, figures.near_km)
    return Money.of((near * figures.near_rate + (full - near) * figures.far_rate) * ways / 2)


def trip(driven: Decimal, figures: Figures) -> Money:
    """What a business trip by car gives for the kilometres driven there and back."""
    return Money.of(driven * figures.trip_by_car)


def _months_later(day: date, months: int) -> date:
    """The same day so many months later; the first of the next where the month has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    try:
        return date(year, month, day.day)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)
