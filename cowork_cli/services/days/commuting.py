"""Ways to work: minutes, kilometres, money and CO2 by mode, with the spaces and without them."""

from __future__ import annotations

from decimal import Decimal

from cowork_cli.data.commute import CAVEAT, FACTORS
from cowork_cli.domain.day import ways_from_home
from cowork_cli.domain.day_report import CommuteRow
from cowork_cli.domain.money import Money

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cowork_cli.domain.day import LogPlace
    from cowork_cli.services.days.lines import Lines
    from cowork_cli.store.days import Facts


class _Ways:
    """A sum of ways; `unknown` names what some of them do not tell."""

    __slots__ = ("cents", "km", "seconds", "unknown", "ways")

    def __init__(self) -> None:
        self.ways = self.cents = self.seconds = 0
        self.km = Decimal(0)
        self.unknown: set[str] = set()

    def add(
        self,
        ways: int,
        km: Decimal | None,
        minutes: int | None,
        fare: int | None,
        driven: Decimal | None = None,
    ) -> None:
        """Adds so many ways; each value is one way, but `driven` the whole round; None is not known."""
        self.ways += ways
        if driven is not None:
            self.km += driven
        elif km is None:
            self.unknown.add("km")
        else:
            self.km += ways * km
        if minutes is None:
            self.unknown.add("s")
        else:
            self.seconds += 60 * ways * minutes
        if fare is None:
            self.unknown.add("money")
        else:
            self.cents += ways * fare


class Commute:
    """Adds up the ways of a period. `factors` are a person's own grams of CO2, by mode."""

    def __init__(self, places: Mapping[str, LogPlace], factors: Mapping[str, int], lines: Lines):
        self._places = places
        self._own = factors
        self._lines = lines
        self._with: dict[str, _Ways] = {}
        self._without: dict[str, _Ways] = {}
        self._decimals: dict[str, Decimal] = {}
        self._spaces = 0
        self._unsaid = False

    def take(self, day: Facts) -> None:
        """Adds the ways of a day: there and back, of a trip over night the one that was gone that day.

        A round over several places has its own kilometres.
        """
        outside = [stay for stay in day.stays if stay[1] != "home" and stay[0] != "travel"]
        if not outside:
            return
        ways = ways_from_home(day.away_from, day.away_to)
        driven = None if day.driven_km is None else Decimal(day.driven_km)
        if not ways and driven is None and len(outside) == 1:
            return
        place, kind, _, text, minutes, mode, fare, _ = outside[0]
        km = self._read(text)
        if len(outside) > 1:
            mode = next((stay[5] for stay in outside if stay[5]), None)
            km = minutes = fare = None
        if driven is None and km is None and len(outside) == 1:
            self._lines.lack("way", place, day.day)
        shown = mode or "not said"
        self._ways(self._with, shown).add(ways, km, minutes, fare, driven)
        if kind == "space" and len(outside) == 1:
            self._instead(place, day, ways)
        else:
            self._ways(self._without, shown).add(ways, km, minutes, fare, driven)

    def _instead(self, space: str, day: Facts, ways: int) -> None:
        """The way that a day at a space stands for: none where it is home, else that to another place."""
        self._spaces += 1
        known = self._places.get(space)
        other = known.instead_of if known else None
        if other is None:
            self._unsaid = True
            self._lines.lack("instead", space, day.day)
        elif other != "home":
            there = self._places.get(other)
            minutes = there.way_s // 60 if there and there.way_s is not None else None
            fare = there.fare.minor if there and there.fare else None
            mode = (there.mode if there else None) or "not said"
            km = there.way_km if there else None
            self._ways(self._without, mode).add(ways, km, minutes, fare)

    def rows(self) -> Iterator[CommuteRow]:
        """A row for each mode, then one for all of them where there are several."""
        modes = list(dict.fromkeys([*self._with, *self._without]))
        rows = [self._row(mode) for mode in modes]
        yield from rows
        if len(rows) > 1:
            yield _total(rows)

    def notes(self) -> list[str]:
        """The caveat wherever spaces are compared, and a warning where they make ways longer."""
        if not self._spaces:
            return []
        notes = []
        rows = list(self.rows())
        last = rows[-1] if rows else None
        more = last is not None and (
            _above(last.way_km, last.without_km) or _above(last.co2_g, last.without_co2_g)
        )
        if more:
            assert last is not None
            notes.append(
                f"Rebound: with the spaces the ways are longer ({last.way_km} km) than without them "
                f"({last.without_km} km)."
            )
        return [*notes, CAVEAT]

    def _ways(self, side: dict[str, _Ways], mode: str) -> _Ways:
        ways = side.get(mode)
        if ways is None:
            ways = side[mode] = _Ways()
        return ways

    def _read(self, text: str | None) -> Decimal | None:
        """Kilometres; a way is the same on most days, so it is read once."""
        if text is None:
            return None
        if text not in self._decimals:
            self._decimals[text] = Decimal(text)
        return self._decimals[text]

    def _row(self, mode: str) -> CommuteRow:
        here, there = self._with.get(mode, _Ways()), self._without.get(mode, _Ways())
        grams, year, source = self._factor(mode)
        without = (None,) * 4 if self._unsaid else _values(there, grams)
        return CommuteRow(mode, here.ways, *_values(here, grams), *without, grams, year, source)

    def _factor(self, mode: str) -> tuple[int | None, int | None, str]:
        if mode in self._own:
            return self._own[mode], None, f"your setting commute.co2.{mode}"
        known = FACTORS.get(mode)
        if known is None:
            return None, None, "no figure found"
        return known.grams, known.year, known.source


def _values(
    ways: _Ways, grams: int | None
) -> tuple[int | None, Decimal | None, Money | None, int | None]:
    """Seconds, kilometres, money, grams of CO2; None where a way does not tell."""
    km = None if "km" in ways.unknown else ways.km
    co2 = None if km is None or (grams is None and km) else int(km * (grams or 0))
    return (
        None if "s" in ways.unknown else ways.seconds,
        km,
        None if "money" in ways.unknown else Money(ways.cents),
        co2,
    )


def _total(rows: list[CommuteRow]) -> CommuteRow:
    def summed(name: str) -> int | Decimal | None:
        values = [getattr(row, name) for row in rows]
        return None if None in values else sum(values)

    def money(name: str) -> Money | None:
        values = [getattr(row, name) for row in rows]
        return None if None in values else Money(sum(value.minor for value in values))

    return CommuteRow(
        "all", sum(row.ways for row in rows), summed("way_s"), summed("way_km"), money("money"),  # type: ignore[arg-type]
        summed("co2_g"), summed("without_s"), summed("without_km"), money("without_money"),  # type: ignore[arg-type]
        summed("without_co2_g"), None, None, "",  # type: ignore[arg-type]
    )  # fmt: skip


def _above(one: int | Decimal | None, other: int | Decimal | None) -> bool:
    return one is not None and other is not None and one > other
