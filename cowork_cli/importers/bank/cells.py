"""What stands in the cells of a statement: amounts, days, account numbers.

Whether a comma or a dot is the decimal sign belongs to the file: it is decided once, from all of its
amounts, never for a single cell.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from cowork_cli.errors import BadInput

_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009'\u2019]+")
_CURRENCY = re.compile(r"^(?:[€£$]|[A-Z]{3})|(?:[€£$]|[A-Z]{3})$")
_SIDE = re.compile(
    r"(?<=\d)(?P<debit>S|SOLL|D|DR)$|(?<=\d)(?P<credit>H|HABEN|C|CR)$", re.IGNORECASE
)
_SIDE_BEFORE = re.compile(r"^(?:(?P<debit>S|D)|(?P<credit>H|C))(?=[\d.,]+$)")
_SIGNS_OF = {"€": "EUR", "£": "GBP"}
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_FIRST_YEAR = 1970  # what a statement says of days before is a slip
_MOST_KEPT = 1 << 14  # cells whose value is remembered: a file is looked at before it is read
_MINUS = ("-", "\u2212", "\u2013")
_SHAPES = {
    ",": re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d*,\d+|\d+"),
    ".": re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.\d+|\d+"),
}
_USUAL = {sign: re.compile(rf"-?\d{{1,12}}\{sign}\d+", re.ASCII) for sign in _SHAPES}
DATE_FORMS = {
    "dmy": re.compile(r"(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4}|\d{2})"),
    "mdy": re.compile(r"(?P<m>\d{1,2})[./-](?P<d>\d{1,2})[./-](?P<y>\d{4}|\d{2})"),
    "ymd": re.compile(r"(?P<y>\d{4})[./-]?(?P<m>\d{2})[./-]?(?P<d>\d{2})"),
}
_WEEKDAY = re.compile(r"^([^\W\d_]{2,10})\.?,? (?=\d)")
_LETTERS = re.compile(r"[A-Za-z]{2}")
_DAY_MONTH = re.compile(r"(?P<d>\d{1,2})[. -]+(?P<month>[^\W\d_]{3,9})[. -]+(?P<y>\d{4})")
_MONTH_DAY = re.compile(r"(?P<month>[^\W\d_]{3,9})\.? (?P<d>\d{1,2}),? (?P<y>\d{4})")
_TIME = re.compile(r"(?<=\d)[T ,]+\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?$")


def bare(text: str) -> tuple[str, bool]:
    """The figures and signs of an amount, and whether it is below zero.

    A minus may stand before or behind, as may parentheses around it, or an S for `Soll`; blanks and the
    currency do not count.
    """
    figures = _CURRENCY.sub("", _BLANKS.sub("", text))
    side = _SIDE.search(figures) or _SIDE_BEFORE.search(figures)
    if side is not None:
        figures = figures[: side.start()] + figures[side.end() :]
        if side["debit"] and not figures.startswith(_MINUS):
            return _CURRENCY.sub("", figures), True
    if figures.startswith("(") and figures.endswith(")"):
        return _CURRENCY.sub("", figures[1:-1]), True
    below = figures.startswith(_MINUS) or figures.endswith(_MINUS)
    if below:
        figures = figures[1:] if figures.startswith(_MINUS) else figures[:-1]
    elif figures.startswith("+") or figures.endswith("+"):
        figures = figures.strip("+")
    return _CURRENCY.sub("", figures), below


def is_signed(text: str) -> bool:
    """Whether an amount says of itself on which side it stands."""
    plain = _CURRENCY.sub("", _BLANKS.sub("", text))
    told = _SIDE.search(plain) or _SIDE_BEFORE.search(plain)
    return bare(text)[1] or "+" in text or told is not None


def is_amount(text: str) -> bool:
    """Whether it is an amount with one decimal sign or the other."""
    figures = bare(text)[0]
    return figures.isascii() and any(shape.fullmatch(figures) for shape in _SHAPES.values())


def currency_of(text: str) -> str | None:
    """The currency that stands beside an amount, in its own cell; None for none."""
    if text[-1:].isdigit() and not text[:1].isalpha() and not text.startswith(("€", "£", "$", "-")):
        return None
    found = _CURRENCY.search(_BLANKS.sub("", text))
    sign = found[0] if found else None
    return (
        None if sign in (None, "$") else _SIGNS_OF.get(sign, sign)
    )  # a dollar is of many countries


def decimal_sign(texts: Iterable[str]) -> str | None:
    """`,` or `.`: the one in which all amounts of a file can be read; None where both can.

    Raises BadInput where neither can.
    """
    figures = [bare(text)[0] for text in texts if text.strip()]
    fits = [sign for sign, shape in _SHAPES.items() if all(shape.fullmatch(one) for one in figures)]
    if not fits:
        raise BadInput(
            "its amounts are written in no one way: neither with a decimal comma nor with a dot",
            "name the column of the amount with `--map amount=COLUMN`",
        )
    if len(fits) == 2:
        return "," if not any("." in one or "," in one for one in figures) else None
    return fits[0]


@lru_cache(maxsize=_MOST_KEPT)
def amount(text: str, sign: str) -> Decimal:
    """An amount in major units by the decimal sign of its file. Raises BadInput."""
    if _USUAL[sign].fullmatch(text):
        return Decimal(text.replace(",", "."))
    figures, below = bare(text)
    if not _SHAPES[sign].fullmatch(figures) or not figures.isascii():
        raise BadInput(f'"{text.strip()[:40]}" is not an amount with the decimal sign "{sign}"')
    plain = figures.replace("." if sign == "," else ",", "").replace(",", ".")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise BadInput(f'"{text.strip()[:40]}" is not an amount') from None
    if abs(value) >= 10**13:
        raise BadInput(f'"{text.strip()[:40]}" is too large for an amount')
    return -value if below else value


def date_form(texts: Iterable[str]) -> str | None:
    """`dmy`, `mdy` or `ymd`: the one in which all days of a file can be read; None where several can.

    Dates with dots have the day first. Raises BadInput where none fits.
    """
    cells = [_day_of(text) for text in texts if text.strip()]
    fits = [form for form in DATE_FORMS if all(_read(cell, form) for cell in cells)]
    if not fits:
        raise BadInput("its days are written in no one way that is known")
    if len(fits) > 1 and all("." in cell for cell in cells) and "dmy" in fits:
        return "dmy"
    return fits[0] if len(fits) == 1 else None


@lru_cache(maxsize=_MOST_KEPT)
def day(text: str, form: str) -> date:
    """A day by the form of its file; a time behind it does not count. Raises BadInput."""
    found = _read(_day_of(text), form)
    if found is None:
        raise BadInput(f'"{text.strip()[:40]}" is not a day that exists')
    return found


def is_day(text: str) -> bool:
    """Whether it is a day in any form."""
    return any(_read(_day_of(text), form) for form in DATE_FORMS)


def _day_of(text: str) -> str:
    """The day as figures, without its weekday and its time: `Sa, 28. Nov. 2026, 10:00 Uhr` is `2026-11-28`."""
    plain = text.strip()
    if plain.isascii() and plain[:1].isdigit() and not _LETTERS.search(plain):
        return _TIME.sub("", plain)
    from cowork_cli.domain.spoken import MONTHS, WEEKDAYS, folded

    weekday = _WEEKDAY.match(plain)
    if weekday and folded(weekday[1]) in WEEKDAYS:
        plain = plain[weekday.end() :]
    plain = _TIME.sub("", plain.removesuffix("Uhr").strip())
    match = _DAY_MONTH.fullmatch(plain) or _MONTH_DAY.fullmatch(plain)
    if match is None:
        return plain
    month = MONTHS.get(folded(match["month"]))
    return f"{match['y'].zfill(4)}-{month:02d}-{int(match['d']):02d}" if month else plain


def _read(text: str, form: str) -> date | None:
    match = DATE_FORMS[form].fullmatch(text)
    if match is None or not text.isascii():
        return None
    year = int(match["y"])
    if len(match["y"]) == 4 and year < _FIRST_YEAR:
        return None
    try:
        return date(year + 2000 if len(match["y"]) == 2 else year, int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def account_number(text: str | None) -> str | None:
    """An IBAN or a number of an account without blanks, in capitals; None for nothing."""
    plain = "".join((text or "").split()).upper()
    return plain or None


def currency_of_account(number: str | None) -> str | None:
    """The currency of the country of an IBAN: euro or Swiss franc, None for others and for other numbers."""
    from cowork_cli.data.currencies import EURO_COUNTRIES

    if number is None or not _IBAN.fullmatch(number):
        return None
    return "EUR" if number[:2] in EURO_COUNTRIES else "CHF" if number[:2] in ("CH", "LI") else None


def german_iban(bank_code: str, number: str) -> str | None:
    """The IBAN of a German bank code and account number (ISO 13616, mod 97); None if they are none."""
    if not (re.fullmatch(r"\d{8}", bank_code) and re.fullmatch(r"\d{1,10}", number)):
        return None
    basis = f"{bank_code}{int(number):010d}"
    check = 98 - int(f"{basis}131400") % 97
    return f"DE{check:02d}{basis}"


def words(text: str | None) -> str | None:
    """A text with single blanks; None for nothing."""
    return " ".join(text.split()) or None if text else None
