"""Paper post: what came, from whom, by when to answer."""

from __future__ import annotations

from datetime import date

from cowork_cli.records import dataclass
from cowork_cli.store.engine.journal import Journal
from cowork_cli.store.engine.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


_COLUMNS = """p.id, p.kind, p.sender, p.posted, p.received, p.land, p.parish, p.address_id,
    p.deemed_received, p.deadline, p.deadline_state, p.deadline_done, p.rule, p.source, p.state,
    p.state_day, p.note"""


@dataclass(frozen=True, slots=True)
class OpenDeadline:
    """What the list of deadlines shows of a letter."""

    number: int
    kind: str
    sender: str
    deadline: date
    rule: str
    source: str


def every(store: Store) -> list[Any]:
    """All post by row, the newest first."""
    return store.rows(f"SELECT {_COLUMNS} FROM posts p ORDER BY p.id DESC")


def one(store: Store, number: int) -> Any | None:
    """The row `p-NUMBER`, or None."""
    return store.row(f"SELECT {_COLUMNS} FROM posts p WHERE p.id = ?", number)


def open_rows(store: Store, until: date) -> list[Any]:
    """Post with an open deadline up to a day, the earliest first."""
    return store.rows(
        f"SELECT {_COLUMNS} FROM posts p WHERE p.deadline_state = 'open' AND p.deadline <= ? "
        "ORDER BY p.deadline, p.id",
        until.isoformat(),
    )


def open_deadlines(store: Store, until: date) -> list[OpenDeadline]:
    """Open deadlines up to a day, the earliest first; reads the index of open ones alone."""
    rows = store.rows(
        "SELECT id, kind, sender, deadline, rule, source FROM posts "
        "WHERE deadline_state = 'open' AND deadline <= ? ORDER BY deadline, id",
        until.isoformat(),
    )
    return [
        OpenDeadline(
            row.id, row.kind, row.sender, date.fromisoformat(row.deadline), row.rule, row.source
        )
        for row in rows
    ]


def senders(store: Store) -> list[tuple[int, str]]:
    """Number and sender of all post."""
    return store.rows("SELECT id, sender FROM posts ORDER BY id")


def same(store: Store, values: Mapping[str, Any]) -> int | None:
    """A piece of post of the same kind, sender and day, or None."""
    number: int | None = store.value(
        "SELECT id FROM posts WHERE kind = ? AND sender = ? "
        "AND coalesce(posted, '') = ? AND coalesce(received, '') = ?",
        values["kind"],
        values["sender"],
        values["posted"] or "",
        values["received"] or "",
    )
    return number


def of_address(store: Store, address: int) -> list[int]:
    """The post that came to an address."""
    rows = store.rows("SELECT id FROM posts WHERE address_id = ? ORDER BY id", address)
    return [row.id for row in rows]


def add(journal: Journal, values: Mapping[str, Any]) -> int:
    """Adds a piece of post and returns its number."""
    return journal.insert("posts", values)


def change(journal: Journal, number: int, values: Mapping[str, Any]) -> bool:
    """Changes a piece of post; False if it is that way already."""
    return journal.update("posts", number, values)


def remove(journal: Journal, number: int) -> None:
    """Removes a piece of post."""
    journal.delete("posts", number)
