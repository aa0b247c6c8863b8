"""Things that are tried for a while, by name."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from cowork_cli.store.engine.journal import Journal
    from cowork_cli.store.engine.store import Store

_COLUMNS = "id, name, from_day, to_day, place, note"


def every(store: Store) -> list[Any]:
    """Rows (id, name, from_day, to_day, place, note), the last begun first."""
    return store.rows(f"SELECT {_COLUMNS} FROM trials ORDER BY from_day DESC, id DESC")


def named(store: Store, name: str) -> Any:
    """The row of a trial, or None."""
    return store.row(f"SELECT {_COLUMNS} FROM trials WHERE name = ?", name)


def add(journal: Journal, values: Mapping[str, Any]) -> int:
    """Adds a trial and returns its row."""
    return journal.insert("trials", values)


def end(journal: Journal, number: int, day: str) -> bool:
    """Says the last day of a trial; False if it is that way already."""
    return journal.update("trials", number, {"to_day": day})


def cost(store: Store, first: str, last: str) -> tuple[int, int]:
    """Cents of net desk cost in a stretch: expenses for rent or of a booking, and how many have no price.

    An expense in another currency than euro has none here.
    """
    row = store.row(
        "SELECT coalesce(sum(CASE WHEN currency = 'EUR' THEN net ELSE 0 END), 0) AS cents, "
        "coalesce(sum(CASE WHEN currency = 'EUR' THEN 0 ELSE 1 END), 0) AS other FROM expenses "
        "WHERE day BETWEEN ? AND ? AND (category = 'rent' OR booking_id IS NOT NULL)",
        first,
        last,
    )
    return row.cents, row.other
