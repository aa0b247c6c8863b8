"""Recorded hours in the store: single entries, and sums over many."""

from __future__ import annotations

import sqlite3
from typing import Any

from cowork_cli.domain.tracking import Entry
from cowork_cli.domain.zones import at, zone_named
from cowork_cli.records import dataclass
from cowork_cli.store.rates import ALWAYS, Rates, rates

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cowork_cli.domain.period import Period
    from cowork_cli.store.engine.store import Store

# The year 10000, in seconds: a running timer ends after everything else.
_FOREVER = 253_402_300_800
_SHORT_DAYS = 100

_ENTRY = """
    SELECT e.id, c.slug || '/' || p.slug, c.slug, e.note, e.tags, e.place, e.from_at, e.to_at,
           e.timezone, e.billable, i.number, e.project_id, p.client_id, e.day
    FROM entries e JOIN projects p ON p.id = e.project_id JOIN clients c ON c.id = p.client_id
    LEFT JOIN invoices i ON i.id = e.invoice_id"""


class Overlap(Exception):
    """The store refused an entry because of another one."""


def add(store: Store, row: dict[str, Any]) -> int:
    """Adds an entry inside a transaction. Raises Overlap."""
    try:
        return store.journal.insert("entries", row)
    except sqlite3.IntegrityError as error:
        raise Overlap(str(error)) from error


def change(store: Store, entry_id: int, changes: dict[str, Any]) -> bool:
    """Changes an entry inside a transaction; False if it is that way already. Raises Overlap."""
    try:
        return store.journal.update("entries", entry_id, changes)
    except sqlite3.IntegrityError as error:
        raise Overlap(str(error)) from error


def remove(store: Store, entry_id: int) -> None:
    """Removes an entry inside a transaction."""
    store.journal.delete("entries", entry_id)


def entry(store: Store, entry_id: int, now_s: int) -> Entry | None:
    """One entry, or None."""
    return _one(store, now_s, f"{_ENTRY} WHERE e.id = ?", entry_id)


def running(store: Store, now_s: int) -> Entry | None:
    """The running timer, or None."""
    return _one(store, now_s, f"{_ENTRY} WHERE e.to_at IS NULL")


def colliding(
    store: Store, from_at: int, to_at: int | None, now_s: int, *, besides: int | None = None
) -> Entry | None:
    """An entry that shares time with `from_at` to `to_at` (None: without end), or None.

    As nothing in the store overlaps, only the one that starts last before the end can: one step in
    an index, however many entries there are.
    """
    return _one(
        store,
        now_s,
        f"{_ENTRY} WHERE e.id = (SELECT id FROM entries WHERE from_at < ? AND id <> ? "
        f"ORDER BY from_at DESC LIMIT 1) AND coalesce(e.to_at, {_FOREVER}) > ?",
        to_at if to_at is not None else _FOREVER,
        besides or 0,
        from_at,
    )


def is_running(store: Store) -> bool:
    """Whether a timer runs, for who needs no more of it."""
    return store.row("SELECT 1 FROM entries WHERE to_at IS NULL") is not None


def nth_last(store: Store, number: int, now_s: int) -> Entry | None:
    """The entry that started last (1), the one before it (2), and so on."""
    return _one(store, now_s, f"{_ENTRY} ORDER BY e.from_at DESC LIMIT 1 OFFSET ?", number - 1)


def listed(
    store: Store,
    period: Period,
    now_s: int,
    *,
    project: str | None = None,
    client: str | None = None,
    tag: str | None = None,
    unbilled: bool = False,
) -> list[Entry]:
    """Entries of a period in the order they began."""
    where, values = _in_period(period, "e.")
    if project:
        where.append("c.slug || '/' || p.slug = ?")
        values.append(project)
    if client:
        where.append("c.slug = ?")
        values.append(client)
    if tag:
        where.append("',' || e.tags || ',' LIKE ?")
        values.append(f"%,{tag},%")
    if unbilled:
        where.append("e.invoice_id IS NULL AND e.billable = 1 AND e.to_at IS NOT NULL")
    rows = store.rows(f"{_ENTRY} WHERE {' AND '.join(where)} ORDER BY e.from_at", *values)
    book = rates(store)
    return [_entry(row, book, now_s) for row in rows]


