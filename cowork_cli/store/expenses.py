"""Expenses, their receipts, and the lines that bill them in the store."""

import sqlite3
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cowork_cli.domain.expense import Expense
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period
from cowork_cli.errors import Conflict
from cowork_cli.store.engine.store import Store, value_of

_EXPENSE = """
    SELECT x.id, x.day, x.text, x.currency, x.net, x.vat, x.vat_rate, x.eur_rate, x.booking_id,
           x.receipt_name, x.receipt, c.slug, x.rebill, x.markup, i.id, i.number
    FROM expenses x LEFT JOIN clients c ON c.id = x.client_id
    LEFT JOIN invoice_expenses l ON l.expense_id = x.id LEFT JOIN invoices i ON i.id = l.invoice_id"""


def add(store: Store, row: Mapping[str, Any], receipt: bytes | None) -> int:
    """Adds an expense and keeps its receipt, in a transaction of the caller."""
    if receipt is not None:
        store.connection.run(
            "INSERT OR IGNORE INTO receipts (sha256, content) VALUES (?, ?)",
            row["receipt"],
            receipt,
        )
    return store.journal.insert("expenses", row)


def remove(store: Store, expense_id: int) -> None:
    """Removes an expense in a transaction of the caller; the bytes of its receipt stay."""
    store.journal.delete("expenses", expense_id)


def expense(store: Store, expense_id: int) -> Expense | None:
    """The expense `x-EXPENSE_ID`, or None."""
    row = store.row(f"{_EXPENSE} WHERE x.id = ?", expense_id)
    return None if row is None else _expense(row)


def expenses(store: Store, period: Period) -> list[Expense]:
    """The expenses of a period, the first first."""
    rows = store.rows(
        f"{_EXPENSE} WHERE (? IS NULL OR x.day >= ?) AND (? IS NULL OR x.day <= ?) "
        "ORDER BY x.day, x.id",
        *(_text(period.from_),) * 2,
        *(_text(period.to),) * 2,
    )
    return [_expense(row) for row in rows]


def outside(store: Store, period: Period) -> int:
    """How many expenses lie outside a period."""
    row = store.row(
        "SELECT count(*) FROM expenses WHERE NOT ((? IS NULL OR day >= ?) AND (? IS NULL OR day <= ?))",
        *(_text(period.from_),) * 2,
        *(_text(period.to),) * 2,
    )
    return int(value_of(row))


def with_receipt(store: Store, sha256: str) -> int | None:
    """The expense that has this receipt."""
    row_id = value_of(store.row("SELECT id FROM expenses WHERE receipt = ?", sha256))
    return None if row_id is None else int(row_id)


def of_booking(store: Store, booking_id: int) -> int | None:
    """The expense of a booking."""
    row_id = value_of(store.row("SELECT id FROM expenses WHERE booking_id = ?", booking_id))
    return None if row_id is None else int(row_id)


def receipt(store: Store, expense_id: int) -> bytes | None:
    """The bytes of the receipt of an expense."""
    content = value_of(
        store.row(
            "SELECT r.content FROM expenses x JOIN receipts r ON r.sha256 = x.receipt "
            "WHERE x.id = ?",
            expense_id,
        )
    )
    return None if content is None else bytes(content)


def receipt_names(store: Store) -> list[tuple[int, str]]:
    """Every expense with a receipt, and the name of the file."""
    return store.rows("SELECT id, receipt_name FROM expenses WHERE receipt IS NOT NULL ORDER BY id")


# ---- billing


def rebilled(store: Store, client_row: int, currency: str) -> list[tuple[int, str, int]]:
    """Row, text and price of what a client is to be billed and no draft or invoice bills yet."""
    return store.rows(
        "SELECT x.id, x.text, x.rebill FROM expenses x WHERE x.client_id = ? AND x.currency = ? "
        "AND x.rebill IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM invoice_expenses l WHERE l.expense_id = x.id) "
        "ORDER BY x.day, x.id",
        client_row,
        currency,
    )


def link(store: Store, invoice_id: int, line_id: int, expense_id: int) -> None:
    """Notes the line that bills an expense, in a transaction of the caller. Raises Conflict."""
    try:
        store.journal.insert(
            "invoice_expenses",
            {"invoice_id": invoice_id, "line_id": line_id, "expense_id": expense_id},
        )
    except sqlite3.IntegrityError as error:
        raise Conflict(
            f"expense x-{expense_id} is billed already, or gone ({error})",
            f"see it with `cowork expense show x-{expense_id}`",
        ) from error


def release(store: Store, invoice_id: int, line_id: int | None = None) -> int:
    """Frees the expenses of an invoice, or of one line, in a transaction of the caller."""
    links = store.rows(
        "SELECT id FROM invoice_expenses WHERE invoice_id = ? AND (? IS NULL OR line_id = ?)",
        invoice_id,
        line_id,
        line_id,
    )
    for (link_id,) in links:
        store.journal.delete("invoice_expenses", link_id)
    return len(links)


def _expense(row: Any) -> Expense:
    currency = row[3]
    net, vat = Money(row[4], currency), Money(row[5], currency)
    return Expense(
        id=f"x-{row[0]}",
        date=date.fromisoformat(row[1]),
        text=row[2],
        net=net,
        vat_rate=Decimal(row[6]),
        vat=vat,
        gross=net + vat,
        eur_rate=None if row[7] is None else Decimal(row[7]),
        booking=None if row[8] is None else f"b-{row[8]}",
        receipt=row[9],
        sha256=row[10],
        client=row[11],
        rebill=None if row[12] is None else Money(row[12], currency),
        markup=None if row[13] is None else Decimal(row[13]),
        billed_on=None if row[14] is None else row[15] or f"draft-{row[14]}",
    )


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
