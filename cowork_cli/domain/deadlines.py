"""The deadline of a letter from an authority or court. Pure functions.

The day of the event does not count, a month ends with the day of the same number (§§ 187, 188 BGB); an
end on a Saturday, a Sunday or a public holiday at the place where the answer must arrive moves to the
next working day (§ 193 BGB, § 108 (3) AO), and so does the day of deemed receipt (§ 108 (3) AO). Whether
a day is a holiday is asked of `holiday`, which raises where that is not known.
"""

from __future__ import annotations

from datetime import date

from cowork_cli.data import periods
from cowork_cli.domain.calendar_days import ONE_DAY, Length, after
from cowork_cli.errors import BadInput
from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Holiday = Callable[[date], str | None]


@dataclass(frozen=True, slots=True)
class LetterDeadline:
    """The last day to answer, and how it was found. `deemed`: the day the letter counts as received."""

    deemed: date | None
    ends: date
    rule: str
    source: str


def working_day(day: date, holiday: Holiday) -> date:
    """`day`, or the next that is no Saturday, Sunday or public holiday."""
    while day.weekday() >= 5 or holiday(day) is not None:
        day += ONE_DAY
    return day


def moved(day: date, end: date, holiday: Holiday) -> str:
    """`, moved from Mon 2026-04-06 (Ostermontag)`; nothing where it was not moved."""
    if day == end:
        return ""
    why = holiday(day) if day.weekday() < 5 else None
    return f", moved from {day:%a %Y-%m-%d}" + (f" ({why})" if why else "")


def letter_deadline(
    kind: str, posted: date | None, received: date | None, holiday: Holiday
) -> LetterDeadline | None:
    """The deadline of a letter of this kind; None where no rule of our data gives one.

    Raises BadInput where the day that counts is missing, or lies in a year without data.
    """
    period = periods.OBJECTION.get(kind)
    if period is None:
        return None
    deemed, how, source = None, "", period.source
    if period.since == "deemed":
        if posted is None:
            raise BadInput(
                f"the deadline of a {kind} counts from the day it was posted",
                "give the date of the letter with `--posted DATE`",
            )
        deemed, how, source = _deemed(posted, received, holiday, source)
        start = deemed
    else:
        if received is None:
            word = "notification" if period.since == "notified" else "service"
            where = " (the date on the yellow envelope)" if period.since == "served" else ""
            raise BadInput(
                f"the deadline of a {kind} counts from the day of its {word}{where}",
                "give that day with `--received DATE`",
            )
        start = received
        how = f"{'notified' if period.since == 'notified' else 'served'} on {start}; "
    if periods.valid(periods.RECEIPT, start) is None:
        raise _unknown_year(start)
    length = Length(period.count, period.unit)
    end = after(start, length)
    last = working_day(end, holiday)
    rule = f"{how}{period.what} within {length.words}{moved(end, last, holiday)}"
    return LetterDeadline(deemed, last, rule, f"{source}; counted by {period.counting}")


def _deemed(
    posted: date, received: date | None, holiday: Holiday, source: str
) -> tuple[date, str, str]:
    row = periods.valid(periods.RECEIPT, posted)
    if row is None:
        raise _unknown_year(posted)
    day = posted + row.count * ONE_DAY
    deemed = working_day(day, holiday)
    how = f"posted {posted}, counts as received on day {row.count}, {deemed}{moved(day, deemed, holiday)}"
    if received is not None and received > deemed:
        # What a later arrival changes is not in our sources; the earlier deadline is the safe one.
        how += f" (came on {received}, later: what that changes was not established; counted from the earlier)"
    return deemed, f"{how}; ", f"{row.source}; {source}"


def _unknown_year(day: date) -> BadInput:
    return BadInput(
        f"no periods of law are known for {day}: the data holds {periods.KNOWN_FROM} to "
        f"{periods.KNOWN_UNTIL}",
        "look for a newer cowork, or note the day yourself with `--deadline DATE`",
    )


def keep_until(kind: str, day: date, today: date) -> tuple[date, str] | None:
    """The last day on which a letter of `day` is to be kept under the rule in force `today`.

    None where the data knows no duty for its kind. Raises BadInput for a year without data.
    """
    rows = periods.KEEPING.get(kind)
    if rows is None:
        return None
    row = periods.valid(rows, today)
    if row is None:
        raise _unknown_year(today)
    return date(
        day.year + row.count, 12, 31
    ), f"{row.count} years from the end of {day.year}, {row.source}"
