"""Dates, times and durations as people type them, in German and English.

Everything is relative to a given now; nothing here looks at a clock. What cannot be understood
raises BadInput with the forms that can.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from cowork_cli.domain.period import Period, month_end
from cowork_cli.domain.zones import instant_of
from cowork_cli.errors import BadInput

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "mon monday mo montag",
            "tue tuesday di dienstag",
            "wed wednesday mi mittwoch",
            "thu thursday do donnerstag",
            "fri friday fr freitag",
            "sat saturday sa samstag sonnabend",
            "sun sunday so sonntag",
        )
    )
    for name in names.split()
}
_DAYS = {"today": 0, "heute": 0, "tomorrow": 1, "morgen": 1, "yesterday": -1, "gestern": -1}
_UNITS = {
    "s": 1, "sec": 1, "sek": 1,
    "m": 60, "min": 60, "minute": 60, "minuten": 60, "minutes": 60,
    "h": 3600, "std": 3600, "hour": 3600, "hours": 3600, "stunde": 3600, "stunden": 3600,
}  # fmt: skip

DATE_HINT = "write it as `2026-12-01`, `1.12.`, `today`, `+3d` or `fri`"
TIME_HINT = "write it as `14:30`, `9 uhr`, `yesterday 9:00` or `-15m`"
DURATION_HINT = "write it as `1h30`, `90m` or `1:30`"
PERIOD_HINT = "write it as `2026`, `2026-Q4`, `2026-11` or `2026-W48`"


def parse_date(text: str, today: date, *, planned: bool) -> date:
    """A day. A weekday is the next one where something is `planned`, else the last; today counts."""
    import re

    word = text.strip().lower()
    if word in _DAYS:
        return today + timedelta(days=_DAYS[word])
    if word in _WEEKDAYS:
        ahead = (_WEEKDAYS[word] - today.weekday()) % 7
        return today + timedelta(days=ahead if planned or ahead == 0 else ahead - 7)
    if match := re.fullmatch(r"([+-]\d{1,4})d", word):
        return today + timedelta(days=int(match[1]))
    if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", word):
        return _day(text, int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})?", word):
        if match[3]:
            return _day(text, int(match[3]), int(match[2]), int(match[1]))
        return _nearest_year(text, int(match[2]), int(match[1]), today, planned=planned)
    raise BadInput(f'"{text}" is not a date', DATE_HINT)


def parse_dates(texts: list[str], today: date) -> list[date]:
    """Days to plan on: each text may be a list with commas or a range `A..B`. In order, once each."""
    days: list[date] = []
    for text in (part for whole in texts for part in whole.split(",")):
        first, dots, last = text.partition("..")
        if not dots:
            days.append(parse_date(text, today, planned=True))
            continue
        start = parse_date(first, today, planned=True)
        end = parse_date(last, today, planned=True)
        if end < start:
            raise BadInput(f'the range "{text}" ends before it begins', "write it as `FIRST..LAST`")
        if (end - start).days > 366:
            raise BadInput(f'the range "{text}" is longer than a year', "give a shorter range")
        days += [start + timedelta(days=n) for n in range((end - start).days + 1)]
    return sorted(set(days))


def parse_clock(text: str) -> time:
    """A time of day: `14:30`, `9:00:05`, `9 uhr`, `9 uhr 30`, `9h`. `24:00` is not one."""
    word = text.strip().lower()
    plain = len(word) == 5 and word[2] == ":" and (word[:2] + word[3:]).isdecimal()
    found = (word[:2], word[3:], "") if plain else _clock_parts(word)
    if found:
        hour, minute, second = (int(part) if part else 0 for part in found)
        if hour < 24 and minute < 60 and second < 60:
            return time(hour, minute, second)
    raise BadInput(f'"{text}" is not a time', TIME_HINT)


def _clock_parts(word: str) -> tuple[str | None, ...] | None:
    import re

    match = re.fullmatch(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*uhr)?", word)
    match = match or re.fullmatch(r"(\d{1,2})\s*uhr(?:\s*(\d{1,2}))?()", word)
    return match.groups() if match else None


def parse_moment(text: str, now: datetime, zone: ZoneInfo, day: date | None = None) -> datetime:
    """An instant in `zone`: a time of `day` (default today), a day and a time, or so long ago.

    An RFC 3339 instant with an offset is taken as it is. Raises BadInput, also for a local time that
    does not exist or happens twice.
    """
    import re

    word = text.strip().lower()
    if word in ("now", "jetzt"):
        return now.replace(microsecond=0)
    ago = _ago(word)
    if ago is not None:
        return (now - ago).replace(microsecond=0).astimezone(zone)
    if match := re.fullmatch(
        r"(\d{4}-\d{2}-\d{2})[t ](\d{1,2}:\d{2}(?::\d{2})?)(z|[+-]\d{2}:\d{2})?", word
    ):
        on = parse_date(match[1], now.date(), planned=False)
        if match[3]:
            return datetime.fromisoformat(text.strip().upper()).astimezone(zone)
        return instant_of(on, parse_clock(match[2]), zone)
    today = now.astimezone(zone).date()
    head, _, rest = word.partition(" ")
    if rest and not rest.startswith("uhr") and not head.replace(":", "").isdigit():
        return instant_of(parse_date(head, today, planned=False), parse_clock(rest), zone)
    if match := re.fullmatch(r"(\d{1,2}\.\s?\d{1,2}\.(?:\d{4})?)\s+(.+)", word):
        return instant_of(parse_date(match[1], today, planned=False), parse_clock(match[2]), zone)
    return instant_of(day or today, parse_clock(text), zone)


def parse_duration(text: str) -> int:
    """Seconds: `1h30`, `1h30m`, `90m`, `2 std`, `1:30`, `1.5h`. Raises BadInput; zero is none."""
    import re

    word = text.strip().lower().replace(",", ".")
    seconds: float = 0
    if (match := re.fullmatch(r"(\d{1,3}):(\d{2})", word)) or (
        match := re.fullmatch(r"(\d{1,3})\s*h\s*(\d{1,2})", word)
    ):
        seconds = int(match[1]) * 3600 + int(match[2]) * 60
    else:
        parts = re.findall(r"(\d+(?:\.\d+)?)\s*([a-z]+)", word)
        if parts and re.fullmatch(r"(\s*\d+(?:\.\d+)?\s*[a-z]+)+\s*", word):
            for number, unit in parts:
                if unit not in _UNITS:
                    raise BadInput(f'"{text}" is not a duration', DURATION_HINT)
                seconds += float(number) * _UNITS[unit]
    if seconds < 1:
        raise BadInput(f'"{text}" is not a duration', DURATION_HINT)
    return round(seconds)


def parse_days(text: str, what: str = "term") -> int:
    """A count of days: `14d`, `2w`, `14`. Raises BadInput."""
    import re

    match = re.fullmatch(r"(\d{1,4})\s*(d|w|days?|tage?|)", text.strip().lower())
    if not match:
        raise BadInput(f'{what} "{text}" is not a number of days', "write it as `14d`")
    return int(match[1]) * (7 if match[2] == "w" else 1)


def parse_period(text: str) -> Period:
    """`2026`, `2026-Q4`, `2026-11`, `2026-W48` as first and last day. Raises BadInput."""
    import re

    word = text.strip().upper()
    if match := re.fullmatch(r"(\d{4})", word):
        return Period(_day(text, int(match[1]), 1, 1), _day(text, int(match[1]), 12, 31))
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", word):
        month = int(match[2]) * 3 - 2
        first = _day(text, int(match[1]), month, 1)
        return Period(first, month_end(first.replace(month=month + 2)))
    if match := re.fullmatch(r"(\d{4})-(\d{2})", word):
        first = _day(text, int(match[1]), int(match[2]), 1)
        return Period(first, month_end(first))
    if match := re.fullmatch(r"(\d{4})-W(\d{2})", word):
        try:
            monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        except ValueError:
            raise BadInput(f'the week "{text}" does not exist', PERIOD_HINT) from None
        return Period(monday, monday + timedelta(days=6))
    raise BadInput(f'"{text}" is not a period', PERIOD_HINT)


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise BadInput(f'the date "{text}" does not exist', DATE_HINT) from None


def _nearest_year(text: str, month: int, day: int, today: date, *, planned: bool) -> date:
    """A date without a year: the next one where something is planned, else the last."""
    steps = range(9) if planned else range(0, -9, -1)  # eight years hold a 29 February
    for step in steps:
        try:
            found = date(today.year + step, month, day)
        except ValueError:
            continue
        if (found >= today) if planned else (found <= today):
            return found
    raise BadInput(f'the date "{text}" does not exist', DATE_HINT)


def _ago(word: str) -> timedelta | None:
    import re

    match = re.fullmatch(r"-(.+)", word) or re.fullmatch(r"vor\s+(.+)", word)
    match = match or re.fullmatch(r"(.+?)\s+ago", word)
    return timedelta(seconds=parse_duration(match[1])) if match else None
