"""Days to remember as an iCalendar file (RFC 5545), with alarms.

Owns the form. Whole-day events: what is due is due on a day, whatever the zone. Equal input gives equal
bytes: DTSTAMP is the day itself, a UID is made of what the event is about.
"""

from __future__ import annotations

from datetime import date, timedelta

from cowork_cli.domain.calendars.lines import escaped, written
from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class DayEvent:
    """One day: `uid` names what it is about, `alarms` are days before it."""

    uid: str
    day: date
    summary: str
    description: str = ""
    alarms: Sequence[int] = ()


def calendar(events: Iterable[DayEvent], name: str) -> bytes:
    """The file; `name` says what part of cowork wrote it."""
    return written(name, (line for event in events for line in _event(event))).encode()


def _event(event: DayEvent) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}@cowork.invalid"
    yield f"DTSTAMP:{event.day:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{escaped(event.description)}"
    yield "TRANSP:TRANSPARENT"
    for days in event.alarms:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{escaped(event.summary)}"
        # 09:00 of the day so many days before; the start of a whole day is midnight.
        yield f"TRIGGER:-P{days - 1}DT15H" if days else "TRIGGER:PT9H"
        yield "END:VALARM"
    yield "END:VEVENT"
