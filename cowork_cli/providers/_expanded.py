"""What the two providers of calendars keep of a calendar: its busy times, expanded once for each version of it.

To expand five hundred series is what takes the time; so a stretch around the time asked for is
expanded at once, and kept under the tag that the server gives the calendar's state.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from cowork_cli.domain.booking import Window
from cowork_cli.domain.calendars.reading import Busy, Reading
from cowork_cli.domain.zones import plus, seconds_of
from cowork_cli.providers._feeds import zone_of

BACK, AHEAD = timedelta(days=2), timedelta(days=120)
"""What is expanded at once around the time asked for, and kept."""


class Memory(Protocol):
    """Keeps bytes by name; disposable, never raises."""

    def get(self, name: str) -> bytes | None:
        """What was kept under that name, or None."""
        ...

    def put(self, name: str, content: bytes) -> None:
        """Keeps it instead of what was there."""
        ...


@dataclass(frozen=True, slots=True)
class Expanded:
    """What was read of a calendar: its tag ("" if it has none), the hash of its text, the window it was
    expanded for (seconds), and the zone."""

    tag: str
    digest: str
    from_at: int
    to_at: int
    zone: str
    reading: Reading

    def holds(self, window: Window) -> bool:
        """Whether it says all that there is in a window."""
        inside = self.from_at <= seconds_of(window.from_) and seconds_of(window.to) <= self.to_at
        return inside and self.zone == zone_of(window).key


def around(window: Window) -> Window:
    """The stretch that is expanded at once."""
    return Window(plus(window.from_, -BACK), plus(window.to, AHEAD))


def name_of(*parts: str) -> str:
    """Under which name a calendar is kept: it tells nothing of its address."""
    return hashlib.sha256("/".join(parts).encode()).hexdigest()


def recall(memory: Memory | None, name: str, window: Window) -> Expanded | None:
    """What is kept under a name, if it holds the window."""
    content = memory.get(name) if memory is not None else None
    kept = _unpacked(content) if content else None
    return kept if kept is not None and kept.holds(window) else None


def keep(
    memory: Memory | None, name: str, tag: str, digest: str, stretch: Window, reading: Reading
) -> None:
    """Keeps what was read of a stretch of time."""
    if memory is None:
        return
    ends = seconds_of(stretch.from_), seconds_of(stretch.to)
    memory.put(name, _packed(Expanded(tag, digest, *ends, zone_of(stretch).key, reading)))


def _packed(kept: Expanded) -> bytes:
    told = kept.reading
    busy = [[seconds_of(b.from_), seconds_of(b.to), b.uid, b.tentative] for b in told.busy]
    rows = [kept.tag, kept.digest, kept.from_at, kept.to_at, kept.zone]
    return json.dumps([*rows, busy, told.events, list(told.notes)]).encode()


def _unpacked(content: bytes) -> Expanded | None:
    try:
        tag, digest, from_at, to_at, zone, rows, events, notes = json.loads(content)
        busy = tuple(
            Busy(_utc(begin), _utc(end), uid, tentative) for begin, end, uid, tentative in rows
        )
        return Expanded(tag, digest, from_at, to_at, zone, Reading(busy, events, tuple(notes)))
    except (ValueError, TypeError):
        return None


def _utc(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
