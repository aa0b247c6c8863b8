"""Issuing and cancelling: the number, the frozen snapshot, the document, all in one transaction.

An issued invoice is never changed. Cancelling makes a second document with negative quantities and
frees the hours (§ 31 (5) UStDV: a correction refers specifically and clearly to the invoice).
"""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cowork_cli.domain.as_json import to_json
from cowork_cli.domain.client import Client
from cowork_cli.domain.invoice import Invoice, InvoiceDocument
from cowork_cli.domain.party import Party, PostalAddress
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.services.drafts import find_draft, find_invoice, totals
from cowork_cli.store import clients, invoices
from cowork_cli.store.store import Store

CANCELLATION = 384
SMALL_AMOUNT_MINOR = 250_00  # § 33 UStDV, 2026: up to 250 EUR gross the buyer need not be named
Settings = Callable[[str], Any]
Renderer = Callable[[InvoiceDocument], bytes]


@dataclass(frozen=True, slots=True)
class Dates:
    """When an invoice is dated and due; `force` allows a date before the last one, or to come."""

    today: dt.date
    date: dt.date | None = None
    due: dt.date | None = None
    force: bool = False


def preview(store: Store, text: str, dates: Dates, settings: Settings) -> InvoiceDocument:
    """What `issue` would print now, without a number. Raises as `issue` does."""
    invoice_id, draft = find_draft(store, text, dates.today)
    return _document(store, invoice_id, draft, dates, settings)


def issue(store: Store, text: str, dates: Dates, settings: Settings, render: Renderer) -> Invoice:
    """Makes an invoice of a draft: takes a number, freezes all, keeps the PDF, marks the hours.

    Raises Conflict for an empty draft, hours that changed or are billed, missing seller data, a date
    before the last one; then no number is taken and nothing is changed.
    """
    with store.transaction() as journal:
        invoice_id, draft = find_draft(store, text, dates.today)
        document = _document(store, invoice_id, draft, dates, settings)
        _refuse_changed(store, invoice_id, draft)
        issued = document.invoice
        assert issued.date is not None and issued.due is not None
        _, series, _, _ = invoices.draft_facts(store, invoice_id)
        number = _next_number(store, series, issued.date, settings)
        frozen = replace(
            document, draft=False, invoice=replace(issued, number=number, id=number, state="issued")
        )
        invoices.issue(
            store,
            invoice_id,
            {
                "number": number,
                "date": issued.date.isoformat(),
                "due": issued.due.isoformat(),
                "document": json.dumps(to_json(frozen), ensure_ascii=False),
            },
            invoices.entry_ids(store, invoice_id),
        )
        invoices.keep_file(store, invoice_id, file_name(number), render(frozen))
        journal.bar_undo(f"invoice {number} is issued", f"invoice cancel {number} --reason TEXT")
    return invoices.invoice(store, invoice_id, dates.today.isoformat())


def cancel(
    store: Store, number: str, reason: str, dates: Dates, settings: Settings, render: Renderer
) -> Invoice:
    """Cancels an issued invoice by a document of type 384 with the next number; frees the hours.

    Raises NotFound, and Conflict for a draft, a cancellation, or an invoice cancelled before.
    """
    with store.transaction() as journal:
        original_id, original = find_invoice(store, number, dates.today)
        _refuse_cancelling(original)
        when = _checked_date(store, original_id, dates)
        client_row, series, order_ref, _ = invoices.draft_facts(store, original_id)
        lines = tuple(
            replace(
                line,
                quantity=-line.quantity,
                net=-line.net,
                discount=-line.discount if line.discount else None,
            )
            for line in original.lines
        )
        reasons = {row.category: row.reason for row in original.vat if row.reason}
        cancellation_id = invoices.add_draft(
            store,
            {
                "type": CANCELLATION,
                "series": series,
                "client_id": client_row,
                "period_from": original.period.from_.isoformat() if original.period.from_ else None,
                "period_to": original.period.to.isoformat() if original.period.to else None,
                "currency": original.currency,
                "order_ref": order_ref,
                "note": reason,
                "cancels_id": original_id,
                **totals(lines, original.currency, reasons),
            },
            [(line, ()) for line in lines],
        )
        draft = invoices.invoice(store, cancellation_id, dates.today.isoformat())
        document = _document(
            store, cancellation_id, draft, replace(dates, date=when, due=when), settings
        )
        new_number = _next_number(store, series, when, settings)
        frozen = replace(
            document,
            draft=False,
            notes=(reason,),
            invoice=replace(
                document.invoice, number=new_number, id=new_number, cancels=original.number
            ),
        )
        invoices.issue(
            store,
            cancellation_id,
            {
                "number": new_number,
                "date": when.isoformat(),
                "due": when.isoformat(),
                "document": json.dumps(to_json(frozen), ensure_ascii=False),
            },
            (),
        )
        for entry_id in invoices.entry_ids(store, original_id):
            journal.update("entries", entry_id, {"invoice_id": None})
        invoices.keep_file(store, cancellation_id, file_name(new_number), render(frozen))
        journal.bar_undo(
            f"invoice {original.number} is cancelled by {new_number}",
            f"invoice draft {original.client}",
        )
    return invoices.invoice(store, cancellation_id, dates.today.isoformat())


