"""Recorded hours, their sums, and what came of an import."""

from __future__ import annotations

from cowork_cli.output import text
from cowork_cli.output.columns._column import (
    FIGURES,
    ID,
    Column,
    clock,
    col,
    money,
    money_parts,
    percent,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _not_billable(row: Any) -> str:
    """Said where it is not so: nearly every entry is billable."""
    return "" if row.billable else "no"


COLUMNS: dict[str, tuple[Column, ...]] = {
    "Entry": (
        col("ID", "id", **ID),
        col("From", "from_", cell=text.moment, keep=8),
        col("To", "to", cell=lambda value: f"{value:%H:%M}" if value else "running", keep=8),
        col("Duration", "duration_s", cell=text.clock_duration, total=True, **FIGURES),
        col("Project", "project", keep=8),
        col("Note", "note", keep=8),
        col("Tags", "tags", keep=3),
        col("Place", "place", keep=2),
        col("Billed on", "billed_on", keep=4),
        Column("Billable", lambda row: row.billable, shown=_not_billable, keep=5),
        col("Rate", "rate", right=True, table=False),
        col("Person", "person", keep=7, differs=True),
    ),
    "Gap": (
        col("From", "from_", cell=text.moment, keep=9),
        col("To", "to", cell=lambda value: f"{value:%H:%M}", keep=9),
        col("Duration s", "duration_s", cell=clock, label="Duration", total=True, **FIGURES),
    ),
    "HoursRow": (
        col("", "key", keep=9),
        col("Hours", "duration_s", cell=text.clock_duration, total=True, **FIGURES),
        col("Billable", "billable_s", cell=text.clock_duration, total=True, **FIGURES),
        col("Billed", "billed_s", cell=text.clock_duration, total=True, **FIGURES),
        col("Amount", "amount", cell=money, total=True, **FIGURES),
        *money_parts(("Amount", "amount")),
    ),
    "UnbilledRow": (
        col("Client", "client", keep=9),
        col("Project", "project", keep=8),
        col("Hours", "duration_s", cell=text.clock_duration, total=True, **FIGURES),
        col("Amount", "amount", cell=money, total=True, **FIGURES),
        col("Billed as", "billed_s", cell=text.clock_duration, total=True, **FIGURES),
        *money_parts(("Amount", "amount")),
    ),
    "BudgetRow": (
        col("Project", "project", keep=9),
        col("Budget in hours", "budget_s", cell=clock, label="Budget h", **FIGURES),
        col("Used hours", "used_s", cell=clock, label="Used h", **FIGURES),
        col("Budget", "budget", cell=money, **FIGURES),
        col("Used", "used", cell=money, **FIGURES),
        col("Percent", "percent", cell=percent, **FIGURES),
        col("State", "state", keep=9),
        *money_parts(("Budget", "budget"), ("Used", "used")),
    ),
    "EntryImport": (
        col("File", "file", keep=5),
        col("Format", "format", keep=4),
        col("Rows", "rows", right=True, keep=8),
        col("Taken", "taken", right=True, keep=9),
        col("Unchanged", "unchanged", right=True, keep=9),
        Column("Adjusted", lambda row: len(row.adjusted), right=True, keep=8),
        Column("Skipped", lambda row: len(row.skipped), right=True, keep=9),
        col("New clients", "clients", keep=3),
        col("New projects", "projects", keep=3),
    ),
    "AdjustedRow": (
        col("Row", "line", right=True, keep=9, style="cyan"),
        col("File", "file", keep=3),
        col("From", "from_", cell=text.moment, keep=9),
        col("To", "to", cell=text.moment, keep=9),
        col("Project", "project", keep=7),
        col("Was from", "was_from", cell=text.moment, keep=5),
        col("Was to", "was_to", cell=text.moment, keep=5),
        col("Reason", "reason", keep=4),
    ),
    "SkippedRow": (
        col("Row", "line", right=True, keep=9, style="cyan"),
        col("File", "file", keep=7),
        col("Reason", "reason", keep=9),
    ),
}
