"""Gathers what `cowork status` shows, from the own store alone."""

from __future__ import annotations

from cowork_cli.domain.booking import LIVE_STATES
from cowork_cli.domain.overview import Overview
from cowork_cli.domain.period import Period
from cowork_cli.domain.zones import seconds_of
from cowork_cli.store import bookings, entries, invoices

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date, datetime

    from cowork_cli.store.engine.store import Store

NEXT_BOOKINGS = 5


def overview(store: Store, now: datetime) -> Overview:
    """Everything at the instant `now`. Asks no provider."""
    today = now.date()
    ahead = bookings.listed(store, from_at=_midnight(now), states=LIVE_STATES)
    open_invoices = invoices.invoices(store, Period(None, None), today.isoformat())
    return Overview(
        timer=entries.running(store, seconds_of(now)),
        today_s=_recorded(store, today),
        bookings=tuple(ahead[:NEXT_BOOKINGS]),
        deadlines=(),
        overdue=tuple(row for row in open_invoices if row.state == "overdue"),
        unknown=tuple(bookings.listed(store, states=("unknown",))),
    )


def _recorded(store: Store, today: date) -> int:
    return sum(row[3] for row in entries.sums(store, "day", Period(today, today), ()))


def _midnight(now: datetime) -> int:
    return seconds_of(now.replace(hour=0, minute=0, second=0, microsecond=0))