def unbilled_of(store: Store, client: str, projects: Sequence[str], period: Period) -> list[Any]:
    """Rows (id, uuid, project id, project row, client row, day, seconds, project name, note, tags).

    These can be billed now; entries that a draft already holds are left out.
    """
    where, values = _in_period(period, "e.")
    if projects:
        where.append(f"c.slug || '/' || p.slug IN ({', '.join('?' * len(projects))})")
        values += projects
    return store.rows(
        "SELECT e.id, e.uuid, c.slug || '/' || p.slug, p.id, c.id, e.day, e.to_at - e.from_at, p.name, e.note, e.tags "
        "FROM entries e JOIN projects p ON p.id = e.project_id JOIN clients c ON c.id = p.client_id "
        "WHERE c.slug = ? AND e.invoice_id IS NULL AND e.billable = 1 AND e.to_at IS NOT NULL "
        "AND e.id NOT IN (SELECT ie.entry_id FROM invoice_entries ie "
        "JOIN invoices i ON i.id = ie.invoice_id WHERE i.state = 'draft') "
        f"AND {' AND '.join(where)} ORDER BY e.from_at",
        client,
        *values,
    )


def sums(store: Store, key: str, period: Period, steps: Sequence[str]) -> Iterator[Any]:
    """Rows (key, project row, first day, seconds, billable seconds, billed seconds).

    `key` is `day`, `project_id`, `tags` or `place`. `steps` are days on which a rate changes, in
    their order: a sum never reaches over one, and its first day tells which rate counts. A key may
    come several times.
    """
    where, values = _in_period(period, "")
    packed = _packed(steps)
    # One number to sort by and one sum: half the time of sums over the single columns.
    wanted, grouped = ("NULL", packed) if key == "project_id" else (key, f"{packed}, {key}")
    for name, group, seconds in store.rows(
        f"SELECT {wanted}, {packed}, sum(to_at - from_at) FROM entries "
        f"WHERE to_at IS NOT NULL AND {' AND '.join(where)} GROUP BY {grouped}",
        *values,
    ):
        project, first_day, billable, billed = _unpacked(group, steps)
        yield (
            project if key == "project_id" else name,
            project,
            first_day,
            seconds,
            seconds if billable else 0,
            seconds if billed else 0,
        )


def unbilled_sums(store: Store, steps: Sequence[str]) -> list[Any]:
    """Rows (project row, first day, seconds) of all that can be billed."""
    rows = store.rows(
        f"SELECT {_packed(steps)}, sum(to_at - from_at) FROM entries "
        "WHERE invoice_id IS NULL AND billable = 1 AND to_at IS NOT NULL GROUP BY 1"
    )
    return [(*_unpacked(group, steps)[:2], seconds) for group, seconds in rows]


def _packed(steps: Sequence[str]) -> str:
    """Project, how many of the steps a day has passed, billable and billed, in one number."""
    for step in steps:
        if len(step) != 10 or not step.replace("-", "").isdigit():
            raise ValueError(f"not a day: {step}")
    passed = " + ".join(f"(day >= '{step}')" for step in steps) or "0"
    return (
        f"((project_id * {len(steps) + 1} + {passed}) * 4 "
        "+ billable * 2 + (invoice_id IS NOT NULL))"
    )


def _unpacked(group: int, steps: Sequence[str]) -> tuple[int, str, bool, bool]:
    """Project row, first day of the step, billable, billed."""
    project, passed = divmod(group >> 2, len(steps) + 1)
    first_day = steps[passed - 1] if passed else ALWAYS
    return project, first_day, bool(group & 2), bool(group & 1)