def restore_copies(store: Store, folder: Path) -> list[Path]:
    """Writes each kept document that `folder` lacks; returns what was written."""
    missing = [name for name in invoices.file_names(store) if not (folder / name).exists()]
    if not missing:
        return []
    from cowork_cli.paths import write_private

    written = []
    for name, content, _ in invoices.files(store):
        if name in missing:
            write_private(folder / name, content)
            written.append(folder / name)
    return written


def file_name(number: str) -> str:
    """The PDF of an invoice; what a file name cannot hold becomes `-`."""
    safe = "".join(
        "-" if char in '/\\:*?"<>|' or not char.isprintable() else char for char in number
    )
    return f"{safe.strip('. ') or 'invoice'}.pdf"


def number_text(form: str, series: str, year: int, seq: int) -> str:
    """The number that `invoice.number_format` makes: `{year}-{seq:04}` → `2026-0001`."""
    return form.format(year=year, seq=seq, series=series)


def _document(
    store: Store, invoice_id: int, draft: Invoice, dates: Dates, settings: Settings
) -> InvoiceDocument:
    """Everything that is printed, as of now. Raises Conflict for what must not be issued."""
    if not draft.lines:
        raise Conflict(
            f"{draft.id} is empty",
            f"add a line, or drop it with `cowork invoice discard {draft.id}`",
        )
    when = (
        dates.date
        if draft.type == CANCELLATION and dates.date
        else _checked_date(store, invoice_id, dates)
    )
    client_row, _, order_ref, note = invoices.draft_facts(store, invoice_id)
    client = clients.client(store, client_row, when.isoformat())
    terms = client.terms_days if client.terms_days is not None else _days(settings("invoice.terms"))
    due = dates.due or when + dt.timedelta(days=terms)
    if due < when:
        raise BadInput(
            f"the invoice would be due ({due}) before its date ({when})", "give a later `--due`"
        )
    _refuse_incomplete(draft, client, settings)
    return InvoiceDocument(
        invoice=replace(draft, date=when, due=due),
        seller=seller(settings),
        buyer=_buyer(client),
        language=client.language or settings("invoice.language"),
        iban=settings("seller.iban"),
        bic=settings("seller.bic"),
        terms_days=(due - when).days,
        notes=(note,) if note else (),
        footer=settings("invoice.footer"),
        order_ref=order_ref or client.buyer_reference,
        draft=True,
    )


def seller(settings: Settings) -> Party:
    """The seller as the settings have it now."""
    return Party(
        name=settings("seller.name") or "",
        company=settings("seller.company"),
        address=PostalAddress(
            settings("seller.street"),
            settings("seller.postcode"),
            settings("seller.city"),
            settings("seller.country"),
        ),
        email=settings("seller.email"),
        phone=settings("seller.phone"),
        vat_id=settings("seller.vat_id"),
        tax_number=settings("seller.tax_number"),
    )


