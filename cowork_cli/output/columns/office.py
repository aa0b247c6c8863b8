"""Settings, the journal, checks, accounts, help."""

from typing import Any

from cowork_cli.output.columns._column import Column, col


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
        col("Command", "command", keep=9, style="cyan"),
        col("Kind", "kind", keep=1, table=False),
        col("State", "undone", cell=lambda value: "undone" if value else "", keep=7),
        Column("What", _records, keep=6),
    ),
    "Check": (
        col("Check", "name", keep=9, style="cyan"),
        col("Result", "ok", cell=_yes, keep=8),
        col("Found", "detail", keep=7),
    ),
    "TopicRow": (
        col("", "name", keep=9, style="cyan"),
        col("Meaning", "meaning", keep=8),
        col("More", "detail", keep=4),
    ),
    "FieldRow": (
        col("Command", "command", keep=8, style="cyan"),
        col("Field", "field", keep=9),
        col("Type", "type", keep=7),
    ),
    "Account": (
        col("Account", "name", keep=9, style="cyan"),
        col("Provider", "provider", keep=7),
        col("On", "enabled", keep=8, cell=lambda value: "on" if value else "off"),
        col("Can", "capabilities", keep=6),
        col("Login", "login", keep=5),
        col("What it is", "title", keep=3),
    ),
    "AccountCheck": (
        col("Account", "name", keep=9, style="cyan"),
        col("State", "state", keep=9),
        col("Login", "login", keep=7),
        col("Works in cron", "cron", keep=6),
        col("Message", "message", keep=5),
    ),
    "Provider": (
        col("Provider", "name", keep=9, style="cyan"),
        col("What it is", "title", keep=6),
        col("Can", "capabilities", keep=7),
        col("State", "status", keep=8),
        col("Accounts", "accounts", keep=4),
        col("Settings", "settings", keep=2, table=False),
        col("Documentation", "docs", keep=1, table=False),
    ),
}
COLUMNS["Explained"] = COLUMNS["Setting"]
