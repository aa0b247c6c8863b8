"""Whether another workplace was at hand in a month (§ 4 (5) no. 6c sentence 2 EStG), as the person says."""

from __future__ import annotations

from datetime import date

from cowork_cli.domain.day import OTHER_WORKPLACE, MonthFlag
from cowork_cli.errors import BadInput, UsageError
from cowork_cli.store import days

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store


def listed(store: Store) -> list[MonthFlag]:
    """What is said of months."""
    return days.month_flags(store)


def flag(store: Store, period: str | None, said: str, today: date) -> list[MonthFlag]:
    """Says it of each month that a period is made of. Raises BadInput for one of parts of months."""
    if period is None:
        raise UsageError("the month is missing", "give it, as in `cowork day month 2026-11`")
    word = said.strip().lower()
    if word not in OTHER_WORKPLACE:
        raise BadInput(
            f'--other-workplace cannot be "{said}"', f"choose {', '.join(OTHER_WORKPLACE)}"
        )
    months = _months(period, today)
    with store.transaction() as journal:
        for month in months:
            days.flag_month(store, journal, month, word)
    return [each for each in days.month_flags(store) if each.month in months]


def _months(text: str, today: date) -> list[str]:
    from datetime import timedelta

    from cowork_cli.domain.phrases import parse_period

    period = parse_period(text, today, planned=False)
    first, last = period.from_, period.to
    assert first is not None
    assert last is not None
    if first.day != 1 or (last + timedelta(days=1)).day != 1:
        raise BadInput(f'"{text}" is not made of whole months', "write it as `2026-11`")
    months, day = [], first
    while day <= last:
        months.append(f"{day:%Y-%m}")
        day = (day + timedelta(days=31)).replace(day=1)
    return months
