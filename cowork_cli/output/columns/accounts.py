"""Accounts, their checks, providers."""

from typing import Any

from cowork_cli.output.columns._column import Column, col


def _what_works(row: Any) -> str:
    """`search: 1,204 spaces, booking: no`; what was not asked is left out."""
    asked = [check for check in row.capabilities if check.works is not None]
    return ", ".join(f"{one.capability}: {one.message if one.works else 'no'}" for one in asked)


COLUMNS: dict[str, tuple[Column, ...]] = {
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
        Column("What works", _what_works, keep=8),
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
