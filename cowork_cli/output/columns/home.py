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
    "Check": (
        col("Check", "name", keep=9, style="cyan"),
        col("Result", "ok", cell=_yes, keep=8),
        col("Found", "detail", keep=8),
    ),
}
COLUMNS["Explained"] = COLUMNS["Setting"]
