"""People in the store: who they are, and what was between them and oneself."""

from __future__ import annotations

from datetime import date

from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.people import Person, Talk
from cowork_cli.records import replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from cowork_cli.store.engine.journal import Journal
    from cowork_cli.store.engine.store import Store

_PERSON = """SELECT p.id, p.name, p.company, p.trade, p.skills, p.email, p.phone, p.web, p.street, p.postcode,
    p.city, p.country, p.language, p.met_on, p.met_at, p.purpose, p.note, p.source, p.added_on,
    c.slug AS client FROM people p LEFT JOIN clients c ON c.id = p.client_id"""
_TALK = """SELECT t.id, p.name AS person, t.day, t.kind, t.text, o.name AS other, c.slug AS client,
    d.slug || '/' || r.slug AS project FROM talks t JOIN people p ON p.id = t.person_id
    LEFT JOIN people o ON o.id = t.other_id LEFT JOIN clients c ON c.id = t.client_id
    LEFT JOIN projects r ON r.id = t.project_id LEFT JOIN clients d ON d.id = r.client_id"""


def every(store: Store) -> list[Person]:
    """All people by name, without what was between us."""
    return [_person(row) for row in store.rows(f"{_PERSON} ORDER BY lower(p.name), p.id")]


def one(store: Store, number: int) -> Person | None:
    """The person `person-NUMBER` with all that was between us, or None."""
    row = store.row(f"{_PERSON} WHERE p.id = ?", number)
    return None if row is None else replace(_person(row), talks=tuple(talks(store, number)))


def names(store: Store) -> list[tuple[int, str, str | None, str | None]]:
    """Row, name, company and e-mail address of each."""
    rows = store.rows("SELECT id, name, company, email FROM people ORDER BY id")
    return [(row.id, row.name, row.company, row.email) for row in rows]


def cards(store: Store) -> dict[str, int]:
    """The people that came with a vCard that had an identity: its UID, and the row."""
    rows = store.rows("SELECT card_uid, id FROM people WHERE card_uid IS NOT NULL")
    return {row.card_uid: row.id for row in rows}


def card_uid(store: Store, number: int) -> tuple[str | None, str]:
    """The identity of the vCard that a person came with, and our own."""
    row = store.row("SELECT card_uid, uuid FROM people WHERE id = ?", number)
    return row.card_uid, row.uuid


def talks(store: Store, number: int) -> list[Talk]:
    """What was between a person and oneself, the newest first."""
    rows = store.rows(f"{_TALK} WHERE t.person_id = ? ORDER BY t.day DESC, t.id DESC", number)
    return [_talk(row) for row in rows]


def talk(store: Store, number: int) -> Talk | None:
    """The talk `talk-NUMBER`, or None."""
    row = store.row(f"{_TALK} WHERE t.id = ?", number)
    return None if row is None else _talk(row)


def brought(store: Store) -> Iterator[tuple[str, str, int | None, int | None]]:
    """Person, kind, client row and project row of each lead and order, the first one first."""
    for row in store.rows(
        "SELECT p.name, t.kind, t.client_id, t.project_id FROM talks t JOIN people p "
        "ON p.id = t.person_id WHERE t.kind IN ('lead', 'order') ORDER BY t.day, t.id"
    ):
        yield row.name, row.kind, row.client_id, row.project_id


def add(journal: Journal, values: Mapping[str, Any]) -> int:
    """Adds a person and returns the row."""
    return journal.insert("people", values)


def change(journal: Journal, number: int, values: Mapping[str, Any]) -> bool:
    """Changes a person; False if that is so already."""
    return journal.update("people", number, values)


def add_talk(journal: Journal, values: Mapping[str, Any]) -> int:
    """Adds a talk and returns its row."""
    return journal.insert("talks", values)


def remove_talk(journal: Journal, number: int) -> None:
    """Removes a talk."""
    journal.delete("talks", number)


def remove(store: Store, journal: Journal, number: int) -> list[tuple[str, int]]:
    """Removes a person and every talk with or about them; table and row of each."""
    gone: list[tuple[str, int]] = []
    for row in store.rows(
        "SELECT id FROM talks WHERE person_id = ? OR other_id = ? ORDER BY id", number, number
    ):
        journal.delete("talks", row.id)
        gone.append(("talks", row.id))
    journal.delete("people", number)
    return [*gone, ("people", number)]


def records_of(store: Store, number: int) -> list[tuple[str, int]]:
    """Table and row of everything that ever was about a person: also what was removed or undone."""
    found = {("people", number)}
    for table, column in (("talks", "person_id"), ("members", "person_id")):
        rows = store.rows(f"SELECT id FROM {table} WHERE {column} = ?", number)
        found |= {(table, row.id) for row in rows}
    found |= {
        ("talks", row.id) for row in store.rows("SELECT id FROM talks WHERE other_id = ?", number)
    }
    from cowork_cli.store.engine import dialect

    for table, column in (
        ("talks", "person_id"),
        ("talks", "other_id"),
        ("members", "person_id"),
        ("job_parts", "person_id"),
    ):
        value = dialect.json_number("coalesce(after, before)", column)
        rows = store.rows(
            f"SELECT DISTINCT row_id FROM journal WHERE table_name = ? AND {value} = ?",
            table,
            number,
        )
        found |= {(table, row.row_id) for row in rows}
    return sorted(found)


def _person(row: Any) -> Person:
    return Person(
        id=f"person-{row.id}",
        name=row.name,
        company=row.company,
        trade=row.trade,
        skills=tuple(filter(None, row.skills.split(","))),
        email=row.email,
        phone=row.phone,
        web=row.web,
        address=PostalAddress(row.street, row.postcode, row.city, row.country),
        language=row.language,
        met_on=_day(row.met_on),
        met_at=row.met_at,
        purpose=row.purpose,
        client=row.client,
        note=row.note,
        source=row.source,
        added_on=date.fromisoformat(row.added_on),
    )


def _talk(row: Any) -> Talk:
    return Talk(
        f"talk-{row.id}",
        row.person,
        date.fromisoformat(row.day),
        row.kind,
        row.text,
        row.other,
        row.client,
        row.project,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
