"""Recorded hours in the store: single entries, and sums over many."""

from __future__ import annotations

from cowork_cli.domain.tracking import Entry
from cowork_cli.domain.zones import at, zone_named
from cowork_cli.records import dataclass
from cowork_cli.store.engine import dialect
from cowork_cli.store.engine.rows import as_dict
from cowork_cli.store.persons import shown
from cowork_cli.store.rates import ALWAYS, Rates, rates

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from cowork_cli.domain.period import Period
    from cowork_cli.store.engine.many import Updating
    from cowork_cli.store.engine.store import Store

# The year 10000, in seconds: a running timer ends after everything else.
_FOREVER = 253_402_300_800
_SHORT_DAYS = 100
_COUNTED = "count(to_at) AS count, coalesce(sum(to_at - from_at), 0) AS seconds"

_ENTRY = f"""
    SELECT e.id, c.slug || '/' || p.slug AS project, c.slug AS client, e.note, e.tags, e.place,
           e.from_at, e.to_at, e.timezone, e.billable, i.number, e.project_id, p.client_id, e.day,
           {shown("e.person")} AS person
    FROM entries e JOIN projects p ON p.id = e.project_id JOIN clients c ON c.id = p.client_id
    LEFT JOIN invoices i ON i.id = e.invoice_id"""


def add(store: Store, row: dict[str, Any]) -> int:
    """Adds an entry inside a transaction. Raises RuleBroken for one that overlaps another."""
    return store.journal.insert(
        "entries", {**({"person": store.person} if store.person else {}), **row}
    )


def add_like(store: Store, entry_id: int, from_at: int, to_at: int | None) -> int:
    """Adds an entry that is all that another one is, for another time and not billed, inside a
    transaction. Raises RuleBroken for an overlap."""
    row = as_dict(store.row("SELECT * FROM entries WHERE id = ?", entry_id))
    own = {"id", "uuid", "invoice_id"}
    copied = {column: value for column, value in row.items() if column not in own}
    day = at(from_at, zone_named(row["timezone"])).date().isoformat()
    return add(store, {**copied, "from_at": from_at, "to_at": to_at, "day": day})


def change(store: Store, entry_id: int, changes: dict[str, Any]) -> bool:
    """Changes an entry inside a transaction; False if it is that way already. Raises RuleBroken."""
    return store.journal.update("entries", entry_id, changes)


def to_bill(store: Store, entry_ids: Sequence[int], invoice_id: int) -> Updating:
    """What is to be written so that an invoice bills entries; true for as long as nobody writes."""
    from cowork_cli.store.engine import many  # not above: a timer needs none of it

    return many.updating(store.connection, "entries", entry_ids, {"invoice_id": invoice_id})


def to_release(store: Store, invoice_id: int) -> Updating:
    """The same, so that the entries behind an invoice are free to be billed again."""
    from cowork_cli.store.engine import many

    rows = store.rows("SELECT entry_id FROM invoice_entries WHERE invoice_id = ?", invoice_id)
    entry_ids = [entry_id for (entry_id,) in rows]
    return many.updating(store.connection, "entries", entry_ids, {"invoice_id": None})


def change_many(store: Store, updating: Updating) -> None:
    """Changes entries as was prepared, inside a transaction. Raises RuleBroken."""
    from cowork_cli.store.engine import many

    many.update(store.journal, updating)


def last_of_day(store: Store, day: str, now_s: int) -> Entry | None:
    """The entry of a local day of this machine's person that started last, or None."""
    return _one(
        store,
        now_s,
        f"{_ENTRY} WHERE e.day = ? AND e.person || '' = ? ORDER BY e.from_at DESC LIMIT 1",
        day,
        store.person,
    )


def remove(store: Store, entry_id: int) -> None:
    """Removes an entry inside a transaction."""
    store.journal.delete("entries", entry_id)