def outside(store: Store, period: Period) -> tuple[int, int]:
    """How many entries and seconds lie outside of a period."""
    if period.from_ and period.to and (period.to - period.from_).days <= _SHORT_DAYS:
        return _outside_short(store, period.from_.isoformat(), period.to.isoformat())
    count = seconds = 0
    # One query for each side: joined by OR they take three times as long.
    for side, day in (("<", period.from_), (">", period.to)):
        if day:
            row = store.row(
                "SELECT count(*), coalesce(sum(to_at - from_at), 0) FROM entries "
                f"WHERE to_at IS NOT NULL AND day {side} ?",
                day.isoformat(),
            )
            count, seconds = count + int(row[0]), seconds + int(row[1])
    return count, seconds


def _outside_short(store: Store, first: str, last: str) -> tuple[int, int]:
    """All but what lies inside: the sum over all reads the smallest index, in a third of the time."""
    whole = store.row("SELECT count(to_at), coalesce(sum(to_at - from_at), 0) FROM entries")
    inside = store.row(
        "SELECT count(to_at), coalesce(sum(to_at - from_at), 0) FROM entries "
        "WHERE day BETWEEN ? AND ?",
        first,
        last,
    )
    return int(whole[0] - inside[0]), int(whole[1] - inside[1])


def _in_period(period: Period, prefix: str) -> tuple[list[str], list[Any]]:
    where, values = ["1"], []
    if period.from_:
        where.append(f"{prefix}day >= ?")
        values.append(period.from_.isoformat())
    if period.to:
        where.append(f"{prefix}day <= ?")
        values.append(period.to.isoformat())
    return where, values


def _one(store: Store, now_s: int, sql: str, *values: object) -> Entry | None:
    row = store.row(sql, *values)
    return None if row is None else _entry(row, rates(store), now_s)


def _entry(row: Any, book: Rates, now_s: int) -> Entry:
    zone = zone_named(row[8])
    from_at, to_at = row[6], row[7]
    return Entry(
        id=f"e-{row[0]}",
        project=row[1],
        client=row[2],
        note=row[3],
        tags=tuple(row[4].split(",")) if row[4] else (),
        place=row[5],
        from_=at(from_at, zone),
        to=None if to_at is None else at(to_at, zone),
        timezone=row[8],
        duration_s=(now_s if to_at is None else to_at) - from_at,
        billable=bool(row[9]),
        rate=book.on(row[11], row[12], row[13]),
        billed_on=row[10],
        running=to_at is None,
    )


# ---- what a timer needs of other records; their own modules would cost it a third of its time


@dataclass(frozen=True, slots=True)
class TimedProject:
    """A project as a timer needs it; `id` is CLIENT/ID."""

    row: int
    id: str
    billable: bool
    usable: bool
    budgeted: bool


_TIMED = """
    SELECT p.id, c.slug || '/' || p.slug, p.billable, p.archived = 0 AND c.archived = 0,
           p.budget_s IS NOT NULL OR p.budget_minor IS NOT NULL
    FROM projects p JOIN clients c ON c.id = p.client_id"""


def timed_project(store: Store, project_id: int) -> TimedProject:
    """The project of a row."""
    return _timed(store.row(f"{_TIMED} WHERE p.id = ?", project_id))


def timed_project_named(store: Store, full: str) -> TimedProject | None:
    """The project with exactly this id, or None."""
    client, _, slug = full.partition("/")
    row = store.row(f"{_TIMED} WHERE c.slug = ? AND p.slug = ?", client, slug)
    return _timed(row) if row else None


def _timed(row: Any) -> TimedProject:
    return TimedProject(row[0], row[1], bool(row[2]), bool(row[3]), bool(row[4]))


