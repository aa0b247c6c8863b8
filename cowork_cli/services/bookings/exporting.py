"""Bookings as iCalendar: the same booking keeps its UID, a change raises its SEQUENCE, a cancelled one says so."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cowork_cli.domain.booking import Booking
from cowork_cli.domain.calendars import writing
from cowork_cli.domain.calendars.writing import Event
from cowork_cli.store import bookings

if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store

_STATUS = {"confirmed": "CONFIRMED", "cancelled": "CANCELLED", "refused": "CANCELLED"}
"""Of each state what RFC 5545, 3.8.1.11 calls it; all others are not for sure."""


def calendar(rows: Sequence[Booking], store: "Store") -> bytes:
    """A calendar of these bookings; the same bytes as long as nothing changes."""
    return writing.document([event_of(row, store) for row in rows], name="cowork")


def event_of(
    booking: Booking,
    store: "Store",
    *,
    organizer: tuple[str, str] | None = None,
    attendee: tuple[str, str] | None = None,
) -> Event:
    """The event of a booking; `organizer` and `attendee` are names with e-mail addresses."""
    version = bookings.version(store, int(booking.id.removeprefix("b-")))
    where = f"{booking.desk_name}, {booking.space_name}"
    return Event(
        uid=uid_of(version.uuid),
        from_=booking.from_,
        to=booking.to,
        summary=f"{booking.title}: {where}" if booking.title else where,
        stamp=datetime.fromtimestamp(version.at, UTC),
        status=_STATUS.get(booking.state, "TENTATIVE"),
        sequence=version.changes,
        location=where,
        description=booking.id + (f" · {booking.project}" if booking.project else ""),
        organizer=organizer,
        attendee=attendee,
    )


def uid_of(uuid: str) -> str:
    """Of the booking with that UUID, in every file that leaves the house."""
    return f"{uuid}@cowork.invalid"
