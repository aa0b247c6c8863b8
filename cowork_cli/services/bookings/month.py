"""The days of a period at a glance, for `booking calendar`."""

from datetime import date, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cowork_cli.domain.booking import LIVE_STATES
from cowork_cli.domain.month import CalendarDay, CalendarMonth
from cowork_cli.domain.period import Period
from cowork_cli.domain.zones import day_start, plus, seconds_of
from cowork_cli.errors import BadInput
from cowork_cli.services.calendar.holidays import UNKNOWN, Region, in_region
from cowork_cli.store import bookings, entries

if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store

LONGEST_DAYS = 366


def days_of(
    period: Period, *, store: "Store", zone: ZoneInfo, region: Region, today: date
) -> tuple[CalendarMonth, list[str]]:
    """The days, and what is to be said of them. A booking counts to every day of its space it touches.

    Raises BadInput for a period that is open or longer than a year.
    """
    first, last = period.from_, period.to
    if first is None or last is None or (last - first).days >= LONGEST_DAYS:
        raise BadInput("a calendar shows at most a year", "give a month: `--in december`")
    booked = _booked(first, last, store, zone)
    worked = entries.own_days(store, period)
    days, doubtful = [], False
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        name = in_region(day, region)
        doubtful = doubtful or name is UNKNOWN
        shown = name if isinstance(name, str) else None
        days.append(CalendarDay(day, tuple(booked.get(day, ())), worked.get(f"{day}", 0), shown))
    notes = [_DOUBT] if doubtful else []
    return CalendarMonth(first, last, today, tuple(days)), notes


_DOUBT = (
    "Not all public holidays are known: say where you live with `cowork config set land LAND`,"
    " and `cowork config set seller.country` if that is not Germany."
)


def _booked(first: date, last: date, store: "Store", zone: ZoneInfo) -> dict[date, list[str]]:
    start = plus(day_start(first, zone, time()), -timedelta(days=1))
    end = plus(day_start(last, zone, time()), timedelta(days=2))
    booked: dict[date, list[str]] = {}
    for row in bookings.listed(
        store, from_at=seconds_of(start), to_at=seconds_of(end), states=LIVE_STATES
    ):
        day, until = row.from_.date(), plus(row.to, -timedelta(seconds=1)).date()
        while day <= until:
            booked.setdefault(day, []).append(f"{row.id} {row.desk_name}")
            day += timedelta(days=1)
    return booked
