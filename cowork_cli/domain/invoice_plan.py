"""Invoices that are written again in every period: retainers, flat fees. Pure functions.

A period begins on the day of the month on which the plan does, or on the last day of a month that lacks
that number (§ 188 (3) BGB); it ends on the day before the next one.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from decimal import Decimal

from cowork_cli.domain.calendar_days import ONE_DAY, add_months
from cowork_cli.domain.money import Money
from cowork_cli.domain.period import Period
from cowork_cli.records import dataclass

MONTHS = {"month": 1, "quarter": 3, "year": 12}
_MOST = 1200  # periods of a plan: a hundred years of months


@dataclass(frozen=True, slots=True)
class PlanPrice:
    """What one of a line costs in the periods that begin on `from_` or later."""

    from_: dt.date
    price: Decimal


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of every invoice, as the next one will have it; `prices` are all that were agreed."""

    text: str
    quantity: Decimal
    unit: str
    price: Decimal
    discount: Money | None
    vat_rate: Decimal
    vat_category: str
    net: Money
    prices: tuple[PlanPrice, ...] = ()
    discount_percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PlanPeriod:
    """A period that was billed: the number of its invoice or the id of its draft, None if it was dropped."""

    from_: dt.date
    to: dt.date
    invoice: str | None


@dataclass(frozen=True, slots=True)
class InvoicePlan:
    """A recurring invoice. `every` is one of MONTHS; `next` the day its next invoice is due, None at the end.

    `issue`: its invoices are issued, else they stay drafts; `arrears`: due when a period is over, else on
    its first day. `net` is what the next invoice comes to.
    """

    id: str
    client: str
    every: str
    next: dt.date | None
    from_: dt.date
    until: dt.date | None
    lines: tuple[PlanLine, ...]
    issue: bool
    arrears: bool
    net: Money
    periods: tuple[PlanPeriod, ...] = ()
    order_ref: str | None = None
    note: str | None = None


def price_steps(plan: InvoicePlan) -> list[tuple[str, PlanPrice]]:
    """What is to be told of prices: text of the line and price, but for those that hold from the first day."""
    return [
        (line.text, row) for line in plan.lines for row in line.prices if row.from_ > plan.from_
    ]


def period_of(every: str, first: dt.date, number: int) -> Period:
    """The period of that number, from 0, of a plan that begins on `first`."""
    step = MONTHS[every]
    start = add_months(first, step * number)
    return Period(start, add_months(first, step * (number + 1)) - ONE_DAY)


def next_period(
    every: str, first: dt.date, until: dt.date | None, done: Collection[dt.date]
) -> Period | None:
    """The first period that is not done, by the days on which those begin; None at the end."""
    for number in range(len(done), _MOST) if _in_order(every, first, done) else range(_MOST):
        period = period_of(every, first, number)
        assert period.from_ is not None
        if until is not None and period.from_ > until:
            return None
        if period.from_ not in done:
            return period
    return None


def first_from(every: str, first: dt.date, day: dt.date) -> dt.date:
    """The day on which the first period begins that does not begin before `day`."""
    for number in range(_MOST):
        start = period_of(every, first, number).from_
        assert start is not None
        if start >= day:
            return start
    return day


def _in_order(every: str, first: dt.date, done: Collection[dt.date]) -> bool:
    """Whether the periods done are the first ones, none left out."""
    return not done or max(done) == period_of(every, first, len(done) - 1).from_


def due_day(period: Period, *, arrears: bool) -> dt.date:
    """The day on which a period is billed."""
    assert period.from_ is not None
    assert period.to is not None
    return period.to + ONE_DAY if arrears else period.from_


def price_on(prices: Sequence[PlanPrice], day: dt.date) -> Decimal:
    """The price that is valid on a day: the last that began by then, else the first."""
    begun = [row for row in prices if row.from_ <= day]
    chosen = max(begun, key=lambda row: row.from_) if begun else min(prices, key=lambda r: r.from_)
    return chosen.price
