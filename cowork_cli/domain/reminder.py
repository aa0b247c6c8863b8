"""A reminder as it is printed, and the interest in it. Pure functions.

Interest is simple (§ 289 BGB: none on interest), by days of the calendar year, rounded once.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal

from cowork_cli.domain.invoice import Invoice
from cowork_cli.domain.money import Money
from cowork_cli.domain.party import Party
from cowork_cli.domain.settlement import Paid, Reminder
from cowork_cli.records import dataclass, replace


@dataclass(frozen=True, slots=True)
class Span:
    """Days in which one balance bore one rate, both days included."""

    first: dt.date
    last: dt.date
    balance: Money
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Letter:
    """All that stands on the page of a reminder. `reserved`: interest is due, its rate not known."""

    invoice: Invoice
    reminder: Reminder
    seller: Party
    buyer: Party
    language: str
    iban: str | None
    bic: str | None
    spans: tuple[Span, ...] = ()
    reserved: bool = False
    footer: str | None = None


def spans(
    owed: Money,
    payments: Sequence[Paid],
    first: dt.date,
    last: dt.date,
    rate_of: Callable[[dt.date], Decimal | None],
) -> tuple[Span, ...] | None:
    """The days from `first` to `last` with balance and rate; None where a rate is not known.

    A payment bears no interest from the day after it.
    """
    one = dt.timedelta(days=1)
    starts = {first} | {payment.day + one for payment in payments}
    starts |= {
        dt.date(year, month, 1) for year in range(first.year, last.year + 1) for month in (1, 7)
    }
    cuts = [day for day in sorted(starts) if first <= day <= last]
    found = []
    for start, end in zip(cuts, [*(day - one for day in cuts[1:]), last], strict=True):
        rate = rate_of(start)
        if rate is None:
            return None
        paid = sum(payment.minor for payment in payments if payment.day < start)
        if owed.minor > paid:
            found.append(Span(start, end, Money(owed.minor - paid, owed.currency), rate))
    return tuple(found)


def interest(parts: Sequence[Span], currency: str) -> Money:
    """What the spans add up to, rounded once."""
    exact = Decimal(0)
    for span in parts:
        days = (span.last - span.first).days + 1
        exact += span.balance.amount * span.rate * days / (100 * _days_of_year(span.first.year))
    return Money.of(exact, currency)


def joined(parts: Sequence[Span]) -> tuple[Span, ...]:
    """Neighbours with the same balance and rate as one, as they are printed."""
    found: list[Span] = []
    for span in parts:
        before = found[-1] if found else None
        if (
            before
            and (before.balance, before.rate) == (span.balance, span.rate)
            and before.last + dt.timedelta(days=1) == span.first
        ):
            found[-1] = replace(before, last=span.last)
        else:
            found.append(span)
    return tuple(found)


def _days_of_year(year: int) -> int:
    return (dt.date(year + 1, 1, 1) - dt.date(year, 1, 1)).days
