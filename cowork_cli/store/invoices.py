"""Drafts, issued invoices, their numbers and files in the store."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal

from cowork_cli.domain.digits import whole_number
from cowork_cli.domain.invoice import Exchange, Invoice, Line, VatRow, case_words
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period
from cowork_cli.domain.settlement import Paid, Prepayment, Reminder, skonto_taken
from cowork_cli.records import dataclass
from cowork_cli.store import line_rows, mailings
from cowork_cli.store.engine import dialect, many

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from cowork_cli.store.engine.store import Store

_PAYMENTS = dialect.json_list(
    "day, amount",
    "(SELECT * FROM payments p WHERE p.invoice_id = i.id ORDER BY day, id) AS came",
)
_PREPAID = dialect.json_list(
    "o.number, o.date, p.amount, p.vat",
    "invoice_prepayments p JOIN invoices o ON o.id = p.prepaid_id WHERE p.invoice_id = i.id",
)
_REMINDERS = dialect.json_list(
    "level, day, pay_by, open, fee, interest",
    "(SELECT * FROM reminders r WHERE r.invoice_id = i.id ORDER BY day, level) AS sent",
)
_INVOICE = f"""
    SELECT i.id, i.state, i.number, i.type, c.slug AS client, i.date, i.due, i.period_from,
           i.period_to, i.currency, i.net, i.gross, i.vat, i.replaces, i.skonto, i.vat_currency,
           i.exchange_rate, i.exchange_day,
           (SELECT number FROM quotes q WHERE q.id = i.quote_id) AS quote,
           (SELECT plan_id FROM invoice_plan_periods pp WHERE pp.invoice_id = i.id) AS plan,
           (SELECT count(*) FROM mailings m WHERE m.invoice_id = i.id) AS mails,
           (SELECT number FROM invoices o WHERE o.id = i.cancels_id) AS cancels,
           (SELECT number FROM invoices o WHERE o.cancels_id = i.id) AS cancelled_by,
           {_PAYMENTS} AS payments, {_PREPAID} AS prepaid, {_REMINDERS} AS reminders
    FROM invoices i JOIN clients c ON c.id = i.client_id"""

_LINE = (
    "invoice_id", "position", "text", "quantity", "unit", "price", "discount", "discount_percent",
    "from_expense", "vat_rate", "vat_category", "net", "duration_s", "quote_line_id",
)  # fmt: skip
_AS_TYPED = {
    "from_expense": 0,
    "quote_line_id": None,
}  # what a line is until something else is said


def add_draft(
    store: Store, row: dict[str, Any], lines: Sequence[tuple[Line, Sequence[tuple[int, str, int]]]]
) -> int:
    """Adds a draft in a transaction of the caller: its lines, and the entries behind each line.

    An entry is (row, uuid, seconds). Returns the row of the draft.
    """
    journal = store.journal
    draft_id = journal.insert("invoices", {"state": "draft", "created_at": store.now_s, **row})
    columns = [
        _AS_TYPED | line_row(draft_id, position, line)
        for position, (line, _) in enumerate(lines, 1)
    ]
    line_ids = many.insert(
        journal, "invoice_lines", _LINE, [tuple(map(of_line.get, _LINE)) for of_line in columns]
    )
    many.insert(
        journal,
        "invoice_entries",
        ("invoice_id", "line_id", "entry_id", "entry_uuid", "seconds"),
        [
            (draft_id, line_id, *entry)
            for line_id, (_, behind) in zip(line_ids, lines, strict=True)
            for entry in behind
        ],
    )
    return draft_id


def line_row(invoice_id: int, position: int, line: Line) -> dict[str, Any]:
    """A line as a record."""
    return {
        "invoice_id": invoice_id,
        "position": position,
        **line_rows.columns(line),
        "duration_s": line.duration_s,
    }


def discard(store: Store, draft_id: int) -> None:
    """Removes a draft and what hangs on it, in a transaction of the caller.

    The period of a recurring invoice that it was made for stays done.
    """
    for (row_id,) in store.rows(
        "SELECT id FROM invoice_plan_periods WHERE invoice_id = ?", draft_id
    ):
        store.journal.update("invoice_plan_periods", row_id, {"invoice_id": None})
    for table in ("invoice_prepayments", "invoice_expenses", "invoice_entries", "invoice_lines"):
        rows = store.rows(f"SELECT id FROM {table} WHERE invoice_id = ?", draft_id)
        many.delete(store.journal, table, [row_id for (row_id,) in rows])
    store.journal.delete("invoices", draft_id)


def drafts_to(store: Store, client: str) -> list[tuple[str, str]]:
    """The drafts to a client, by its id, each with its currency."""
    rows = store.rows(
        "SELECT i.id, i.currency FROM invoices i JOIN clients c ON c.id = i.client_id "
        "WHERE i.state = 'draft' AND c.slug = ? ORDER BY i.id",
        client,
    )
    return [(f"draft-{draft_id}", currency) for draft_id, currency in rows]


def billed_elsewhere(store: Store, draft_id: int) -> list[tuple[str, str]]:
    """Entries of a draft that are on an issued invoice already, with its number."""
    return [
        (f"e-{entry_id}", number)
        for entry_id, number in store.rows(
            "SELECT e.id, i.number FROM invoice_entries ie JOIN entries e ON e.id = ie.entry_id "
            "JOIN invoices i ON i.id = e.invoice_id WHERE ie.invoice_id = ?",
            draft_id,
        )
    ]


def entry_ids(store: Store, invoice_id: int) -> list[int]:
    """The entries behind an invoice."""
    return [
        entry_id
        for (entry_id,) in store.rows(
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
    return store.rows(
        f"SELECT name, content, sha256 FROM invoice_files {where} ORDER BY name", *values
    )


def file_hashes(store: Store, invoice_id: int) -> list[tuple[str, str]]:
    """Name and hash of the documents of an invoice."""
    return store.rows(
        "SELECT name, sha256 FROM invoice_files WHERE invoice_id = ? ORDER BY name", invoice_id
    )


def file_names(store: Store) -> list[str]:
    """Names of all kept documents."""
    return [name for (name,) in store.rows("SELECT name FROM invoice_files ORDER BY name")]


def find(store: Store, text: str) -> int | None:
    """The row of the invoice with this number, or of `draft-N` (also after it was issued)."""
    row_id: int | None = store.value("SELECT id FROM invoices WHERE number = ?", text)
    draft = whole_number(text[6:]) if text.startswith("draft-") else None
    if row_id is None and draft is not None:
        row_id = store.value("SELECT id FROM invoices WHERE id = ?", draft)
    return row_id


def is_there(store: Store, invoice_id: int) -> bool:
    """Whether there still is a draft or an invoice of this row."""
    return bool(store.value("SELECT count(*) FROM invoices WHERE id = ?", invoice_id))


def invoice(store: Store, invoice_id: int, today: str) -> Invoice:
    """One invoice, whole."""
    return _invoice(store, store.row(f"{_INVOICE} WHERE i.id = ?", invoice_id), today)


def invoices(store: Store, period: Period, today: str) -> list[Invoice]:
    """Invoices dated in a period, and all drafts; drafts come last."""
    where, values = ["1 = 1"], []
    if period.from_:
        where.append("(i.date >= ? OR i.state = 'draft')")
        values.append(period.from_.isoformat())
    if period.to:
        where.append("(i.date <= ? OR i.state = 'draft')")
        values.append(period.to.isoformat())
    rows = store.rows(
        f"{_INVOICE} WHERE {' AND '.join(where)} ORDER BY i.state = 'draft', i.date NULLS FIRST, i.id",
        *values,
    )
    return [_invoice(store, row, today) for row in rows]


def draft_facts(store: Store, invoice_id: int) -> tuple[int, str, str | None, str | None]:
    """Client row, series, order reference and note of a draft."""
    client_id, series, order_ref, note = store.row(
        "SELECT client_id, series, order_ref, note FROM invoices WHERE id = ?", invoice_id
    )
    return client_id, series, order_ref, note


def lines(store: Store, invoice_id: int, currency: str) -> tuple[Line, ...]:
    """The lines of an invoice in their order."""
    return tuple(
        Line(
            **line_rows.facts(row, currency),
            duration_s=row.duration_s,
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
    currency = row.currency
    vat = tuple(
        VatRow(Decimal(rate), category, Money(base, currency), Money(amount, currency), reason)
        for rate, category, base, amount, reason in json.loads(row.vat)
    )
    settled = _settled(row)
    kept = file_hashes(store, row.id) if row.state == "issued" else []
    return Invoice(
        number=row.number,
        id=row.number or f"draft-{row.id}",
        type=row.type,
        state=_state(row, settled, today),
        client=row.client,
        date=_date(row.date),
        due=_date(row.due),
        period=Period(_date(row.period_from), _date(row.period_to)),
        currency=currency,
        lines=lines(store, row.id, currency),
        net=Money(row.net, currency),
        vat=vat,
        gross=Money(row.gross, currency),
        paid=Money(settled.paid, currency),
        open=Money(settled.open, currency),
        cancels=row.cancels,
        cancelled_by=row.cancelled_by,
        replaces=row.replaces,
        files=tuple(name for name, _ in kept),
        sha256=kept[0][1] if kept else None,
        prepaid=settled.prepaid,
        skonto_taken=settled.skonto,
        exchange=_exchange(row, vat),
        reminders=tuple(_reminder(part, currency) for part in json.loads(row.reminders)),
        tax_case=case_words(vat),
        quote=row.quote,
        plan=f"r-{row.plan}" if row.plan else None,
        mailed=mailings.of_invoice(store, row.id) if row.mails else (),
    )


@dataclass(frozen=True, slots=True)
class _Settled:
    """What has come for an invoice, in minor units of its currency."""

    payments: int
    prepaid: tuple[Prepayment, ...]
    skonto: Money | None
    paid: int
    open: int


def _settled(row: Any) -> _Settled:
    currency, gross = row.currency, row.gross
    payments = [Paid(date.fromisoformat(day), minor) for day, minor in json.loads(row.payments)]
    prepaid = tuple(
        Prepayment(number, date.fromisoformat(day), Money(amount, currency), Money(part, currency))
        for number, day, amount, part in json.loads(row.prepaid)
    )
    payable = Money(gross - sum(part.amount.minor for part in prepaid), currency)
    skonto = _skonto_taken(row, payable, payments)
    paid = gross - payable.minor + sum(payment.minor for payment in payments)
    closed = row.state == "draft" or row.cancels or row.cancelled_by
    is_open = 0 if closed else gross - paid - (skonto.minor if skonto else 0)
    return _Settled(len(payments), prepaid, skonto, paid, is_open)


def _skonto_taken(row: Any, payable: Money, payments: Sequence[Paid]) -> Money | None:
    if row.state == "draft" or not row.skonto or not payments:
        return None
    from cowork_cli.domain.billing import parse_skonto

    percent, days = parse_skonto(row.skonto)
    until = date.fromisoformat(row.date) + timedelta(days=days)
    return skonto_taken(percent, until, payable, payments)


def _exchange(row: Any, vat: Sequence[VatRow]) -> Exchange | None:
    if row.vat_currency is None:
        return None
    rate = Decimal(row.exchange_rate)
    amount = sum((part.amount.amount for part in vat), Decimal(0))
    return Exchange(
        rate, date.fromisoformat(row.exchange_day), Money.of(amount * rate, row.vat_currency)
    )


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


def _state(row: Any, settled: _Settled, today: str) -> str:
    """The state follows from facts; `overdue` wins over `part-paid`."""
    if row.state == "draft":
        return "draft"
    if row.cancels:
        return "cancellation"
    if row.cancelled_by:
        return "cancelled"
    if settled.open <= 0:
        return "paid"
    if row.due and row.due < today:
        return "overdue"
    return "part-paid" if settled.payments else "issued"


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def document(store: Store, invoice_id: int) -> str:
    """The frozen snapshot of an issued invoice, as JSON."""
    return str(store.value("SELECT document FROM invoices WHERE id = ?", invoice_id))
