"""The list of hours behind an invoice: when each was, and how much of it is billed."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from cowork_cli.domain.invoice import Line, TimesheetRow
from cowork_cli.domain.period import Period
from cowork_cli.domain.zones import at, zone_named
from cowork_cli.records import dataclass, replace
from cowork_cli.services.hours.billing import Work, billed, quantity
from cowork_cli.store import clients
from cowork_cli.store.engine.store import Store
from cowork_cli.store.rates import rates
from cowork_cli.store.timesheets import entries_behind


@dataclass(frozen=True, slots=True)
class _Entry:
    line: int
    work: Work
    row: TimesheetRow


def timesheet(store: Store, invoice_id: int, lines: Sequence[Line]) -> tuple[TimesheetRow, ...]:
    """The entries behind the lines, by time. Their billed hours make the quantity of each line."""
    entries = _entries(store, invoice_id)
    seconds = _billed(entries, lines)
    several = len({entry.row.person for entry in entries}) > 1
    return tuple(
        replace(
            entry.row,
            billed_s=seconds[index],
            person=entry.row.person if several else None,
        )
        for index, entry in enumerate(entries)
    )


def line_periods(store: Store, invoice_id: int, lines: int) -> tuple[Period | None, ...]:
    """For each line the first and the last day of the work behind it; None without work."""
    days: dict[int, list[dt.date]] = {}
    for row in entries_behind(store, invoice_id):
        days.setdefault(row[0], []).append(dt.date.fromisoformat(row[3]))
    return tuple(
        Period(min(days[line]), max(days[line])) if line in days else None
        for line in range(1, lines + 1)
    )


def _entries(store: Store, invoice_id: int) -> list[_Entry]:
    book, terms = rates(store), clients.terms(store)
    timed = []
    for row in entries_behind(store, invoice_id):
        line, entry_id, uuid, day, start, end, zone, project, project_id, name, client_id, *rest = (
            row
        )
        note, tags, person = rest
        rate = book.valid(project_id, client_id, day)
        when = dt.date.fromisoformat(day)
        assert rate is not None  # only what has one is drafted, and none is ever taken back
        work = Work(
            (entry_id, uuid), project, when, end - start, rate, terms[project_id], tags, name, note
        )
        timed.append(
            _Entry(
                line,
                work,
                TimesheetRow(
                    line=line,
                    day=when,
                    from_=f"{at(start, zone_named(zone)):%H:%M}",
                    to=f"{at(end, zone_named(zone)):%H:%M}",
                    project=name or project,
                    note=note,
                    seconds=end - start,
                    billed_s=end - start,
                    person=person,
                ),
            )
        )
    return timed


def _billed(entries: Sequence[_Entry], lines: Sequence[Line]) -> list[int]:
    """Billed seconds of each entry: by the rules, or by share where the line was changed since."""
    items = billed([entry.work for entry in entries])
    seconds = [entry.row.seconds for entry in entries]
    for position, line in enumerate(lines, 1):
        indexes = [index for index, entry in enumerate(entries) if entry.line == position]
        group = [items[index] for index in indexes]
        if group and quantity(group) == line.quantity:
            for index, item in zip(indexes, group, strict=True):
                seconds[index] = item.seconds
        elif line.unit == "hour":
            shares = _shares(line.quantity, [seconds[index] for index in indexes])
            for index, share in zip(indexes, shares, strict=True):
                seconds[index] = share
    return seconds


def _shares(hours: Decimal, seconds: Sequence[int]) -> list[int]:
    """`hours` as seconds, in the proportion of `seconds`, to the second."""
    whole, real = int(hours * 3600), sum(seconds)
    shares, given, seen = [], 0, 0
    for part in seconds:
        seen += part
        share = whole * seen // real - given
        shares.append(share)
        given += share
    return shares
