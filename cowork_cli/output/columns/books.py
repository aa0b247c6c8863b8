"""Expenses, VAT, and what was exported for the tax adviser."""

from cowork_cli.output import text
from cowork_cli.output.columns._column import FIGURES, ID, Column, col, money, money_parts, percent

COLUMNS: dict[str, tuple[Column, ...]] = {
    "Expense": (
        col("ID", "id", **ID),
        col("Date", "date", cell=text.day, keep=8),
        col("Text", "text", keep=8),
        col("Net", "net", cell=money, total=True, **FIGURES),
        col("VAT %", "vat_rate", right=True, keep=5),
        col("VAT", "vat", cell=money, total=True, right=True, keep=6),
        col("Gross", "gross", cell=money, total=True, **FIGURES),
        col("Booking", "booking", keep=3),
        col("Receipt", "receipt", keep=4),
        col("Client", "client", keep=6),
        col("Rebilled at", "rebill", cell=money, right=True, keep=4),
        col("Billed on", "billed_on", keep=5),
        col("SHA-256", "sha256", table=False),
        col("EUR rate", "eur_rate", table=False),
        col("Markup", "markup", cell=percent, table=False),
        col("Category", "category", keep=3),
        col("Reverse charge", "reverse_charge", table=False),
        col("Country", "country", table=False),
        *money_parts(("Net", "net"), ("VAT", "vat"), ("Gross", "gross"), ("Rebilled at", "rebill")),
    ),
    "VatReportRow": (
        col("Kind", "kind", keep=9),
        col("Case", "case", keep=7),
        col("Category", "category", keep=2),
        col("VAT %", "rate", right=True, keep=8),
        col("Base", "base", cell=money, **FIGURES),
        col("VAT", "vat", cell=money, **FIGURES),
        col("VAT id", "vat_id", keep=6),
        col("Client", "client", keep=5),
        col("Document", "document", keep=6),
        col("Reason", "reason", keep=1, table=False),
        *money_parts(("Base", "base"), ("VAT", "vat")),
    ),
    "VatLine": (
        col("Kz", "code", keep=9),
        col("Line", "label", keep=8),
        col("Base", "base", cell=money, **FIGURES),
        col("Tax", "tax", cell=money, **FIGURES),
        col("Year", "year", keep=6),
        col("Source", "source", table=False),
        *money_parts(("Base", "base"), ("Tax", "tax")),
    ),
    "BooksFile": (
        col("File", "name", keep=9),
        col("Records", "records", right=True, keep=7),
        col("Bytes", "bytes", right=True, keep=6),
        col("SHA-256", "sha256", cell=lambda value: value[:16], keep=4),
    ),
}
