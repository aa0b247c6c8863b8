"""What the VAT of a whole year says of the returns of the next: how often, and what the extension costs."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from cowork_cli.data import filing, vat_return
from cowork_cli.domain.period import Period, months
from cowork_cli.domain.vat_dates import rhythm, special_prepayment
from cowork_cli.domain.vat_report import VatLine
from cowork_cli.services.calendar.working import due_day


def next_year(
    lines: Iterable[VatLine], period: Period, settings: Callable[[str], Any]
) -> list[str]:
    """Sentences on the year after `period`; none where that is no whole year.

    The VAT and the prepayments are those that are reckoned here, which a tax return may find otherwise.
    """
    result = next((line for line in lines if line.code == vat_return.RESULT), None)
    if result is None or result.tax is None or period.from_ is None:
        return []
    year = period.from_.year + 1
    if period != months(year - 1, 1, 12) or year not in filing.KNOWN_YEARS:
        return []
    vat, how = result.tax, rhythm(result.tax)
    above = "more than" if how == "month" else "not more than"
    set_as = settings("tax.filing")
    other = f"; tax.filing is {set_as}" if set_as != how else ""
    told = [
        f"VAT of {year - 1}, as reckoned here: {vat}, {above} {filing.MONTHLY_ABOVE} EUR: returns of {year} by "
        f"{how} ({filing.RHYTHM}){other}."
    ]
    if vat.minor <= filing.NONE_UP_TO * 100:
        told.append(
            f"Up to {filing.NONE_UP_TO} EUR the tax office may ask for none ({filing.RHYTHM})."
        )
    if settings("tax.extension") and how == "month":
        due = due_day(date(year, 2, filing.DAY_OF_MONTH), settings)[0]
        told.append(
            f"For the extension in {year}: a special prepayment of 1/{filing.SPECIAL_PART} of the prepayments of "
            f"{year - 1}, {special_prepayment(vat)} if they were {vat}, by {due} ({filing.SPECIAL})."
        )
    return told
