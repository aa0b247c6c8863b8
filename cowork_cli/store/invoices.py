"""Drafts, issued invoices, their numbers and files in the store."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from cowork_cli.domain.digits import whole_number
from cowork_cli.domain.invoice import Exchange, Invoice, Line, VatRow
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period
from cowork_cli.domain.settlement import Paid, Prepayment, Reminder, skonto_taken
from cowork_cli.errors import Conflict
from cowork_cli.store.engine.store import Store

_INVOICE = """
    SELECT i.id, i.state, i.number, i.type, c.slug, i.date, i.due, i.period_from, i.period_to,
           i.currency, i.net, i.gross, i.vat, i.replaces,
           (SELECT number FROM invoices o WHERE o.id = i.cancels_id),
           (SELECT number FROM invoices o WHERE o.cancels_id = i.id),
           (SELECT json_group_array(json_array(day, amount)) FROM payments p
            WHERE p.invoice_id = i.id),
           (SELECT json_group_array(json_array(o.number, o.date, p.amount, p.vat))
            FROM invoice_prepayments p JOIN invoices o ON o.id = p.prepaid_id
            WHERE p.invoice_id = i.id),
           (SELECT json_group_array(json_array(level, day, pay_by, open, fee, interest))
            FROM (SELECT * FROM reminders r WHERE r.invoice_id = i.id ORDER BY day, level)),
           i.skonto, i.vat_currency, i.exchange_rate, i.exchange_day
    FROM invoices i JOIN clients c ON c.id = i.client_id"""


def add_draft(
    store: Store, row: dict[str, Any], lines: Sequence[tuple[Line, Sequence[tuple[int, str, int]]]]
) -> int:
    """Adds a draft in a transaction of the caller: its lines, and the entries behind each line.

    An entry is (row, uuid, seconds). Returns the row of the draft.
    """
    journal = store.journal
    draft_id = journal.insert("invoices", {"state": "draft", "created_at": store.now_s, **row})
    for position, (line, behind) in enumerate(lines, 1):
        line_id = journal.insert("invoice_lines", line_row(draft_id, position, line))
        for entry_id, entry_uuid, seconds in behind:
            journal.insert(
                "invoice_entries",
                {
                    "invoice_id": draft_id,
                    "line_id": line_id,
                    "entry_id": entry_id,
                    "entry_uuid": entry_uuid,
                    "seconds": seconds,
                },
            )
    return draft_id


def line_row(invoice_id: int, position: int, line: Line) -> dict[str, Any]:
    """A line as a record."""
    return {
        "invoice_id": invoice_id,
        "position": position,
        "text": line.text,
        "quantity": f"{line.quantity:f}",
        "unit": line.unit,
        "price": f"{line.price:f}",
        "discount": line.discount.minor if line.discount else None,
        "discount_percent": f"{line.discount_percent:f}" if line.discount_percent else None,
        "vat_rate": f"{line.vat_rate:f}",
        "vat_category": line.vat_category,
        "net": line.net.minor,
        "duration_s": line.duration_s,
    }


def discard(store: Store, draft_id: int) -> None:
    """Removes a draft and what hangs on it, in a transaction of the caller."""
    for table in ("invoice_prepayments", "invoice_expenses", "invoice_entries", "invoice_lines"):
        for (row_id,) in store.rows(f"SELECT id FROM {table} WHERE invoice_id = ?", draft_id):
            store.journal.delete(table, row_id)
    store.journal.delete("invoices", draft_id)


def changed_entries(store: Store, draft_id: int) -> list[str]:
    """Entries of a draft that are not any more what they were when it was made."""
    return [
        f"e-{row[0]}"
        for row in store.rows(
            "SELECT ie.entry_id FROM invoice_entries ie LEFT JOIN entries e ON e.id = ie.entry_id "
            "AND e.uuid = ie.entry_uuid WHERE ie.invoice_id = ? AND (e.id IS NULL OR "
            "e.to_at IS NULL OR e.to_at - e.from_at <> ie.seconds OR e.billable = 0)",
            draft_id,
        )
    ]


def billed_elsewhere(store: Store, draft_id: int) -> list[tuple[str, str]]:
    """Entries of a draft that are on an issued invoice already, with its number."""
    return [
        (f"e-{row[0]}", row[1])
        for row in store.rows(
            "SELECT e.id, i.number FROM invoice_entries ie JOIN entries e ON e.id = ie.entry_id "
            "JOIN invoices i ON i.id = e.invoice_id WHERE ie.invoice_id = ?",
            draft_id,
        )
    ]


def take_number(store: Store, series: str, year: int, first: int) -> int:
    """The next number of a series, taken for good with the caller's transaction.

    `year` is 0 for a series that does not restart; `first` is the lowest number that may be taken.
    """
    row = store.row("SELECT last FROM number_series WHERE series = ? AND year = ?", series, year)
    number = max(first, row[0] + 1 if row else 1)
    if row:
        sql = "UPDATE number_series SET last = ? WHERE series = ? AND year = ?"
    else:
        sql = "INSERT INTO number_series (last, series, year) VALUES (?, ?, ?)"
    store.connection.run(sql, number, series, year)
    return number


def last_number(store: Store, series: str, year: int) -> int:
    """The last number used, 0 for none."""
    row = store.row("SELECT last FROM number_series WHERE series = ? AND year = ?", series, year)
    return row[0] if row else 0


def last_date(store: Store, series: str) -> date | None:
    """The date of the invoice of a series that was dated last."""
    row = store.row("SELECT max(date) FROM invoices WHERE state = 'issued' AND series = ?", series)
    return date.fromisoformat(row[0]) if row and row[0] else None


def issue(store: Store, draft_id: int, changes: dict[str, Any], entry_ids: Sequence[int]) -> None:
    """Makes a draft an invoice and marks its entries, in a transaction of the caller.

    The skonto agreed with the client is frozen with it. Raises Conflict for a number that is used,
    and where an invoice that it deducts is not paid any more.
    """
    from cowork_cli.store import expenses, invoice_parts

    invoice_parts.refuse_unpaid(store, draft_id)
    skonto = store.row(
        "SELECT c.skonto FROM invoices i JOIN clients c ON c.id = i.client_id "
        "WHERE i.id = ? AND i.cancels_id IS NULL",
        draft_id,
    )
    changes = {"skonto": skonto[0] if skonto else None, **changes}
    try:
        store.journal.update("invoices", draft_id, {"state": "issued", **changes})
    except sqlite3.IntegrityError as error:
        raise Conflict(
            f"the number {changes['number']} is used already ({error})", "see `cowork invoice list`"
        ) from error
    for entry_id in entry_ids:
        store.journal.update("entries", entry_id, {"invoice_id": draft_id})
    cancels = store.row("SELECT cancels_id FROM invoices WHERE id = ?", draft_id)[0]
    if cancels is not None:
        invoice_parts.refuse_deducted(store, cancels)
        expenses.release(store, cancels)


def entry_ids(store: Store, invoice_id: int) -> list[int]:
    """The entries behind an invoice."""
    return [
        row[0]
        for row in store.rows(
            "SELECT entry_id FROM invoice_entries WHERE invoice_id = ? ORDER BY entry_id",
            invoice_id,
        )
    ]


def keep_file(store: Store, invoice_id: int, name: str, content: bytes) -> str:
    """Keeps the bytes of a document for good; returns their SHA-256."""
    import hashlib

    digest = hashlib.sha256(content).hexdigest()
    store.connection.run(
        "INSERT INTO invoice_files (invoice_id, name, content, sha256) VALUES (?, ?, ?, ?)",
        invoice_id,
        name,
        content,
        digest,
    )
    return digest


def files(store: Store, invoice_id: int | None = None) -> list[tuple[str, bytes, str]]:
    """Name, bytes and hash of the documents of one invoice, or of all."""
    where, values = ("WHERE invoice_id = ?", [invoice_id]) if invoice_id else ("", [])
    return [
        tuple(row)
        for row in store.rows(
            f"SELECT name, content, sha256 FROM invoice_files {where} ORDER BY name", *values
        )
    ]


def file_hashes(store: Store, invoice_id: int) -> list[tuple[str, str]]:
    """Name and hash of the documents of an invoice."""
    return [
        (row[0], row[1])
        for row in store.rows(
            "SELECT name, sha256 FROM invoice_files WHERE invoice_id = ? ORDER BY name", invoice_id
        )
    ]


def file_names(store: Store) -> list[str]:
    """Names of all kept documents."""
    return [row[0] for row in store.rows("SELECT name FROM invoice_files ORDER BY name")]


def find(store: Store, text: str) -> int | None:
    """The row of the invoice with this number, or of `draft-N` (also after it was issued)."""
    row = store.row("SELECT id FROM invoices WHERE number = ?", text)
    draft = whole_number(text[6:]) if text.startswith("draft-") else None
    if row is None and draft is not None:
        row = store.row("SELECT id FROM invoices WHERE id = ?", draft)
    return row[0] if row else None


def invoice(store: Store, invoice_id: int, today: str) -> Invoice:
    """One invoice, whole."""
    return _invoice(store, store.row(f"{_INVOICE} WHERE i.id = ?", invoice_id), today)


def invoices(store: Store, period: Period, today: str) -> list[Invoice]:
    """Invoices dated in a period, and all drafts; drafts come last."""
    where, values = ["1"], []
    if period.from_:
        where.append("(i.date >= ? OR i.state = 'draft')")
        values.append(period.from_.isoformat())
    if period.to:
        where.append("(i.date <= ? OR i.state = 'draft')")
        values.append(period.to.isoformat())
    rows = store.rows(
        f"{_INVOICE} WHERE {' AND '.join(where)} ORDER BY i.state = 'draft', i.date, i.id", *values
    )
    return [_invoice(store, row, today) for row in rows]


def draft_facts(store: Store, invoice_id: int) -> tuple[int, str, str | None, str | None]:
    """Client row, series, order reference and note of a draft."""
    row = store.row(
        "SELECT client_id, series, order_ref, note FROM invoices WHERE id = ?", invoice_id
    )
    return tuple(row)


def lines(store: Store, invoice_id: int, currency: str) -> tuple[Line, ...]:
    """The lines of an invoice in their order."""
    return tuple(
        Line(
            text=row[0],
            quantity=Decimal(row[1]),
            unit=row[2],
            price=Decimal(row[3]),
            discount=None if row[4] is None else Money(row[4], currency),
            vat_rate=Decimal(row[5]),
            vat_category=row[6],
            net=Money(row[7], currency),
            duration_s=row[8],
            discount_percent=None if row[9] is None else Decimal(row[9]),
        )
        for row in store.rows(
            "SELECT text, quantity, unit, price, discount, vat_rate, vat_category, net, duration_s, "
            "discount_percent FROM invoice_lines WHERE invoice_id = ? ORDER BY position",
            invoice_id,
        )
    )


def vat_json(rows: Sequence[VatRow]) -> str:
    """The VAT breakdown as it is kept."""
    return json.dumps(
        [
            [f"{row.rate:f}", row.category, row.base.minor, row.amount.minor, row.reason]
            for row in rows
        ],
        ensure_ascii=False,
    )


def _invoice(store: Store, row: Any, today: str) -> Invoice:
    currency, gross = row[9], row[11]
    vat = tuple(
        VatRow(Decimal(rate), category, Money(base, currency), Money(amount, currency), reason)
        for rate, category, base, amount, reason in json.loads(row[12])
    )
    payments = [Paid(date.fromisoformat(day), minor) for day, minor in json.loads(row[16])]
    prepaid = tuple(
        Prepayment(number, date.fromisoformat(day), Money(amount, currency), Money(part, currency))
        for number, day, amount, part in json.loads(row[17])
    )
    payable = Money(gross - sum(part.amount.minor for part in prepaid), currency)
    skonto = _skonto_taken(row, payable, payments)
    paid = gross - payable.minor + sum(payment.minor for payment in payments)
    closed = row[1] == "draft" or row[14] or row[15]
    is_open = 0 if closed else gross - paid - (skonto.minor if skonto else 0)
    kept = file_hashes(store, row[0]) if row[1] == "issued" else []
    return Invoice(
        number=row[2],
        id=row[2] or f"draft-{row[0]}",
        type=row[3],
        state=_state(row, is_open, bool(payments), today),
        client=row[4],
        date=_date(row[5]),
        due=_date(row[6]),
        period=Period(_date(row[7]), _date(row[8])),
        currency=currency,
        lines=lines(store, row[0], currency),
        net=Money(row[10], currency),
        vat=vat,
        gross=Money(gross, currency),
        paid=Money(paid, currency),
        open=Money(is_open, currency),
        cancels=row[14],
        cancelled_by=row[15],
        replaces=row[13],
        files=tuple(name for name, _ in kept),
        sha256=kept[0][1] if kept else None,
        prepaid=prepaid,
        skonto_taken=skonto,
        exchange=_exchange(row, vat),
        reminders=tuple(_reminder(part, currency) for part in json.loads(row[18])),
    )


def _skonto_taken(row: Any, payable: Money, payments: Sequence[Paid]) -> Money | None:
    if row[1] == "draft" or not row[19] or not payments:
        return None
    from cowork_cli.domain.billing import parse_skonto

    percent, days = parse_skonto(row[19])
    return skonto_taken(
        percent, date.fromisoformat(row[5]) + timedelta(days=days), payable, payments
    )


def _exchange(row: Any, vat: Sequence[VatRow]) -> Exchange | None:
    if row[20] is None:
        return None
    rate = Decimal(row[21])
    amount = sum((part.amount.amount for part in vat), Decimal(0))
    return Exchange(rate, date.fromisoformat(row[22]), Money.of(amount * rate, row[20]))


def _reminder(part: Sequence[Any], currency: str) -> Reminder:
    level, day, pay_by, is_open, fee, interest = part
    return Reminder(
        level=level,
        date=date.fromisoformat(day),
        pay_by=date.fromisoformat(pay_by),
        open=Money(is_open, currency),
        fee=None if fee is None else Money(fee, currency),
        interest=None if interest is None else Money(interest, currency),
        total=Money(is_open + (fee or 0) + (interest or 0), currency),
    )


def _state(row: Any, is_open: int, paid: bool, today: str) -> str:
    """The state follows from facts; `overdue` wins over `part-paid`."""
    if row[1] == "draft":
        return "draft"
    if row[14]:
        return "cancellation"
    if row[15]:
        return "cancelled"
    if is_open <= 0:
        return "paid"
    if row[6] and row[6] < today:
        return "overdue"
    return "part-paid" if paid else "issued"


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def document(store: Store, invoice_id: int) -> str:
    """The frozen snapshot of an issued invoice, as JSON."""
    return str(store.row("SELECT document FROM invoices WHERE id = ?", invoice_id)[0])
