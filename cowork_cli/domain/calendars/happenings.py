"""What a calendar announces: titles, places and times, each time of a series by itself.

The same reading as `reading`, but of every event, also one that takes no time of anybody (TRANSPARENT).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from cowork_cli.domain.calendars.reading import Busy, Look, parsed

LONGEST_TEXT = 2000


@dataclass(frozen=True, slots=True)
class Happening:
    """One time of an event, in UTC; `zone` names the one it was written in, None for that of the reader."""

    uid: str
    from_: datetime
    to: datetime
    title: str
    all_day: bool
    zone: str | None
    location: str | None
    lat: float | None
    lon: float | None
    url: str | None
    cancelled: bool


@dataclass(slots=True)
class _Announced(Look):
    found: list[Happening] = field(default_factory=list)
    groups: set[str] = field(default_factory=set)

    def ignored(self, event: Any) -> bool:
        """What takes no time happens all the same."""
        return False

    def _of_group(self, uid: str, events: list[Any]) -> Iterator[Busy]:
        self.groups.add(uid)
        yield from Look._of_group(self, uid, events)

    def _of_series(self, uid: str, master: Any, exceptions: list[Any]) -> Iterator[Busy]:
        if _has_no_end(master):
            self.say(
                f"A series without an end was read up to {self.to.astimezone(self.zone):%Y-%m-%d}."
            )
        yield from Look._of_series(self, uid, master, exceptions)

    def left_out(self) -> int:
        """How many events have no time in the window."""
        return len(self.groups - {one.uid for one in self.found})

    def _taken(self, event: Any, start: date, uid: str) -> Iterator[Busy]:
        try:
            begin, end = self._instant(start), self._end(event, start)
        except (ValueError, OverflowError, TypeError, AttributeError):
            self.say("1 event cannot be read; when it is, is not known.")
            return
        if end < begin:
            self.say(
                f"{_text(event, 'SUMMARY') or uid} ends before it begins: only its start was taken."
            )
        if begin < self.to and end >= self.from_:
            self.found.append(_happening(event, start, uid, begin, max(begin, end)))
        yield from ()


def happenings(
    text: str, from_: datetime, to: datetime, zone: ZoneInfo
) -> tuple[list[Happening], int, tuple[str, ...]]:
    """All that happens between two instants, how many events there are, and what had to be assumed.

    Raises NoCalendar.
    """
    look = _Announced(from_.astimezone(UTC), to.astimezone(UTC), zone)
    for calendar in parsed(text):
        for _ in look.at(calendar):
            pass
    if look.found and (left := look.left_out()):
        several = "1 event was" if left == 1 else f"{left} events were"
        look.say(f"{several} not taken: no date between {from_:%Y-%m-%d} and {to:%Y-%m-%d}.")
    found = {(one.uid, one.from_): one for one in look.found}
    ordered = sorted(found.values(), key=lambda one: (one.from_, one.uid))
    return ordered, look.events, tuple(look.notes)


def _happening(event: Any, start: date, uid: str, begin: datetime, end: datetime) -> Happening:
    lat, lon = _point(event)
    zone = getattr(start.tzinfo, "key", None) if isinstance(start, datetime) else None
    return Happening(
        uid,
        begin,
        end,
        _text(event, "SUMMARY") or "(without a title)",
        not isinstance(start, datetime),
        zone if zone not in ("UTC", "Etc/UTC") else None,
        _text(event, "LOCATION"),
        lat,
        lon,
        _text(event, "URL"),
        str(event.get("STATUS") or "").upper() == "CANCELLED",
    )


def _has_no_end(event: Any) -> bool:
    given = event.get("RRULE")
    ruled = given if isinstance(given, list) else [] if given is None else [given]
    try:
        return any(not (rule.get("COUNT") or rule.get("UNTIL")) for rule in ruled)
    except (
        AttributeError,
        TypeError,
        ValueError,
    ):  # a rule that cannot be read: `_of_series` says so
        return False


def _text(event: Any, name: str) -> str | None:
    given = event.get(name)
    given = given[0] if isinstance(given, list) else given
    words = " ".join(str(given or "").split())
    return "".join(sign for sign in words if sign.isprintable())[:LONGEST_TEXT] or None


def _point(event: Any) -> tuple[float | None, float | None]:
    given = event.get("GEO")
    try:
        lat, lon = float(given.latitude), float(given.longitude)
    except (AttributeError, TypeError, ValueError):
        return None, None
    return (lat, lon) if -90 <= lat <= 90 and -180 <= lon <= 180 else (None, None)
