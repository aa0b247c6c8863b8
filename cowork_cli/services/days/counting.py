"""The counters of the BMF rule on the first place of work: days, full days a week, share of the time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cowork_cli.data.day_rules import FIRST_PLACE_RULE
from cowork_cli.domain.day_report import PlaceCounter
from cowork_cli.domain.money import round_half_up

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cowork_cli.domain.day import LogPlace
    from cowork_cli.store.days import Facts

Week = int


class _Tally:
    """What is counted of one place in one year."""

    __slots__ = ("days", "full", "seconds")

    def __init__(self) -> None:
        self.days = self.seconds = 0
        self.full: dict[Week, int] = {}


class Counters:
    """Counts days as they come. A full day is one whose work was all at one place."""

    def __init__(self, places: Mapping[str, LogPlace]):
        self._places = places
        self._tallies: dict[tuple[int, str], _Tally] = {}
        self._worked: dict[int, tuple[list[int], set[Week]]] = {}

    def take(self, day: Facts) -> None:
        """Counts a day with work."""
        week = (
            date.fromisoformat(day.day).toordinal() - 1
        ) // 7  # day 1 of the calendar is a Monday
        sums, weeks = self._worked.setdefault(day.year, ([0, 0], set()))
        sums[0] += 1
        weeks.add(week)
        for place, kind, seconds, *_ in day.stays:
            sums[1] += seconds
            if kind in ("space", "client", "meeting"):
                key = (day.year, place)
                tally = self._tallies.get(key)
                if tally is None:
                    tally = self._tallies[key] = _Tally()
                tally.days += 1
                tally.seconds += seconds
                if len(day.stays) == 1:
                    tally.full[week] = tally.full.get(week, 0) + 1

    def rows(self) -> Iterator[PlaceCounter]:
        """The counters of each year and place."""
        for (year, place), tally in sorted(self._tallies.items()):
            (days, seconds), weeks = self._worked[year]
            known = self._places.get(place)
            two_full = sum(count >= 2 for count in tally.full.values())
            lasting = known.lasting if known else None
            share = Decimal(100 * tally.seconds) / seconds
            each_day = tally.days == days
            yield PlaceCounter(
                year=year,
                place=known.title if known else place,
                days=tally.days,
                full_days=sum(tally.full.values()),
                weeks=len(weeks),
                weeks_two_full=two_full,
                days_per_week=round_half_up(Decimal(tally.days) / len(weeks), 1),
                share=round_half_up(share, 1),
                each_day=each_day,
                lasting=lasting,
                marked=known.first_place if known else None,
                rule_met=_met(
                    each_day or two_full == len(weeks) or 3 * tally.seconds >= seconds,
                    maybe=two_full > 0,
                    lasting=lasting,
                ),
                source=FIRST_PLACE_RULE,
            )


def _met(often: bool, *, maybe: bool, lasting: bool | None) -> str:
    """`yes`, `no` or `open`: two full days in some weeks alone, or an unknown term, leave it open."""
    if lasting is False or not (often or maybe):
        return "no"
    return "yes" if often and lasting else "open"
