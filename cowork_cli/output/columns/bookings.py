"""Bookings."""

from __future__ import annotations

from cowork_cli.output import text
from cowork_cli.output.columns._column import ID, Column, col

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _end(value: Any) -> str:
    return "24:00" if f"{value:%H:%M}" == "00:00" else f"{value:%H:%M}"


COLUMNS: dict[str, tuple[Column, ...]] = {
    "Booking": (
        col("ID", "id", **ID),
        col("From", "from_", cell=text.moment, keep=9),
        col("To", "to", cell=_end, keep=9),
        col("Desk", "desk_name", keep=8),
        col("Space", "space_name", keep=7),
        col("State", "state", keep=8),
        col("Price", "price", cell=text.price, right=True, keep=6),
        col("For", "person", keep=5),
        col("Project", "project", keep=4),
        col("Title", "title", keep=3),
        col("Series", "series", keep=1),
        col("Account", "account", keep=2),
        col("Ref", "ref", table=False),
        col("Desk ref", "desk_ref", table=False),
        col("Time zone", "timezone", table=False),
    ),
    "CalendarDay": (
        col("Day", "date", cell=text.day, keep=9),
        col("Booked", "booked", keep=8),
        col("Worked", "worked_s", cell=text.duration, right=True, keep=7),
        col("Holiday", "holiday", keep=6),
    ),
}
