"""Whether a recurrence rule can be expanded at all: a feed is not ours, and a rule can ask for a billion.

The expansion counts every instance from the start of the series on, and a rule that fits no day at all
is searched until the year 9999. Both are told apart before anything is expanded.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Any

from cowork_cli.domain.zones import elapsed

MOST_STEPS = 50_000
"""Instances of one series, counted from its start: 137 years of a daily one."""

_SECONDS = {
    "SECONDLY": 1,
    "MINUTELY": 60,
    "HOURLY": 3600,
    "DAILY": 86_400,
    "WEEKLY": 7 * 86_400,
    "MONTHLY": 28 * 86_400,
    "YEARLY": 365 * 86_400,
}
_LEAP_YEAR = 2024


class Verdict(Enum):
    """`NEVER`: the rule fits no day; `TOO_MANY`: it cannot be expanded within reason; `UNREADABLE`."""

    FINE = "fine"
    NEVER = "never"
    TOO_MANY = "too many"
    UNREADABLE = "unreadable"


def judged(event: Any, until: datetime) -> Verdict:
    """What can be done with the rules of an event up to an instant."""
    given = event.get("RRULE")
    rules = given if isinstance(given, list) else [] if given is None else [given]
    try:
        verdicts = [_judged(rule, event["DTSTART"].dt, until) for rule in rules]
    except (AttributeError, ValueError, TypeError, IndexError, OverflowError):
        return Verdict.UNREADABLE
    for grave in (Verdict.UNREADABLE, Verdict.TOO_MANY):
        if grave in verdicts:
            return grave
    return Verdict.NEVER if verdicts and set(verdicts) == {Verdict.NEVER} else Verdict.FINE


def _judged(rule: Any, start: date, until: datetime) -> Verdict:
    frequency = str((rule.get("FREQ") or ["?"])[0]).upper()
    if frequency not in _SECONDS:
        return Verdict.UNREADABLE
    if not _possible(rule):
        return Verdict.NEVER
    interval = int((rule.get("INTERVAL") or [1])[0])
    if interval < 1:
        return Verdict.UNREADABLE
    if _searched_long(rule, frequency):
        return Verdict.TOO_MANY
    passed = elapsed(_instant(start), until).total_seconds()
    periods = max(0.0, passed) / (_SECONDS[frequency] * interval)
    inside = 1
    for part in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        inside *= max(1, len(rule.get(part) or ()))
    count = (rule.get("COUNT") or [None])[0]
    steps = periods * inside if count is None else min(periods * inside, int(count))
    # A rule below a day that names days is searched second by second between them.
    if _SECONDS[frequency] < 86_400 and count is not None and _names_days(rule):
        steps = periods * inside
    return Verdict.TOO_MANY if steps > MOST_STEPS else Verdict.FINE


def _names_days(rule: Any) -> bool:
    return any(rule.get(part) for part in ("BYMONTH", "BYMONTHDAY", "BYDAY", "BYYEARDAY"))


def _searched_long(rule: Any, frequency: str) -> bool:
    """Whether parts stand together that seldom or never agree: the search for a day may not end."""
    day_parts = [part for part in ("BYMONTH", "BYMONTHDAY", "BYDAY") if rule.get(part)]
    if (rule.get("BYWEEKNO") or rule.get("BYYEARDAY")) and day_parts not in ([], ["BYDAY"]):
        return True
    numbered = any(str(day)[0] in "+-123456789" for day in rule.get("BYDAY") or ())
    if numbered and rule.get("BYMONTHDAY"):
        return True
    most = {"WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}.get(frequency, 0)
    return any(abs(int(place)) > most for place in rule.get("BYSETPOS") or ())


def _possible(rule: Any) -> bool:
    """Whether any day of a leap year is one of BYMONTH and BYMONTHDAY (30 February is none)."""
    days = [int(day) for day in rule.get("BYMONTHDAY") or ()]
    months = [int(month) for month in rule.get("BYMONTH") or ()] or list(range(1, 13))
    if not days:
        return True
    return any(
        abs(day) <= monthrange(_LEAP_YEAR, month)[1]
        for month in months
        if 1 <= month <= 12
        for day in days
    )


def _instant(start: date) -> datetime:
    if not isinstance(start, datetime):
        return datetime.combine(start, time(), UTC)
    return start.astimezone(UTC) if start.tzinfo else start.replace(tzinfo=UTC)
