"""Invoices and their lines."""

from typing import Any

from cowork_cli.output import text
from cowork_cli.output.columns._column import (
    FIGURES,
    Column,
    clock,
    col,
    money,
    money_parts,
)
from cowork_cli.output.columns._lines import LESS, POSITION

# By UNTDID 1001.
KINDS = {326: "Advance invoice", 384: "Cancellation", 386: "Advance invoice"}


def _reminded(row: Any) -> int | None:
    """The level of the last reminder."""
    return max((part.level for part in row.reminders), default=None)


def _kind(row: Any) -> str | None:
    """What it is, where it is not a plain invoice."""
    return KINDS.get(row.type, "").lower() or None


def _lines(row: Any) -> str:
    r"""Its lines, one below another, cells parted by tabs: `printf '%b'` makes a table of `\n` and `\t`."""
    return "\n".join(
        "\t".join(
            " ".join(str(cell).split())
            for cell in (line.text, f"{line.quantity:f}", line.unit, f"{line.price:f}",
                         f"{line.vat_rate:f}", line.net)
        )
        for line in row.lines
    )  # fmt: skip


COLUMNS: dict[str, tuple[Column, ...]] = {
    "Invoice": (
        Column("Number", lambda row: row.number or row.id, keep=9, style="cyan"),
        col("Date", "date", cell=text.day, keep=7),
        col("Client", "client", keep=8),
        col("Net", "net", cell=money, **{**FIGURES, "keep": 4}),
        col("Gross", "gross", cell=money, **FIGURES),
        col("Open", "open", cell=money, **FIGURES),
        col("Due", "due", cell=text.day, keep=6),
        col("State", "state", keep=8),
        col("Paid", "paid", cell=money, right=True, table=False),
        Column("Kind", _kind, keep=7),
        Column("Reminded", _reminded, right=True, keep=3, table=False),
        *money_parts(("Net", "net"), ("Gross", "gross"), ("Open", "open"), ("Paid", "paid")),
        Column("Lines", _lines, table=False),
    ),
    "Line": (
        *POSITION,
        col("Real", "duration_s", cell=clock, right=True, keep=6),
        LESS,
        *money_parts(("Net", "net")),
    ),
}
