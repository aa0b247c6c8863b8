"""Numbers, amounts and prices as people type them; what can be read in two ways is refused."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cowork_cli.domain.amounts import (
    parse_amount,
    parse_currency,
    parse_decimal,
    parse_price,
    parse_rate,
)
from cowork_cli.errors import BadInput
from tests.domain.refusing import told

PRICE_HINT = "write it as `day=18`, `hour=12net` or `month=150gross`"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("95", "95"),
        ("95.50", "95.50"),
        ("95,50", "95.50"),
        ("0.0001", "0.0001"),
        (".5", "0.5"),
        ("1.500,00", "1500.00"),
        ("1,500.00", "1500.00"),
        ("1.234.567", "1234567"),
        ("1.234.567,8", "1234567.8"),
        ("1 500", "1500"),
        ("1\u202f500,25", "1500.25"),
        ("1'500.00", "1500.00"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("1000.500", "1000.500"),
        ("1.50000", "1.5000"),
        ("-3,5", "-3.5"),
        ("\u22123.5", "-3.5"),
    ],
)
def test_numbers(text: str, value: str) -> None:
    parsed = parse_decimal(text, "rate")
    assert str(parsed) == value


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("1.500", "`1500` or `1.50`"),
        ("1,000", "`1000` or `1.00`"),
        ("1.250", "`1250` or `1.25`"),
        ("-12,345", "`-12345` or `-12.3450`"),
    ],
)
def test_one_separator_before_three_figures_is_refused(text: str, both: str) -> None:
    with pytest.raises(BadInput, match="two ways") as caught:
        parse_decimal(text, "rate")
    assert caught.value.hint == f"write {both}"


@given(
    st.decimals(min_value=-(10**8), max_value=10**8, places=2),
    st.sampled_from(["{:,.2f}", "{:.2f}"]),
    st.booleans(),
)
def test_both_notations_say_the_same(value: Decimal, form: str, german: bool) -> None:
    text = form.format(value)
    if german:
        text = text.translate(str.maketrans(".,", ",."))
    assert parse_decimal(text, "x") == value


@pytest.mark.parametrize(
    "text",
    ["", "1e3", "95€", ".", "-", "١٢", "²", "1.23456", "10000000000", "nan", "--1", "1.50.00", "1.5,0,0",
     "12.34,5", "1 50", "1 500 00", "1.500'00", "95.", "0x1f", "1_000"],
)  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(BadInput):
        parse_decimal(text, "rate")


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("95€", "95", "EUR"),
        ("95 EUR", "95", "EUR"),
        ("95 euro", "95", "EUR"),
        ("€95.50", "95.50", "EUR"),
        ("eur 1.500,00", "1500.00", "EUR"),
        ("1,500.00 chf", "1500.00", "CHF"),
        ("-120,50 EUR", "-120.50", "EUR"),
        ("-€5", "-5", "EUR"),
        ("1.2345 KWD", None, None),
        ("1.5 JPY", None, None),
    ],
)
def test_amounts_may_name_their_currency(text: str, value: str | None, code: str | None) -> None:
    if value is None:
        with pytest.raises(BadInput):
            parse_amount(text, "price", None)
        return
    parsed, currency = parse_amount(text, "price", None)
    assert (str(parsed), currency) == (value, code)


@pytest.mark.parametrize(
    "text", ["EUR 5 EUR", "5 XXX", "5 $", "five", "€", "5 EURO CHF", "--5 EUR"]
)
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(BadInput):
        parse_amount(text, "price", None)


def test_another_currency_than_the_wanted_one_is_refused() -> None:
    assert parse_amount("5", "price", "CHF") == (Decimal(5), "CHF")
    with pytest.raises(BadInput, match="in USD, but EUR"):
        parse_amount("5 USD", "price", "EUR")


def test_rates() -> None:
    assert parse_rate("95,1234") == Decimal("95.1234")
    assert parse_rate("95 EUR", currency="EUR") == Decimal(95)
    with pytest.raises(BadInput, match="negative"):
        parse_rate("-5")
    with pytest.raises(BadInput):
        parse_rate("95 EUR")  # nothing here says that it is euro


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
        ("day=18 CHF", "18.00 CHF / day"),
        ("month=1.500,00 €", "1500.00 EUR / month"),
    ],
)
def test_prices(text: str, shown: str) -> None:
    assert str(parse_price(text)) == shown


@pytest.mark.parametrize(
    "text",
    [
        "18",
        "decade=18",
        "day=",
        "day=-1",
        "day=18brutto",
        "day=1.234",
        "day=18.123456",
        "day=18unknown",
    ],
)
def test_what_is_no_price(text: str) -> None:
    with pytest.raises(BadInput):
        parse_price(text)


def test_the_largest_number() -> None:
    assert parse_decimal("999999999.9999", "x") == Decimal("999999999.9999")
    assert parse_decimal("-999999999", "x") == Decimal(-999999999)
    for text in ("1000000000", "-1000000000", "1.000.000.000"):
        with pytest.raises(BadInput, match="too large"):
            parse_decimal(text, "x")


def test_the_decimals_of_an_amount() -> None:
    """Those of the currency, two where none is named, as many as are asked for."""
    assert parse_amount("1.234,567 KWD", "price", None) == (Decimal("1234.567"), "KWD")
    assert parse_amount("0.12", "price", None) == (Decimal("0.12"), None)
    assert parse_amount("0.1234", "price", "EUR", digits=4) == (Decimal("0.1234"), "EUR")
    assert parse_amount("3", "price", "EUR", digits=0) == (Decimal(3), "EUR")
    for text, currency, digits in (
        ("0.123", None, None), ("0.123 EUR", None, None), ("0.5", "EUR", 0), ("0.12345", "EUR", 4),
    ):  # fmt: skip
        with pytest.raises(BadInput, match="decimals"):
            parse_amount(text, "price", currency, digits=digits)


def test_rates_from_nothing_up() -> None:
    assert parse_rate("0") == parse_rate("0 EUR", currency="EUR") == 0
    assert parse_rate("0.5") == Decimal("0.5")
    assert parse_rate("0.1234 EUR", currency="EUR") == Decimal("0.1234")
    assert parse_rate("95", currency="EUR") == 95
    for text in ("0.12345 EUR", "95 CHF", "-1 EUR"):
        with pytest.raises(BadInput):
            parse_rate(text, currency="EUR")


def test_a_price_may_be_nothing() -> None:
    assert str(parse_price("day=0")) == "0.00 EUR / day"
    assert str(parse_price("day=0.50")) == "0.50 EUR / day"


@pytest.mark.parametrize(
    ("parse", "message", "hint"),
    [
        (lambda: parse_decimal("five", "rate"), 'rate "five" is not a number', "write it as `95` or `95.50`"),
        (lambda: parse_decimal("1000000000", "rate"), 'rate "1000000000" is too large',
         "give less than 1000000000"),
        (lambda: parse_decimal("0.123", "rate", digits=2), 'rate "0.123" has more than 2 decimals',
         "round it to 2"),
        (lambda: parse_amount("EUR 5 EUR", "price", None), 'price "EUR 5 EUR" is not an amount of money',
         "write it as `120.50`"),
        (lambda: parse_amount("5 USD", "price", "EUR"), "price 5 USD is in USD, but EUR is wanted here",
         "give it in EUR, or change the currency first"),
        (lambda: parse_amount("1.2.3", "fee", None), 'fee "1.2.3" is not a number',
         "write it as `95` or `95.50`"),
        (lambda: parse_rate("-5"), "rate -5 is negative", "give the rate as `95` or `95.50`"),
        (lambda: parse_rate("-5", "day rate", "EUR"), "day rate -5 is negative",
         "give the day rate as `95` or `95.50`"),
        (lambda: parse_rate("x", "day rate"), 'day rate "x" is not a number', "write it as `95` or `95.50`"),
        (lambda: parse_rate("x", "day rate", "EUR"), 'day rate "x" is not an amount of money',
         "write it as `120.50`"),
        (lambda: parse_rate("5 USD", "day rate", "EUR"), "day rate 5 USD is in USD, but EUR is wanted here",
         "give it in EUR, or change the currency first"),
        (lambda: parse_currency("EURO"), '"EURO" is not a currency', "give an ISO 4217 code such as `EUR`"),
        (lambda: parse_price("18"), '"18" is not a price', PRICE_HINT),
        (lambda: parse_price("day=1=2"), 'price "1=2" is not an amount of money', "write it as `120.50`"),
        (lambda: parse_price("day=-1"), 'price "day=-1" is negative', PRICE_HINT),
        (lambda: parse_price("day=18brutto"), 'price "18brutto" is not an amount of money',
         "write it as `120.50`"),
    ],
)  # fmt: skip
def test_what_is_said_of_what_is_refused(
    parse: Callable[[], object], message: str, hint: str
) -> None:
    assert told(parse) == (message, hint)
