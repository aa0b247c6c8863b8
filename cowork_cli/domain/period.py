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
    """The day, week, month, quarter or year that `today` lies in; `last-month` is the one before."""
    if unit.startswith("last-"):
        first = current_period(unit[5:], today).from_
        assert first is not None, "a current period has both ends"
        return current_period(unit[5:], first - timedelta(days=1))
    if unit == "today":
        return Period(today, today)
    if unit == "week":
        monday = today - timedelta(days=today.weekday())
        return Period(monday, monday + timedelta(days=6))
    if unit == "month":
        return months(today.year, today.month, 1)
    if unit == "quarter":
        return months(today.year, (today.month - 1) // 3 * 3 + 1, 3)
    return months(today.year, 1, 12)


def months(year: int, month: int, count: int) -> Period:
    """`count` months of one year, from the first day of `month` on."""
    last = month + count - 1
    after = date(year + last // 12, last % 12 + 1, 1)
    return Period(date(year, month, 1), after - timedelta(days=1))
