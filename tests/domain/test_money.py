"""Money is exact, and what is typed for it is checked."""

from decimal import Decimal

import pytest

from cowork_cli.domain.invoice import Line, vat_amount, vat_rows
from cowork_cli.domain.money import (
    Money,
    hours_of,
    line_net,
    parse_currency,
    parse_decimal,
    parse_price,
    parse_rate,
)
from cowork_cli.errors import BadInput


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


@pytest.mark.parametrize("text", ["95", "95.50", "95,50", "0.0001"])
def test_numbers(text: str) -> None:
    assert parse_decimal(text, "rate") == Decimal(text.replace(",", "."))


@pytest.mark.parametrize(
    "text", ["", "1.234,56", "1e3", "95€", ".", "١٢", "1.23456", "10000000000", "nan", "--1"]
)
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(BadInput):
        parse_decimal(text, "rate")


def test_a_negative_rate_is_refused() -> None:
    with pytest.raises(BadInput, match="negative"):
        parse_rate("-5")


def test_currencies() -> None:
    assert parse_currency("chf") == "CHF"
    for text in ("EURO", "XXX", "€", ""):
        with pytest.raises(BadInput):
            parse_currency(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("day=18", "18.00 EUR / day"),
        ("day=18gross", "18.00 EUR / day gross"),
        ("hour=12,50net", "12.50 EUR / hour net"),
    ],
)
def test_prices(text: str, shown: str) -> None:
    assert str(parse_price(text)) == shown


@pytest.mark.parametrize("text", ["18", "decade=18", "day=", "day=-1", "day=18brutto", "day=1.234"])
def test_what_is_no_price(text: str) -> None:
    with pytest.raises(BadInput):
        parse_price(text)


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
