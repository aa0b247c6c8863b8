"""Gathers what `cowork status` shows, from the own store alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from cowork_cli.domain.booking import LIVE_STATES, Booking
from cowork_cli.domain.overview import Overview
from cowork_cli.domain.period import Period
from cowork_cli.domain.zones import seconds_of
from cowork_cli.services.home.deadlines import top
from cowork_cli.services.home.unbilled import unbilled
from cowork_cli.store import bookings, entries, invoices

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date, datetime

    from cowork_cli.errors import CoworkError
    from cowork_cli.services.home.deadlines import Settings
    from cowork_cli.store.engine.store import Store

NEXT_BOOKINGS = 5


def overview(
    store: Store, now: datetime, settings: Settings, unbilled_path: str
) -> tuple[Overview, list[CoworkError]]:
    """Everything at the instant `now`, and the deadlines that cannot be told. Asks no provider.

    `unbilled_path` is the file that keeps what can be billed.
    """
    today = now.date()
    due, problems = top(store, settings, today)
    ahead = bookings.listed(store, from_at=_midnight(now), states=LIVE_STATES)
    open_invoices = invoices.invoices(store, Period(None, None), today.isoformat())
    days = _recorded(store, today)
    found = Overview(
        timer=entries.running(store, seconds_of(now)),
        today_s=days.get(today.isoformat(), 0),
        bookings=_soon(ahead, now),
        deadlines=due,
        overdue=tuple(row for row in open_invoices if row.state == "overdue"),
        unknown=tuple(bookings.listed(store, states=("unknown",))),
        week_s=sum(days.values()),
        unbilled=unbilled(store, unbilled_path),
    )
    return found, problems


def check_ins(ahead: Sequence[Booking], now: datetime) -> list[str]:
    """A line for each booking of today that one has not checked in to, while that is possible."""
    today = now.date()
    return [
        f'Check in to {row.id}, "{row.desk_name}", until {row.check_in_by:%H:%M}, or it may be given'
        f" away: `cowork booking checkin {row.id}`."
        for row in ahead
        if row.check_in_by is not None
        and row.from_.astimezone(now.tzinfo).date() == today
        and row.check_in_by > now
    ]


def _soon(ahead: Sequence[Booking], now: datetime) -> tuple[Booking, ...]:
    """The next ones; all of today and tomorrow however many they are."""
    tomorrow = now.date() + timedelta(days=1)
    near = [booking for booking in ahead if booking.from_.astimezone(now.tzinfo).date() <= tomorrow]
    return tuple(ahead[: max(NEXT_BOOKINGS, len(near))])


def _recorded(store: Store, today: date) -> dict[str, int]:
    """This person's seconds of each day of this week up to today."""
    return entries.own_days(store, Period(today - timedelta(days=today.weekday()), today))


def _midnight(now: datetime) -> int:
    return seconds_of(now.replace(hour=0, minute=0, second=0, microsecond=0))