def _buyer(client: Client) -> Party:
    return Party(name=client.name, address=client.address, email=client.email, vat_id=client.vat_id)


def _refuse_incomplete(draft: Invoice, client: Client, settings: Settings) -> None:
    """§ 14 (4) UStG: names and addresses of both, tax number or VAT id of the seller."""
    missing = [
        (f"seller.{name}", f"cowork config set seller.{name} …")
        for name in ("street", "postcode", "city")
        if not settings(f"seller.{name}")
    ]
    if not settings("seller.name") and not settings("seller.company"):
        missing.insert(0, ("seller.name", "cowork config set seller.name …"))
    if not settings("seller.tax_number") and not settings("seller.vat_id"):
        missing.append(
            ("seller.tax_number or seller.vat_id", "cowork config set seller.tax_number …")
        )
    if draft.gross.minor > SMALL_AMOUNT_MINOR or draft.type == CANCELLATION:
        missing += [
            (f"{name} of {client.id}", f"cowork client edit {client.id} --{name} …")
            for name in ("street", "postcode", "city")
            if not getattr(client.address, name)
        ]
    categories = {line.vat_category for line in draft.lines}
    if "AE" in categories:
        if not settings("seller.vat_id"):
            missing.append(("seller.vat_id (reverse charge)", "cowork config set seller.vat_id …"))
        if not client.vat_id:
            missing.append((f"VAT id of {client.id}", f"cowork client edit {client.id} --vat-id …"))
    if missing:
        raise Conflict(
            f"the invoice cannot be issued, missing: {', '.join(name for name, _ in missing)}",
            "; ".join(f"`{command}`" for _, command in missing),
        )
    if settings("seller.small_business") and any(line.vat_rate for line in draft.lines):
        raise Conflict(
            f"{draft.id} charges VAT, but you are set up as a small business (§ 19 UStG, 2025)",
            f"draft it again: `cowork invoice discard {draft.id}`, then `cowork invoice draft {draft.client}`",
        )


def _refuse_changed(store: Store, invoice_id: int, draft: Invoice) -> None:
    again = f"`cowork invoice discard {draft.id}`, then `cowork invoice draft {draft.client}`"
    billed = invoices.billed_elsewhere(store, invoice_id)
    if billed:
        raise Conflict(
            f"{billed[0][0]} is billed on invoice {billed[0][1]} already",
            f"draft it again: {again}",
        )
    changed = invoices.changed_entries(store, invoice_id)
    if changed:
        raise Conflict(
            f"{', '.join(changed)} changed since {draft.id} was made", f"draft it again: {again}"
        )


def _refuse_cancelling(original: Invoice) -> None:
    if original.state == "draft":
        raise Conflict(
            f"{original.id} is a draft", f"drop it with `cowork invoice discard {original.id}`"
        )
    if original.type == CANCELLATION:
        raise Conflict(f"{original.number} is a cancellation itself", "see `cowork invoice list`")
    if original.cancelled_by:
        raise Conflict(
            f"invoice {original.number} was cancelled by {original.cancelled_by}",
            f"see it with `cowork invoice show {original.cancelled_by}`",
        )


def _checked_date(store: Store, invoice_id: int, dates: Dates) -> dt.date:
    when = dates.date or dates.today
    if dates.force:
        return when
    if when > dates.today:
        raise Conflict(
            f"the invoice date {when} is in the future", "give another `--date`, or `--force`"
        )
    _, series, _, _ = invoices.draft_facts(store, invoice_id)
    last = invoices.last_date(store, series)
    if last and when < last:
        raise Conflict(
            f"the invoice date {when} is before the last issued one ({last})",
            "give a later `--date`, or `--force`",
        )
    return when


def _next_number(store: Store, series: str, when: dt.date, settings: Settings) -> str:
    form = settings("invoice.number_format")
    year = when.year if "{year" in form else 0
    first = settings(f"invoice.next.{series}")
    seq = invoices.take_number(store, series, year, int(first) if first else 1)
    return number_text(form, series, when.year, seq)


def _days(text: object) -> int:
    from cowork_cli.domain.phrases import parse_days

    return parse_days(str(text), "invoice.terms")
