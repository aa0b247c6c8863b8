"""A membership: what it includes, as a ledger of grants and uses, and what is left of it. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from cowork_cli.domain.calendar_days import month_end
from cowork_cli.domain.ref import Ref
from cowork_cli.records import dataclass

KINDS = ("days", "prints", "guests", "room", "credits")
"""What is usually included: `room` in hours, all else in pieces. Others pass as given."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One line: a grant is above zero, a use below. `every` grants it anew each `month` or `week`.

    What a period grants is lost with its last day; a single grant is good to `expires`, None for ever.
    """

    id: str
    what: str
    amount: Decimal
    day: date
    expires: date | None = None
    every: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """So much is left of something, up to a day that still counts; None without an end."""

    what: str
    left: Decimal
    expires: date | None

    def __str__(self) -> str:
        until = f" until {self.expires}" if self.expires else ""
        return f"{self.left.normalize():f} {self.what}{until}"


@dataclass(frozen=True, slots=True)
class Membership:
    """A membership as it stands on a day. `holdings` are what is left, `ledger` all lines of it."""

    id: str
    space_ref: Ref
    space_name: str
    name: str
    starts: date
    ends: date | None
    plan: str | None
    contract: str | None
    note: str | None
    holdings: tuple[Holding, ...] = ()
    ledger: tuple[LedgerRow, ...] = ()


def period_of(day: date, every: str) -> tuple[date, date]:
    """The calendar month or week of a day, first and last day."""
    if every == "month":
        return day.replace(day=1), month_end(day)
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def holdings(rows: Iterable[LedgerRow], on: date, ends: date | None = None) -> tuple[Holding, ...]:
    """What is left on a day: each use took what expired first of what was good on its own day."""
    lines = list(rows)
    found = []
    for what in dict.fromkeys(line.what for line in lines):
        of = [line for line in lines if line.what == what]
        lots = _lots(of, on, ends)
        for use in sorted((line for line in of if line.amount < 0), key=lambda line: line.day):
            _take(lots, -use.amount, use.day)
        found += [
            Holding(what, left, last)
            for first, last, left in lots
            if left and first <= on and (last is None or last >= on)
        ]
    return tuple(sorted(found, key=lambda h: (h.what, h.expires or date.max)))


def _lots(lines: list[LedgerRow], on: date, ends: date | None) -> list[list]:  # type: ignore[type-arg]
    """First day, last day, amount of every grant up to a day, those of each period one by one."""
    lots: list[list] = []  # type: ignore[type-arg]
    for line in lines:
        if line.amount < 0:
            continue
        if line.every is None:
            lots.append([line.day, _earlier(line.expires, ends), line.amount])
            continue
        begin = line.day
        while begin <= on and (line.expires is None or begin <= line.expires):
            _, last = period_of(begin, line.every)
            lots.append([begin, _earlier(_earlier(last, line.expires), ends), line.amount])
            begin = last + timedelta(days=1)
    return sorted(lots, key=lambda lot: (lot[1] or date.max, lot[0]))


def _earlier(one: date | None, other: date | None) -> date | None:
    return min(one or other, other or one) if one or other else None  # type: ignore[type-var]


def _take(lots: list[list], amount: Decimal, day: date) -> None:  # type: ignore[type-arg]
    for lot in lots:
        if lot[0] <= day and (lot[1] is None or lot[1] >= day):
            taken = min(lot[2], amount)
            lot[2] -= taken
            amount -= taken
