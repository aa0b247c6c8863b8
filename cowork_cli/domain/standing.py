"""A standing order: desks that are booked on the same days of every week, the moment that is possible."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from cowork_cli.domain.money import Money
from cowork_cli.domain.zones import zone_named
from cowork_cli.records import dataclass

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
RETRY_MINUTES = (1, 5, 15, 60)
"""After how many minutes a date that failed is tried again; then it is given up."""
TO_DO = ("waiting", "unknown")
"""States of a date that is looked at again."""


@dataclass(frozen=True, slots=True)
class TakenDate:
    """A day that an order has taken up, as it is shown: `state` as of `StandingDate`, `booking` is `b-3`."""

    date: date
    state: str
    booking: str | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class StandingOrder:
    """What is wanted, and what may be paid for it.

    `every` are weekdays (`mon`), `from_` and `to` times of day in `timezone` (None: the whole day),
    `ahead_days` how long before a day its window opens, at `opens`. `next` is when something is due,
    `next_day` the first day not taken up yet. `consent` are the terms agreed to, `booked` and `failed`
    counts of dates. `person` gave it, and is whom a desk of one's own is booked for. `dates` are those that
    it has taken up, by day; None where they were not asked for.
    """

    id: int
    name: str
    desks: tuple[str, ...]
    every: tuple[str, ...]
    from_: time | None
    to: time | None
    ahead_days: int
    opens: time
    timezone: str
    skip_holidays: str | None
    any_desk: bool
    max_price: Money | None
    consent: tuple[str, ...]
    state: str
    next_day: date
    next: datetime
    booked: int = 0
    failed: int = 0
    person: str | None = None
    dates: tuple[TakenDate, ...] | None = None


@dataclass(frozen=True, slots=True)
class StandingDate:
    """A day that was taken up. `state`: `waiting`, `unknown`, `booked`, `skipped`, `refused`, `failed`, `cancelled`.

    `attempts` is how often it was tried, `next_at` when it is tried again (seconds since 1970 UTC).
    """

    id: int
    order: int
    day: date
    state: str
    attempts: int
    next_at: int | None
    booking: int | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class Absence:
    """Days off, both included: no series and no standing order books them."""

    id: str
    from_: date
    to: date
    text: str | None


@dataclass(frozen=True, slots=True)
class Schedule:
    """What has the system run `standing run`: by `cron` or `systemd`.

    `files` are path and content, the path of the crontab is `crontab`; content None: taken away.
    `commands` are run after that. `changed`: whether there is anything to do.
    """

    kind: str
    remove: bool
    changed: bool
    files: tuple[tuple[str, str | None], ...]
    commands: tuple[tuple[str, ...], ...]

    def lines(self) -> list[str]:
        """What would be written and run, for people."""
        shown: list[str] = []
        for path, content in self.files:
            shown.append(f"{path}:" if content is not None else f"{path}: removed")
            shown += [f"  {line}" for line in (content or "").splitlines()]
        return shown + ["$ " + " ".join(command) for command in self.commands]


def opening(day: date, ahead_days: int, opens: time, zone: str) -> int:
    """When the window of a day opens, in seconds since 1970 UTC.

    A time that the clocks repeat is the first of the two, one that they skip is as long after
    midnight as it says: too early is tried again, too late is lost.
    """
    there = datetime.combine(day - timedelta(days=ahead_days), opens, tzinfo=zone_named(zone))
    return int(there.astimezone(UTC).timestamp())


def next_on(day: date, weekdays: frozenset[int]) -> date:
    """The first day from `day` on that is one of the week's `weekdays` (Monday is 0)."""
    while day.weekday() not in weekdays:
        day = day + timedelta(days=1)
    return day
