"""Expenses: what was spent for the business, with its receipt, and what a client pays of it."""

import datetime as dt
from decimal import Decimal

from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period
from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class Expense:
    """One expense. `eur_rate` is euro for one unit of its currency, None where none was recorded.

    `receipt` is the file's name and `sha256` the hash of its bytes. `rebill` is what the client is
    billed for it, `billed_on` the draft or the invoice that does so. Below zero it is a credit note.
    `category` is one of `data.eur_lines`. With `reverse_charge` the bill shows no VAT: the buyer owes
    it at `vat_rate` (§ 13b UStG); `country` is that of the supplier. A cost that recurs has the period that it
    `belongs_to` and the day on which it was `due` (§ 11 EStG).
    """

    id: str
    date: dt.date
    text: str
    net: Money
    vat_rate: Decimal
    vat: Money
    gross: Money
    eur_rate: Decimal | None
    booking: str | None
    receipt: str | None
    sha256: str | None
    client: str | None
    rebill: Money | None
    markup: Decimal | None
    billed_on: str | None
    category: str | None = None
    reverse_charge: bool = False
    country: str | None = None
    belongs_to: Period | None = None
    due: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """What expenses of one kind came to: many in euro together, of the others each alone.

    `ids` names the one that it is, or how many they are. `day` is that of a single one.
    """

    net: Money
    vat: Money
    vat_rate: Decimal
    eur_rate: Decimal | None
    category: str | None
    reverse_charge: bool
    country: str | None
    ids: str
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Amounts:
    """Net and VAT of an expense, which add up to its gross."""

    net: Money
    vat: Money

    @property
    def gross(self) -> Money:
        """Both together."""
        return self.net + self.vat


def from_net(net: Money, rate: Decimal) -> Amounts:
    """VAT on top of a net amount, rounded once."""
    return Amounts(net, Money.of(net.amount * rate / 100, net.currency))


def from_gross(gross: Money, rate: Decimal) -> Amounts:
    """VAT contained in a gross amount: the net is rounded, the VAT is the rest."""
    net = Money.of(gross.amount * 100 / (100 + rate), gross.currency)
    return Amounts(net, gross - net)


def marked_up(cost: Money, markup: Decimal | None) -> Money:
    """`cost` with `markup` percent on it."""
    return Money.of(cost.amount * (100 + (markup or 0)) / 100, cost.currency)
