"""Opening hours day by day: the days from today on, and the pattern of a week with its exceptions."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from cowork_cli.domain.space import DayHours, Slot
from cowork_cli.services.calendar import holidays, opening
from cowork_cli.services.calendar.holidays import Region

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


def pattern(text: str, first: date, count: int, zone: ZoneInfo, region: Region) -> Pattern | None:
    """The week that most of `count` days agree on, and those that do not; None if nothing is known."""
    if not opening.parses(text):
        return None
    spans = {
        day: _minutes(_day(text, day, zone, region))
        for day in (first + timedelta(days=n) for n in range(count))
    }
    usual: list[Spans | None] = []
    for weekday in range(7):
        seen = Counter(value for day, value in spans.items() if day.weekday() == weekday)
        usual.append(seen.most_common(1)[0][0] if seen else None)
    exceptions = {day: value for day, value in spans.items() if value != usual[day.weekday()]}
    return Pattern(zone.key, tuple(usual), exceptions, first, max(spans))


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