def entry(store: Store, entry_id: int, now_s: int) -> Entry | None:
    """One entry, or None."""
    return _one(store, now_s, f"{_ENTRY} WHERE e.id = ?", entry_id)


def running(store: Store, now_s: int) -> Entry | None:
    """The running timer of this machine's person, or None."""
    return _one(store, now_s, f"{_ENTRY} WHERE e.to_at IS NULL AND e.person = ?", store.person)


def colliding(
    store: Store, from_at: int, to_at: int | None, now_s: int, *, besides: int | None = None
) -> Entry | None:
    """An entry of one person that shares time with `from_at` to `to_at` (None: without end).

    The person is whose `besides` is, else this machine's. As nothing of one person overlaps, only the one that starts last before the end can: one step in
    an index, however many entries there are.
    """
    whose, person = _whose(store, besides)
    return _one(
        store,
        now_s,
        f"{_ENTRY} WHERE e.id = (SELECT id FROM entries WHERE {whose} AND from_at < ? AND id <> ? "
        f"ORDER BY from_at DESC LIMIT 1) AND coalesce(e.to_at, {_FOREVER}) > ?",
        person,
        to_at if to_at is not None else _FOREVER,
        besides or 0,
        from_at,
    )


def _whose(store: Store, besides: int | None) -> tuple[str, int | str]:
    """Whose hours may not overlap: those of the one whose entry it is, else of this machine's person."""
    if besides is None:
        return "person = ?", store.person
    return "person = (SELECT person FROM entries WHERE id = ?)", besides


def record(store: Store, uuid: str) -> dict[str, Any] | None:
    """All columns of the entry with that UUID, or None."""
    row = store.row("SELECT * FROM entries WHERE uuid = ?", uuid)
    return None if row is None else as_dict(row)


def is_running(store: Store) -> bool:
    """Whether a timer of this machine's person runs, for who needs no more of it.

    Asked for its UUID: for a bare 1, SQLite goes through the index of all starts.
    """
    return (
        store.row("SELECT uuid FROM entries WHERE to_at IS NULL AND person = ?", store.person)
        is not None
    )


def nth_last(store: Store, number: int, now_s: int) -> Entry | None:
    """This person's entry that started last (1), the one before it (2), and so on."""
    return _one(
        store,
        now_s,
        f"{_ENTRY} WHERE e.person = ? ORDER BY e.from_at DESC LIMIT 1 OFFSET ?",
        store.person,
        number - 1,
    )


def listed(
    store: Store,
    period: Period,
    now_s: int,
    *,
    project: str | None = None,
    client: str | None = None,
    tag: str | None = None,
    unbilled: bool = False,
    person: str | None = None,
) -> list[Entry]:
    """Entries of a period in the order they began; `person` as the store holds it, None for all."""
    where, values = _in_period(period, "e.")
    if person is not None:
        where.append("e.person = ?")
        values.append(person)
    if project:
        where.append("c.slug || '/' || p.slug = ?")
        values.append(project)
    if client:
        where.append("c.slug = ?")
        values.append(client)
    if tag is not None:
        where.append(dialect.has_word("e.tags") if "," not in tag else "1 = 0")
        values += [tag] if "," not in tag else []
    if unbilled:
        where.append("e.invoice_id IS NULL AND e.billable = 1 AND e.to_at IS NOT NULL")
    rows = store.rows(f"{_ENTRY} WHERE {' AND '.join(where)} ORDER BY e.from_at", *values)
    book = rates(store)
    return [_entry(row, book, now_s) for row in rows]


