"""Invoices and their lines."""

from cowork_cli.output import text
from cowork_cli.output.columns._column import FIGURES, Column, clock, col, money

COLUMNS: dict[str, tuple[Column, ...]] = {
    "Invoice": (
        Column("Number", lambda row: row.number or row.id, keep=9, style="cyan"),
        col("Date", "date", cell=text.day, keep=7),
        col("Client", "client", keep=8),
        col("Net", "net", cell=money, **{**FIGURES, "keep": 4}),
        col("Gross", "gross", cell=money, **FIGURES),
        col("Open", "open", cell=money, right=True, keep=6),
        col("Due", "due", cell=text.day, keep=5),
        col("State", "state", keep=8),
    ),
    "Line": (
        col("Text", "text", keep=9),
        col("Quantity", "quantity", **FIGURES),
        col("Unit", "unit", keep=6),
        col("Price", "price", **FIGURES),
        col("VAT %", "vat_rate", right=True, keep=5),
        col("Net", "net", cell=money, **FIGURES),
        col("Real", "duration_s", cell=clock, right=True, keep=6),
    ),
}
