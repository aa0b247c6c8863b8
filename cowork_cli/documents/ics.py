"""Days to remember as an iCalendar file (RFC 5545), with alarms.

Owns the form. Whole-day events: what is due is due on a day, whatever the zone. Equal input gives equal
bytes: DTSTAMP is the day itself, a UID is made of what the event is about.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


_LONGEST = 75  # octets of a line without its end, RFC 5545 §3.1


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
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//cowork//{name}//EN"]
    for event in events:
        lines += _event(event)
    return "".join(_folded(line) for line in [*lines, "END:VCALENDAR"]).encode()


def _event(event: DayEvent) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}@cowork.invalid"
    yield f"DTSTAMP:{event.day:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{_escaped(event.description)}"
    yield "TRANSP:TRANSPARENT"
    for days in event.alarms:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{_escaped(event.summary)}"
        # 09:00 of the day so many days before; the start of a whole day is midnight.
        yield f"TRIGGER:-P{days - 1}DT15H" if days else "TRIGGER:PT9H"
        yield "END:VALARM"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """TEXT of RFC 5545 §3.3.11; control characters have no place in it."""
    text = re.sub(r"\r\n?", "\n", text)
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text)
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line with its ends, folded so that no character is cut (RFC 5545 §3.1)."""
    parts, size = [""], 0
    for char in line:
        octets = len(char.encode())
        if size + octets > _LONGEST:
            parts.append(" ")
            size = 1
        parts[-1] += char
        size += octets
    return "\r\n".join(parts) + "\r\n"
