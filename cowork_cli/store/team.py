"""The team in the store: for whom one pays desks, up to which sum a month, and what was booked for them."""

from __future__ import annotations

import json

from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from cowork_cli.store.engine.journal import Journal
    from cowork_cli.store.engine.store import Store


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A row: `cap` is cents of euro a month, None for no limit."""

    id: int
    name: str
    cost_centre: str | None
    cap: int | None
    person: int | None


@dataclass(frozen=True, slots=True)
class Visit:
    """A booking that was made for somebody: times in seconds since 1970, `price` as a quote said.

    `checked_in_at` is None where no check-in is known.
    """

    id: int
    person: str
    space: str
    desk: str
    from_at: int
    to_at: int
    zone: str
    state: str
    price: list[Any] | None
    checked_in_at: int | None


def every(store: Store) -> list[MemberRow]:
    """All members by name."""
    rows = store.rows(
        "SELECT id, name, cost_centre, cap, person_id FROM members ORDER BY lower(name), id"
    )
    return [MemberRow(*row) for row in rows]


def named(store: Store, name: str) -> MemberRow | None:
    """The member of exactly this name."""
    return next((row for row in every(store) if row.name == name), None)


def of_person(store: Store, number: int) -> str | None:
    """The name by which a person belongs to the team."""
    name = store.value("SELECT name FROM members WHERE person_id = ?", number)
    return None if name is None else str(name)


def name_of(store: Store, person: str) -> str | None:
    """The same of `person-3`."""
    return of_person(store, int(person.removeprefix("person-")))


def add(journal: Journal, values: Mapping[str, Any]) -> int:
    """Adds a member."""
    return journal.insert("members", values)


def change(journal: Journal, number: int, values: Mapping[str, Any]) -> bool:
    """Changes a member."""
    return journal.update("members", number, values)


def remove(journal: Journal, number: int) -> None:
    """Removes a member; their bookings stay."""
    journal.delete("members", number)


def forget(store: Store, journal: Journal, person: int) -> list[tuple[str, int]]:
    """Removes the membership of a person; table and row."""
    rows = store.rows("SELECT id FROM members WHERE person_id = ?", person)
    for row in rows:
        journal.delete("members", row.id)
    return [("members", row.id) for row in rows]


def visits(store: Store, from_at: int, to_at: int, person: str | None = None) -> list[Visit]:
    """Live bookings for others that begin in a stretch of time, in order."""
    rows = store.rows(
        "SELECT id, person, space_name, desk_name, from_at, to_at, timezone, state, price, "
        "checked_in_at "
        "FROM bookings WHERE person IS NOT NULL AND from_at >= ? AND from_at < ? "
        "AND state NOT IN ('cancelled', 'refused') AND (? IS NULL OR person = ?) "
        "ORDER BY person, from_at, id",
        from_at,
        to_at,
        person,
        person,
    )
    return [
        Visit(
            row.id, row.person, row.space_name, row.desk_name, row.from_at, row.to_at,
            row.timezone, row.state, json.loads(row.price) if row.price else None,
            row.checked_in_at,
        )
        for row in rows
    ]  # fmt: skip
