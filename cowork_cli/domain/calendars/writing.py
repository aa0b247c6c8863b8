"""Events as RFC 5545 asks for them, in the form that Google, Apple, Outlook and Thunderbird take.

A single booking is written in UTC: it is an instant, and nobody's idea of a zone can move it. A series is
written in an IANA zone with its VTIMEZONE, never with a fixed offset. UIDs are stable, a change raises
SEQUENCE, a cancellation keeps the UID (RFC 5546, 3.2.5).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

PRODUCT = "-//cowork//bookings//EN"


@dataclass(frozen=True, slots=True)
class Event:
    """One event: aware instants, `to` not included. `stamp` is DTSTAMP, when it was written.

    `status` is `CONFIRMED`, `TENTATIVE` or `CANCELLED`; a cancelled one takes no time. `days` are the
    starts of a series after `from_`, whose zone is then an IANA zone. `own` are X- properties.
    """

    uid: str
    from_: datetime
    to: datetime
    summary: str
    stamp: datetime
    status: str = "CONFIRMED"
    sequence: int = 0
    location: str | None = None
    description: str | None = None
    organizer: tuple[str, str] | None = None
    attendee: tuple[str, str] | None = None
    days: tuple[datetime, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)


def document(
    events: Iterable[Event], *, method: str | None = None, name: str | None = None
) -> bytes:
    """A whole VCALENDAR with its zones. `name` is what it is called; `method` as in RFC 5546."""
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    if method:
        calendar.add("METHOD", method)
    if name:
        calendar.add("X-WR-CALNAME", name)
    for event in events:
        calendar.add_component(_component(event))
    calendar.add_missing_timezones(first_date=date(2020, 1, 1))
    written: bytes = calendar.to_ical()
    return written


def _component(event: Event) -> Any:
    import icalendar

    written = icalendar.Event()
    written.add("UID", event.uid)
    written.add("DTSTAMP", event.stamp.astimezone(UTC))
    _add_times(written, event)
    written.add("SUMMARY", event.summary)
    written.add("STATUS", event.status)
    written.add("TRANSP", "TRANSPARENT" if event.status == "CANCELLED" else "OPAQUE")
    written.add("SEQUENCE", event.sequence)
    for name, text in (("LOCATION", event.location), ("DESCRIPTION", event.description)):
        if text:
            written.add(name, text)
    _add_people(written, event)
    for name, text in event.own.items():
        written.add(name, text)
    return written


def _add_times(written: Any, event: Event) -> None:
    if event.days:
        written.add("DTSTART", event.from_)
        written.add("DTEND", event.to)
        written.add("RDATE", list(event.days))
        return
    written.add("DTSTART", event.from_.astimezone(UTC))
    written.add("DTEND", event.to.astimezone(UTC))


def _add_people(written: Any, event: Event) -> None:
    import icalendar

    for name, person in (("ORGANIZER", event.organizer), ("ATTENDEE", event.attendee)):
        if person is None:
            continue
        shown, address = person
        value = icalendar.vCalAddress(f"mailto:{address}")
        value.params["CN"] = shown
        if name == "ATTENDEE":
            value.params.update(
                {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
            )
        written.add(name, value)
