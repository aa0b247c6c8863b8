"""Bookings."""

from __future__ import annotations

from cowork_cli.output import text
from cowork_cli.output.columns._column import FIGURES, ID, Column, col, money_parts, price_parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _end(value: Any) -> str:
    return "24:00" if f"{value:%H:%M}" == "00:00" else f"{value:%H:%M}"


def _clock(value: Any) -> str:
    return "" if value is None else f"{value:%H:%M}"


def _days(value: Any) -> str:
    return f"{value} d"


COLUMNS: dict[str, tuple[Column, ...]] = {
    "Booking": (
        col("ID", "id", **ID),
        col("From", "from_", cell=text.moment, keep=9),
        col("To", "to", cell=_end, keep=9),
        col("Desk", "desk_name", keep=8),
        col("Space", "space_name", keep=8),
        col("State", "state", keep=8),
        col("Price", "price", cell=text.price, right=True, keep=7),
        col("For", "person", keep=5),
        col("Project", "project", keep=4),
        col("Title", "title", keep=3),
        col("Series", "series", keep=1),
        col("Account", "account", keep=2),
        col("Ref", "ref", table=False),
        col("Desk ref", "desk_ref", table=False),
        col("Time zone", "timezone", table=False),
        *price_parts("Price", "price"),
    ),
    "StandingOrder": (
        col("Name", "name", **ID),
        col("Days", "every", keep=8),
        col("From", "from_", cell=_clock, keep=8),
        col("To", "to", cell=_clock, keep=8),
        col("Desks", "desks", keep=8),
        col("Ahead", "ahead_days", cell=_days, right=True, keep=5),
        col("Opens", "opens", cell=_clock, keep=4),
        col("Up to", "max_price", cell=text.money, right=True, keep=6),
        col("State", "state", keep=8),
        col("Next", "next", cell=text.moment, keep=7),
        col("Booked", "booked", right=True, keep=6),
        col("Given up", "failed", right=True, keep=6),
        col("Holidays of", "skip_holidays", keep=2),
        col("Time zone", "timezone", keep=1),
        *money_parts(("Up to", "max_price")),
        col("For", "person", keep=5, differs=True),
    ),
    "Absence": (
        col("ID", "id", **ID),
        col("From", "from_", cell=text.day, keep=9),
        col("To", "to", cell=text.day, keep=9),
        col("What", "text", keep=8),
    ),
    "CalendarDay": (
        col("Day", "date", cell=text.day, keep=9),
        col("Booked", "booked", keep=8),
        col("Worked", "worked_s", cell=text.duration, **FIGURES),
        col("Holiday", "holiday", keep=8),
    ),
}
