"""The entries that a draft holds, and whether they still are what it was made of."""

import json
from collections.abc import Sequence
from typing import Any

from cowork_cli.domain.billing import TRAVEL_TAGS
from cowork_cli.store.engine.rows import as_dict
from cowork_cli.store.engine.store import Store


def changed(store: Store, draft_id: int) -> list[str]:
    """Entries of a draft that are not any more what they were when it was made.

    What counts is what a line is made of: how long, billable, the project, the day, travel or not.
    """
    rows = store.rows(
        "SELECT ie.id AS held, ie.entry_id, ie.seconds, e.id, e.from_at, e.to_at, e.billable, "
        "e.project_id, e.day, e.tags FROM invoice_entries ie LEFT JOIN entries e "
        "ON e.id = ie.entry_id AND e.uuid = ie.entry_uuid WHERE ie.invoice_id = ? "
        "ORDER BY ie.entry_id",
        draft_id,
    )
    return [f"e-{row.entry_id}" for row in rows if _is_changed(store, row)]


def holding(store: Store, entry_ids: Sequence[int]) -> list[int]:
    """The drafts that hold any of these entries, also of such as are gone by now."""
    marks = ", ".join("?" * len(entry_ids))
    rows = store.rows(
        "SELECT DISTINCT ie.invoice_id FROM invoice_entries ie JOIN invoices i "
        f"ON i.id = ie.invoice_id WHERE i.state = 'draft' AND ie.entry_id IN ({marks}) ORDER BY 1",
        *entry_ids,
    )
    return [draft_id for (draft_id,) in rows]


def _is_changed(store: Store, row: Any) -> bool:
    if row.id is None or row.to_at is None or not row.billable:
        return True
    if row.to_at - row.from_at != row.seconds:
        return True
    before = _as_drafted(store, row.held, row.entry_id)
    return before is not None and _billed_as(before) != _billed_as(as_dict(row))


def _as_drafted(store: Store, held: int, entry_id: int) -> dict[str, Any] | None:
    """The entry as it was when it was put on the draft; None if it was not touched since."""
    text = store.value(
        "SELECT before FROM journal WHERE table_name = 'entries' AND row_id = ? AND id > "
        "(SELECT max(id) FROM journal WHERE table_name = 'invoice_entries' AND row_id = ? "
        "AND before IS NULL) ORDER BY id LIMIT 1",
        entry_id,
        held,
    )
    return None if text is None else dict(json.loads(text))


def _billed_as(entry: dict[str, Any]) -> tuple[Any, ...]:
    """What of an entry decides on which line it stands, and for how much."""
    travel = not TRAVEL_TAGS.isdisjoint((entry["tags"] or "").split(","))
    return entry["project_id"], entry["day"], travel
