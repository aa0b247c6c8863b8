"""Expenses, their receipts, and the lines that bill them in the store."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cowork_cli.domain.expense import Expense
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period
from cowork_cli.errors import Conflict, RuleBroken
from cowork_cli.store.engine.store import Store

_EXPENSE = """
    SELECT x.id, x.day, x.text, x.currency, x.net, x.vat, x.vat_rate, x.eur_rate, x.booking_id,
           x.receipt_name, x.receipt, c.slug AS client, x.rebill, x.markup, l.invoice_id, i.number,
           x.category, x.reverse_charge, x.country
    FROM expenses x LEFT JOIN clients c ON c.id = x.client_id
    LEFT JOIN invoice_expenses l ON l.expense_id = x.id LEFT JOIN invoices i ON i.id = l.invoice_id"""


def add(store: Store, row: Mapping[str, Any], receipt: bytes | None) -> int:
    """Adds an expense and keeps its receipt, in a transaction of the caller."""
    _keep(store, row, receipt)
    return store.journal.insert("expenses", row)


def change(store: Store, expense_id: int, row: Mapping[str, Any], receipt: bytes | None) -> bool:
    """Changes an expense, in a transaction of the caller; the bytes of an earlier receipt stay."""
    _keep(store, row, receipt)
    return store.journal.update("expenses", expense_id, row)


def _keep(store: Store, row: Mapping[str, Any], receipt: bytes | None) -> None:
    if receipt is not None:
        store.connection.run(
            "INSERT INTO receipts (sha256, content) VALUES (?, ?) ON CONFLICT DO NOTHING",
            row["receipt"],
            receipt,
        )


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
    count = store.value(
        "SELECT count(*) FROM expenses WHERE NOT ((? IS NULL OR day >= ?) AND (? IS NULL OR day <= ?))",
        *(_text(period.from_),) * 2,
        *(_text(period.to),) * 2,
    )
    return int(count)


def with_receipt(store: Store, sha256: str) -> int | None:
    """The expense that has this receipt."""
    row_id: int | None = store.value("SELECT id FROM expenses WHERE receipt = ?", sha256)
    return row_id


def of_booking(store: Store, booking_id: int) -> int | None:
    """The expense of a booking."""
    row_id: int | None = store.value("SELECT id FROM expenses WHERE booking_id = ?", booking_id)
    return row_id


def receipt(store: Store, expense_id: int) -> bytes | None:
    """The bytes of the receipt of an expense."""
    content = store.value(
        "SELECT r.content FROM expenses x JOIN receipts r ON r.sha256 = x.receipt WHERE x.id = ?",
        expense_id,
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
    except RuleBroken as broken:
        raise Conflict(
            f"expense x-{expense_id} is billed already, or gone ({broken.message})",
            f"see it with `cowork expense show x-{expense_id}`",
        ) from broken


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
    currency = row.currency
    net, vat = Money(row.net, currency), Money(row.vat, currency)
    return Expense(
        id=f"x-{row.id}",
        date=date.fromisoformat(row.day),
        text=row.text,
        net=net,
        vat_rate=Decimal(row.vat_rate),
        vat=vat,
        gross=net + vat,
        eur_rate=None if row.eur_rate is None else Decimal(row.eur_rate),
        booking=None if row.booking_id is None else f"b-{row.booking_id}",
        receipt=row.receipt_name,
        sha256=row.receipt,
        client=row.client,
        rebill=None if row.rebill is None else Money(row.rebill, currency),
        markup=None if row.markup is None else Decimal(row.markup),
        billed_on=None if row.invoice_id is None else row.number or f"draft-{row.invoice_id}",
        category=row.category,
        reverse_charge=bool(row.reverse_charge),
        country=row.country,
    )


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
