"""Settings, the journal, checks of the store."""

from __future__ import annotations

from cowork_cli.output.columns._column import Column, col

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _records(row: Any) -> list[str]:
    return [f"{record.action} {record.thing} {record.id}" for record in row.records]


def _yes(value: Any) -> str:
    return "ok" if value else "WRONG"


def _side(hours: Any) -> str:
    """`acme/site 09:00-10:30, Concept`: enough to know the entry by."""
    if hours is None:
        return ""
    end = "now" if hours.to is None else f"{hours.to:%H:%M}"
    shown = f"{hours.project or 'a project that is gone'} {hours.from_:%Y-%m-%d %H:%M}-{end}"
    more = (hours.note, hours.billed_on and f"billed on {hours.billed_on}", hours.person)
    return ("without " if hours.removed else "") + ", ".join(filter(None, (shown, *more)))


def _mine(row: Any) -> list[str]:
    return [_side(hours) for hours in row.mine]


COLUMNS: dict[str, tuple[Column, ...]] = {
    "Setting": (
        col("Setting", "name", keep=9, style="cyan"),
        col("Value", "value", keep=8),
        col("From", "source", keep=6),
        col("Meaning", "help", keep=3),
    ),
    "Change": (
        col("ID", "id", keep=2, right=True),
        col("When", "at", cell=lambda value: f"{value:%Y-%m-%d %H:%M}", keep=8),
        col("Command", "command", keep=9, style="cyan", cut=True),
        col("Kind", "kind", keep=1, table=False),
        col("State", "undone", cell=lambda value: "undone" if value else "", keep=7),
        Column("What", _records, keep=8),
        col("Person", "person", keep=7, differs=True),
    ),
    "WaitingChange": (
        col("ID", "id", keep=10, style="cyan"),
        col("When", "at", cell=lambda value: f"{value:%Y-%m-%d %H:%M}", keep=5),
        col("State", "state", keep=7),
        Column("Here", _mine, keep=9),
        col("There", "theirs", cell=_side, keep=8),
        col("Why", "reason", keep=6),
        col("Command", "command", keep=2, style="cyan", cut=True),
    ),
    "Check": (
        col("Check", "name", keep=9, style="cyan"),
        col("Result", "ok", cell=_yes, keep=8),
        col("Found", "detail", keep=8),
    ),
}
COLUMNS["Explained"] = COLUMNS["Setting"]
