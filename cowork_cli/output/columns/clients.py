"""Clients and projects."""

from __future__ import annotations

from cowork_cli.output import text
from cowork_cli.output.columns._column import ID, Column, clock, col, money, money_parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _hourly(row: Any) -> str:
    return text.rate(row.rate, row.currency, "hour")


def _daily(row: Any) -> str:
    return text.rate(row.day_rate, row.currency, "day")


COLUMNS: dict[str, tuple[Column, ...]] = {
    "Client": (
        col("ID", "id", **ID),
        col("Name", "name", keep=8),
        col("Address", "address", keep=4),
        Column("Rate", lambda row: row.rate, shown=_hourly, right=True, keep=8),
        col("Currency", "currency", keep=5, table=False),
        col("Tax", "tax", keep=3),
        col("Language", "language", keep=2),
        col("Archived", "archived", keep=1, cell=lambda value: "yes" if value else ""),
        col("Rounding", "rounding", keep=4),
        col("Travel", "travel_factor", right=True, keep=3),
        col("Skonto", "skonto", keep=3),
        col("Note", "note", keep=8),
    ),
    "Project": (
        col("ID", "id", **ID),
        col("Name", "name", keep=8),
        Column("Rate", lambda row: row.rate, shown=_hourly, right=True, keep=8),
        col("Billable", "billable", keep=4, cell=lambda value: "yes" if value else "no"),
        col("Archived", "archived", keep=1, cell=lambda value: "yes" if value else ""),
        Column("Day rate", lambda row: row.day_rate, shown=_daily, right=True, keep=8),
        col("Hours a day", "hours_per_day", right=True, keep=3),
        col("Half day from", "half_day_from_s", cell=clock, right=True, keep=2),
        col("Budget", "budget_s", cell=clock, label="Budget h", right=True, keep=6),
        col("Budget in money", "budget", cell=money, label="Budget", right=True, keep=6),
        col("Rounding", "rounding", keep=4),
        col("Note", "note", keep=8),
        col("Currency", "currency", table=False),
        *money_parts(("Budget in money", "budget")),
    ),
}
