"""Bookings of the bank, what an import did, and what explains a booking."""

from typing import Any

from cowork_cli.output.columns._column import ABOUT, FIGURES, ID, Column, col, money, money_parts


def _several(values: Any) -> str:
    return ", ".join(values)


COLUMNS: dict[str, tuple[Column, ...]] = {
    "BankBooking": (
        col("ID", "id", **ID),
        col("Booked", "booked", keep=8),
        col("Amount", "amount", cell=money, **FIGURES),
        col("Name", "name", keep=ABOUT, one_line=True),
        col("Text", "text", keep=ABOUT, one_line=True),
        col("State", "state", keep=8),
        col("Invoices", "invoices", cell=_several, keep=6),
        col("Expense", "expense", keep=5),
        col("Rest", "rest", cell=money, right=True, keep=3),
        col("Account", "account", keep=2, one_line=True),
        col("IBAN", "iban", table=False),
        col("Reference", "reference", table=False),
        col("Valued", "valued", table=False),
        col("Returned", "returned", table=False),
        *money_parts(("Amount", "amount"), ("Rest", "rest")),
    ),
    "BankImport": (
        col("Account", "account", keep=9),
        col("Format", "format", keep=5),
        col("Bank", "bank", keep=6),
        col("Read", "read", right=True, keep=7),
        col("New", "new", right=True, keep=8),
        col("Known", "known", right=True, keep=8),
        col("Left out", "skipped", cell=lambda rows: str(len(rows)), right=True, keep=5),
        col("From", "from_", keep=4),
        col("To", "to", keep=4),
    ),
    "Match": (
        col("Booking", "booking", **ID),
        col("Booked", "booked", keep=6),
        col("Amount", "amount", cell=money, **FIGURES),
        col("Name", "name", keep=5),
        col("Kind", "kind", keep=6),
        col("Sure", "sure", keep=6),
        col("Invoices", "invoices", cell=_several, keep=8),
        col("Expense", "expense", keep=5),
        col("Why", "why", keep=4),
        col("Recorded", "recorded", keep=7),
        *money_parts(("Amount", "amount")),
    ),
}
