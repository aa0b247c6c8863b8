"""Quotes: what is offered, until when, and what became of it.

A quote is no invoice: it names no tax that is owed and takes no number of the invoices. Its sums are
those of the invoice that follows (`domain.invoice`), so that both say the same.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from cowork_cli.domain.invoice import Line, VatRow, vat_rows
from cowork_cli.domain.invoice import total as total_of
from cowork_cli.domain.mailing import Mailing
from cowork_cli.domain.money import Money
from cowork_cli.domain.party import Party
from cowork_cli.records import dataclass

STATES = ("draft", "sent", "accepted", "declined", "expired")
CHOICES = ("optional", "alternative")
MOST_DAYS = 3660  # that a quote may be valid: ten years
OFFER = 310  # UNTDID 1001: offer, quotation


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One position. `price` is major units of money per unit, `vat_rate` percent.

    `choice` is one of CHOICES for a line that is not in the sum; `taken`: it is part of what was agreed.
    `billed` is the quantity that stands on drafts and invoices by now.
    """

    text: str
    quantity: Decimal
    unit: str
    price: Decimal
    discount: Money | None
    vat_rate: Decimal
    vat_category: str
    net: Money
    discount_percent: Decimal | None = None
    choice: str | None = None
    taken: bool = True
    billed: Decimal = Decimal(0)

    @property
    def line(self) -> Line:
        """The line of an invoice that says the same."""
        return Line(
            self.text, self.quantity, self.unit, self.price, self.discount, self.vat_rate,
            self.vat_category, self.net, None, self.discount_percent,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote, whole. `net`, `vat` and `gross` are those of the page: of the lines without a choice.

    `agreed` is the net sum of what was accepted; before that, and of a quote that was not, None.
    `billed` is the net sum on issued invoices that were not cancelled, `left` what is agreed beyond it.
    `invoices` are those, and the drafts; `decided` is the day of a yes or a no.
    """

    number: str
    id: str
    state: str
    client: str
    date: dt.date
    valid_until: dt.date
    currency: str
    lines: tuple[QuoteLine, ...]
    net: Money
    vat: tuple[VatRow, ...]
    gross: Money
    project: str | None
    billed: Money
    agreed: Money | None = None
    left: Money | None = None
    title: str | None = None
    note: str | None = None
    order_ref: str | None = None
    decided: dt.date | None = None
    reason: str | None = None
    invoices: tuple[str, ...] = ()
    mailed: tuple[Mailing, ...] = ()
    sha256: str | None = None
    tax_case: str = ""


@dataclass(frozen=True, slots=True)
class QuoteDocument:
    """All that is printed: the quote, both parties and texts, frozen when it is sent."""

    quote: Quote
    seller: Party
    buyer: Party
    language: str
    footer: str | None = None
    logo: str | None = None
    terms_days: int | None = None
    draft: bool = False
    buyer_type: str = "business"


def sums(
    lines: Sequence[QuoteLine], currency: str, reasons: dict[str, str]
) -> tuple[Money, tuple[VatRow, ...], Money]:
    """Net, VAT rows and gross of the lines that have no choice."""
    counted = tuple(row.line for row in lines if row.choice is None)
    vat = vat_rows(counted, currency, reasons)
    net = total_of(tuple(line.net for line in counted), currency)
    return net, vat, net + total_of(tuple(row.amount for row in vat), currency)


def agreed(lines: Sequence[QuoteLine], currency: str) -> Money:
    """The net sum of the lines that are part of what was agreed."""
    return total_of(tuple(row.net for row in lines if row.taken), currency)