def unbilled_of(store: Store, client: str, projects: Sequence[str], period: Period) -> list[Any]:
    """Rows (id, uuid, project, project_id, client_id, day, seconds, project_name, note, tags).

    These can be billed now; entries that a draft already holds are left out.
    """
    where, values = _in_period(period, "e.")
    if projects:
        where.append(f"c.slug || '/' || p.slug IN ({', '.join('?' * len(projects))})")
        values += projects
    return store.rows(
        "SELECT e.id, e.uuid, c.slug || '/' || p.slug AS project, e.project_id, p.client_id, e.day, "
        "e.to_at - e.from_at AS seconds, p.name AS project_name, e.note, e.tags "
        "FROM entries e JOIN projects p ON p.id = e.project_id JOIN clients c ON c.id = p.client_id "
        "WHERE c.slug = ? AND e.invoice_id IS NULL AND e.billable = 1 AND e.to_at IS NOT NULL "
        "AND e.id NOT IN (SELECT ie.entry_id FROM invoice_entries ie "
        "JOIN invoices i ON i.id = ie.invoice_id WHERE i.state = 'draft') "
        f"AND {' AND '.join(where)} ORDER BY e.from_at",
        client,
        *values,
    )


def sums(
    store: Store,
    key: str,
    period: Period,
    steps: Sequence[str],
    alike: Mapping[int, int] | None = None,
    *,
    projects: frozenset[int] | None = None,
    person: str | None = None,
) -> Iterator[Any]:
    """Rows (key, project row, first day, seconds, billable seconds, billed seconds).

    `key` is `day`, `project_id`, `tags`, `place` or `person`. `steps` are days on which a rate changes, in
    their order: a sum never reaches over one, and its first day tells which rate counts. `alike`
    names for each project one whose hours are worth the same; that one stands for all of them, so
    that a report by tag adds up in the store what has one rate. A key may come several times.
    `projects` are the rows of those that count, `person` whose hours do, None for all.
    """
    where, values = _in_period(period, "")
    if person is not None:
        where.append("person = ?")
        values.append(person)
    if projects is not None:
        where.append(f"project_id IN ({', '.join(map(str, sorted(projects))) or 'NULL'})")
    standing, columns, marks = _standing(key, alike)
    if marks is not None:
        values.insert(0, marks)
    groups = [key, *columns, *([_passed(steps)] if steps else [])]
    places = ", ".join(str(place) for place in range(1, len(groups) + 1))
    # Products and not groups: a sum in the order of an index needs no sorting.
    for name, *group, seconds, billable, billed in store.rows(
        f"SELECT {', '.join(groups)}, sum(to_at - from_at), sum((to_at - from_at) * billable), "
        f"sum((to_at - from_at) * {dialect.number('invoice_id IS NOT NULL')}) FROM entries "
        f"WHERE to_at IS NOT NULL AND {' AND '.join(where)} GROUP BY {places}",
        *values,
    ):
        passed = group.pop() if steps else 0
        project = int.from_bytes(group[0]) if group else standing
        first_day = steps[passed - 1] if passed else ALWAYS
        yield (name, project or name, first_day, seconds, billable, billed)


def _standing(
    key: str, alike: Mapping[int, int] | None
) -> tuple[int | None, list[str], bytes | None]:
    """How a sum tells the project that stands for its own: one for all, or a column with its value.

    The value is a table, four bytes for each project at the place that its row says.
    """
    if key == "project_id" or not alike:
        return None, [], None
    if len(set(alike.values())) == 1:
        return next(iter(alike.values())), [], None
    table = b"".join(alike.get(row, 0).to_bytes(4) for row in range(1, max(alike) + 1))
    return None, [dialect.entry_of("?", "project_id")], table


def unbilled_sums(
    store: Store,
    steps: Sequence[str],
    projects: frozenset[int] | None = None,
    person: str | None = None,
) -> list[Any]:
    """Rows (project row, first day, seconds) of all that can be billed; of `projects` and of `person`."""
    own = (
        "" if projects is None else f"AND project_id IN ({', '.join(map(str, sorted(projects)))}) "
    ) + ("" if person is None else "AND person = ? ")
    rows = store.rows(
        f"SELECT {_packed(steps)}, sum(to_at - from_at) FROM entries "
        f"WHERE invoice_id IS NULL AND billable = 1 AND to_at IS NOT NULL {own}GROUP BY 1",
        *([] if person is None else [person]),
    )
    return [(*_unpacked(group, steps)[:2], seconds) for group, seconds in rows]


