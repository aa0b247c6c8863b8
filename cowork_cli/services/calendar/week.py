"""Opening hours day by day: the days from today on, and the pattern of a week with its exceptions."""

import re
from collections import Counter
from datetime import date, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from cowork_cli.domain.space import DayHours, Slot
from cowork_cli.records import dataclass
from cowork_cli.services.calendar import holidays, opening
from cowork_cli.services.calendar.holidays import Region
from cowork_cli.services.calendar.spellings import normalised

Spans = tuple[tuple[int, int], ...]
"""Open stretches of a day in minutes since midnight; beyond 1440 they end the day after."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Hours as seven days, Monday first, and the days on which they are others; None is unknown.

    It holds from `first` to `last`: what comes behind, nobody has reckoned.
    """

    zone: str
    days: tuple[Spans | None, ...]
    exceptions: dict[date, Spans | None]
    first: date
    last: date


def days_from(
    text: str | None, first: date, count: int, zone: ZoneInfo, region: Region
) -> tuple[DayHours, ...]:
    """What the hours say of `count` days from `first` on, holidays named; () where there are none."""
    if not text:
        return ()
    return tuple(_day(text, first + timedelta(days=n), zone, region) for n in range(count))


@lru_cache(maxsize=1024)
def pattern(text: str, first: date, count: int, zone: ZoneInfo, region: Region) -> Pattern | None:
    """The week that most of `count` days agree on, and those that do not; None if nothing is known.

    Hours that name weekdays and holidays alone need a look at one week and at the holidays; only
    those with seasons and dates are reckoned day by day.
    """
    if not opening.parses(text):
        return None
    last = first + timedelta(days=count - 1)
    spans = {
        day: _minutes(_day(text, day, zone, region))
        for day in _to_look_at(text, first, last, region)
    }
    looked_at = list(spans.items())
    if _is_plain(text):
        looked_at = looked_at[:7]
    usual = [
        Counter(value for day, value in looked_at if day.weekday() == weekday).most_common(1)[0][0]
        for weekday in range(7)
    ]
    exceptions = {day: value for day, value in spans.items() if value != usual[day.weekday()]}
    return Pattern(zone.key, tuple(usual), exceptions, first, last)


_PLAIN = re.compile(r"(?:\b(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|off|closed|open)\b|24/7|[\d:;,+\- ])*")


def _is_plain(text: str) -> bool:
    return _PLAIN.fullmatch(normalised(text)) is not None


def _to_look_at(text: str, first: date, last: date, region: Region) -> list[date]:
    """Seven ordinary days and the holidays for a plain text, else all days from `first` to `last`."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    if not _is_plain(text):
        return days
    special: set[date] = set()
    for year in range(first.year, last.year + 1):
        for some in holidays.of_year(year, region) or ():
            special |= some
    ordinary: dict[int, date] = {}
    for day in days:
        if day not in special:
            ordinary.setdefault(day.weekday(), day)
    return [*ordinary.values(), *sorted(day for day in special if first <= day <= last)]


def _day(text: str, day: date, zone: ZoneInfo, region: Region) -> DayHours:
    found = opening.spans(text, day, zone, region)
    named = holidays.in_region(day, region)
    holiday = named if isinstance(named, str) else None
    if found is None:
        return DayHours(day, "unknown", holiday=holiday)
    slots = tuple(Slot(begin, end) for begin, end in found)
    doubtful = bool(slots) and opening.doubt(text, day, region) is not None
    return DayHours(day, "open" if slots else "closed", slots, holiday, doubtful)


def _minutes(day: DayHours) -> Spans | None:
    """The stretches of a day on the clock of the wall; a doubtful day is unknown."""
    if day.state == "unknown" or day.doubtful:
        return None
    spans = []
    for slot in day.slots:
        ends = [
            (moment.date() - day.date).days * 1440 + moment.hour * 60 + moment.minute
            for moment in (slot.from_, slot.to)
        ]
        spans.append((ends[0], ends[1]))
    return tuple(spans)
