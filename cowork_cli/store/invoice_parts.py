"""What is changed on a draft after it was made, and what is written about an invoice after its issue."""

from datetime import date
from typing import Any

from cowork_cli.domain.invoice import Line
from cowork_cli.domain.settlement import Paid, Reminder
from cowork_cli.store import expenses, invoices, quotes
from cowork_cli.store.engine.store import Store


def line_ids(store: Store, invoice_id: int) -> list[int]:
    """The rows of the lines, in the order of `invoices.lines`."""
    return [
        line_id
        for (line_id,) in store.rows(
            "SELECT id FROM invoice_lines WHERE invoice_id = ? ORDER BY position", invoice_id
        )
    ]


def has_entries(store: Store, line_id: int) -> bool:
    """Whether hours stand behind a line."""
    return bool(store.row("SELECT 1 FROM invoice_entries WHERE line_id = ? LIMIT 1", line_id))


def has_expense(store: Store, line_id: int) -> bool:
    """Whether a line was made of an expense, also of one that is free again."""
    return bool(store.value("SELECT from_expense FROM invoice_lines WHERE id = ?", line_id))


def link_expense(store: Store, invoice_id: int, line_id: int, expense_id: int) -> None:
    """Notes that a line bills an expense, in a transaction of the caller. Raises Conflict."""
    store.journal.update("invoice_lines", line_id, {"from_expense": 1})
    expenses.link(store, invoice_id, line_id, expense_id)


def add_line(store: Store, invoice_id: int, line: Line) -> int:
    """Adds a line at the end, in a transaction of the caller; returns its row."""
    last = store.value(
        "SELECT coalesce(max(position), 0) FROM invoice_lines WHERE invoice_id = ?", invoice_id
    )
    return store.journal.insert("invoice_lines", invoices.line_row(invoice_id, last + 1, line))


def change_line(store: Store, invoice_id: int, line_id: int, line: Line) -> bool:
    """Changes a line, in a transaction of the caller."""
    row = invoices.line_row(invoice_id, 0, line)
    del row["position"]
    return store.journal.update("invoice_lines", line_id, row)


def remove_line(store: Store, line_id: int) -> None:
    """Removes a line and frees what stands behind it, in a transaction of the caller."""
    for table in ("invoice_entries", "invoice_expenses"):
        for (row_id,) in store.rows(f"SELECT id FROM {table} WHERE line_id = ?", line_id):
            store.journal.delete(table, row_id)
    store.journal.delete("invoice_lines", line_id)


def change_draft(store: Store, invoice_id: int, changes: dict[str, Any]) -> bool:
    """Changes columns of a draft, in a transaction of the caller."""
    return store.journal.update("invoices", invoice_id, changes)


def entries_of(store: Store, invoice_id: int) -> set[str]:
    """UUIDs of the entries that stand behind an invoice."""
    return {
        uuid
        for (uuid,) in store.rows(
            "SELECT entry_uuid FROM invoice_entries WHERE invoice_id = ?", invoice_id
        )
    }


def typed_lines(store: Store, invoice_id: int, currency: str) -> list[tuple[Line, int | None]]:
    """The lines of an invoice with neither hours nor an expense behind them.

    Each with the row of the line of a quote that it bills, if it does.
    """
    ids = line_ids(store, invoice_id)
    quoted = quotes.quote_lines_of(store, invoice_id)
    return [
        (line, quoted.get(line_id))
        for line_id, line in zip(ids, invoices.lines(store, invoice_id, currency), strict=True)
        if not has_entries(store, line_id) and not has_expense(store, line_id)
    ]


def replaced_by(store: Store, number: str) -> str | None:
    """The draft, or the invoice that still counts, that replaces this one."""
    name: str | None = store.value(
        "SELECT coalesce(number, 'draft-' || id) FROM invoices i WHERE replaces = ? "
        "AND NOT EXISTS (SELECT 1 FROM invoices o WHERE o.cancels_id = i.id)",
        number,
    )
    return name


# ---- prepayments


def add_prepayment(store: Store, invoice_id: int, prepaid_id: int, amount: int, vat: int) -> None:
    """Deducts a paid invoice from a draft, in a transaction of the caller."""
    store.journal.insert(
        "invoice_prepayments",
        {"invoice_id": invoice_id, "prepaid_id": prepaid_id, "amount": amount, "vat": vat},
    )


