"""What stands in one cell of a table: days, times of day, lengths, and the instants they stand for."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cowork_cli.domain.phrases import parse_duration
from cowork_cli.domain.zones import has_one_clock, instant_of, plus, written_instant
from cowork_cli.errors import BadInput
from cowork_cli.records import dataclass

UNITS = {"hours": 3600, "minutes": 60, "seconds": 1}
BELIEVE = ("times", "duration")
CLOCK_CHANGE = ("first", "second")
DATE = r"\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2}|\d{1,2}(?P<sign>[./-])\d{1,2}(?P=sign)\d{4}"
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)", re.ASCII)
_MOMENT = re.compile(rf"(?P<day>{DATE})(?:[T ,]+(?P<clock>.+))?", re.ASCII)
_CLOCK = re.compile(
    r"(\d{1,2}):(\d\d)(?::(\d\d)(?:\.0+)?)?\s*(?:([ap])\.?m\.?|uhr)?", re.ASCII | re.IGNORECASE
)
_HEADER_UNITS = (
    (r"\b(h|std|hours?|stunden|decimal|dezimal)\b", "hours"),
    (r"\b(min|mins|minutes|minuten)\b", "minutes"),
    (r"\b(s|sec|secs|seconds|sek|sekunden)\b", "seconds"),
)

# An instant where the cell has an offset, else a local day and time.
Moment = datetime | tuple[date, time]


@dataclass(frozen=True, slots=True)
class Length:
    """A length in seconds, and by how many it may be off: what its spelling cannot tell apart."""

    seconds: int
    slack: int

    def is_about(self, seconds: int) -> bool:
        """Whether `seconds` would have been written so."""
        return abs(self.seconds - seconds) <= self.slack


@dataclass(frozen=True, slots=True)
class Local:
    """Where times were lived, and which one `first` or `second` of two is meant, if it was said."""

    zone: ZoneInfo
    clock_change: str | None = None

    def instants(self, moment: Moment) -> list[datetime]:
        """Every instant that a time stands for: none, one or two."""
        if isinstance(moment, datetime):
            return [moment]
        earlier = datetime.combine(*moment, tzinfo=self.zone)
        if has_one_clock(moment[0], self.zone):
            return [earlier]
        both = (earlier, earlier.replace(fold=1))
        if both[0].utcoffset() == both[1].utcoffset():  # only around a clock change they differ
            return [earlier]
        real = [
            one for one in both if one.astimezone(UTC).astimezone(self.zone).time() == moment[1]
        ]
        if len({one.timestamp() for one in real}) < 2:
            return real[:1]
        return real if self.clock_change is None else [real[self.clock_change == "second"]]

    def instant(self, moment: Moment) -> datetime:
        """The one instant that a time stands for. Raises BadInput if it has none or two."""
        if isinstance(moment, datetime):
            return moment
        instants = self.instants(moment)
        return instants[0] if len(instants) == 1 else instant_of(*moment, self.zone)


def after(instant: datetime, seconds: int, zone: ZoneInfo) -> datetime:
    """The instant so many seconds later, shown in `zone`. Raises BadInput past the year 9999."""
    try:
        return plus(instant, timedelta(seconds=seconds)).astimezone(zone)
    except (BadInput, OverflowError):
        raise BadInput("it ends after the year 9999") from None


def unit_of(header: str) -> str | None:
    """The unit that the name of a column tells: `hours`, `minutes`, `seconds`."""
    name = header.replace("_", " ").lower()
    return next((unit for form, unit in _HEADER_UNITS if re.search(form, name)), None)


@lru_cache(maxsize=4096)
def day(text: str, order: str) -> date:
    """A day; `order` is `dmy` or `mdy`, for dates such as 05/11/2026. Raises BadInput."""
    if not re.fullmatch(DATE, text, re.ASCII):
        raise BadInput(f'"{text[:40]}" is not a date')
    parts = [int(part) for part in re.split("[./-]", text)]
    if parts[0] > 31:
        year, month, number = parts
    else:
        number, month, year = parts
        if order == "mdy" and "." not in text:
            number, month = month, number
    try:
        return date(year, month, number)
    except ValueError:
        raise BadInput(f"the date {text} does not exist") from None


@lru_cache(maxsize=4096)
def clock(text: str) -> time:
    """A time of day: `9:00`, `09:00:00 AM`, `9:00 Uhr`. Raises BadInput."""
    match = _CLOCK.fullmatch(text)
    if match:
        hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
        half = (match[4] or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        elif half:
            hour = 99
        if hour < 24 and minute < 60 and second < 60:
            return time(hour, minute, second)
    raise BadInput(f'"{text[:40]}" is not a time')


def moment(text: str, on: date | None, order: str, what: str) -> Moment:
    """What a cell with a time stands for; `on` is the day where it has none. Raises BadInput."""
    if not _starts_as_clock(text) and _INSTANT.fullmatch(text):
        instant = written_instant(text)
        if instant is None:
            raise BadInput(f'"{text[:40]}" is not a time')
        return instant
    match = None if _starts_as_clock(text) else _MOMENT.fullmatch(text)
    if match and not match["clock"]:
        raise BadInput(f'its {what} "{text[:40]}" has no time of day')
    own_day = day(match["day"], order) if match else on
    at = (match["clock"] if match else text).strip()
    midnight = what == "end" and at in ("24:00", "24:00:00")
    time_of_day = time() if midnight else clock(at)
    if own_day is None:
        raise BadInput(f'its {what} "{text[:40]}" has no date')
    try:
        return own_day + timedelta(days=1) if midnight else own_day, time_of_day
    except OverflowError:
        raise BadInput(f'"{text[:40]}" is not a time') from None


def has_date(text: str) -> bool:
    """Whether a cell with a time names its day too."""
    if _starts_as_clock(text):
        return False
    return _MOMENT.fullmatch(text) is not None or _INSTANT.fullmatch(text) is not None


def _starts_as_clock(text: str) -> bool:
    """Whether a cell begins like `9:00` or `09:00`, as no day does: most cells, told apart early."""
    return text[2:3] == ":" or text[1:2] == ":"


def lengths(text: str, unit: str | None, what: str) -> tuple[Length, ...]:
    """What a length may mean: one reading, or several of a bare number without a unit.

    `1:30`, `01:30:00`, `1.5` and `1,5` hours, `1h30`; () for nothing. Raises BadInput.
    """
    if not text:
        return ()
    if match := re.fullmatch(r"(\d{1,4}):(\d\d)(?::(\d\d))?", text, re.ASCII):
        seconds = int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3] or 0)
        return (Length(seconds, 0 if match[3] else 59),)
    if match := re.fullmatch(r"(\d{1,6})[.,](\d{1,6})", text, re.ASCII):
        size = UNITS[unit or "hours"]
        slack = -(-size // (2 * 10 ** len(match[2])))
        return (Length(round(float(f"{match[1]}.{match[2]}") * size), slack),)
    if re.fullmatch(r"\d{1,6}", text, re.ASCII):
        bare = [size for name, size in UNITS.items() if (what, name) != ("pause", "seconds")]
        sizes = [UNITS[unit]] if unit else bare
        return tuple(Length(int(text) * size, size // 2 if size < 3600 else 59) for size in sizes)
    try:
        return (Length(parse_duration(text), 0 if "s" in text.lower() else 59),)
    except BadInput:
        raise BadInput(f'its {what} "{text[:40]}" is not a length') from None


def the_one(readings: tuple[Length, ...], text: str, what: str) -> int:
    """The seconds of a length that stands alone. Raises BadInput where its unit is not known."""
    if len({reading.seconds for reading in readings}) > 1:
        raise BadInput(
            f'its {what} "{text}" has no unit; say it with `--map {what}-unit=hours|minutes`'
        )
    return readings[0].seconds


# ---- start, end, length and pause of one row


class Stated(NamedTuple):
    """What a row says of its times, as it was written. `same_day`: its end has no date of its own."""

    begin: Moment
    end: Moment
    same_day: bool
    duration: str
    durations: tuple[Length, ...]
    pause: str
    pauses: tuple[Length, ...]


class _Reading(NamedTuple):
    begin: datetime
    end: datetime
    pause: int

    @property
    def net(self) -> int:
        return int(self.end.timestamp() - self.begin.timestamp()) - self.pause


def agreed(stated: Stated, local: Local, believe: str | None) -> tuple[datetime, datetime, int]:
    """Start, end and the pause in seconds; the pause is taken off the end.

    A row is believed where start, end, pause and length agree. The length also tells which of two
    instants a repeated time is, and that an end without a date is of the next day. Where they
    differ, `believe` says which counts, `times` or `duration`; without it BadInput is raised.
    """
    if stated.durations:
        fitting = _distinct(
            reading
            for reading in _readings(stated, local)
            if any(length.is_about(reading.net) for length in stated.durations)
        )
        if len(fitting) == 1:
            return _taken(fitting[0], local.zone)
    plain = _Reading(local.instant(stated.begin), local.instant(stated.end), 0)
    if not (stated.durations or stated.pauses) or plain.net <= 0:
        return plain.begin, plain.end, 0  # the import says what is wrong with it
    chosen = _paused(plain, stated)
    if not stated.durations or believe == "times":
        return _taken(chosen, local.zone)
    if believe == "duration":
        length = the_one(stated.durations, stated.duration, "duration")
        return plain.begin, after(plain.begin, length, local.zone), 0
    raise BadInput(f'its times make {_shown(chosen.net)}, its duration says "{stated.duration}"')


def _readings(stated: Stated, local: Local) -> list[_Reading]:
    """All that the cells can mean together."""
    ends = local.instants(stated.end)
    # The last day that there is has no next one.
    if stated.same_day and not isinstance(stated.end, datetime) and stated.end[0] < date.max:
        next_day = (stated.end[0] + timedelta(days=1), stated.end[1])
        ends = [*ends, *local.instants(next_day)]
    pauses = [length.seconds for length in stated.pauses] or [0]
    readings = [
        _Reading(begin, end, pause)
        for begin in local.instants(stated.begin)
        for end in ends
        for pause in pauses
    ]
    return [reading for reading in readings if reading.net > 0]


def _paused(plain: _Reading, stated: Stated) -> _Reading:
    """The reading with its pause; a bare number is minutes where so many hours cannot be."""
    possible = {length.seconds for length in stated.pauses if length.seconds < plain.net}
    if stated.pauses and not possible:
        raise BadInput(f'its pause "{stated.pause}" leaves nothing of it')
    if len(possible) > 1:
        the_one(stated.pauses, stated.pause, "pause")
    return _Reading(plain.begin, plain.end, possible.pop() if possible else 0)


def _taken(reading: _Reading, zone: ZoneInfo) -> tuple[datetime, datetime, int]:
    end = after(reading.end, -reading.pause, zone) if reading.pause else reading.end
    return reading.begin, end, reading.pause


def _distinct(readings: Iterable[_Reading]) -> list[_Reading]:
    return list(
        {(one.begin.timestamp(), one.end.timestamp(), one.pause): one for one in readings}.values()
    )


def _shown(seconds: int) -> str:
    sign, seconds = ("-" if seconds < 0 else ""), abs(seconds)
    shown = f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}"
    return f"{shown}:{seconds % 60:02}" if seconds % 60 else shown


def chosen(value: str | None, known: tuple[str, ...], what: str) -> str | None:
    """An option of a few words. Raises BadInput for another word."""
    if value is not None and value not in known:
        raise BadInput(f'{what} "{value}" is not known', f"choose one of {', '.join(known)}")
    return value
