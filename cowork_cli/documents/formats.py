"""How numbers, dates and names are written on a page, in German (`de`) and English (`en`).

Owns the spelling only: every function is pure, takes what the model holds and rounds nothing
away. No float may come in here. The blank between a number and its sign is U+00A0, so that a line
never breaks there, and minus is U+2212, which is as wide as a figure.
"""

from datetime import date, timedelta
from decimal import Decimal

from cowork_cli.data.currencies import digits_of
from cowork_cli.documents.words import LANGUAGES
from cowork_cli.documents.words.spelling import COUNTRIES, MONTHS, PERIOD, UNITS
from cowork_cli.domain.money import Money
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.period import Period

_NO_BREAK = "\u00a0"
_MINUS = "\u2212"
_TO_GERMAN = str.maketrans(",.", ".,")
# Only signs that mean one currency everywhere; "$" and "kr" do not.
_SIGNS = {"EUR": "€", "GBP": "£"}


def money_text(money: Money, language: str) -> str:
    """`1.234,56 €` in German, `€1,234.56` in English; the code for most other currencies."""
    return _amount_text(money.amount, digits_of(money.currency), money.currency, language)


def price_text(price: Decimal, currency: str, language: str) -> str:
    """A price in major units, with more decimals than the currency has if it needs them."""
    return _amount_text(price, max(digits_of(currency), _decimals(price)), currency, language)


def quantity_text(quantity: Decimal, language: str, digits: int = 0) -> str:
    """`12,5` or `12.5`, with at least `digits` decimals and no needless zeros after them."""
    shown = max(digits, _decimals(quantity))
    return _sign(quantity) + _figures(quantity, shown, language)


def quantity_digits(quantities: tuple[Decimal, ...]) -> int:
    """The decimals with which all of these stand under one another."""
    return max((_decimals(quantity) for quantity in quantities), default=0)


def rate_text(rate: Decimal, language: str) -> str:
    """A rate in percent: `19 %` in German, `19%` in English."""
    return quantity_text(rate, language) + (f"{_NO_BREAK}%" if language == "de" else "%")


def unit_text(unit: str, quantity: Decimal, language: str) -> str:
    """The unit as a word that fits the quantity; an unknown one as it is."""
    one, many = UNITS[language].get(unit, (unit, unit))
    return one if abs(quantity) == 1 else many


def date_text(day: date, language: str) -> str:
    """`25.11.2026` in German, `25 November 2026` in English."""
    if language == "de":
        return f"{day.day:02}.{day.month:02}.{day.year:04}"
    return _NO_BREAK.join((str(day.day), MONTHS[language][day.month - 1], str(day.year)))


def month_text(day: date, language: str) -> str:
    """The month of a day: `November 2026`."""
    return f"{MONTHS[language][day.month - 1]}{_NO_BREAK}{day.year}"


def period_text(period: Period, language: str) -> str | None:
    """A day, a calendar month by its name (§ 31(4) UStDV), or first and last day; None if open."""
    first, last = period.from_, period.to
    if first is None and last is None:
        return None
    if first is None or last is None:
        day = first or last
        assert day is not None
        return PERIOD[language]["from" if first else "until"].format(day=date_text(day, language))
    if first == last:
        return date_text(first, language)
    if first.day == 1 and _is_month_end(last) and (first.year, first.month) == _month(last):
        return month_text(first, language)
    return f"{date_text(first, language)} – {date_text(last, language)}"


def iban_text(iban: str) -> str:
    """The IBAN in groups of four, as ISO 13616 writes it on paper."""
    plain = "".join(iban.split()).upper()
    return " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def country_text(code: str, language: str) -> str:
    """The name of a country; the code itself if it is not in the table."""
    names = COUNTRIES.get(code.upper())
    return names[LANGUAGES.index(language)] if names else code.upper()


def address_lines(address: PostalAddress, home: str | None, language: str) -> tuple[str, ...]:
    """The lines below the name, the country in capitals last if it is not `home` (DIN 5008)."""
    lines = address.lines()
    if address.country and address.country.upper() != (home or "").upper():
        lines += (country_text(address.country, language).upper(),)
    return lines


def _amount_text(amount: Decimal, digits: int, currency: str, language: str) -> str:
    figures = _figures(amount, digits, language)
    sign = _SIGNS.get(currency)
    if sign and language == "en":
        return f"{_sign(amount)}{sign}{figures}"
    return f"{_sign(amount)}{figures}{_NO_BREAK}{sign or currency}"


def _figures(value: Decimal, digits: int, language: str) -> str:
    # copy_abs, unlike abs(), never rounds to the precision of the decimal context
    text = f"{value.copy_abs():,.{digits}f}"
    return text.translate(_TO_GERMAN) if language == "de" else text


def _sign(value: Decimal) -> str:
    return _MINUS if value < 0 else ""


def _decimals(value: Decimal) -> int:
    fraction = f"{value:f}".partition(".")[2].rstrip("0")
    return len(fraction)


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _is_month_end(day: date) -> bool:
    return day.month != (day + timedelta(days=1)).month
