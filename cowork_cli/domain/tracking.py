"""Recorded hours."""

from datetime import date, datetime
from decimal import Decimal

from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A stretch of work. `to` is None while it runs; `billed_on` is the invoice number.

    `person` is who worked, None where nobody was named.
    """

    id: str
    project: str
    client: str
    note: str | None
    tags: tuple[str, ...]
    place: str | None
    from_: datetime
    to: datetime | None
    timezone: str
    duration_s: int
    billable: bool
    rate: Decimal | None
    billed_on: str | None
    running: bool
    person: str | None = None


@dataclass(frozen=True, slots=True)
class EntryPair:
    """The two entries that one became."""

    entries: tuple[Entry, Entry]


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of working hours for which nothing is recorded."""

    from_: datetime
    to: datetime
    duration_s: int


@dataclass(frozen=True, slots=True)
class DayOff:
    """A working day that is a public holiday. `name` is None where it is one for some people only."""

    day: date
    name: str | None


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps of a period, their sum, and the holidays in it, on which nothing is missing."""

    gaps: tuple[Gap, ...]
    duration_s: int
    holidays: tuple[DayOff, ...] = ()
