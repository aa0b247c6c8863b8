"""Clients, projects and their rates in the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cowork_cli.domain.client import Client, Project
from cowork_cli.domain.party import PostalAddress
from cowork_cli.store.store import Store

ALWAYS = "0001-01-01"

_CLIENT = """
    SELECT id, slug, name, type, street, postcode, city, country, email, vat_id, leitweg_id,
           buyer_reference, language, currency, tax, terms_days, archived
    FROM clients"""
_PROJECT = """
    SELECT p.id, c.slug || '/' || p.slug, c.slug, p.name, p.billable, p.archived, p.client_id, c.archived
    FROM projects p JOIN clients c ON c.id = p.client_id"""


@dataclass(frozen=True, slots=True)
class Rates:
    """Every rate, by owner: from which day on, and how much an hour."""

    clients: dict[int, list[tuple[str, Decimal]]]
    projects: dict[int, list[tuple[str, Decimal]]]

    def on(self, project_id: int, client_id: int, day: str) -> Decimal | None:
        """The rate valid on `day`: the project's, else its client's."""
        for rates in (self.projects.get(project_id, ()), self.clients.get(client_id, ())):
            valid = [rate for since, rate in rates if since <= day]
            if valid:
                return valid[-1]
        return None

    def steps(self, project_id: int, client_id: int) -> list[str]:
        """The days on which the rate of a project may change."""
        own = self.projects.get(project_id, ())
        return sorted({since for since, _ in (*own, *self.clients.get(client_id, ()))})


def rates(store: Store) -> Rates:
    """All rates; there are few."""
    found = Rates({}, {})
    for client_id, project_id, since, rate in store.rows(
        "SELECT client_id, project_id, valid_from, rate FROM rates ORDER BY valid_from"
    ):
        owner, key = (
            (found.clients, client_id) if project_id is None else (found.projects, project_id)
        )
        owner.setdefault(key, []).append((since, Decimal(rate)))
    return found


def add_client(store: Store, row: dict[str, Any], rate: Decimal | None) -> int:
    """Adds a client and its rate; `row` has the columns of the table."""
    with store.transaction() as journal:
        client_id = journal.insert("clients", row)
        if rate is not None:
            journal.insert(
                "rates", {"client_id": client_id, "valid_from": ALWAYS, "rate": f"{rate:f}"}
            )
    return client_id


def change_client(
    store: Store, client_id: int, row: dict[str, Any], rate: Decimal | None, since: str
) -> None:
    """Changes the given columns, and the rate from the day `since` on."""
    with store.transaction() as journal:
        if row:
            journal.update("clients", client_id, row)
        if rate is not None:
            _set_rate(store, "client_id", client_id, rate, since)


def add_project(store: Store, row: dict[str, Any], rate: Decimal | None) -> int:
    """Adds a project and its rate."""
    with store.transaction() as journal:
        project_id = journal.insert("projects", row)
        if rate is not None:
            journal.insert(
                "rates", {"project_id": project_id, "valid_from": ALWAYS, "rate": f"{rate:f}"}
            )
    return project_id


def change_project(
    store: Store, project_id: int, row: dict[str, Any], rate: Decimal | None, since: str
) -> None:
    """Changes the given columns, and the rate from the day `since` on."""
    with store.transaction() as journal:
        if row:
            journal.update("projects", project_id, row)
        if rate is not None:
            _set_rate(store, "project_id", project_id, rate, since)


def _set_rate(store: Store, column: str, owner: int, rate: Decimal, since: str) -> None:
    old = store.row(f"SELECT id FROM rates WHERE {column} = ? AND valid_from = ?", owner, since)
    if old:
        store.journal.update("rates", old[0], {"rate": f"{rate:f}"})
    else:
        store.journal.insert("rates", {column: owner, "valid_from": since, "rate": f"{rate:f}"})


def client_id_of(store: Store, slug: str) -> int | None:
    """The row of a client by its id, or None."""
    row = store.row("SELECT id FROM clients WHERE slug = ?", slug)
    return row[0] if row else None


def project_id_of(store: Store, client: str, slug: str) -> int | None:
    """The row of a project by its id, or None."""
    row = store.row(
        "SELECT p.id FROM projects p JOIN clients c ON c.id = p.client_id WHERE c.slug = ? AND p.slug = ?",
        client,
        slug,
    )
    return row[0] if row else None


def client(store: Store, client_id: int, today: str) -> Client:
    """One client as it is, with the rate valid `today`."""
    return _client(store.row(f"{_CLIENT} WHERE id = ?", client_id), rates(store), today)


def clients(store: Store, today: str, *, archived: bool) -> list[Client]:
    """Clients by id; archived ones only if asked for."""
    book = rates(store)
    where = "" if archived else "WHERE archived = 0"
    return [_client(row, book, today) for row in store.rows(f"{_CLIENT} {where} ORDER BY slug")]


def project(store: Store, project_id: int, today: str) -> Project:
    """One project as it is, with its own rate valid `today`."""
    return _project(store.row(f"{_PROJECT} WHERE p.id = ?", project_id), rates(store), today)


def projects(
    store: Store, today: str, *, archived: bool, client: str | None = None
) -> list[Project]:
    """Projects by id; archived ones, and those of archived clients, only if asked for."""
    book = rates(store)
    where, values = ["1"], []
    if not archived:
        where.append("p.archived = 0 AND c.archived = 0")
    if client:
        where.append("c.slug = ?")
        values.append(client)
    rows = store.rows(f"{_PROJECT} WHERE {' AND '.join(where)} ORDER BY 2", *values)
    return [_project(row, book, today) for row in rows]


def names(store: Store) -> Sequence[tuple[int, str, str | None]]:
    """Row, id and name of every project, for finding one by name."""
    return store.rows(
        "SELECT p.id, c.slug || '/' || p.slug, p.name FROM projects p "
        "JOIN clients c ON c.id = p.client_id ORDER BY p.archived, 2"
    )


def last_used_project(store: Store) -> int | None:
    """The project of the entry that started last."""
    row = store.row("SELECT project_id FROM entries ORDER BY from_at DESC LIMIT 1")
    return row[0] if row else None


def project_facts(store: Store) -> dict[int, tuple[str, str, int, str]]:
    """Row → project id, client id, client row, currency: what a report joins in memory."""
    return {
        row[0]: (row[1], row[2], row[3], row[4])
        for row in store.rows(
            "SELECT p.id, c.slug || '/' || p.slug, c.slug, c.id, c.currency "
            "FROM projects p JOIN clients c ON c.id = p.client_id"
        )
    }


def _client(row: Any, book: Rates, today: str) -> Client:
    return Client(
        id=row[1],
        name=row[2],
        type=row[3],
        address=PostalAddress(row[4], row[5], row[6], row[7]),
        email=row[8],
        vat_id=row[9],
        leitweg_id=row[10],
        buyer_reference=row[11],
        language=row[12],
        rate=book.on(0, row[0], today),
        currency=row[13],
        tax=row[14] or "standard",
        terms_days=row[15],
        archived=bool(row[16]),
    )


def _project(row: Any, book: Rates, today: str) -> Project:
    return Project(
        id=row[1],
        client=row[2],
        name=row[3],
        rate=book.on(row[0], 0, today),
        billable=bool(row[4]),
        archived=bool(row[5] or row[7]),
    )