def remove_prepayment(store: Store, invoice_id: int, prepaid_id: int) -> bool:
    """Takes a deduction back; False if there was none."""
    row_id = store.value(
        "SELECT id FROM invoice_prepayments WHERE invoice_id = ? AND prepaid_id = ?",
        invoice_id,
        prepaid_id,
    )
    if row_id is None:
        return False
    store.journal.delete("invoice_prepayments", row_id)
    return True


def deducted_on(store: Store, prepaid_id: int) -> str | None:
    """The draft, or the invoice that still counts, that deducts this one."""
    name: str | None = store.value(
        "SELECT coalesce(i.number, 'draft-' || i.id) FROM invoice_prepayments p "
        "JOIN invoices i ON i.id = p.invoice_id WHERE p.prepaid_id = ? AND i.cancels_id IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM invoices o WHERE o.cancels_id = i.id)",
        prepaid_id,
    )
    return name


def prepayments(store: Store, invoice_id: int) -> list[tuple[int, int, int]]:
    """What an invoice deducts: row of the paid invoice, amount, and the VAT in that."""
    return store.rows(
        "SELECT prepaid_id, amount, vat FROM invoice_prepayments WHERE invoice_id = ? ORDER BY id",
        invoice_id,
    )


def prepaid_ids(store: Store, invoice_id: int) -> list[int]:
    """The rows of the invoices that this one deducts."""
    return [
        prepaid_id
        for (prepaid_id,) in store.rows(
            "SELECT prepaid_id FROM invoice_prepayments WHERE invoice_id = ? ORDER BY id",
            invoice_id,
        )
    ]


# ---- payments and reminders


def add_payment(store: Store, invoice_id: int, day: date, minor: int) -> None:
    """Records a payment, in a transaction of the caller."""
    store.journal.insert(
        "payments", {"invoice_id": invoice_id, "day": day.isoformat(), "amount": minor}
    )


def payments(store: Store, invoice_id: int) -> list[Paid]:
    """The payments of an invoice by day."""
    return [
        Paid(date.fromisoformat(day), minor)
        for day, minor in store.rows(
            "SELECT day, amount FROM payments WHERE invoice_id = ? ORDER BY day, id", invoice_id
        )
    ]


def reminder_page(store: Store, invoice_id: int, reminder: Reminder) -> bytes | None:
    """The page of a reminder that was kept; None for one from before pages were."""
    page = store.value(
        "SELECT l.content FROM reminders r JOIN letters l ON l.sha256 = r.letter "
        "WHERE r.invoice_id = ? AND r.level = ? AND r.day = ?",
        invoice_id,
        reminder.level,
        reminder.date.isoformat(),
    )
    return None if page is None else bytes(page)


def is_letter(store: Store, content: bytes) -> bool:
    """Whether these are the bytes of a letter that is kept."""
    import hashlib

    digest = hashlib.sha256(content).hexdigest()
    return bool(store.row("SELECT 1 FROM letters WHERE sha256 = ?", digest))


def keep_reminder(store: Store, invoice_id: int, reminder: Reminder, page: bytes) -> None:
    """Records a reminder and its page, once for each day and level, in a transaction of the caller."""
    import hashlib

    digest = hashlib.sha256(page).hexdigest()
    store.connection.run(
        "INSERT INTO letters (sha256, content) VALUES (?, ?) ON CONFLICT DO NOTHING", digest, page
    )
    key = {"level": reminder.level, "day": reminder.date.isoformat()}
    values = {
        "pay_by": reminder.pay_by.isoformat(),
        "open": reminder.open.minor,
        "fee": reminder.fee.minor if reminder.fee else None,
        "interest": reminder.interest.minor if reminder.interest else None,
        "letter": digest,
    }
    row_id = store.value(
        "SELECT id FROM reminders WHERE invoice_id = ? AND level = ? AND day = ?",
        invoice_id,
        *key.values(),
    )
    if row_id is not None:
        store.journal.update("reminders", row_id, values)
    else:
        store.journal.insert("reminders", {"invoice_id": invoice_id, **key, **values})
