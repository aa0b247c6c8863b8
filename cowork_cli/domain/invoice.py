"""Invoices: lines, VAT by rate, totals. One model, from which every document is made.

Arithmetic as in EN 16931: line net = quantity × price less discount, rounded once; VAT per rate on
the summed base, rounded once (BR-CO-17); halves away from zero.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from cowork_cli.domain.money import Money, round_half_up
from cowork_cli.domain.party import Party
from cowork_cli.domain.period import Period

STATES = ("draft", "issued", "part-paid", "paid", "overdue", "cancelled", "cancellation")
UNITS = ("hour", "day", "piece", "month", "flat")


@dataclass(frozen=True, slots=True)
class Line:
    """One position. `price` is major units of money per unit, `vat_rate` percent.

    `duration_s` is the real time behind it, before any rounding; None where no time is billed.
    """

    text: str
    quantity: Decimal
    unit: str
    price: Decimal
    discount: Money | None
    vat_rate: Decimal
    vat_category: str
    net: Money
    duration_s: int | None = None


@dataclass(frozen=True, slots=True)
class VatRow:
    """The VAT of all lines of one rate and category. `reason` says why none is charged."""

    rate: Decimal
    category: str
    base: Money
    amount: Money
    reason: str | None


@dataclass(frozen=True, slots=True)
class Invoice:
    """A draft (`number` None) or an issued invoice, whole."""

    number: str | None
    id: str
    type: int
    state: str
    client: str
    date: dt.date | None
    due: dt.date | None
    period: Period
    currency: str
    lines: tuple[Line, ...]
    net: Money
    vat: tuple[VatRow, ...]
    gross: Money
    paid: Money
    open: Money
    cancels: str | None
    cancelled_by: str | None
    replaces: str | None
    files: tuple[str, ...]
    sha256: str | None


@dataclass(frozen=True, slots=True)
class InvoiceDocument:
    """All that is printed: the invoice, both parties, payment data and texts, frozen at issue.

    `notes` are printed below the totals, `order_ref` is the buyer's order number.
    """

    invoice: Invoice
    seller: Party
    buyer: Party
    language: str
    iban: str | None
    bic: str | None
    terms_days: int
    notes: tuple[str, ...] = ()
    footer: str | None = None
    order_ref: str | None = None
    draft: bool = False


def line_net(quantity: Decimal, price: Decimal, discount: Money | None, currency: str) -> Money:
    """quantity × price, rounded half up, less `discount`."""
    gross = Money.of(quantity * price, currency)
    return gross - discount if discount else gross


def vat_rows(lines: tuple[Line, ...], currency: str, reasons: dict[str, str]) -> tuple[VatRow, ...]:
    """The VAT breakdown, highest rate first. `reasons` maps a category to its exemption text."""
    bases: dict[tuple[Decimal, str], Money] = {}
    for line in lines:
        key = (line.vat_rate, line.vat_category)
        bases[key] = bases.get(key, Money(0, currency)) + line.net
    return tuple(
        VatRow(rate, category, base, vat_amount(base, rate), reasons.get(category))
        for (rate, category), base in sorted(bases.items(), key=lambda row: -row[0][0])
    )


def vat_amount(base: Money, rate: Decimal) -> Money:
    """`rate` percent of `base`, rounded once."""
    return Money.of(base.amount * rate / 100, base.currency)


def total(amounts: tuple[Money, ...], currency: str) -> Money:
    """The sum, also of nothing."""
    return Money(sum(amount.minor for amount in amounts), currency)


def hours_of(seconds: int) -> Decimal:
    """Seconds as hours with two decimals, half up: the quantity that is printed and multiplied."""
    return round_half_up(Decimal(seconds) / 3600, 2)
