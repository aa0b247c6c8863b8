"""`report places`: hours, billable share, length of a session and late days, by place."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

from cowork_cli.domain.day_report import PlaceRow
from cowork_cli.domain.money import round_half_up
from cowork_cli.domain.zones import at, zone_named
from cowork_cli.services.days.known import pieces_between
from cowork_cli.services.days.places import Places

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from cowork_cli.domain.period import Period
    from cowork_cli.services.days.known import Piece
    from cowork_cli.store.engine.store import Store

PAUSE_S = 15 * 60
NOWHERE = "(none)"
_FOREVER = 253_402_300_800


class _Sum:
    """What was done at one place."""

    __slots__ = ("billable", "days", "last_at", "late", "seconds", "sessions")

    def __init__(self) -> None:
        self.seconds = self.billable = self.sessions = 0
        self.last_at: int | None = None
        self.days: set[date] = set()
        self.late: set[date] = set()


def places(store: Store, period: Period, late: time, now_s: int) -> list[PlaceRow]:
    """One row for each place of the hours in a period, the most hours first."""
    known = Places(store)
    sums: dict[str, _Sum] = {}
    for day, piece in pieces_of(store, period, now_s):
        _add(sums.setdefault(piece.place or NOWHERE, _Sum()), day, piece, late)
    rows = [
        PlaceRow(
            known.title(name),
            None if name == NOWHERE else known.kind_of(name),
            len(one.days),
            one.seconds,
            one.billable,
            share(one.billable, one.seconds),
            one.sessions,
            one.seconds // one.sessions,
            len(one.late),
        )
        for name, one in sums.items()
    ]
    return sorted(rows, key=lambda row: (-row.duration_s, row.place))


def pieces_of(store: Store, period: Period, now_s: int) -> Iterable[tuple[date, Piece]]:
    """The hours of a period, cut at midnight."""
    for day, piece in pieces_between(store, 0, _FOREVER, now_s):
        if (period.from_ is None or day >= period.from_) and (
            period.to is None or day <= period.to
        ):
            yield day, piece


def share(part: int, whole: int) -> Decimal:
    """A percentage with one decimal."""
    return round_half_up(Decimal(100 * part) / whole, 1) if whole else Decimal(0)


def _add(one: _Sum, day: date, piece: Piece, late: time) -> None:
    one.seconds += piece.seconds
    one.billable += piece.seconds if piece.billable else 0
    one.days.add(day)
    if one.last_at is None or piece.from_at - one.last_at > PAUSE_S:
        one.sessions += 1
    one.last_at = piece.to_at
    end = at(piece.to_at, zone_named(piece.timezone))
    if end.date() > day or end.time() > late:
        one.late.add(day)


# ---- days alone


def alone(store: Store, today: date, now: datetime, least: int) -> str | None:
    """A gentle line about days at home in a row, and what lies near; None below `least` of them.

    Counted are logged days of work, back from today; days without work are passed over.
    """
    from cowork_cli.store import days

    row = 0
    for day in reversed(days.logged(store, today - timedelta(days=366), today)):
        if not day.stays:
            continue
        if any(stay.kind != "home" for stay in day.stays):
            break
        row += 1
    if row < least:
        return None
    coming = [text for text in (_next_booked(store, now), _next_event(store, now)) if text]
    nothing = "Nothing is booked; `cowork desk free` shows where there is a desk."
    return f"{row} working days at home in a row. {' '.join(coming) or nothing}"


def _next_booked(store: Store, now: datetime) -> str | None:
    from cowork_cli.domain.zones import seconds_of
    from cowork_cli.store import bookings

    booked = bookings.listed(store, from_at=seconds_of(now), states=("confirmed",))
    booking = next((each for each in booked if bookings.is_own(store, each)), None)
    if booking is None:
        return None
    return f"Your next booked day: {booking.from_:%a %Y-%m-%d}, {booking.space_name}."


def _next_event(store: Store, now: datetime) -> str | None:
    from cowork_cli.domain.zones import seconds_of
    from cowork_cli.store import events

    event = next(iter(events.listed(store, seconds_of(now), None)), None)
    if event is None:
        return None
    where = event.space_name or event.location
    return (
        f"The next event: {event.from_:%a %Y-%m-%d}, {event.name}{f', {where}' if where else ''}."
    )
