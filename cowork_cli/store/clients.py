"""Clients, projects and what was agreed with them in the store."""

from __future__ import annotations

from decimal import Decimal

from cowork_cli.domain.client import Client, Project
from cowork_cli.domain.money import Money
from cowork_cli.domain.party import PostalAddress
from cowork_cli.store.engine.rows import as_dict
from cowork_cli.store.rates import ALWAYS, NewRate, Rates, rates

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from cowork_cli.domain.billing import Terms
    from cowork_cli.store.engine.store import Store

_CLIENT = """
    SELECT id, slug, name, type, street, postcode, city, country, email, vat_id, leitweg_id,
           buyer_reference, language, currency, tax, terms_days, archived, skonto, rounding,
           travel_factor, note, exempt_reason
    FROM clients"""
_PROJECT = """
    SELECT p.id, c.slug || '/' || p.slug AS full_id, c.slug AS client, p.name, p.billable,
           p.archived = 1 OR c.archived = 1 AS archived, p.hours_per_day, p.half_day_from_s, p.budget_s, p.budget_minor, c.currency,
           p.rounding, p.note
    FROM projects p JOIN clients c ON c.id = p.client_id"""


def terms(store: Store) -> dict[int, Terms]:
    """What was agreed for the hours of each project, by its row; its own rule wins."""
    from cowork_cli.domain.billing import HOURS_PER_DAY, Terms, parse_rule

    return {
        row.id: Terms(
            rule=parse_rule(row.rounding) if row.rounding else None,
            travel_factor=Decimal(row.travel_factor) if row.travel_factor else None,
            hours_per_day=Decimal(row.hours_per_day) if row.hours_per_day else HOURS_PER_DAY,
            half_day_from_s=row.half_day_from_s,
        )
        for row in store.rows(
            "SELECT p.id, coalesce(p.rounding, c.rounding) AS rounding, c.travel_factor, p.hours_per_day, "
            "p.half_day_from_s FROM projects p JOIN clients c ON c.id = p.client_id"
        )
    }


def add_client(store: Store, row: dict[str, Any], rate: NewRate | None) -> int:
    """Adds a client and its rate; `row` has the columns of the table."""
    with store.transaction():
        return insert_client(store, row, rate)


def insert_client(store: Store, row: dict[str, Any], rate: NewRate | None) -> int:
    """The same in a transaction of the caller."""
    client_id = store.journal.insert("clients", row)
    if rate is not None:
        _set_rate(store, "client_id", client_id, rate, ALWAYS)
    return client_id


def change_client(
    store: Store, client_id: int, row: dict[str, Any], rate: NewRate | None, today: str
) -> bool:
    """Changes the given columns and the rate; False if all is that way already."""
    with store.transaction():
        return update_client(store, client_id, row, rate, today)


def update_client(
    store: Store, client_id: int, row: dict[str, Any], rate: NewRate | None, today: str
) -> bool:
    """The same in a transaction of the caller."""
    changed = store.journal.update("clients", client_id, row) if row else False
    if rate is not None:
        changed = _set_rate(store, "client_id", client_id, rate, today) or changed
    return changed


def add_project(store: Store, row: dict[str, Any], rate: NewRate | None) -> int:
    """Adds a project and its rate."""
    with store.transaction():
        return insert_project(store, row, rate)


def insert_project(store: Store, row: dict[str, Any], rate: NewRate | None) -> int:
    """The same in a transaction of the caller."""
    project_id = store.journal.insert("projects", row)
    if rate is not None:
        _set_rate(store, "project_id", project_id, rate, ALWAYS)
    return project_id


def change_project(
    store: Store, project_id: int, row: dict[str, Any], rate: NewRate | None, today: str
) -> None:
    """Changes the given columns and the rate."""
    with store.transaction():
        update_project(store, project_id, row, rate, today)


def update_project(
    store: Store, project_id: int, row: dict[str, Any], rate: NewRate | None, today: str
) -> None:
    """The same in a transaction of the caller."""
    if row:
        store.journal.update("projects", project_id, row)
    if rate is not None:
        _set_rate(store, "project_id", project_id, rate, today)


def _set_rate(store: Store, column: str, owner: int, rate: NewRate, today: str) -> bool:
    since = rate.since or _valid_since(store, column, owner, today)
    old = store.value(f"SELECT id FROM rates WHERE {column} = ? AND valid_from = ?", owner, since)
    values = {"rate": f"{rate.money:f}", "unit": rate.unit}
    if old:
        return store.journal.update("rates", old, values)
    store.journal.insert("rates", {column: owner, "valid_from": since, **values})
    return True


def _valid_since(store: Store, column: str, owner: int, today: str) -> str:
    """The first day of the rate that is valid today, ALWAYS without one."""
    since = store.value(
        f"SELECT max(valid_from) FROM rates WHERE {column} = ? AND valid_from <= ?", owner, today
    )
    return since or ALWAYS


def client_id_of(store: Store, slug: str) -> int | None:
    """The row of a client by its id, or None."""
    number: int | None = store.value("SELECT id FROM clients WHERE slug = ?", slug)
    return number


