"""Issuing and cancelling: the number, the frozen snapshot, the document, all of it or nothing.

An issued invoice is never changed. Cancelling makes a second document with negative quantities and
frees the hours (§ 31 (5) UStDV: a correction refers specifically and clearly to the invoice).
"""

import datetime as dt
import json
from collections.abc import Callable, Sequence, Set
from functools import partial
from pathlib import Path
from typing import Any

from cowork_cli.domain.as_json import to_json
from cowork_cli.domain.client import Client
from cowork_cli.domain.from_json import from_json
from cowork_cli.domain.invoice import CANCELLATION, Invoice, InvoiceDocument, Skonto
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.out_files import safe_name
from cowork_cli.records import dataclass, replace
from cowork_cli.services.hours.timesheets import line_periods, timesheet
from cowork_cli.services.invoices import drafts
from cowork_cli.services.invoices.checks import refuse_incomplete
from cowork_cli.services.invoices.committing import (
    Issued,
    Press,
    commit,
    commit_foreseen,
)
from cowork_cli.services.invoices.drafts import find_draft, find_invoice, totals
from cowork_cli.services.invoices.numbering import (
    Number,
    next_invoice_number,
    refuse_given_out,
    refuse_mixed_numbers,
    take,
)
from cowork_cli.services.invoices.parties import at_address, buyer, language_of, logo, seller
from cowork_cli.services.invoices.quote_limits import refuse_twice
from cowork_cli.store import (
    clients,
    drafted_entries,
    entries,
    invoice_issue,
    invoice_parts,
    invoices,
)
from cowork_cli.store.engine.many import Updating
from cowork_cli.store.engine.store import Store

Settings = Callable[[str], Any]
_UNKNOWN = Period(None, None)


@dataclass(frozen=True, slots=True)
class Dates:
    """When an invoice is dated and due; `force` allows a date before the last one, or to come.

    `timesheet` adds the list of hours; None: as the settings have it. `service` is when the work was
    done, for a draft without hours.
    """

    today: dt.date
    date: dt.date | None = None
    due: dt.date | None = None
    force: bool = False
    timesheet: bool | None = None
    service: Period | None = None


def preview(
    store: Store, text: str, dates: Dates, settings: Settings, copies: Path
) -> InvoiceDocument:
    """What `issue` would print now, without a number. Raises as `issue` does."""
    invoice_id, draft = find_draft(store, text, dates.today)
    document = _document(store, invoice_id, draft, dates, settings)
    _stem(store, _next_number(store, invoice_id, document.invoice, settings), settings, copies)
    return document


def issue(store: Store, text: str, dates: Dates, settings: Settings, press: Press) -> Invoice:
    """Makes an invoice of a draft: takes a number, freezes all, keeps the PDF, marks the hours.

    Raises Conflict for an empty draft, hours that changed or are billed, missing seller data, a date
    before the last one; then no number is taken and nothing is changed.
    """

    def foresee() -> _Foreseen:
        invoice_id, draft = find_draft(store, text, dates.today)
        document = _document(store, invoice_id, draft, dates, settings)
        issued = document.invoice
        number = _next_number(store, invoice_id, issued, settings)
        frozen = replace(issued, number=number.text, id=number.text, state="issued")
        return _foreseen(
            store,
            invoice_id,
            number,
            replace(document, draft=False, invoice=frozen),
            _stem(store, number, settings, press.copies),
            invoices.entry_ids(store, invoice_id),
            **_period(issued.period),
        )

    def write(foreseen: _Foreseen) -> Issued:
        made = _freeze(store, foreseen)
        number = foreseen.number.text
        store.journal.bar_undo(
            f"invoice {number} is issued", f"invoice cancel {number} --reason TEXT"
        )
        return made

    invoice_id = commit_foreseen(store, foresee, write, press)
    return invoices.invoice(store, invoice_id, dates.today.isoformat())


@dataclass(frozen=True, slots=True)
class _Foreseen:
    """All that will be written of an invoice, but for its files: their names begin with `stem`."""

    invoice_id: int
    number: Number
    document: InvoiceDocument
    facts: dict[str, Any]
    hours: Updating
    stem: str


def _foreseen(
    store: Store,
    invoice_id: int,
    number: Number,
    frozen: InvoiceDocument,
    stem: str,
    hours: Sequence[int],
    **more: str | None,
) -> _Foreseen:
    invoice = frozen.invoice
    assert invoice.date is not None and invoice.due is not None
    facts = {
        "number": number.text,
        "date": invoice.date.isoformat(),
        "due": invoice.due.isoformat(),
        **more,
        "document": json.dumps(to_json(frozen), ensure_ascii=False),
    }
    to_bill = entries.to_bill(store, hours, invoice_id)
    return _Foreseen(invoice_id, number, frozen, facts, to_bill, stem)


