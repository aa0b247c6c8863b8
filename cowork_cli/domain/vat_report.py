"""VAT of a period: what was invoiced or paid, by rate and case, and what is left to pay.

An invoice counts by its own date, or by the payments of it. A payment counts for each rate by its
part of the gross. Amounts of other currencies count by the rate that was recorded for them.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal

from cowork_cli.domain.invoice import VatRow
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period
from cowork_cli.domain.settlement import shares
from cowork_cli.records import dataclass

KINDS = ("output", "reverse-charge", "purchase", "input", "not-included", "payable")
BASES = ("issued", "paid")
PERFORMED = "performed"  # by the end of the work, as § 13 (1) no. 1 a UStG has it
INVOICED = "invoiced"  # by the invoice whatever it asks for: what a client owes, no VAT return
REVERSE_CHARGE = "AE"


@dataclass(frozen=True, slots=True)
class VatReportRow:
    """One line of `report vat`: base and VAT of one rate and case, in euro.

    `kind` is `output`, `reverse-charge` (by VAT id of the customer, for the EC sales list), `purchase`
    (expenses of which the buyer owes the VAT, § 13b UStG: `case` is `eu-purchase` or `other-purchase`),
    `input` (expenses; with a `case` that of such purchases), `not-included` (a `document` whose currency has no recorded rate) or `payable`, the
    sum: output and purchases less input. `reason` is the text that was printed where nothing is charged.
    """

    kind: str
    case: str | None
    category: str | None
    rate: Decimal | None
    base: Money | None
    vat: Money
    vat_id: str | None = None
    client: str | None = None
    document: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class VatLine:
    """One code (Kz) of the advance VAT return: `base` in whole euro, `tax` in euro and cent."""

    code: str
    label: str
    base: Money | None
    tax: Money | None
    year: int
    source: str


@dataclass(frozen=True, slots=True)
class SalesListRow:
    """One line of the recapitulative statement (ZM): what was rendered to one VAT id in a quarter.

    `base` is in whole euro, cut once as Kz 21 is. `kind` is `S`, services; `due` the day by which it is to be told.
    """

    quarter: str
    vat_id: str
    client: str
    base: Money
    kind: str
    due: dt.date
    source: str


@dataclass(frozen=True, slots=True)
class Paid:
    """Money received on a day, and the Skonto that was granted with it."""

    day: dt.date
    amount: Money
    skonto: Money


@dataclass(frozen=True, slots=True)
class Charged:
    """What VAT asks of an issued invoice. `eur_rate` is euro for one unit of its currency.

    `cancels` is the number of the invoice that a cancellation takes back; `cancelled_on` the day on
    which this one was taken back. `advance`: it asks for money before the work is done, or takes that back.
    `performed` is the day on which the work ended, where it is said; of a cancellation with a corrected invoice
    behind it that of its original.
    """

    number: str
    date: dt.date
    client: str
    vat_id: str | None
    gross: Money
    rows: tuple[VatRow, ...]
    payments: tuple[Paid, ...] = ()
    cancels: str | None = None
    cancelled_on: dt.date | None = None
    eur_rate: Decimal | None = None
    advance: bool = False
    performed: dt.date | None = None

    @property
    def known(self) -> bool:
        """Whether its amounts can be told in euro."""
        return self.gross.currency == "EUR" or self.eur_rate is not None

    def euro(self, money: Money) -> Money:
        """An amount of it in euro."""
        return in_euro(money, self.eur_rate)


def in_euro(money: Money, rate: Decimal | None) -> Money:
    """An amount in euro, by a rate that is known."""
    if money.currency == "EUR":
        return money
    assert rate is not None
    return Money.of(money.amount * rate, "EUR")


def within(day: dt.date, period: Period) -> bool:
    """Whether a day lies in a period."""
    return (period.from_ is None or day >= period.from_) and (period.to is None or day <= period.to)


def counted(invoice: Charged, period: Period, basis: str) -> list[VatRow]:
    """What of an invoice counts in a period, in its own currency; rows of nothing are left out.

    An invoice for an advance counts by its payments whatever the basis: VAT on it arises when the money
    comes (§ 13 (1) no. 1 a UStG). Reverse charge counts by the invoice whatever the basis: it is declared when the service was
    rendered (§ 18a (8), § 18b UStG). By invoice, Skonto lowers base and VAT on the day it was
    granted (§ 17 (1) UStG); by payment it was never received. By the end of the work (`performed`) what was paid
    before it counts when it came. A cancellation takes back, on its own day, what had counted until then.
    """
    by_payment = basis == "paid" or (invoice.advance and basis != INVOICED)
    come = _received(invoice, period) if by_payment else []
    day = (invoice.performed if basis == PERFORMED else None) or invoice.date
    early = _early(invoice, day) if basis == PERFORMED else ()
    found = []
    for place, row in enumerate(invoice.rows):
        if by_payment and row.category != REVERSE_CHARGE:
            base, vat = come[place]
        else:
            base, vat = _invoiced(invoice, place, period, day, early)
        if base.minor or vat.minor:
            found.append(VatRow(row.rate, row.category, base, vat, row.reason))
    return found


def received(invoice: Charged, period: Period) -> list[VatRow]:
    """What of an invoice was paid in a period, by rate, whatever its case; in its own currency."""
    return [
        VatRow(row.rate, row.category, base, vat, row.reason)
        for row, (base, vat) in zip(invoice.rows, _received(invoice, period), strict=True)
        if base.minor or vat.minor
    ]


_Parts = list[tuple[Money, Money]]


def _early(invoice: Charged, day: dt.date) -> tuple[Paid, ...]:
    """What was paid before the work was done."""
    if invoice.cancels is not None:
        return ()
    return tuple(paid for paid in invoice.payments if paid.day < day)


def _invoiced(
    invoice: Charged, place: int, period: Period, day: dt.date, early: Sequence[Paid]
) -> tuple[Money, Money]:
    row = invoice.rows[place]
    base = vat = Money(0, invoice.gross.currency)
    if early and row.category != REVERSE_CHARGE:
        base, vat = _parts(invoice, *_until_done(invoice, period, day, early))[place]
    elif within(day, period):
        base, vat = row.base, row.amount
    lost = _growth(invoice, period, lambda paid: paid.skonto, abs(invoice.gross.minor))
    if lost[0] == lost[1]:
        return base, vat
    less_base, less_vat = _parts(invoice, *lost)[place]
    return base - less_base, vat - less_vat


def _until_done(
    invoice: Charged, period: Period, day: dt.date, early: Sequence[Paid]
) -> tuple[int, int]:
    """How much had counted before a period began, and when it ended: what came, and all of it when the work is done."""
    whole = sum(row.base.minor + row.amount.minor for row in invoice.rows)

    def until(last: dt.date) -> int:
        if last >= day:
            return whole
        return max(0, min(whole, sum(paid.amount.minor for paid in early if paid.day <= last)))

    before = until(period.from_ - dt.timedelta(days=1)) if period.from_ else 0
    return before, until(period.to or dt.date.max)


def _received(invoice: Charged, period: Period) -> _Parts:
    """Base and VAT of each row that were paid in a period."""
    sums = (0, 0)
    if invoice.cancels is None:
        granted = sum(paid.skonto.minor for paid in invoice.payments)
        limit = abs(invoice.gross.minor) - granted
        sums = _growth(invoice, period, lambda paid: paid.amount, limit)
    return _parts(invoice, *sums)


def _growth(
    invoice: Charged, period: Period, what: Callable[[Paid], Money], limit: int
) -> tuple[int, int]:
    """How much had come before a period began, and when it ended; what is beyond the limit is credit."""

    def until(last: dt.date) -> int:
        if invoice.cancelled_on is not None and invoice.cancelled_on <= last:
            return 0
        return sum(what(paid).minor for paid in invoice.payments if paid.day <= last)

    before = until(period.from_ - dt.timedelta(days=1)) if period.from_ else 0
    after = until(period.to or dt.date.max)
    return max(-limit, min(before, limit)), max(-limit, min(after, limit))


def _parts(invoice: Charged, before: int, after: int) -> _Parts:
    """Base and VAT of each row that belong to what came in between.

    They add up to it exactly, and over all periods to the rows themselves.
    """
    currency = invoice.gross.currency
    weights = [minor for row in invoice.rows for minor in (row.base.minor, row.amount.minor)]
    if before == after:
        return [(Money(0, currency), Money(0, currency))] * len(invoice.rows)
    grown = [
        last - first
        for first, last in zip(shares(before, weights), shares(after, weights), strict=True)
    ]
    return [
        (Money(base, currency), Money(vat, currency))
        for base, vat in zip(grown[::2], grown[1::2], strict=True)
    ]


def total(amounts: Sequence[Money]) -> Money:
    """The sum in euro."""
    return Money(sum(amount.minor for amount in amounts), "EUR")
