"""Invoices: lines, VAT by rate, totals. One model, from which every document is made.

Arithmetic as in EN 16931: line net = quantity × price less discount, rounded once; VAT per rate on
the summed base, rounded once (BR-CO-17); halves away from zero.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from cowork_cli.data.tax import CASES, case_named
from cowork_cli.domain.mailing import Mailing
from cowork_cli.domain.money import Money
from cowork_cli.domain.party import Party
from cowork_cli.domain.period import Period
from cowork_cli.domain.settlement import Prepayment, Reminder
from cowork_cli.records import dataclass

STATES = ("draft", "issued", "part-paid", "paid", "overdue", "cancelled", "cancellation")
# UNTDID 1001. XRechnung has no 386 (BR-DE-17): to a public buyer an advance invoice is a partial one.
ADVANCE, PUBLIC_ADVANCE, CANCELLATION = 386, 326, 384
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
    discount_percent: Decimal | None = None


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
    """A draft (`number` None) or an issued invoice, whole.

    `paid` counts what was `prepaid` on another invoice; `open` is what is left of `gross` after that
    and after `skonto_taken`, below zero where more was paid. `quote` is the number of the quote that it
    bills, `plan` the id of the recurring invoice it is one of, `mailed` what was sent of it.
    """

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
    prepaid: tuple[Prepayment, ...] = ()
    skonto_taken: Money | None = None
    exchange: "Exchange | None" = None
    reminders: tuple[Reminder, ...] = ()
    tax_case: str = ""
    quote: str | None = None
    plan: str | None = None
    mailed: tuple[Mailing, ...] = ()

    @property
    def advance(self) -> bool:
        """Whether it asks for money before the work is done."""
        return self.type in (ADVANCE, PUBLIC_ADVANCE)

    @property
    def payable(self) -> Money:
        """What is to be paid in all: the total less what was prepaid (BT-115)."""
        return self.gross - total(tuple(row.amount for row in self.prepaid), self.currency)


@dataclass(frozen=True, slots=True)
class Skonto:
    """A discount for paying early: `percent` less by `until`, which leaves `payable`."""

    percent: Decimal
    days: int
    until: dt.date
    payable: Money


@dataclass(frozen=True, slots=True)
class Exchange:
    """One unit of the invoice's currency in euro on a day, and the VAT total it makes (BT-111)."""

    rate: Decimal
    day: dt.date
    vat: Money


@dataclass(frozen=True, slots=True)
class TimesheetRow:
    """One entry behind line `line` (from 1): when it was, and its real and its billed seconds.

    `person` is who worked, where several did; else None.
    """

    line: int
    day: dt.date
    from_: str
    to: str
    project: str
    note: str | None
    seconds: int
    billed_s: int
    person: str | None = None


@dataclass(frozen=True, slots=True)
class InvoiceDocument:
    """All that is printed: the invoice, both parties, payment data and texts, frozen at issue.

    `notes` are printed below the totals, `order_ref` is the buyer's order number, `buyer_reference`
    its own reference or, of a public buyer, the Leitweg-ID. `refers_on` is the date of the invoice
    that is cancelled or replaced. `line_periods` tells for each line when its work was done.
    `logo` is an image as a data URL. Without `service_known` nobody said when the work was done, and
    the day of the invoice stands for it.
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
    buyer_type: str = "business"
    buyer_reference: str | None = None
    refers_on: dt.date | None = None
    line_periods: tuple[Period | None, ...] = ()
    skonto: Skonto | None = None
    timesheet: tuple[TimesheetRow, ...] = ()
    logo: str | None = None
    service_known: bool = True


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


def case_words(rows: Sequence[VatRow]) -> str:
    """How VAT is treated, in words: `19 % VAT`, `no VAT: reverse charge, …`; of several rates all."""
    return "; ".join(dict.fromkeys(_case_words(row) for row in rows))


def _case_words(row: VatRow) -> str:
    if row.category == "S":
        return f"{row.rate.normalize():f} % VAT"
    name = case_named(row.category, row.rate, row.reason)
    if name == "exempt" and row.reason:
        return f"no VAT: {row.reason}"
    return CASES[name].told if name in CASES else f"{row.rate.normalize():f} % VAT"


def payable(document: InvoiceDocument) -> Money:
    """What is to be paid for it when it is issued: the gross amount less what was paid before."""
    return document.invoice.gross - document.invoice.paid


def vat_amount(base: Money, rate: Decimal) -> Money:
    """`rate` percent of `base`, rounded once."""
    return Money.of(base.amount * rate / 100, base.currency)


def total(amounts: tuple[Money, ...], currency: str) -> Money:
    """The sum, also of nothing."""
    return Money(sum(amount.minor for amount in amounts), currency)
