"""Skonto and shares: what was deducted, and parts that are the whole."""

from datetime import date
from decimal import Decimal

import pytest

from cowork_cli.domain.money import Money
from cowork_cli.domain.settlement import Paid, closing_payment, shares, skonto_taken

UNTIL = date(2026, 11, 10)
LATE = date(2026, 11, 11)


@pytest.mark.parametrize(
    ("payments", "closed"),
    [
        ([], None),
        ([(UNTIL, 9800)], (0, 200)),  # on the last day, what is enough and no cent more
        ([(LATE, 9800)], None),
        ([(UNTIL, 9799)], None),
        ([(UNTIL, 9999)], (0, 1)),
        ([(UNTIL, 10000)], None),  # the whole: nothing was deducted
        ([(UNTIL, 5000), (UNTIL, 4800)], (1, 200)),
        ([(UNTIL, 5000), (LATE, 4800)], None),
        ([(UNTIL, 9800), (LATE, 50)], (0, 200)),  # closed; what comes later is credit
        ([(UNTIL, 9800), (LATE, 200)], (0, 200)),
        ([(UNTIL, 9800), (LATE, 50), (LATE, -50)], (0, 200)),
        ([(UNTIL, 9800), (LATE, 50), (LATE, -51)], None),
        ([(UNTIL, 9800), (LATE, -1)], None),  # more was taken back than came after it
        ([(UNTIL, 9800), (UNTIL, -1), (UNTIL, 2)], (2, 199)),
        ([(UNTIL, 9800), (LATE, -1), (LATE, 1)], None),
    ],
)
def test_what_closes_an_invoice(
    payments: list[tuple[date, int]], closed: tuple[int, int] | None
) -> None:
    paid = [Paid(day, minor) for day, minor in payments]
    found = closing_payment(Decimal(2), UNTIL, Money(10000, "CHF"), paid)
    assert found == (closed and (closed[0], Money(closed[1], "CHF")))
    taken = skonto_taken(Decimal(2), UNTIL, Money(10000, "CHF"), paid)
    assert taken == (closed and Money(closed[1], "CHF"))


def test_the_discount_is_rounded_half_up_once() -> None:
    """2 % of 0.25 is half a cent: a cent is deducted, 0.24 is enough."""
    assert skonto_taken(Decimal(2), UNTIL, Money(25), [Paid(UNTIL, 24)]) == Money(1)
    assert skonto_taken(Decimal(2), UNTIL, Money(24), [Paid(UNTIL, 23)]) is None
    assert skonto_taken(Decimal("1.5"), UNTIL, Money(100), [Paid(UNTIL, 98)]) == Money(2)


def test_the_discount_is_in_whole_units_of_the_currency() -> None:
    """1.5 % of 99 yen are 1.485: one yen."""
    for minor, taken in ((98, Money(1, "JPY")), (97, None)):
        paid = [Paid(UNTIL, minor)]
        assert skonto_taken(Decimal("1.5"), UNTIL, Money(99, "JPY"), paid) == taken


def test_a_discount_of_all_still_needs_a_payment() -> None:
    assert skonto_taken(Decimal("99.99"), UNTIL, Money(100), [Paid(UNTIL, 0)]) is None
    assert skonto_taken(Decimal("99.99"), UNTIL, Money(100), [Paid(UNTIL, 1)]) == Money(99)


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        (100, [1, 1, 1], [33, 34, 33]),
        (1, [1, 1], [1, 0]),
        (101, [1, 1], [51, 50]),
        (10, [3, 0, 7], [3, 0, 7]),
        (0, [1, 2], [0, 0]),
        (5, [0, 0], [0, 0]),
        (5, [], []),
        (394, [2380, 214], [361, 33]),
    ],
)
def test_shares(amount: int, weights: list[int], parts: list[int]) -> None:
    assert shares(amount, weights) == parts
