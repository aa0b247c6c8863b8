"""The columns of a line, whatever it stands in: an invoice, a quote, an invoice that is written again."""

from typing import Any

from cowork_cli.output import text
from cowork_cli.output.columns._column import FIGURES, Column, col, money, number, unit_price


def _less(row: Any) -> str | None:
    """A discount, in percent where it was agreed so."""
    if row.discount_percent is not None:
        return f"{row.discount_percent:f} %"
    return str(row.discount) if row.discount else None


def _less_shown(row: Any) -> str:
    """The same for people."""
    if row.discount_percent is not None:
        return f"{number(row.discount_percent)} %"
    return text.money(row.discount)


POSITION = (
    col("Text", "text", keep=9),
    col("Quantity", "quantity", cell=number, **FIGURES),
    col("Unit", "unit", keep=6),
    Column("Price", lambda row: row.price, shown=unit_price, right=True, keep=8),
    col("VAT %", "vat_rate", cell=number, right=True, keep=5),
    col("Net", "net", cell=money, **FIGURES),
)
# What is taken off: it stands behind what came earlier, as every column that was added.
LESS = Column("Less", _less, shown=_less_shown, right=True, keep=6)
