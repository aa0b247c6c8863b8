"""The days on which VAT returns and prepayments are due. Pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cowork_cli.data import filing
from cowork_cli.domain.calendar_days import add_months
from cowork_cli.domain.money import Money
from cowork_cli.errors import BadInput
from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


FILINGS = ("month", "quarter", "year")


def rhythm(vat: Money) -> str:
    """How often returns are filed in the year after one of that VAT: `month` or `quarter`."""
    return "month" if vat.minor > filing.MONTHLY_ABOVE * 100 else "quarter"


def special_prepayment(prepaid: Money) -> Money:
    """What who files monthly pays for the extension: a part of the prepayments of the year before, none of a refund."""
    return Money.of(max(Decimal(0), prepaid.amount) / filing.SPECIAL_PART, prepaid.currency)


@dataclass(frozen=True, slots=True)
class VatDate:
    """A day as the law names it, before weekends and holidays move it."""

    day: date
    what: str
    rule: str
    source: str


def vat_dates(how: str, *, extended: bool, first: date, last: date) -> Iterator[VatDate]:
    """Every date from `first` to `last`, in order. Raises BadInput for a year without data."""
    for year in range(first.year, last.year + 1):
        if year not in filing.KNOWN_YEARS:
            raise BadInput(
                f"the VAT dates of {year} are not known: the data holds "
                f"{filing.KNOWN_YEARS[0]} to {filing.KNOWN_YEARS[-1]}",
                "look for a newer cowork, or look less far ahead with `--within 30d`",
            )
        days = [*_of_year(how, extended=extended, year=year)]
        yield from sorted((row for row in days if first <= row.day <= last), key=lambda r: r.day)


def _of_year(how: str, *, extended: bool, year: int) -> Iterator[VatDate]:
    step = {"month": 1, "quarter": 3}.get(how)
    if step:
        start = date(year - 1, 10, 1) if step == 3 else date(year - 1, 11, 1)
        for count in range(16 // step + 2):
            first = add_months(start, count * step)
            row = _advance(first, step, extended=extended)
            if row.day.year == year:
                yield row
    if how == "month" and extended:
        yield VatDate(
            date(year, 2, filing.DAY_OF_MONTH),
            f"VAT special prepayment {year}",
            "a special prepayment with the extension, due with the first advance return of the year",
            filing.SPECIAL,
        )
    yield VatDate(
        date(year, *filing.ANNUAL_MONTH_DAY),
        f"VAT return of the year {year - 1}",
        "seven months after the year, for returns without an adviser",
        filing.ANNUAL,
    )


def _advance(first: date, step: int, *, extended: bool) -> VatDate:
    ends = add_months(first, step + extended)
    name = f"{first:%Y-%m}" if step == 1 else f"{first.year}-Q{(first.month + 2) // 3}"
    period = "month" if step == 1 else "quarter"
    rule = f"advance return and prepayment of a {period} (tax.filing), the 10th day after it"
    return VatDate(
        ends.replace(day=filing.DAY_OF_MONTH),
        f"VAT return and prepayment {name}",
        f"{rule}, a month later with the extension" if extended else rule,
        filing.EXTENDED if extended else filing.ADVANCE,
    )
