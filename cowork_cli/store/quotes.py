"""Quotes and their lines in the store, and what invoices bill of them."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from cowork_cli.domain.digits import whole_number
from cowork_cli.domain.invoice import ADVANCE, PUBLIC_ADVANCE, VatRow, case_words
from cowork_cli.domain.money import Money
from cowork_cli.domain.quote import Quote, QuoteLine, agreed
from cowork_cli.records import dataclass
from cowork_cli.store import line_rows, mailings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from cowork_cli.store.engine.store import Store

SERIES = "#quote"  # no series of invoices can be called that
_COUNTS = "NOT EXISTS (SELECT 1 FROM invoices o WHERE o.cancels_id = i.id) AND i.cancels_id IS NULL"
_ADVANCES = f"({ADVANCE}, {PUBLIC_ADVANCE})"
_QUOTE = """
    SELECT q.*, c.slug AS client, coalesce(
               (SELECT pc.slug || '/' || p.slug FROM projects p JOIN clients pc ON pc.id = p.client_id
                WHERE p.id = q.project_id),
               c.slug || '/' || q.new_project) AS project
    FROM quotes q JOIN clients c ON c.id = q.client_id"""


@dataclass(frozen=True, slots=True)
class Advance:
    """An advance invoice of a quote that still counts."""

    id: int
    name: str
    issued: bool
    net: Money
    deducted: bool


# ---- reading


def find(store: Store, text: str) -> int | None:
    """The row of the quote with this number, or of `q-N`."""
    row_id: int | None = store.value("SELECT id FROM quotes WHERE number = ?", text)
    number = whole_number(text[2:]) if text.startswith("q-") else None
    if row_id is None and number is not None:
        row_id = store.value("SELECT id FROM quotes WHERE id = ?", number)
    return row_id


def quote(store: Store, quote_id: int, today: str) -> Quote:
    """One quote, whole."""
    return _quote(store, store.row(f"{_QUOTE} WHERE q.id = ?", quote_id), today)


def quotes(store: Store, today: str, client: str | None = None) -> list[Quote]:
    """All quotes, or those to a client, in the order they were made."""
    where, values = ("WHERE c.slug = ?", [client]) if client else ("", [])
    return [
        _quote(store, row, today) for row in store.rows(f"{_QUOTE} {where} ORDER BY q.id", *values)
    ]


def expiring(store: Store, today: date, until: date) -> list[tuple[str, str, date]]:
    """Number, client and last day of the quotes that were sent and wait for an answer."""
    return [
        (row.number, row.slug, date.fromisoformat(row.valid_until))
        for row in store.rows(
            "SELECT q.number, c.slug, q.valid_until FROM quotes q JOIN clients c ON c.id = q.client_id "
            "WHERE q.state = 'sent' AND q.valid_until BETWEEN ? AND ? ORDER BY q.valid_until, q.id",
            today.isoformat(),
            until.isoformat(),
        )
    ]


def client_of(store: Store, quote_id: int) -> int:
    """The row of the client of a quote."""
    return int(store.value("SELECT client_id FROM quotes WHERE id = ?", quote_id))


def valid_days(store: Store, quote_id: int) -> int | None:
    """For how many days it is valid from the day it is sent; None where a day was named."""
    days: int | None = store.value("SELECT valid_days FROM quotes WHERE id = ?", quote_id)
    return days


def project_of(store: Store, quote_id: int) -> tuple[int | None, str | None]:
    """The row of the project of a quote, and the id of one that is still to make."""
    row = store.row("SELECT project_id, new_project FROM quotes WHERE id = ?", quote_id)
    return row.project_id, row.new_project


def line_ids(store: Store, quote_id: int) -> list[int]:
    """The rows of the lines, in the order of `Quote.lines`."""
    return [
        row.id
        for row in store.rows(
            "SELECT id FROM quote_lines WHERE quote_id = ? ORDER BY position", quote_id
        )
    ]


def document(store: Store, quote_id: int) -> str:
    """The frozen snapshot of a quote that was sent, as JSON."""
    return str(store.value("SELECT document FROM quotes WHERE id = ?", quote_id))


def page(store: Store, quote_id: int) -> bytes:
    """The page that was sent."""
    return bytes(
        store.value(
            "SELECT l.content FROM quotes q JOIN letters l ON l.sha256 = q.letter WHERE q.id = ?",
            quote_id,
        )
    )


def advances(store: Store, quote_id: int, currency: str) -> list[Advance]:
    """The advance invoices of a quote that were not cancelled, and their drafts.

    `deducted`: an issued invoice that still counts deducts it.
    """
    return [
        Advance(
            row.id,
            row.number or f"draft-{row.id}",
            row.state == "issued",
            Money(row.net, currency),
            bool(row.deducted),
        )
        for row in store.rows(
            f"SELECT i.id, i.number, i.state, i.net, EXISTS (SELECT 1 FROM invoice_prepayments p "
            "JOIN invoices f ON f.id = p.invoice_id WHERE p.prepaid_id = i.id AND f.state = 'issued' "
            "AND f.cancels_id IS NULL "
            "AND NOT EXISTS (SELECT 1 FROM invoices x WHERE x.cancels_id = f.id)) AS deducted "
            f"FROM invoices i WHERE i.quote_id = ? AND i.type IN {_ADVANCES} AND {_COUNTS} "
            "ORDER BY i.id",
            quote_id,
        )
    ]


def quote_lines_of(store: Store, invoice_id: int) -> dict[int, int]:
    """Which line of a quote each line of an invoice bills: row of the invoice's → row of the quote's."""
    return {
        row.id: row.quote_line_id
        for row in store.rows(
            "SELECT id, quote_line_id FROM invoice_lines "
            "WHERE invoice_id = ? AND quote_line_id IS NOT NULL",
            invoice_id,
        )
    }


def billed_by_lines(store: Store, invoice_id: int) -> list[tuple[str, str, str]]:
    """Project, quote and invoice of the hours on a draft whose work was billed by the lines of a quote already."""
    return [
        (f"{row.client}/{row.project}", row.number, row.invoice or f"draft-{row.invoice_id}")
        for row in store.rows(
            "SELECT DISTINCT c.slug AS client, p.slug AS project, q.number, i.number AS invoice, i.id AS invoice_id "
            "FROM invoice_entries ie JOIN entries e ON e.uuid = ie.entry_uuid "
            "JOIN projects p ON p.id = e.project_id JOIN clients c ON c.id = p.client_id "
            "JOIN quotes q ON q.project_id = p.id JOIN invoices i ON i.quote_id = q.id "
            "JOIN invoice_lines l ON l.invoice_id = i.id "
            f"WHERE ie.invoice_id = ? AND i.id <> ? AND l.quote_line_id IS NOT NULL AND {_COUNTS} "
            "ORDER BY c.slug, p.slug, i.id",
            invoice_id,
            invoice_id,
        )
    ]


def of_invoice(store: Store, invoice_id: int) -> int | None:
    """The row of the quote that an invoice bills."""
    row_id: int | None = store.value("SELECT quote_id FROM invoices WHERE id = ?", invoice_id)
    return row_id


# ---- writing, in a transaction of the caller


def add(store: Store, row: dict[str, Any], lines: Sequence[QuoteLine]) -> int:
    """Adds a draft of a quote with its lines and returns its row."""
    quote_id = store.journal.insert("quotes", {"state": "draft", "created_at": store.now_s, **row})
    for line in lines:
        add_line(store, quote_id, line)
    return quote_id


def change(store: Store, quote_id: int, changes: dict[str, Any]) -> bool:
    """Changes columns of a quote; False if it is that way already."""
    return store.journal.update("quotes", quote_id, changes)


def add_line(store: Store, quote_id: int, line: QuoteLine) -> int:
    """Adds a line at the end."""
    last = store.value(
        "SELECT coalesce(max(position), 0) FROM quote_lines WHERE quote_id = ?", quote_id
    )
    return store.journal.insert(
        "quote_lines", {"quote_id": quote_id, "position": last + 1, **_line_row(line)}
    )


def change_line(store: Store, line_id: int, line: QuoteLine) -> bool:
    """Changes a line."""
    return store.journal.update("quote_lines", line_id, _line_row(line))


def take_line(store: Store, line_id: int, *, taken: bool) -> bool:
    """Whether a line is part of what was agreed."""
    return store.journal.update("quote_lines", line_id, {"taken": int(taken)})


def remove_line(store: Store, line_id: int) -> None:
    """Removes a line of a draft."""
    store.journal.delete("quote_lines", line_id)


def discard(store: Store, quote_id: int) -> None:
    """Removes a draft; its number stays taken."""
    for line_id in line_ids(store, quote_id):
        remove_line(store, line_id)
    store.journal.delete("quotes", quote_id)


def keep_page(store: Store, page: bytes) -> str:
    """Keeps the bytes of a page for good; returns their SHA-256."""
    import hashlib

    digest = hashlib.sha256(page).hexdigest()
    store.connection.run(
        "INSERT INTO letters (sha256, content) VALUES (?, ?) ON CONFLICT DO NOTHING", digest, page
    )
    return digest


def link_line(store: Store, line_id: int, quote_line_id: int) -> None:
    """Notes that a line of a draft bills a line of a quote."""
    store.journal.update("invoice_lines", line_id, {"quote_line_id": quote_line_id})


# ---- parts


def _line_row(line: QuoteLine) -> dict[str, Any]:
    return {
        **line_rows.columns(line),
        "choice": line.choice,
        "taken": int(line.taken),
    }


def _lines(store: Store, quote_id: int, currency: str) -> tuple[QuoteLine, ...]:
    billed = _billed_quantities(store, quote_id)
    return tuple(
        QuoteLine(
            **line_rows.facts(row, currency),
            choice=row.choice,
            taken=bool(row.taken),
            billed=billed.get(row.id, Decimal(0)),
        )
        for row in store.rows(
            "SELECT * FROM quote_lines WHERE quote_id = ? ORDER BY position", quote_id
        )
    )


def _billed_quantities(store: Store, quote_id: int) -> dict[int, Decimal]:
    """Row of a line → how much of it stands on drafts and on invoices that count."""
    found: dict[int, Decimal] = {}
    for line_id, quantity in store.rows(
        "SELECT l.quote_line_id, l.quantity FROM invoice_lines l JOIN invoices i ON i.id = l.invoice_id "
        f"WHERE i.quote_id = ? AND l.quote_line_id IS NOT NULL AND {_COUNTS}",
        quote_id,
    ):
        found[line_id] = found.get(line_id, Decimal(0)) + Decimal(quantity)
    return found


def _billed(store: Store, quote_id: int, currency: str) -> Money:
    """Net on issued invoices that count: those of the work, and advances not deducted yet."""
    work = store.value(
        f"SELECT coalesce(sum(i.net), 0) FROM invoices i WHERE i.quote_id = ? AND i.state = 'issued' "
        f"AND i.type NOT IN {_ADVANCES} AND {_COUNTS}",
        quote_id,
    )
    ahead = [
        row.net.minor
        for row in advances(store, quote_id, currency)
        if row.issued and not row.deducted
    ]
    return Money(work + sum(ahead), currency)


def _quote(store: Store, row: Any, today: str) -> Quote:
    currency = row.currency
    vat = tuple(
        VatRow(Decimal(rate), category, Money(base, currency), Money(amount, currency), reason)
        for rate, category, base, amount, reason in json.loads(row.vat)
    )
    lines = _lines(store, row.id, currency)
    billed = _billed(store, row.id, currency)
    sum_agreed = agreed(lines, currency) if row.state == "accepted" else None
    return Quote(
        number=row.number,
        id=f"q-{row.id}",
        state="expired" if row.state == "sent" and row.valid_until < today else row.state,
        client=row.client,
        date=date.fromisoformat(row.day),
        valid_until=date.fromisoformat(row.valid_until),
        currency=currency,
        lines=lines,
        net=Money(row.net, currency),
        vat=vat,
        gross=Money(row.gross, currency),
        project=row.project,
        billed=billed,
        agreed=sum_agreed,
        left=None if sum_agreed is None else sum_agreed - billed,
        title=row.title,
        note=row.note,
        order_ref=row.order_ref,
        decided=date.fromisoformat(row.decided) if row.decided else None,
        reason=row.reason,
        invoices=_invoices(store, row.id),
        mailed=mailings.of_quote(store, row.id),
        sha256=row.letter,
        tax_case=case_words(vat),
    )


def _invoices(store: Store, quote_id: int) -> tuple[str, ...]:
    return tuple(
        row.number or f"draft-{row.id}"
        for row in store.rows(
            f"SELECT i.id, i.number FROM invoices i WHERE i.quote_id = ? AND {_COUNTS} ORDER BY i.id",
            quote_id,
        )
    )
