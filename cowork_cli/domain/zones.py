"""Local time at a place, and the instants it stands for. The only place that adds to instants.

A local time that a clock change skips does not exist, one that it repeats is two instants: both are
refused, never moved silently (RFC 5545 would move them; an hour that was never worked would be
billed).

Python subtracts and adds two datetimes of one zone on the wall: over a clock change the result is an
hour off. So everything that elapses goes through `elapsed` and `plus` (`tools/mypy_instants.py`
refuses `+` and `-` on a datetime everywhere else).
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from zoneinfo import TZPATH, ZoneInfo, ZoneInfoNotFoundError

from cowork_cli.errors import BadInput

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

# What people and files may name: far enough for any invoice, and no sum of it leaves the calendar.
FIRST_YEAR, LAST_YEAR = 1900, 2999
# Files of the zone database that name no place: what they hold differs from machine to machine, or
# is another reckoning of time.
_NO_PLACE = ("localtime", "posixrules", "factory", "posix/", "right/")


@cache
def _instant_form() -> re.Pattern[str]:
    import re

    return re.compile(
        r"(\d{4})-(\d{2})-(\d{2})[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?"
        r"\s?(?:(Z)|([+-])(\d{2}):?(\d{2})?)",
        re.ASCII | re.IGNORECASE,
    )


@cache
def zone_named(name: str) -> ZoneInfo:
    """The IANA zone `name`. Raises BadInput."""
    try:
        if not name.lower().startswith(_NO_PLACE):
            return _packaged(name) or ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise BadInput(f'"{name}" is not a time zone', "give an IANA name such as `Europe/Berlin`")


def elapsed(begin: datetime, end: datetime) -> timedelta:
    """The time that passes from `begin` to `end` (both aware), whatever their clocks do between."""
    return end.astimezone(UTC) - begin.astimezone(UTC)


def plus(instant: datetime, length: timedelta) -> datetime:
    """The instant `length` after `instant` (aware), shown in its zone. Raises BadInput past the calendar."""
    try:
        return (instant.astimezone(UTC) + length).astimezone(instant.tzinfo)
    except OverflowError:
        raise BadInput(
            "that time lies outside of the calendar",
            f"give a time in the years {FIRST_YEAR} to {LAST_YEAR}",
        ) from None


def _packaged(name: str) -> ZoneInfo | None:
    """The zone from the package `tzdata`, where the system has none of that name.

    ZoneInfo would find it there too, by way of `importlib.resources`, which takes longer to load than
    a timer takes.
    """
    if any(os.path.isfile(f"{root}/{name}") for root in TZPATH):
        return None
    if not all(part.strip("+-_").isascii() and part[:1].isalpha() for part in name.split("/")):
        return None
    try:
        import tzdata  # type: ignore[import-not-found, import-untyped, unused-ignore]

        with open(f"{os.path.dirname(tzdata.__file__)}/zoneinfo/{name}", "rb") as file:
            return ZoneInfo.from_file(file, key=name)
    except (ImportError, OSError, TypeError, ValueError):  # not there: ZoneInfo says so
        return None


def instant_of(day: date, clock: time, zone: tzinfo) -> datetime:
    """The one instant of a local time, with the offset of `zone`. Raises BadInput if it has none or two."""
    refuse_far(day)
    earlier = datetime.combine(day, clock, tzinfo=zone)
    later = earlier.replace(fold=1)
    if earlier.utcoffset() == later.utcoffset():
        return earlier
    shown = f"{day} {clock:%H:%M}"
    if earlier.astimezone(UTC).astimezone(zone).time() != clock:
        raise BadInput(
            f"{shown} does not exist in {zone}: the clocks go forward over it",
            "give a time before or after the change",
        )
    choices = " or ".join(
        f"`{moment.isoformat(timespec='minutes')}`" for moment in (earlier, later)
    )
    raise BadInput(
        f"{shown} happens twice in {zone}: the clocks go back over it", f"say which one: {choices}"
    )


def refuse_far(day: date) -> None:
    """Raises BadInput for a year that no fact of an office can have."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadInput(
            f"the year {day.year:04} is out of reach",
            f"give a date in the years {FIRST_YEAR} to {LAST_YEAR}",
        )


def plain_clock(text: str) -> time | None:
    """The time of day `04:00`; None for any other form, which `clocks` may know."""
    if len(text) != 5 or text[2] != ":" or not (text.isascii() and (text[:2] + text[3:]).isdigit()):
        return None
    hour, minute = int(text[:2]), int(text[3:])
    return time(hour, minute) if hour < 24 and minute < 60 else None


