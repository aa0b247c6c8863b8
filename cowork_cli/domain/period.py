"""A stretch of days, as reports and invoices have it."""

from datetime import date, timedelta

from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `from_` to `to`, both included; None is open on that side."""

    from_: date | None
    to: date | None

    def __str__(self) -> str:
        if self.from_ is None and self.to is None:
            return "all time"
        if self.from_ == self.to:
            return f"{self.from_}"
        return f"{self.from_ or '…'} to {self.to or '…'}"


def current_period(unit: str, today: date) -> Period:
    """The day, week, month, quarter or year that `today` lies in."""
    if unit == "today":
        return Period(today, today)
    if unit == "week":
        monday = today - timedelta(days=today.weekday())
        return Period(monday, monday + timedelta(days=6))
    if unit == "month":
        return Period(today.replace(day=1), month_end(today))
    if unit == "quarter":
        first = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
        return Period(first, month_end(first.replace(month=first.month + 2)))
    return Period(today.replace(month=1, day=1), today.replace(month=12, day=31))


def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return following - timedelta(days=1)
