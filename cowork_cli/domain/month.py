"""A stretch of days at a glance: what is booked, what was worked, what is a holiday."""

from datetime import date

from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day. `booked` are ids and desks (`b-1 Desk 1`), `worked_s` recorded seconds.

    `holiday` is its name where the person lives, None if it is none or if that is not known.
    """

    date: date
    booked: tuple[str, ...]
    worked_s: int
    holiday: str | None


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """The days from `from_` to `to`, both included; `today` is one of them or not."""

    from_: date
    to: date
    today: date
    days: tuple[CalendarDay, ...]
