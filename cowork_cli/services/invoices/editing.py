"""Drafts after they were made: lines of your own, discounts, prepayments, VAT in euro.

Hours are corrected where they are recorded; a line that stands for them keeps quantity and price.
"""

from datetime import date

from cowork_cli.domain.amounts import parse_decimal
from cowork_cli.domain.invoice import Invoice, total
from cowork_cli.errors import BadInput, Conflict, UsageError
from cowork_cli.services.invoices.drafts import (
    Settings,
    find_draft,
    find_invoice,
    reasons,
    refuse_ended_exemption,
    tax_case,
    totals,
)
from cowork_cli.services.invoices.parties import language_of
from cowork_cli.services.invoices.typed_lines import Typed, changed_line, new_line
from cowork_cli.store import clients, invoice_parts, invoices
from cowork_cli.store.engine.store import Store

RATE_CURRENCY = "EUR"  # § 16 (6) UStG, 2026: VAT is declared in euro


def edit_line(
    store: Store, text: str, typed: Typed, today: date, settings: Settings
) -> tuple[Invoice, int]:
    """Adds, changes or removes a line; returns the draft and the number of the line.

    Raises UsageError, BadInput, NotFound, and Conflict for an issued invoice, a line that is not
    there, a discount above the line, hours that are not corrected here, VAT that must not be charged.
    """
    with store.transaction():
        draft_id, draft = find_draft(store, text, today)
        client_row, *_ = invoices.draft_facts(store, draft_id)
        client = clients.client(store, client_row, today.isoformat())
        case = tax_case(client, small_business=bool(settings("seller.small_business")))
        ids = invoice_parts.line_ids(store, draft_id)
        if typed.number is None:
            if typed.remove:
                raise UsageError("--remove needs --line", "say which, as in `--line 2 --remove`")
            number = len(ids) + 1
            line = new_line(typed, draft.currency, client, case)
            invoice_parts.add_line(store, draft_id, line)
        else:
            number = typed.number
            line_id = _line_id(draft, ids, number)
            if typed.remove:
                if typed.given:
                    raise UsageError("--remove takes nothing but --line", "leave the rest out")
                invoice_parts.remove_line(store, line_id)
            else:
                _refuse_fixed(store, draft, line_id, typed)
                old = draft.lines[number - 1]
                line = changed_line(old, typed, draft.currency, client, case)
                invoice_parts.change_line(store, draft_id, line_id, line)
        _add_up(store, draft_id, reasons(client, case, language_of(client, settings)))
        changed = invoices.invoice(store, draft_id, today.isoformat())
        refuse_ended_exemption(store, settings, today, changed)
        return changed, number


def deduct(store: Store, text: str, number: str, today: date, *, remove: bool = False) -> Invoice:
    """Shows a paid invoice of the same client on a draft and deducts it (BT-113), or takes it out.

    Raises NotFound, and Conflict for what cannot be deducted.
    """
    with store.transaction():
        draft_id, draft = find_draft(store, text, today)
        prepaid_id, prepaid = find_invoice(store, number, today)
        if remove:
            if not invoice_parts.remove_prepayment(store, draft_id, prepaid_id):
                raise Conflict(
                    f"{draft.id} does not deduct {number}", f"see `cowork invoice show {draft.id}`"
                )
        else:
            add_deduction(store, (draft_id, draft), (prepaid_id, prepaid))
        found = invoices.invoice(store, draft_id, today.isoformat())
        _refuse_negative(found)
    return found


def add_deduction(store: Store, draft: tuple[int, Invoice], prepaid: tuple[int, Invoice]) -> None:
    """Deducts a paid invoice from a draft, each with its row, in a transaction of the caller.

    Raises Conflict for what cannot be deducted.
    """
    draft_id, billing = draft
    prepaid_id, paid = prepaid
    _refuse_prepaid(store, billing, prepaid_id, paid)
    before = paid.prepaid
    zero = paid.currency
    vat = total(tuple(row.amount for row in paid.vat), zero) - total(
        tuple(row.vat for row in before), zero
    )
    amount = paid.gross - total(tuple(row.amount for row in before), zero)
    invoice_parts.add_prepayment(store, draft_id, prepaid_id, amount.minor, vat.minor)


