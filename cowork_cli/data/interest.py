"""Interest on late payment in Germany: base rates and what § 288 BGB adds, with source and year.

Base rates (§ 247 BGB): announced by the Deutsche Bundesbank for 1 January and 1 July of each year; each
follows from the one before and the ECB's rate for main refinancing operations. The table knows the
days from 2024-01-01 to 2026-12-31 and says nothing about others; a person adds the next half-year with
the setting `interest.base_rate.2027-01-01`. That of 2026-07-01 is known from secondary sources which
name the Bundesbank, and fits § 247 (the ECB's rate rose by 0.25 points). Read 2026-11.

Above the base rate (§ 288 BGB): 5 points, 9 where no consumer is party.
The flat sum of 40 euro (§ 288 BGB) is owed by debtors who are no consumers. Read in the text of 2026-08-19.
"""

from datetime import date
from decimal import Decimal

# First day → percent a year, until the next row.
BASE_RATES: dict[date, Decimal] = {
    date(2024, 1, 1): Decimal("3.62"),
    date(2024, 7, 1): Decimal("3.37"),
    date(2025, 1, 1): Decimal("2.27"),
    date(2025, 7, 1): Decimal("1.27"),  # and unchanged on 2026-01-01
    date(2026, 7, 1): Decimal("1.52"),
}
KNOWN_UNTIL = date(2026, 12, 31)
POINTS_BUSINESS = Decimal(9)
POINTS_CONSUMER = Decimal(5)
FLAT_SUM_EUR = Decimal(40)
SOURCE = "§ 288 BGB, text of 2026-08-19"


def half_year(day: date) -> date:
    """The first day of the half-year that `day` is in: base rates change on no other."""
    return date(day.year, 1 if day.month < 7 else 7, 1)


def base_rate(day: date) -> Decimal | None:
    """The base rate of a day in percent a year, None where the table does not know it."""
    if day > KNOWN_UNTIL:
        return None
    started = [first for first in BASE_RATES if first <= day]
    return BASE_RATES[max(started)] if started else None
