"""Quotes, and invoices that are written again in every period."""

from typing import Any

from cowork_cli.output import text
from cowork_cli.output.columns._column import (
    FIGURES,
    ID,
    Column,
    col,
    money,
    money_parts,
    number,
)
from cowork_cli.output.columns._lines import LESS, POSITION


def _ways(row: Any) -> str:
    return "issued" if row.issue else "draft"


COLUMNS: dict[str, tuple[Column, ...]] = {
    "Quote": (
        col("Number", "number", **ID),
        col("Date", "date", cell=text.day, keep=6),
        col("Client", "client", keep=8),
        col("Net", "net", cell=money, **FIGURES),
        col("Gross", "gross", cell=money, right=True, keep=4),
        col("Billed", "billed", cell=money, right=True, keep=6),
        col("Valid until", "valid_until", cell=text.day, keep=7),
        col("State", "state", keep=8),
        col("Project", "project", keep=5),
        col("Title", "title", keep=3),
        *money_parts(("Net", "net"), ("Gross", "gross"), ("Billed", "billed")),
    ),
    "QuoteLine": (
        *POSITION,
        col("Choice", "choice", keep=7),
        Column("Taken", lambda row: "yes" if row.taken else "no", keep=3),
        col("Billed", "billed", cell=number, right=True, keep=6),
        *money_parts(("Net", "net")),
        LESS,
    ),
    "InvoicePlan": (
        col("Plan", "id", **ID),
        col("Client", "client", keep=8),
        col("Every", "every", keep=6),
        col("Net", "net", cell=money, **FIGURES),
        col("Next", "next", cell=text.day, keep=7),
        col("From", "from_", cell=text.day, keep=4),
        col("Until", "until", cell=text.day, keep=5),
        Column("As", _ways, keep=5),
        Column("Billed", lambda row: len(row.periods), right=True, keep=3),
        *money_parts(("Net", "net")),
    ),
    "PlanLine": (
        *POSITION,
        *money_parts(("Net", "net")),
        LESS,
    ),
    "PlanPeriod": (
        col("From", "from_", cell=text.day, keep=8),
        col("To", "to", cell=text.day, keep=8),
        col("Invoice", "invoice", keep=9, style="cyan"),
    ),
}
