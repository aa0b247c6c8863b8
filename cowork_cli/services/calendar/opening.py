"""Opening hours in OSM syntax: what they say of an instant and of a day. The only reader of them.

`opening-hours-py` is corrected where it differs from the reference implementation, and told what it
does not know: other spellings (`spellings`), the holidays of a Land, open ends, nights before a day
off (`rules`). Where holidays are not known the hours are read in both ways, and what both agree on is
the answer. Hours with a comment (`"nach Vereinbarung"`) are unknown, not open. What does not parse
stays as written, its state is unknown.

School holidays are not known: where hours name them, only what holds in and out of them is sure.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from cowork_cli.domain.space import Hours
from cowork_cli.domain.zones import day_start
from cowork_cli.records import dataclass
from cowork_cli.services.calendar import holidays, rules
from cowork_cli.services.calendar.holidays import UNKNOWN, Region
from cowork_cli.services.calendar.spellings import normalised

__all__ = ["GERMANY", "day_hours", "doubt", "normalised", "parses", "spans", "state_at", "state_on"]

# Where nothing else is said of a place: what is a holiday in some Länder only is then not known.
GERMANY = Region("DE")
# The next change is sought so far. The library would go on to the year 10000.
_HORIZON_DAYS = 100
_DAY = timedelta(days=1)

Stretch = tuple[datetime, datetime, str]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read the hours: up to midnight, and what of a night lies behind it."""

    head: Any
    tail: Any


def parses(text: str) -> bool:
    """Whether the hours can be evaluated, perhaps after mending their spelling."""
    return bool(_readings(text, "UTC", GERMANY, 2026))


def state_at(
    text: str | None, instant: datetime, zone: ZoneInfo, region: Region = GERMANY
) -> Hours:
    """What the hours say of `instant` (aware), with the next change in `zone` (None past 100 days)."""
    if not text:
        return Hours(None, "unknown", None)
    first = instant.astimezone(zone).date()
    now, change = None, None
    for begin, end, state in _joined(_days(text, first - _DAY, zone, region)):
        if end.timestamp() <= instant.timestamp():
            continue
        if now is not None:
            change = begin
            break
        now = state
        assert begin.timestamp() <= instant.timestamp(), "the days of hours leave no gap"
    return Hours(text, now or "unknown", change)


def state_on(text: str | None, day: date, zone: ZoneInfo, region: Region = GERMANY) -> Hours:
    """Whether a place is open at any time of a day, and since when."""
    opened = spans(text, day, zone, region)
    if opened is None or (opened and doubt(text or "", day, region)):
        return Hours(text, "unknown", None)
    return Hours(text, "open" if opened else "closed", opened[0][0] if opened else None)


def spans(
    text: str | None, day: date, zone: ZoneInfo, region: Region = GERMANY
) -> list[tuple[datetime, datetime]] | None:
    """The open stretches of one day as they are written, in order; [] is closed, None unknown.

    A stretch that ends after midnight belongs whole to the day it began on. Whether a holiday that
    the hours do not speak of changes them is told by `doubt`.
    """
    readings = _readings(text, zone.key, region, day.year) if text else ()
    found: list[list[tuple[datetime, datetime]] | None] = []
    for reading in readings:
        parts = [*_head(text or "", reading, day, zone), *_tail(text or "", reading, day, zone)]
        joined = list(_joined(iter(parts)))
        if any(state == "unknown" for _, _, state in joined):
            return None
        found.append([(begin, end) for begin, end, state in joined if state == "open"])
    agreed = bool(found) and all(each == found[0] for each in found)
    return found[0] if agreed else None


def day_hours(
    text: str | None, day: date, zone: ZoneInfo, region: Region = GERMANY
) -> tuple[datetime, datetime] | None:
    """First opening and last closing of a day; None if closed or not known."""
    found = spans(text, day, zone, region)
    return (found[0][0], found[-1][1]) if found else None


def doubt(text: str, day: date, region: Region = GERMANY) -> str | None:
    """The holiday for which the hours say nothing, so that they may not hold; None without one."""
    plain = normalised(text)
    if plain == "24/7" or rules.names(rules.rules_of(plain), "PH"):
        return None
    if holidays.of_year(day.year, region) is None:
        return None  # nothing is known of any day there: the hours are taken as they are written
    name = holidays.in_region(day, region)
    return "a holiday in some places there" if name is UNKNOWN else str(name) if name else None


# ---- the days one after another


def _days(text: str, first: date, zone: ZoneInfo, region: Region) -> Iterator[Stretch]:
    """The states from a day on, without gaps, the night of the day before laid over each day.

    They end where the hours cannot be read.
    """
    for number in range(_HORIZON_DAYS + 2):
        day = first + number * _DAY
        readings = _readings(text, zone.key, region, day.year)
        if not readings:
            return
        merged = [list(_whole_day(text, each, day, zone)) for each in readings]
        doubtful = doubt(text, day, region) is not None
        for begin, end, state in _agreed(merged):
            yield begin, end, "unknown" if doubtful and state == "open" else state


