"""What stands between the total of an invoice and the money: prepayments, skonto, reminders.

Pure values and figures; halves away from zero, every amount rounded once.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cowork_cli.domain.money import Money


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
    """What was deducted for paying early, or None.

    It is taken when what came until the day is enough, and no more than that was paid in all.
    """
    discount = Money.of(payable.amount * percent / 100, payable.currency)
    paid = sum(payment.minor for payment in payments)
    early = sum(payment.minor for payment in payments if payment.day <= until)
    enough = payable.minor - discount.minor
    if min(early, paid) < max(enough, 1) or paid >= payable.minor:
        return None
    return Money(payable.minor - paid, payable.currency)


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