def _freeze(store: Store, foreseen: _Foreseen) -> Issued:
    """Takes the number, and writes down what an invoice is from now on, all but the files."""
    number = foreseen.number
    take(store, number)
    invoice_issue.issue(store, foreseen.invoice_id, foreseen.facts, foreseen.hours)
    return Issued(foreseen.invoice_id, foreseen.stem, foreseen.document)


def cancel(
    store: Store, number: str, reason: str, dates: Dates, settings: Settings, press: Press
) -> Invoice:
    """Cancels an issued invoice by a document of type 384 with the next number; frees the hours.

    Raises NotFound, and Conflict for a draft, a cancellation, or an invoice cancelled before.
    """

    def change() -> Issued:
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
                **_period(original.period),
                "currency": original.currency,
                "order_ref": order_ref,
                "note": reason,
                "cancels_id": original_id,
                **_exchange(original),
                **totals(lines, original.currency, reasons),
            },
            [(line, ()) for line in lines],
        )
        for prepaid_id, amount, vat in invoice_parts.prepayments(store, original_id):
            invoice_parts.add_prepayment(store, cancellation_id, prepaid_id, -amount, -vat)
        draft = invoices.invoice(store, cancellation_id, dates.today.isoformat())
        new_number = next_invoice_number(store, series, when, settings)
        frozen = replace(
            # The same parties, address and account as on the original, whatever holds today.
            from_json(InvoiceDocument, json.loads(invoices.document(store, original_id))),
            notes=(reason,),
            terms_days=0,
            refers_on=original.date,
            skonto=None,
            timesheet=(),
            invoice=replace(
                draft,
                number=new_number.text,
                id=new_number.text,
                state="cancellation",
                date=when,
                due=when,
                cancels=original.number,
            ),
        )
        stem = _stem(store, new_number, settings, press.copies)
        made = _freeze(store, _foreseen(store, cancellation_id, new_number, frozen, stem, ()))
        store.journal.bar_undo(
            f"invoice {original.number} is cancelled by {new_number.text}",
            f"invoice draft {original.client}",
        )
        return made

    def hours() -> Updating:
        original_id, _ = find_invoice(store, number, dates.today)
        return entries.to_release(store, original_id)

    invoice_id = commit(store, change, press, hours, partial(entries.change_many, store))
    return invoices.invoice(store, invoice_id, dates.today.isoformat())


def drafts_that_deduct(store: Store, number: str) -> list[str]:
    """Drafts that still deduct an invoice, which cannot be issued once it is cancelled."""
    invoice_id = invoices.find(store, number)
    name = invoice_parts.deducted_on(store, invoice_id) if invoice_id else None
    return [name] if name and name.startswith("draft-") else []


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


def file_stem(number: str) -> str:
    """An invoice number as the name of its files; what a file name cannot hold becomes `-`."""
    return safe_name(number, "invoice")


def _next_number(store: Store, invoice_id: int, draft: Invoice, settings: Settings) -> Number:
    """The number that a draft would get now."""
    assert draft.date is not None
    _, series, _, _ = invoices.draft_facts(store, invoice_id)
    return next_invoice_number(store, series, draft.date, settings)


def _stem(store: Store, number: Number, settings: Settings, copies: Path) -> str:
    """The name of its files, without the ending. Raises Conflict where another document lies there."""
    taken = {name.casefold() for name in invoices.file_names(store)}

    def copy_of(text: str) -> Path:
        return copies / f"{_free_stem(taken, file_stem(text))}.pdf"

    refuse_given_out(number, settings, copy_of)
    return copy_of(number.text).stem


def _free_stem(taken: Set[str], stem: str) -> str:
    """`stem`, or `stem-2` where another number, `A/1` beside `A-1`, has its files already."""
    names = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    return next(name for name in names if f"{name}.pdf".casefold() not in taken)