def set_rate(store: Store, text: str, to: str, rate: str, on: date, today: date) -> Invoice:
    """Shows the VAT total in euro too (BT-6, BT-111), at `rate` euro for one unit of the currency."""
    if to.strip().upper() != RATE_CURRENCY:
        raise BadInput(
            f"the VAT total is shown in {RATE_CURRENCY}, not in {to}", "give `--to EUR RATE`"
        )
    value = parse_decimal(rate, "rate", digits=6)
    if value <= 0:
        raise BadInput(f"a rate of {rate} is none", "give euro for one unit, as in `0.9231`")
    if on > today:
        raise BadInput(f"the day of the rate ({on}) is in the future", "give another `--on`")
    with store.transaction():
        draft_id, draft = find_draft(store, text, today)
        if draft.currency == RATE_CURRENCY:
            raise Conflict(
                f"{draft.id} is in euro, it needs no rate", f"see `cowork invoice show {draft.id}`"
            )
        invoice_parts.change_draft(
            store,
            draft_id,
            {
                "vat_currency": RATE_CURRENCY,
                "exchange_rate": f"{value:f}",
                "exchange_day": on.isoformat(),
            },
        )
        return invoices.invoice(store, draft_id, today.isoformat())


# ---- lines


def _line_id(draft: Invoice, ids: list[int], number: int) -> int:
    if not 1 <= number <= len(ids):
        there = {0: "no lines", 1: "one line"}.get(len(ids), f"{len(ids)} lines")
        raise Conflict(
            f"{draft.id} has {there}, there is no line {number}",
            f"see them with `cowork invoice show {draft.id}`",
        )
    return ids[number - 1]


def _refuse_fixed(store: Store, draft: Invoice, line_id: int, typed: Typed) -> None:
    """Quantity and price of hours and expenses follow from these."""
    if typed.quantity is None and typed.price is None and typed.unit is None:
        return
    again = f"discard {draft.id} and draft it again; or give `--discount`"
    if invoice_parts.has_entries(store, line_id):
        raise Conflict(
            "the line stands for recorded hours: its quantity and price follow from them",
            f"correct the hours with `cowork track edit`, {again}",
        )
    if invoice_parts.has_expense(store, line_id):
        raise Conflict(
            "the line stands for an expense: its quantity and price follow from it",
            f"correct the expense, {again}",
        )


def _add_up(store: Store, draft_id: int, why: dict[str, str]) -> None:
    draft = invoices.invoice(store, draft_id, "9999-12-31")
    sums = totals(draft.lines, draft.currency, why)
    invoice_parts.change_draft(store, draft_id, sums)
    _refuse_negative(invoices.invoice(store, draft_id, "9999-12-31"))


def _refuse_negative(draft: Invoice) -> None:
    """An invoice asks for money, or for nothing where all was prepaid."""
    if draft.gross.minor < draft.paid.minor:
        raise Conflict(
            f"{draft.id} comes to {draft.gross}, less than the {draft.paid} that it deducts"
            if draft.paid.minor
            else f"{draft.id} would come to {draft.gross}",
            "an invoice cannot pay out; correct one with `cowork invoice cancel NUMBER`",
        )


def _refuse_prepaid(store: Store, draft: Invoice, prepaid_id: int, prepaid: Invoice) -> None:
    see = f"see `cowork invoice show {prepaid.id}`"
    if prepaid.state != "paid":
        raise Conflict(
            f"{prepaid.id} is {prepaid.state}; only a paid invoice is deducted",
            f"record the payment first: `cowork invoice pay {prepaid.id} --amount {prepaid.open.amount:f}`"
            if prepaid.open.minor > 0
            else see,
        )
    if prepaid.client != draft.client:
        raise Conflict(f"{prepaid.id} was paid by {prepaid.client}, not by {draft.client}", see)
    if prepaid.currency != draft.currency:
        raise Conflict(
            f"{prepaid.id} is in {prepaid.currency}, but {draft.id} in {draft.currency}", see
        )
    other = invoice_parts.deducted_on(store, prepaid_id)
    if other:
        raise Conflict(
            f"{prepaid.id} is deducted on {other} already", f"see `cowork invoice show {other}`"
        )