def project_facts(store: Store) -> dict[int, tuple[str, str, int, str]]:
    """Row → project id, client id, client row, currency: what a report joins in memory."""
    return {
        row[0]: (row[1], row[2], row[3], row[4])
        for row in store.rows(
            "SELECT p.id, c.slug || '/' || p.slug, c.slug, c.id, c.currency "
            "FROM projects p JOIN clients c ON c.id = p.client_id"
        )
    }


def is_booked(store: Store, from_at: int, to_at: int) -> bool:
    """Whether any confirmed booking touches a stretch of time."""
    row = store.row(
        "SELECT 1 FROM bookings WHERE state = 'confirmed' AND to_at > ? AND from_at < ? LIMIT 1",
        from_at,
        to_at,
    )
    return row is not None


# ---- corrections, gaps, a forgotten timer


def all_colliding(
    store: Store, from_at: int, to_at: int | None, now_s: int, *, besides: int | None = None
) -> list[Entry]:
    """Every entry that shares time with `from_at` to `to_at` (None: without end), by its start."""
    book = rates(store)
    rows = store.rows(
        f"{_ENTRY} WHERE e.from_at < ? AND coalesce(e.to_at, {_FOREVER}) > ? AND e.id <> ? "
        "AND e.from_at >= (SELECT coalesce(max(from_at), 0) FROM entries WHERE from_at <= ?) "
        "ORDER BY e.from_at",
        to_at if to_at is not None else _FOREVER,
        from_at,
        besides or 0,
        from_at,
    )
    return [_entry(row, book, now_s) for row in rows]


def spans_between(store: Store, begin: int, end: int) -> list[tuple[int, int | None]]:
    """Start and end of each entry that shares time with `begin` to `end`, in order."""
    return [
        (row[0], row[1])
        for row in store.rows(
            f"SELECT from_at, to_at FROM entries WHERE from_at < ? AND coalesce(to_at, {_FOREVER}) > ? "
            "AND from_at >= (SELECT coalesce(max(from_at), 0) FROM entries WHERE from_at <= ?) "
            "ORDER BY from_at",
            end,
            begin,
            begin,
        )
    ]


def last_activity(store: Store, after: int, before: int) -> int | None:
    """When the last command between two instants changed something, in seconds; None if none did."""
    row = store.row("SELECT max(at) FROM changes WHERE at > ? AND at < ?", after, before)
    return row[0] if row else None


# ---- billed time and budgets


def unbilled_rows(store: Store, projects: Sequence[int]) -> list[Any]:
    """Rows (id, uuid, project row, day, seconds, tags) of all that can be billed, in order.

    One by one, for projects (rows) whose rules look at single entries.
    """
    return store.rows(
        "SELECT id, uuid, project_id, day, to_at - from_at, tags FROM entries "
        f"WHERE invoice_id IS NULL AND billable = 1 AND to_at IS NOT NULL "
        f"AND project_id IN ({', '.join('?' * len(projects))}) ORDER BY from_at",
        *projects,
    )


def drafted(store: Store) -> list[tuple[int, int]]:
    """Rows (draft, seconds): real time that drafts hold."""
    return [
        tuple(row)
        for row in store.rows(
            "SELECT i.id, sum(ie.seconds) FROM invoices i JOIN invoice_entries ie "
            "ON ie.invoice_id = i.id WHERE i.state = 'draft' GROUP BY 1 ORDER BY 1"
        )
    ]


def used_sums(store: Store, projects: Sequence[int], steps: Sequence[str]) -> list[Any]:
    """Rows (project row, first day, seconds, billable seconds) of projects; a timer up to now.

    `steps` are as for `sums`.
    """
    rows = store.rows(
        f"SELECT {_packed(steps)}, sum(coalesce(to_at, ?) - from_at) FROM entries "
        f"WHERE project_id IN ({', '.join('?' * len(projects))}) GROUP BY 1",
        store.now_s,
        *projects,
    )
    found = []
    for group, seconds in rows:
        project, first_day, billable, _ = _unpacked(group, steps)
        found.append((project, first_day, seconds, seconds if billable else 0))
    return found
