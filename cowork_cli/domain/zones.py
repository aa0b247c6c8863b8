"""Local time at a place, and the instants it stands for.

A local time that a clock change skips does not exist, one that it repeats is two instants: both are
refused, never moved silently (RFC 5545 would move them; an hour that was never worked would be
billed).
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time, tzinfo
from functools import cache
from zoneinfo import TZPATH, ZoneInfo, ZoneInfoNotFoundError

from cowork_cli.errors import BadInput


@cache
def zone_named(name: str) -> ZoneInfo:
    """The IANA zone `name`. Raises BadInput."""
    try:
        return _packaged(name) or ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadInput(
            f'"{name}" is not a time zone', "give an IANA name such as `Europe/Berlin`"
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


def at(seconds: int, zone: tzinfo) -> datetime:
    """The instant `seconds` after 1970 UTC, shown in `zone`."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(zone)


def seconds_of(moment: datetime) -> int:
    """Whole seconds since 1970 UTC."""
    return int(moment.timestamp())
