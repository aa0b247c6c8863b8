"""Moves from one held address to another, and the rows of their runs."""

from __future__ import annotations

from datetime import date

from cowork_cli.records import dataclass
from cowork_cli.store.engine.journal import Journal
from cowork_cli.store.engine.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


@dataclass(frozen=True, slots=True)
class MoveRecord:
    """A move: from address `old` to address `new`, as of `day`."""

    number: int
    old: int
    new: int
    day: date


def every(store: Store) -> list[MoveRecord]:
    """All moves, the earliest day first."""
    rows = store.rows("SELECT id, old_id, new_id, day FROM moves ORDER BY day, id")
    return [MoveRecord(row.id, row.old_id, row.new_id, date.fromisoformat(row.day)) for row in rows]


def rows_of(store: Store, move: int) -> list[Any]:
    """The rows of a run, the earliest due first."""
    return store.rows(
        "SELECT id, code, due, doubt, done, proof FROM move_rows WHERE move_id = ? "
        "ORDER BY done IS NOT NULL, due, id",
        move,
    )


def open_rows(store: Store, until: date) -> list[tuple[int, str, date]]:
    """Move, code and due day of rows that are not done, the earliest first."""
    rows = store.rows(
        "SELECT move_id, code, due FROM move_rows WHERE done IS NULL AND due <= ? ORDER BY due, id",
        until.isoformat(),
    )
    return [(row.move_id, row.code, date.fromisoformat(row.due)) for row in rows]


def add(journal: Journal, values: Mapping[str, Any]) -> int:
    """Adds a move and returns its number."""
    return journal.insert("moves", values)


def add_row(journal: Journal, values: Mapping[str, Any]) -> int:
    """Adds a row of a run."""
    return journal.insert("move_rows", values)


def change_row(journal: Journal, row_id: int, values: Mapping[str, Any]) -> bool:
    """Changes a row of a run; False if it is that way already."""
    return journal.update("move_rows", row_id, values)


def of_address(store: Store, address: int) -> list[int]:
    """The moves from or to an address."""
    rows = store.rows(
        "SELECT id FROM moves WHERE old_id = ? OR new_id = ? ORDER BY id", address, address
    )
    return [row.id for row in rows]
