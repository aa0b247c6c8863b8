"""Clients and projects."""

from __future__ import annotations

from cowork_cli.output.columns._column import ID, Column, clock, col, money

COLUMNS: dict[str, tuple[Column, ...]] = {
    "Client": (
        col("ID", "id", **ID),
        col("Name", "name", keep=8),
        col("Address", "address", keep=4),
        col("Rate", "rate", right=True, keep=6),
        col("Currency", "currency", keep=5),
        col("Tax", "tax", keep=3),
        col("Language", "language", keep=2),
        col("Archived", "archived", keep=1, cell=lambda value: "yes" if value else ""),
        col("Rounding", "rounding", keep=4),
        col("Travel", "travel_factor", right=True, keep=3),
        col("Skonto", "skonto", keep=3),
        col("Note", "note", keep=1),
    ),
    "Project": (
        col("ID", "id", **ID),
        col("Name", "name", keep=7),
        col("Rate", "rate", right=True, keep=6),
        col("Billable", "billable", keep=4, cell=lambda value: "yes" if value else "no"),
        col("Archived", "archived", keep=1, cell=lambda value: "yes" if value else ""),
        col("Day rate", "day_rate", right=True, keep=6),
        col("Hours a day", "hours_per_day", right=True, keep=3),
        col("Half day from", "half_day_from_s", cell=clock, right=True, keep=2),
        col("Budget", "budget_s", cell=clock, right=True, keep=5),
        col("Budget in money", "budget", cell=money, right=True, keep=5),
        col("Rounding", "rounding", keep=4),
        col("Note", "note", keep=1),
    ),
}