def plain_date(text: str) -> date | None:
    """The day `2026-11-25` of a year within reach; None for any other form, which `phrases` may know."""
    if len(text) != 10 or text[4] + text[7] != "--" or not text.isascii():
        return None
    parts = (text[:4], text[5:7], text[8:])
    if not all(part.isdigit() for part in parts):
        return None
    try:
        day = date(*map(int, parts))
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def typed_instant(text: str) -> datetime | None:
    """An RFC 3339 instant with its offset, to the whole second; None if `text` is none.

    Read by a pattern of its own: `datetime.fromisoformat` takes an offset of `+01:99` for `+02:39`
    and gives an instant without a zone. Offsets reach from -12:00 to +14:00, as those of the world.
    """
    parts = _plain_parts(text) or _instant_parts(text)
    if parts is None:
        return None
    year, month, day, hour, minute, second, hours, minutes = (
        int(part or 0) for part in (*parts[:6], *parts[8:])
    )
    if minutes > 59 or hours * 60 + minutes > (14 if parts[7] == "+" else 12) * 60:
        return None
    offset = timedelta(hours=hours, minutes=minutes) * (-1 if parts[7] == "-" else 1)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        whole = datetime(year, month, day, hour, minute, second, tzinfo=timezone(offset))
    except ValueError:
        return None
    return whole


def _plain_parts(text: str) -> tuple[str | None, ...] | None:
    """The parts of `2026-11-25T18:00:00+01:00`; None for any other form, which has a pattern."""
    cuts = ((0, 4), (5, 7), (8, 10), (11, 13), (14, 16), (17, 19), (20, 22), (23, 25))
    parts = [text[begin:end] for begin, end in cuts]
    idle = "".join(text[end : end + 1] for _, end in cuts[:-1])
    if len(text) != 25 or not (text.isascii() and "".join(parts).isdigit()):
        return None
    return (*parts[:6], None, idle[5], *parts[6:]) if idle in ("--T::+:", "--T::-:") else None


def _instant_parts(text: str) -> tuple[str | None, ...] | None:
    match = _instant_form().fullmatch(text.strip())
    return match.groups() if match else None


def written_instant(text: str) -> datetime | None:
    """An ISO 8601 instant with its offset as programs write it; None if `text` is none.

    Wider than `typed_instant` (basic form, any year), as strict about the offset.
    """
    import re

    if re.search(r"[+-]\d{2}:?[6-9]\d(:?\d{2})?$", text.strip()):
        return None
    try:
        found = datetime.fromisoformat(text.strip())
        found.timestamp()
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo is not None else None


@lru_cache(maxsize=4096)
def has_one_clock(day: date, zone: tzinfo) -> bool:
    """Whether each time of a day is one instant: the clocks change neither on it nor on those beside it.

    From 1970 on no zone has changed its clocks twice within two days (zone database 2025b); False for
    days that no fact of an office has.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return False
    before, behind = (
        datetime.combine(day + timedelta(days=days), time(12), tzinfo=zone).utcoffset()
        for days in (-1, 1)
    )
    return before == behind


def day_start(day: date, zone: tzinfo, boundary: time = time()) -> datetime:
    """When `day` begins: the first instant of it at or after `boundary` on its clock.

    A boundary that the clocks skip comes as much later as they skip, one that they repeat is the
    earlier of the two.
    """
    return datetime.combine(day, boundary, tzinfo=zone).astimezone(UTC).astimezone(zone)


def working_day(instant: datetime, zone: tzinfo, boundary: time) -> date:
    """The day that `instant` counts to, where work before `boundary` belongs to the day before."""
    local = instant.astimezone(zone)
    return local.date() - timedelta(days=int(local.time() < boundary))


def spelled(instant: datetime) -> str:
    """`2026-11-25T17:00` as one would type it; with its offset where the clock alone does not tell it."""
    shown = instant.replace(microsecond=0)
    form = "seconds" if shown.second else "minutes"
    assert shown.tzinfo is not None, "only an instant can be spelled"
    alone = shown.replace(fold=0).utcoffset() == shown.replace(fold=1).utcoffset()
    return (shown.replace(tzinfo=None) if alone else shown).isoformat(timespec=form)


def at(seconds: int, zone: tzinfo) -> datetime:
    """The instant `seconds` after 1970 UTC, shown in `zone`."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(zone)


def seconds_of(moment: datetime) -> int:
    """Whole seconds since 1970 UTC."""
    return int(moment.timestamp())
