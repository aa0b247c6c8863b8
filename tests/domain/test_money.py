"""Money is exact, and what is typed for it is checked."""

from decimal import Decimal

import pytest

from cowork_cli.domain.invoice import Line, vat_amount, vat_rows
from cowork_cli.domain.money import Money, Price, hours_of, line_net


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("2.345", "EUR", 235),
        ("2.344", "EUR", 234),
        ("-2.345", "EUR", -235),
        ("2.5", "JPY", 3),
        ("1.2345", "KWD", 1235),
    ],
)
def test_halves_go_away_from_zero(amount: str, currency: str, minor: int) -> None:
    assert Money.of(Decimal(amount), currency).minor == minor


def test_two_currencies_are_not_added() -> None:
    with pytest.raises(ValueError, match="USD"):
        _ = Money(1) + Money(1, "USD")


def test_hours_are_rounded_once_half_up() -> None:
    assert hours_of(20700) == Decimal("5.75")
    assert hours_of(18) == Decimal("0.01")  # 0.005 h
    assert hours_of(17) == Decimal("0.00")


def test_line_net_is_the_product_of_what_is_printed() -> None:
    assert line_net(Decimal("3.33"), Decimal("95.1234"), None, "EUR").minor == 31676
    assert line_net(Decimal(1), Decimal(100), Money(1000), "EUR").minor == 9000


def test_vat_is_rounded_once_on_the_summed_base() -> None:
    """BR-CO-17: three lines of 0.03 at 19 % give 0.02, not three times 0.01."""

    def line(net: int) -> Line:
        return Line("x", Decimal(1), "hour", Decimal(1), None, Decimal(19), "S", Money(net))

    (row,) = vat_rows((line(3), line(3), line(3)), "EUR", {})
    assert row.base.minor == 9
    assert row.amount.minor == 2
    assert vat_amount(Money(54625), Decimal(19)).minor == 10379


def test_sums_keep_their_currency_and_sign() -> None:
    francs = Money(1250, "CHF")
    assert francs + Money(5, "CHF") == Money(1255, "CHF")
    assert francs - Money(2000, "CHF") == Money(-750, "CHF")
    assert -francs == Money(-1250, "CHF")
    assert (str(francs), str(Money(-5)), str(Money(7, "JPY"))) == (
        "12.50 CHF",
        "-0.05 EUR",
        "7 JPY",
    )
    assert Money.of(Decimal("12.50")) == Money(1250, "EUR")
    with pytest.raises(ValueError, match="cannot add EUR to CHF"):
        _ = francs - Money(1)


def test_a_line_is_in_the_currency_of_its_invoice() -> None:
    assert line_net(Decimal(3), Decimal("100.5"), None, "JPY") == Money(302, "JPY")
    assert line_net(Decimal(1), Decimal("1.2345"), Money(5, "KWD"), "KWD") == Money(1230, "KWD")


def test_prices_say_their_unit_and_their_tax() -> None:
    assert str(Price(Money(1800), "once")) == "18.00 EUR"
    assert str(Price(Money(1800), "once", "gross")) == "18.00 EUR gross"
    assert str(Price(Money(1800, "CHF"), "month", "net")) == "18.00 CHF / month net"