def project_id_of(store: Store, client: str, slug: str) -> int | None:
    """The row of a project by its id, or None."""
    number: int | None = store.value(
        "SELECT p.id FROM projects p JOIN clients c ON c.id = p.client_id WHERE c.slug = ? AND p.slug = ?",
        client,
        slug,
    )
    return number


def client(store: Store, client_id: int, today: str) -> Client:
    """One client as it is, with the rate valid `today`."""
    return _client(store.row(f"{_CLIENT} WHERE id = ?", client_id), rates(store), today)


def said_tax(store: Store, client_id: int) -> str | None:
    """The tax case that was said of a client, None if none ever was."""
    tax: str | None = store.value("SELECT tax FROM clients WHERE id = ?", client_id)
    return tax


def clients(store: Store, today: str, *, archived: bool) -> list[Client]:
    """Clients by id; archived ones only if asked for."""
    book = rates(store)
    where = "" if archived else "WHERE archived = 0"
    return [_client(row, book, today) for row in store.rows(f"{_CLIENT} {where} ORDER BY slug")]


def project(store: Store, project_id: int, today: str) -> Project:
    """One project as it is, with its own rate valid `today`."""
    return _project(store.row(f"{_PROJECT} WHERE p.id = ?", project_id), rates(store), today)


def project_columns(store: Store, project_id: int) -> dict[str, Any]:
    """What a change of a project is checked against: its ids, currency, length of a day."""
    row = store.row(
        "SELECT c.slug AS client, p.slug, c.currency, p.hours_per_day, p.half_day_from_s "
        "FROM projects p JOIN clients c ON c.id = p.client_id WHERE p.id = ?",
        project_id,
    )
    return as_dict(row)


def projects(
    store: Store, today: str, *, archived: bool, client: str | None = None
) -> list[Project]:
    """Projects by id; archived ones, and those of archived clients, only if asked for."""
    book = rates(store)
    where, values = ["p.archived = 0 AND c.archived = 0"], []
    if archived:
        where = ["1 = 1"]
    if client:
        where.append("c.slug = ?")
        values.append(client)
    rows = store.rows(f"{_PROJECT} WHERE {' AND '.join(where)} ORDER BY 2", *values)
    return [_project(row, book, today) for row in rows]


def names(store: Store) -> Sequence[tuple[int, str, str | None]]:
    """Row, id and name of every project, for finding one by name."""
    return store.rows(
        "SELECT p.id, c.slug || '/' || p.slug AS full_id, p.name FROM projects p "
        "JOIN clients c ON c.id = p.client_id ORDER BY p.archived, 2"
    )


def last_used_project(store: Store) -> int | None:
    """The project of this person's entry that started last."""
    number: int | None = store.value(
        "SELECT project_id FROM entries WHERE person = ? ORDER BY from_at DESC LIMIT 1",
        store.person,
    )
    return number


def budgets(store: Store, project_id: int | None = None) -> list[Any]:
    """Rows (project row, id, client row, currency, seconds, minor units) of projects with a budget.

    All that are not archived, or one whatever it is.
    """
    where = "p.id = ?" if project_id else "p.archived = 0 AND c.archived = 0"
    return store.rows(
        "SELECT p.id, c.slug || '/' || p.slug AS full_id, p.client_id, c.currency, p.budget_s, p.budget_minor "
        "FROM projects p JOIN clients c ON c.id = p.client_id "
        f"WHERE (p.budget_s IS NOT NULL OR p.budget_minor IS NOT NULL) AND {where} ORDER BY 2",
        *([project_id] if project_id else []),
    )


def _client(row: Any, book: Rates, today: str) -> Client:
    return Client(
        id=row.slug,
        name=row.name,
        type=row.type,
        address=PostalAddress(row.street, row.postcode, row.city, row.country),
        email=row.email,
        vat_id=row.vat_id,
        leitweg_id=row.leitweg_id,
        buyer_reference=row.buyer_reference,
        language=row.language,
        rate=book.on(0, row.id, today),
        currency=row.currency,
        tax=row.tax or "standard",
        terms_days=row.terms_days,
        archived=bool(row.archived),
        skonto=row.skonto,
        rounding=row.rounding,
        travel_factor=Decimal(row.travel_factor) if row.travel_factor else None,
        note=row.note,
        exempt_reason=row.exempt_reason,
    )


def _project(row: Any, book: Rates, today: str) -> Project:
    rate = book.valid(row.id, 0, today)
    by_day = rate is not None and rate.unit == "day"
    return Project(
        id=row.full_id,
        client=row.client,
        name=row.name,
        rate=rate.money if rate and not by_day else None,
        billable=bool(row.billable),
        archived=bool(row.archived),
        day_rate=rate.money if rate and by_day else None,
        hours_per_day=rate.hours_per_day if rate and by_day else None,
        half_day_from_s=row.half_day_from_s,
        budget_s=row.budget_s,
        budget=None if row.budget_minor is None else Money(row.budget_minor, row.currency),
        rounding=row.rounding,
        note=row.note,
        currency=row.currency,
    )
