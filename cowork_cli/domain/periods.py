"""Periods as people type them: `2026-Q4`, `november`, `KW48`, `last month`."""

import re
from datetime import date, timedelta

from cowork_cli.domain.period import Period, current_period, months
from cowork_cli.domain.spoken import LAST, MONTHS, NEXT, THIS, folded
from cowork_cli.domain.zones import FIRST_YEAR, LAST_YEAR
from cowork_cli.errors import BadInput

PERIOD_HINT = (
    "write it as `2026`, `2026-Q4`, `2026-11`, `november`, `2026-W48` or `2026-03..2026-05`"
)

_UNITS = {
    "week": "week", "woche": "week", "month": "month", "monat": "month", "quarter": "quarter",
    "quartal": "quarter", "year": "year", "jahr": "year",
}  # fmt: skip
_YEAR = r"(?:(?P<year>\d{4})|)"
_MONTH_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
# Each form, the year before or behind it, or left out.
_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        r"(?P<year>\d{4})",
        r"(?P<year>\d{4})[- /]?(?:q|quartal )(?P<quarter>[1-4])",
        rf"(?:q|quartal )(?P<quarter>[1-4])[- /]?{_YEAR}",
        rf"(?P<quarter>[1-4])\. ?quartal ?{_YEAR}",
        r"(?P<year>\d{4})-(?P<month>\d{2})",
        r"(?P<month>\d{1,2})[./](?P<year>\d{4})",
        rf"(?P<name>{_MONTH_NAMES})\.?[- /]?{_YEAR}",
        rf"(?P<year>\d{{4}})[- /]?(?P<name>{_MONTH_NAMES})",
        r"(?P<year>\d{4})[- /]?(?:w|kw) ?(?P<week>\d{1,2})",
        rf"(?:w|kw|week|woche) ?(?P<week>\d{{1,2}})(?:[- /]{_YEAR})?",
    )
)


def single_period(text: str, today: date | None = None, *, planned: bool = False) -> Period:
    """First and last day of a year, quarter, month, week or day. Raises BadInput.

    What names no year is the last one that has begun, or the next one that is not over where
    something is `planned`. Without `today` such a period, and `last week`, are refused.
    """
    word = folded(text)
    if today is not None and (relative := _relative(word, today)):
        return relative
    match = next((found for form in _FORMS if (found := form.fullmatch(word))), None)
    if match is not None:
        parts = match.groupdict()
        if parts["year"]:
            return _of_year(text, parts, int(parts["year"]))
        if today is not None:
            return _nearest(text, parts, today, planned=planned)
    raise BadInput(f'"{text}" is not a period', PERIOD_HINT)


def _relative(word: str, today: date) -> Period | None:
    """`last week`, `diesen monat`, `yesterday`."""
    fixed = {"today": 0, "heute": 0, "yesterday": -1, "gestern": -1}.get(word)
    if fixed is not None:
        day = today + timedelta(days=fixed)
        return Period(day, day)
    head, _, tail = word.rpartition(" ")
    unit = _UNITS.get(tail)
    if unit is None or head not in LAST | THIS | NEXT:
        return None
    if head in LAST:
        return current_period(f"last-{unit}", today)
    current = current_period(unit, today)
    if head in THIS:
        return current
    assert current.to is not None, "a current period has both ends"
    return current_period(unit, current.to + timedelta(days=1))


def _of_year(text: str, parts: dict[str, str | None], year: int) -> Period:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadInput(
            f'the year of "{text}" is out of reach', f"give a year from {FIRST_YEAR} to {LAST_YEAR}"
        )
    if week := parts.get("week"):
        try:
            monday = date.fromisocalendar(year, int(week), 1)
        except ValueError:
            raise BadInput(f'the week "{text}" does not exist', PERIOD_HINT) from None
        return Period(monday, monday + timedelta(days=6))
    if quarter := parts.get("quarter"):
        return months(year, int(quarter) * 3 - 2, 3)
    if name := parts.get("name"):
        return months(year, MONTHS[name], 1)
    if month := parts.get("month"):
        if not 1 <= int(month) <= 12:
            raise BadInput(f'the month "{text}" does not exist', PERIOD_HINT)
        return months(year, int(month), 1)
    return months(year, 1, 12)


def _nearest(text: str, parts: dict[str, str | None], today: date, *, planned: bool) -> Period:
    """The period of the nearest year that fits; a week 53 may be some years away."""
    years = (
        range(today.year, today.year + 8) if planned else range(today.year + 1, today.year - 8, -1)
    )
    for year in years:
        try:
            period = _of_year(text, parts, year)
        except BadInput:
            continue
        if (
            period.from_
            and period.to
            and (period.to >= today if planned else period.from_ <= today)
        ):
            return period
    raise BadInput(f'"{text}" is not a period', PERIOD_HINT)