def _document(
    store: Store, invoice_id: int, draft: Invoice, dates: Dates, settings: Settings
) -> InvoiceDocument:
    """Everything that is printed, as of now. Raises Conflict for what must not be issued."""
    if not draft.lines:
        raise Conflict(
            f"{draft.id} is empty",
            f"add a line, or drop it with `cowork invoice discard {draft.id}`",
        )
    _refuse_changed(store, invoice_id, draft)
    refuse_twice(store, invoice_id, draft, dates.today)
    when = _checked_date(store, invoice_id, dates)
    client_row, series, order_ref, note = invoices.draft_facts(store, invoice_id)
    refuse_mixed_numbers(series, settings("invoice.number_format"))
    client = clients.client(store, client_row, when.isoformat())
    terms = client.terms_days if client.terms_days is not None else _days(settings("invoice.terms"))
    due = dates.due or when + dt.timedelta(days=terms)
    if due < when:
        raise BadInput(
            f"the invoice would be due ({due}) before its date ({when})", "give a later `--due`"
        )
    issuer = at_address(store, seller(settings), settings("seller.address"), when)
    iban = settings("seller.iban")
    refuse_incomplete(
        draft, client, issuer, iban, small_business=bool(settings("seller.small_business"))
    )
    drafts.refuse_ended_exemption(store, settings, when, draft)
    # Without hours the day of the invoice counts as the day of the service (§ 14 (4) no. 6 UStG).
    period = _service(draft, dates)
    wants_hours = settings("invoice.timesheet") if dates.timesheet is None else dates.timesheet
    return InvoiceDocument(
        invoice=replace(
            draft,
            date=when,
            due=due,
            period=Period(when, when) if period == _UNKNOWN else period,
            open=draft.gross - draft.paid,
        ),
        seller=issuer,
        buyer=buyer(client, issuer),
        language=language_of(client, settings),
        iban=iban,
        bic=settings("seller.bic"),
        terms_days=(due - when).days,
        notes=(note,) if note else (),
        footer=settings("invoice.footer"),
        order_ref=order_ref,
        draft=True,
        buyer_type=client.type,
        buyer_reference=client.leitweg_id or client.buyer_reference,
        refers_on=_date_of(store, draft.replaces, dates.today),
        line_periods=line_periods(store, invoice_id, len(draft.lines)),
        skonto=_skonto(client, draft, when),
        timesheet=timesheet(store, invoice_id, draft.lines) if wants_hours else (),
        logo=logo(settings),
        service_known=period != _UNKNOWN,
    )


def _service(draft: Invoice, dates: Dates) -> Period:
    """When the work was done, as far as it was said. Raises Conflict where its hours say it already."""
    if dates.service is None or dates.service == _UNKNOWN:
        return draft.period
    if any(line.duration_s for line in draft.lines):
        raise Conflict(
            f"{draft.id} has hours, which say when the work was done",
            f"leave `--in` out, or draft only those hours: `cowork invoice draft {draft.client} --in …`",
        )
    return dates.service


def _skonto(client: Client, draft: Invoice, when: dt.date) -> Skonto | None:
    due = draft.gross - draft.paid
    if not client.skonto or due.minor <= 0:
        return None
    from cowork_cli.domain.billing import parse_skonto

    percent, days = parse_skonto(client.skonto)
    discount = Money.of(due.amount * percent / 100, due.currency)
    return Skonto(percent, days, when + dt.timedelta(days=days), due - discount)


def _date_of(store: Store, number: str | None, today: dt.date) -> dt.date | None:
    if number is None:
        return None
    invoice_id = invoices.find(store, number)
    return invoices.invoice(store, invoice_id, today.isoformat()).date if invoice_id else None


def _period(period: Period) -> dict[str, str | None]:
    return {
        "period_from": period.from_.isoformat() if period.from_ else None,
        "period_to": period.to.isoformat() if period.to else None,
    }


def _exchange(original: Invoice) -> dict[str, str]:
    exchange = original.exchange
    if exchange is None:
        return {}
    return {
        "vat_currency": exchange.vat.currency,
        "exchange_rate": f"{exchange.rate:f}",
        "exchange_day": exchange.day.isoformat(),
    }


def _refuse_changed(store: Store, invoice_id: int, draft: Invoice) -> None:
    again = f"`cowork invoice discard {draft.id}`, then `cowork invoice draft {draft.client}`"
    billed = invoices.billed_elsewhere(store, invoice_id)
    if billed:
        raise Conflict(
            f"{billed[0][0]} is billed on invoice {billed[0][1]} already",
            f"draft it again: {again}",
        )
    changed = drafted_entries.changed(store, invoice_id)
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
    last = invoice_issue.last_date(store, series)
    if last and when < last:
        raise Conflict(
            f"the invoice date {when} is before the last issued one ({last})",
            "give a later `--date`, or `--force`",
        )
    return when


def _days(text: object) -> int:
    from cowork_cli.domain.phrases import parse_days

    return parse_days(str(text), "invoice.terms")
