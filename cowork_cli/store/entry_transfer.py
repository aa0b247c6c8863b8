"""Entries in bulk, for import and export."""

from collections.abc import Iterator
from typing import Any

from cowork_cli.domain.period import Period
from cowork_cli.records import dataclass
from cowork_cli.store.engine.rows import as_dict
from cowork_cli.store.engine.store import Store
from cowork_cli.store.persons import shown

ENTRIES, NAMES = "entries", ("clients", "projects")  # as the journal calls them
FOREVER = 253_402_300_800  # the year 10000, in seconds: where a running timer ends
_BUSY = (
    f"SELECT e.from_at, coalesce(e.to_at, {FOREVER}) AS to_at, e.id, "
    "c.slug || '/' || p.slug AS project "
    "FROM entries e JOIN projects p ON p.id = e.project_id JOIN clients c ON c.id = p.client_id "
    f"WHERE e.person = ? AND e.from_at < ? AND coalesce(e.to_at, {FOREVER}) > ? ORDER BY e.from_at"
)


@dataclass(frozen=True, slots=True)
class Whole:
    """An entry with all that an export holds of it."""

    uuid: str
    client: str
    client_name: str
    project: str
    project_name: str | None
    note: str | None
    tags: str
    place: str | None
    from_at: int
    to_at: int | None
    timezone: str
    billable: int
    person: str | None


def whole(store: Store, period: Period, person: str | None = None) -> list[Whole]:
    """The entries of a period in the order they began; of one `person`, None for all."""
    rows = store.rows(
        "SELECT e.uuid, c.slug AS client, c.name AS client_name, p.slug AS project, "
        "p.name AS project_name, e.note, e.tags, e.place, e.from_at, "
        f"e.to_at, e.timezone, e.billable, {shown('e.person')} AS person "
        "FROM entries e JOIN projects p ON p.id = e.project_id JOIN clients c ON c.id = p.client_id "
        f"WHERE e.day BETWEEN ? AND ? {'' if person is None else 'AND e.person = ? '}ORDER BY e.from_at",
        period.from_.isoformat() if period.from_ else "0000",
        period.to.isoformat() if period.to else "9999-99",
        *([] if person is None else [person]),
    )
    return [Whole(**as_dict(row)) for row in rows]


def running_uuid(store: Store) -> str | None:
    """The UUID of this person's running timer, None if none runs."""
    uuid: str | None = store.value(
        "SELECT uuid FROM entries WHERE to_at IS NULL AND person = ?", store.person
    )
    return uuid


def end(store: Store, uuid: str, to_at: int) -> None:
    """Ends the entry of a UUID inside a transaction."""
    entry_id = store.value("SELECT id FROM entries WHERE uuid = ?", uuid)
    store.journal.update("entries", entry_id, {"to_at": to_at})


def busy(store: Store, from_at: int, to_at: int) -> list[tuple[int, int, int, str]]:
    """(start, end, row, project) of this person's entries that share time with a stretch, by their start.

    A running timer ends at the end of time.
    """
    return store.rows(_BUSY, store.person, to_at, from_at)


def busy_from(store: Store, from_at: int) -> Iterator[tuple[Any, ...]]:
    """The same from an instant on, one by one."""
    yield from store.connection.stream(_BUSY, store.person, FOREVER, from_at)


def known_clients(store: Store) -> list[tuple[int, str, str]]:
    """(row, id, name) of every client."""
    return store.rows("SELECT id, slug, name FROM clients ORDER BY id")


def known_projects(store: Store) -> list[tuple[int, int, str, str | None, int]]:
    """(row, row of its client, id, name, billable) of every project."""
    return store.rows("SELECT id, client_id, slug, name, billable FROM projects ORDER BY id")


def add_client(store: Store, uuid: str, slug: str, name: str) -> int:
    """Adds a client of which no more than its name is known, inside a transaction."""
    row = {"uuid": uuid, "slug": slug, "name": name, "type": "business", "currency": "EUR"}
    return store.journal.insert("clients", row)


def add_project(store: Store, uuid: str, client_id: int, slug: str, name: str | None) -> int:
    """Adds a project inside a transaction."""
    row = {"uuid": uuid, "client_id": client_id, "slug": slug, "name": name}
    return store.journal.insert("projects", row)
