"""What stands between the total of an invoice and the money: prepayments, skonto, reminders.

Pure values and figures; halves away from zero, every amount rounded once.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from cowork_cli.domain.money import Money
from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class Prepayment:
    """A paid invoice that is shown and deducted (BT-113). `vat` is the tax in `amount`."""

    number: str
    date: dt.date
    amount: Money
    vat: Money


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder that was written. `fee` and `interest` are None where none is charged."""

    level: int
    date: dt.date
    pay_by: dt.date
    open: Money
    fee: Money | None
    interest: Money | None
    total: Money


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment, in the minor unit of its invoice; what was taken back is negative."""

    day: dt.date
    minor: int


def skonto_taken(
    percent: Decimal, until: dt.date, payable: Money, payments: Sequence[Paid]
) -> Money | None:
    """What was deducted for paying early, or None; `payments` by day."""
    closing = closing_payment(percent, until, payable, payments)
    return None if closing is None else closing[1]


def closing_payment(
    percent: Decimal, until: dt.date, payable: Money, payments: Sequence[Paid]
) -> tuple[int, Money] | None:
    """The position of the payment that closed an invoice with skonto, and what was deducted.

    It is the one with which enough had come until the day, and less than the whole. The invoice is
    closed then: whatever comes later is credit and changes nothing, unless more is taken back than
    came after it. None: no skonto was taken.
    """
    discount = Money.of(payable.amount * percent / 100, payable.currency)
    enough = max(payable.minor - discount.minor, 1)
    paid, closing, closed_with = 0, None, 0
    for position, payment in enumerate(payments):
        paid += payment.minor
        if closing is not None and paid >= closed_with:
            continue
        early = payment.day <= until and enough <= paid < payable.minor
        closing, closed_with = (position, paid) if early else (None, 0)
    return (
        None if closing is None else (closing, Money(payable.minor - closed_with, payable.currency))
    )


def shares(amount: int, weights: Sequence[int]) -> list[int]:
    """`amount` in parts as the weights are to one another; the parts add up to it exactly."""
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    parts, passed, done = [], 0, 0
    for weight in weights:
        passed += weight
        reached = (2 * amount * passed + whole) // (2 * whole)
        parts.append(reached - done)
        done = reached
    return parts