def _whole_day(text: str, reading: _Reading, day: date, zone: ZoneInfo) -> Iterator[Stretch]:
    """The states of a calendar day, the end of the night before first."""
    night = [each for each in _tail(text, reading, day - _DAY, zone) if each[2] != "closed"]
    edge = day_start(day, zone)
    for begin, end, state in night:
        if begin.timestamp() > edge.timestamp():
            yield from _cut(_head(text, reading, day, zone), edge, begin)
        yield begin, end, state
        edge = end
    yield from _cut(_head(text, reading, day, zone), edge, day_start(day + _DAY, zone))


def _cut(stretches: Iterator[Stretch], first: datetime, last: datetime) -> Iterator[Stretch]:
    for begin, end, state in stretches:
        from_ = max(begin, first, key=datetime.timestamp)
        to = min(end, last, key=datetime.timestamp)
        if from_.timestamp() < to.timestamp():
            yield from_, to, state


def _agreed(readings: list[list[Stretch]]) -> Iterator[Stretch]:
    """What all readings of a day say; where they differ it is unknown."""
    if len(readings) == 1:
        yield from readings[0]
        return
    edges = {edge.timestamp(): edge for each in readings for row in each for edge in row[:2]}
    ordered = [edges[key] for key in sorted(edges)]
    for begin, end in pairwise(ordered):
        states = {
            state
            for each in readings
            for from_, to, state in each
            if from_.timestamp() <= begin.timestamp() < to.timestamp()
        }
        yield begin, end, states.pop() if len(states) == 1 else "unknown"


def _joined(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    """Stretches that touch and say the same become one."""
    before: Stretch | None = None
    for begin, end, state in stretches:
        if before and before[2] == state and before[1].timestamp() == begin.timestamp():
            before = before[0], end, state
            continue
        if before:
            yield before
        before = begin, end, state
    if before:
        yield before


# ---- one day


def _head(text: str, reading: _Reading, day: date, zone: ZoneInfo) -> Iterator[Stretch]:
    """The states of a day up to its midnight."""
    for begin, end, state, comment in reading.head.intervals(
        day_start(day, zone), day_start(day + _DAY, zone)
    ):
        yield begin.astimezone(zone), end.astimezone(zone), _meaning(text, state, comment)


def _tail(text: str, reading: _Reading, day: date, zone: ZoneInfo) -> Iterator[Stretch]:
    """What began on a day and goes on after its midnight: read as if on that day, then moved."""
    if reading.tail is None:
        return
    for begin, end, state, comment in reading.tail.intervals(
        day_start(day, zone), day_start(day + _DAY, zone)
    ):
        meaning = _meaning(text, state, comment)
        if meaning != "closed":
            moved = (day_start(day + _DAY, zone, _clock(edge, zone)) for edge in (begin, end))
            yield next(moved), next(moved), meaning


def _clock(moment: datetime, zone: ZoneInfo) -> time:
    return moment.astimezone(zone).time()


def _meaning(text: str, state: Any, comment: str) -> str:
    """The state in our words; a comment makes `open` unknown unless it stands after a literal `open`."""
    word = str(state).rpartition(".")[2].lower()
    if comment and word == "open" and f'open "{comment}"' not in text:
        return "unknown"
    if word == "closed" and re.search(r'\|\|\s*"', normalised(text)):
        return "unknown"
    return word if word in ("open", "closed") else "unknown"


# ---- reading the text


@lru_cache(maxsize=2048)
def _readings(text: str, zone: str, region: Region, year: int) -> tuple[_Reading, ...]:
    """Every way to read the hours in a year; none if they cannot be understood.

    More than one where it is not known which days are holidays.
    """
    for spelling in dict.fromkeys((normalised(text), text)):
        parts = rules.with_open_ends(rules.rules_of(spelling))
        if not parts:
            continue  # written out, no rules at all would be `off`
        public = _public(region, year) if rules.names(parts, "PH") else [""]
        school = ["", rules.ALWAYS] if rules.names(parts, "SH") else [""]
        texts = [rules.with_days(parts, ph, sh) for ph in public for sh in school]
        made = [None if each is None else _reading(each, zone) for each in texts]
        if all(made):
            return tuple(each for each in made if each is not None)
    return ()


def _public(region: Region, year: int) -> list[str]:
    """The holidays around a year as the library reads them: once, or twice where some are not sure."""
    sure: set[date] = set()
    perhaps: set[date] = set()
    if holidays.of_year(year, region) is None:
        return ["", rules.ALWAYS]
    for each in (year - 1, year, year + 1):
        known = holidays.of_year(each, region)
        if known is not None:
            sure |= known[0]
            perhaps |= known[1]
    return [rules.dated(sure), rules.dated(sure | perhaps)] if perhaps else [rules.dated(sure)]


def _reading(parts: tuple[rules.Rule, ...], zone: str) -> _Reading | None:
    halves = rules.nights(parts)
    head = _parsed(rules.written(halves[0] if halves else parts), zone)
    tail = _parsed(rules.written(halves[1]), zone) if halves else None
    if head is None or (halves and tail is None):
        return None
    return _Reading(head, tail)


@lru_cache(maxsize=2048)
def _parsed(text: str, zone: str) -> Any:
    """The hours as an object of the library, or None. It is told no country: it knows no Land."""
    import opening_hours

    library: Any = opening_hours
    try:
        return library.OpeningHours(
            text, timezone=ZoneInfo(zone), auto_country=False, auto_timezone=False
        )
    except library.ParserError:
        return None