def _packed(steps: Sequence[str]) -> str:
    """Project, how many of the steps a day has passed, billable and billed, in one number."""
    return (
        f"((project_id * {len(steps) + 1} + {_passed(steps)}) * 4 "
        f"+ billable * 2 + {dialect.number('invoice_id IS NOT NULL')})"
    )


def _passed(steps: Sequence[str]) -> str:
    """How many of the steps a day has passed."""
    for step in steps:
        if len(step) != 10 or not step.replace("-", "").isdigit():
            raise ValueError(f"not a day: {step}")
    return " + ".join(dialect.number(f"day >= '{step}'") for step in steps) or "0"


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
            beyond = store.row(
                f"SELECT {_COUNTED} FROM entries WHERE to_at IS NOT NULL AND day {side} ?",
                day.isoformat(),
            )
            count, seconds = count + beyond.count, seconds + beyond.seconds
    return count, seconds


def _outside_short(store: Store, first: str, last: str) -> tuple[int, int]:
    """All but what lies inside: the sum over all reads the smallest index, in a third of the time.

    It counts rows, not ends, which is an eighth faster; a timer that runs is taken off.
    """
    whole = store.row(
        "SELECT count(*) AS count, coalesce(sum(to_at - from_at), 0) AS seconds FROM entries"
    )
    inside = store.row(
        f"SELECT {_COUNTED} FROM entries WHERE day BETWEEN ? AND ?",
        first,
        last,
    )
    # Of everybody; not counted by the store, for the reason that `is_running` has.
    running = store.rows("SELECT uuid FROM entries WHERE to_at IS NULL")
    ended = whole.count - len(running)
    return ended - inside.count, whole.seconds - inside.seconds


