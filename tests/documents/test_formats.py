"""How figures, days and names are spelled in both languages."""

from datetime import date
from decimal import Decimal

import pytest

from cowork_cli.documents import formats
from cowork_cli.domain.money import Money
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.period import Period

D = date


@pytest.mark.parametrize(
    ("period", "german", "english"),
    [
        (Period(D(2026, 1, 1), D(2026, 1, 31)), "Januar\xa02026", "January\xa02026"),
        (Period(D(2026, 12, 1), D(2026, 12, 31)), "Dezember\xa02026", "December\xa02026"),
        (Period(D(2026, 2, 1), D(2026, 2, 27)), "01.02.2026 – 27.02.2026", "1\xa0February\xa02026 – 27\xa0February\xa02026"),
        (Period(D(2026, 2, 2), D(2026, 2, 28)), "02.02.2026 – 28.02.2026", "2\xa0February\xa02026 – 28\xa0February\xa02026"),
        (Period(D(2025, 2, 1), D(2026, 2, 28)), "01.02.2025 – 28.02.2026", "1\xa0February\xa02025 – 28\xa0February\xa02026"),
        (Period(D(2026, 3, 5), D(2026, 3, 5)), "05.03.2026", "5\xa0March\xa02026"),
        (Period(D(2026, 3, 5), None), "ab 05.03.2026", "from 5\xa0March\xa02026"),
        (Period(None, D(2026, 3, 5)), "bis 05.03.2026", "until 5\xa0March\xa02026"),
        (Period(None, None), None, None),
    ],
)  # fmt: skip
def test_periods(period: Period, german: str | None, english: str | None) -> None:
    assert formats.period_text(period, "de") == german
    assert formats.period_text(period, "en") == english


@pytest.mark.parametrize(
    ("minor", "currency", "german", "english"),
    [
        (123456, "EUR", "1.234,56\xa0€", "€1,234.56"),
        (-5, "GBP", "\u22120,05\xa0£", "\u2212£0.05"),
        (100, "CHF", "1,00\xa0CHF", "1.00\xa0CHF"),
        (1500, "JPY", "1.500\xa0JPY", "1,500\xa0JPY"),
    ],
)
def test_money(minor: int, currency: str, german: str, english: str) -> None:
    assert formats.money_text(Money(minor, currency), "de") == german
    assert formats.money_text(Money(minor, currency), "en") == english


def test_figures_and_units() -> None:
    assert formats.quantity_text(Decimal("12.50"), "de") == "12,5"
    assert formats.quantity_text(Decimal(-3), "en", 2) == "\u22123.00"
    assert formats.price_text(Decimal("0.125"), "EUR", "de") == "0,125\xa0€"
    assert formats.quantity_digits((Decimal("1.50"), Decimal("2.125"))) == 3
    assert formats.quantity_digits(()) == 0
    assert (formats.rate_text(Decimal(19), "de"), formats.rate_text(Decimal(7), "en")) == (
        "19\xa0%",
        "7%",
    )
    assert [formats.unit_text("day", Decimal(n), "de") for n in (1, -1, 2)] == [
        "Tag",
        "Tag",
        "Tage",
    ]
    assert formats.unit_text("parsec", Decimal(1), "de") == "parsec"
    assert formats.iban_text("de02 120300000000202051") == "DE02 1203 0000 0000 2020 51"


def test_countries_stand_where_they_are_not_home() -> None:
    address = PostalAddress("Weg 1", "1010", "Wien", "at")
    assert formats.address_lines(address, "DE", "de")[-1] == "ÖSTERREICH"
    assert formats.address_lines(address, None, "en")[-1] == "AUSTRIA"
    assert formats.address_lines(address, "AT", "de")[-1] == "1010 Wien"
    assert formats.country_text("xk", "de") == "XK"
