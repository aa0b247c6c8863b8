"""Drafts after they were made: lines of your own, discounts, prepayments, VAT in euro.

Hours are corrected where they are recorded; a line that stands for them keeps quantity and price.
"""

from datetime import date
from decimal import Decimal

from cowork_cli.data.tax import CASES, RATES, TaxCase
from cowork_cli.domain.amounts import parse_amount, parse_decimal
from cowork_cli.domain.client import Client
from cowork_cli.domain.invoice import UNITS, Invoice, Line, total
from cowork_cli.domain.money import Money, line_net
from cowork_cli.errors import BadInput, Conflict, UsageError
from cowork_cli.records import dataclass, replace
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
from cowork_cli.store import clients, invoice_parts, invoices
from cowork_cli.store.engine.store import Store

RATE_CURRENCY = "EUR"  # § 16 (6) UStG, 2026: VAT is declared in euro


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed of a line; None is not given. `number` counts from 1, None is a new line."""

    number: int | None = None
    text: str | None = None
    quantity: str | None = None
    unit: str | None = None
    price: str | None = None
    vat: str | None = None
    discount: str | None = None
    remove: bool = False

    @property
    def given(self) -> bool:
        """Whether there is anything to write."""
        return any(
            value is not None
            for value in (
                self.text, self.quantity, self.unit, self.price, self.vat, self.discount,
            )
        )  # fmt: skip


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
            line = _checked(_new_line(typed, draft.currency, case), typed, client, case)
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
                line = _checked(_changed(old, typed, draft.currency), typed, client, case)
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
            _refuse_prepaid(store, draft, prepaid_id, prepaid)
            before = prepaid.prepaid
            zero = prepaid.currency
            vat = total(tuple(row.amount for row in prepaid.vat), zero) - total(
                tuple(row.vat for row in before), zero
            )
            amount = prepaid.gross - total(tuple(row.amount for row in before), zero)
            invoice_parts.add_prepayment(store, draft_id, prepaid_id, amount.minor, vat.minor)
        found = invoices.invoice(store, draft_id, today.isoformat())
        _refuse_negative(found)
    return found


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


def _new_line(typed: Typed, currency: str, case: TaxCase) -> Line:
    missing = [
        option
        for option, value in (("--text", typed.text), ("--price", typed.price))
        if value is None
    ]
    if missing:
        raise UsageError(
            f"a new line needs {' and '.join(missing)}",
            'as in `--text "Hosting" --qty 2 --unit month --price 15`; '
            "or say which one to change with `--line N`",
        )
    blank = Line(
        text="",
        quantity=Decimal(1),
        unit="flat" if typed.quantity is None else "piece",
        price=Decimal(0),
        discount=None,
        vat_rate=Decimal(case.rate),
        vat_category=case.category,
        net=Money(0, currency),
    )
    return _changed(blank, typed, currency)


def _changed(line: Line, typed: Typed, currency: str) -> Line:
    """`line` with what was typed; a discount in percent follows quantity and price."""
    if not (typed.given or typed.remove):
        raise UsageError(
            "there is nothing to change", "give `--text`, `--qty`, `--price`, `--discount` …"
        )
    quantity = line.quantity if typed.quantity is None else _quantity(typed.quantity)
    price = line.price if typed.price is None else _price(typed.price, currency)
    percent, discount = line.discount_percent, line.discount
    if typed.discount is not None:
        percent, discount = _discount(typed.discount, currency)
    whole = line_net(quantity, price, None, currency)
    if percent is not None:
        discount = Money.of(whole.amount * percent / 100, currency)
    if discount is not None and discount.minor > whole.minor:
        raise Conflict(
            f"a discount of {discount} is more than the line ({whole})", "give a smaller one"
        )
    text = line.text if typed.text is None else _text(typed.text)
    return replace(
        line,
        text=text,
        quantity=quantity,
        unit=line.unit if typed.unit is None else _unit(typed.unit),
        price=price,
        discount=discount,
        discount_percent=percent,
        net=line_net(quantity, price, discount, currency),
    )


def _checked(line: Line, typed: Typed, client: Client, case: TaxCase) -> Line:
    """`line` with the VAT that was typed. Raises BadInput, and Conflict where it must not stand."""
    if typed.vat is None:
        return line
    rate = parse_decimal(typed.vat.strip().removesuffix("%").strip(), "VAT rate")
    if f"{rate.normalize():f}" not in RATES:
        raise BadInput(
            f"{typed.vat} is no VAT rate in Germany", f"choose one of {', '.join(RATES)}"
        )
    rate = Decimal(f"{rate.normalize():f}")
    if rate and case is CASES["small-business"]:
        raise Conflict(
            f"{client.id} would be charged VAT, but you are set up as a small business "
            "(§ 19 UStG, 2025)",
            "leave out `--vat`, or `cowork config set seller.small_business false`",
        )
    if rate and case.category == "O":
        raise Conflict(
            f"what {client.id} buys is not taxable in Germany; no line of it can charge VAT",
            f"leave out `--vat`, or `cowork client edit {client.id} --tax standard`",
        )
    if not rate and case.category == "S":
        raise Conflict(
            f"VAT of 0 % needs a reason, and {client.id} has the tax case {client.tax}",
            f"change that first: `cowork client edit {client.id} --tax exempt`",
        )
    return replace(line, vat_rate=rate, vat_category="S" if rate else case.category)


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


# ---- values


def _text(text: str) -> str:
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    if not any(lines):
        raise BadInput("the text of the line is empty", "say what it is for")
    return "\n".join(lines)


def _quantity(text: str) -> Decimal:
    value = parse_decimal(text, "quantity")
    if not value:
        raise BadInput("a quantity of nothing is none", "remove a line with `--line N --remove`")
    return value


def _price(text: str, currency: str) -> Decimal:
    value, _ = parse_amount(text, "price", currency, digits=4)
    if value < 0:
        raise BadInput(
            f"the price {text} is negative (BR-27)", "give `--discount`, or a negative `--qty`"
        )
    return value


def _unit(text: str) -> str:
    if text not in UNITS:
        raise BadInput(f'"{text}" is not a unit', f"choose one of {', '.join(UNITS)}")
    return text


def _discount(text: str, currency: str) -> tuple[Decimal | None, Money | None]:
    """`5%` as percent, `50` as money, `0` as none."""
    number = text.strip()
    percent = number.endswith("%")
    if percent:
        value = parse_decimal(number.removesuffix("%").strip(), "discount", digits=2)
    else:
        value, _ = parse_amount(number, "discount", currency)
    if value < 0 or (percent and value > 100):
        raise BadInput(f'"{text}" is not a discount', "write it as `5%` or `50`")
    if not value:
        return None, None
    return (value, None) if percent else (None, Money.of(value, currency))