def _in_period(period: Period, prefix: str) -> tuple[list[str], list[Any]]:
    where, values = ["1 = 1"], []
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
    zone = zone_named(row.timezone)
    from_at, to_at = row.from_at, row.to_at
    return Entry(
        id=f"e-{row.id}",
        project=row.project,
        client=row.client,
        note=row.note,
        tags=tuple(row.tags.split(",")) if row.tags else (),
        place=row.place,
        from_=at(from_at, zone),
        to=None if to_at is None else at(to_at, zone),
        timezone=row.timezone,
        duration_s=(now_s if to_at is None else to_at) - from_at,
        billable=bool(row.billable),
        rate=book.on(row.project_id, row.client_id, row.day),
        billed_on=row.number,
        running=to_at is None,
        person=row.person,
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
    SELECT p.id, c.slug || '/' || p.slug AS full_id, p.billable,
           p.archived = 0 AND c.archived = 0 AS usable,
           p.budget_s IS NOT NULL OR p.budget_minor IS NOT NULL AS budgeted
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
    return TimedProject(
        row.id, row.full_id, bool(row.billable), bool(row.usable), bool(row.budgeted)
    )


def project_facts(store: Store) -> dict[int, tuple[str, str, int, str]]:
    """Row → project id, client id, client row, currency: what a report joins in memory."""
    return {
        row.id: (row.full_id, row.client, row.client_id, row.currency)
        for row in store.rows(
            "SELECT p.id, c.slug || '/' || p.slug AS full_id, c.slug AS client, p.client_id, c.currency "
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
    """Every entry of one person that shares time with a stretch; arguments as for `colliding`."""
    book = rates(store)
    whose, person = _whose(store, besides)
    rows = store.rows(
        f"{_ENTRY} WHERE e.{whose} AND e.from_at < ? AND coalesce(e.to_at, {_FOREVER}) > ? "
        "AND e.id <> ? AND e.from_at >= (SELECT coalesce(max(from_at), 0) FROM entries "
        f"WHERE {whose} AND from_at <= ?) ORDER BY e.from_at",
        person,
        to_at if to_at is not None else _FOREVER,
        from_at,
        besides or 0,
        person,
        from_at,
    )
    return [_entry(row, book, now_s) for row in rows]


def spans_between(store: Store, begin: int, end: int) -> list[tuple[int, int | None]]:
    """Start and end of each entry of this person that shares time with `begin` to `end`, in order."""
    return store.rows(
        "SELECT from_at, to_at FROM entries WHERE person = ? AND from_at < ? "
        f"AND coalesce(to_at, {_FOREVER}) > ? AND from_at >= (SELECT coalesce(max(from_at), 0) "
        "FROM entries WHERE person = ? AND from_at <= ?) ORDER BY from_at",
        store.person,
        end,
        begin,
        store.person,
        begin,
    )


def last_activity(store: Store, after: int, before: int) -> int | None:
    """When this person's last command between two instants changed something, in seconds, or None."""
    last: int | None = store.value(
        "SELECT max(at) FROM changes WHERE at > ? AND at < ? AND person = ?",
        after,
        before,
        store.person,
    )
    return last


def own_days(store: Store, period: Period) -> dict[str, int]:
    """The finished seconds of this person on each day of a period that has some."""
    where, values = _in_period(period, "")
    rows = store.rows(
        "SELECT day, sum(to_at - from_at) FROM entries WHERE to_at IS NOT NULL AND person = ? "
        f"AND {' AND '.join(where)} GROUP BY day",
        store.person,
        *values,
    )
    return {day: int(seconds) for day, seconds in rows}


# ---- billed time and budgets


def unbilled_rows(store: Store, projects: Sequence[int], person: str | None = None) -> list[Any]:
    """Rows (id, uuid, project_id, day, seconds, tags) of all that can be billed, in order.

    One by one, for projects (rows) whose rules look at single entries.
    """
    return store.rows(
        "SELECT id, uuid, project_id, day, to_at - from_at AS seconds, tags FROM entries "
        f"WHERE invoice_id IS NULL AND billable = 1 AND to_at IS NOT NULL "
        f"AND project_id IN ({', '.join('?' * len(projects))}) "
        f"{'' if person is None else 'AND person = ? '}ORDER BY from_at",
        *projects,
        *([] if person is None else [person]),
    )


def drafted(store: Store) -> list[tuple[int, int]]:
    """Rows (draft, seconds): the real time of what can be billed and is held by drafts."""
    return store.rows(
        "SELECT i.id, sum(e.to_at - e.from_at) AS seconds FROM invoices i JOIN invoice_entries ie "
        "ON ie.invoice_id = i.id JOIN entries e ON e.id = ie.entry_id AND e.uuid = ie.entry_uuid "
        "WHERE i.state = 'draft' AND e.billable = 1 AND e.to_at IS NOT NULL GROUP BY 1 ORDER BY 1"
    )


def used_sums(
    store: Store, projects: Sequence[int], steps: Sequence[str], person: str | None = None
) -> list[Any]:
    """Rows (project row, first day, seconds, billable seconds) of projects; a timer up to now.

    `steps` are as for `sums`; `person` is whose hours count, None for all.
    """
    own = "" if person is None else "AND person = ? "
    rows = store.rows(
        f"SELECT {_packed(steps)}, sum(coalesce(to_at, ?) - from_at) FROM entries "
        f"WHERE project_id IN ({', '.join('?' * len(projects))}) {own}GROUP BY 1",
        store.now_s,
        *projects,
        *([] if person is None else [person]),
    )
    found = []
    for group, seconds in rows:
        project, first_day, billable, _ = _unpacked(group, steps)
        found.append((project, first_day, seconds, seconds if billable else 0))
    return found
