"""Counting days, weeks and months as §§ 187 to 193 BGB do. Pure functions.

The day of the event does not count (§ 187 (1) BGB): a period of days ends with its last day, one of
weeks or months with the day that has the same name or number as the day of the event (§ 188 (2)); where
the last month lacks that number, with its last day (§ 188 (3)).
"""

import re
from datetime import date, timedelta

from cowork_cli.domain.spoken import folded
from cowork_cli.domain.terms import UNITS
from cowork_cli.errors import BadInput
from cowork_cli.records import dataclass

ONE_DAY = timedelta(days=1)
LENGTH_HINT = "write it as `30d`, `4w`, `12m` or `1y`"
_NAMES = {"d": "day", "w": "week", "m": "month"}
_MOST = {"d": 3660, "w": 520, "m": 120}


@dataclass(frozen=True, slots=True)
class Length:
    """So many days (`d`), weeks (`w`) or months (`m`)."""

    count: int
    unit: str

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"

    @property
    def words(self) -> str:
        """`30 days`, `1 month`."""
        return f"{self.count} {_NAMES[self.unit]}{'' if self.count == 1 else 's'}"


def parse_length(text: str, what: str) -> Length:
    """`30d`, `2 weeks`, `12 Monate`, `1y` (12 months). Raises BadInput naming `what`."""
    match = re.fullmatch(r"(\d{1,4}) ?([a-z]+)\.?", folded(text), re.ASCII)
    unit = UNITS.get(match[2]) if match else None
    if match is None or unit is None:
        raise BadInput(f'{what} "{text}" is not a length of time', LENGTH_HINT)
    length = Length(int(match[1]) * 12, "m") if unit == "y" else Length(int(match[1]), unit)
    if length.count > _MOST[length.unit]:
        raise BadInput(f'{what} "{text}" is longer than ten years', LENGTH_HINT)
    return length


def after(day: date, length: Length) -> date:
    """The day on which a period of `length` ends whose event was on `day` (§ 188 BGB)."""
    if length.unit == "m":
        return add_months(day, length.count)
    return day + length.count * (7 if length.unit == "w" else 1) * ONE_DAY


def before(day: date, length: Length) -> date:
    """The last event whose period of `length` ends on `day` or earlier: the reverse of `after`."""
    if length.unit != "m":
        return day - length.count * (7 if length.unit == "w" else 1) * ONE_DAY
    earlier = add_months(day, -length.count)
    if is_month_end(day):  # also from the 31st a month ends on 30 November
        return month_end(earlier)
    return earlier


def add_months(day: date, months: int) -> date:
    """The day of the same number `months` later, or the last of that month (§ 188 (3) BGB)."""
    number = day.year * 12 + day.month - 1 + months
    first = date(number // 12, number % 12 + 1, 1)
    return first.replace(day=min(day.day, month_end(first).day))


def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    return (day.replace(day=1) + 31 * ONE_DAY).replace(day=1) - ONE_DAY


def is_month_end(day: date) -> bool:
    """Whether `day` is the last of its month."""
    return (day + ONE_DAY).month != day.month
