"""What waits in a local copy, as entries that a person knows: with their project, in the zone they were lived in."""

from __future__ import annotations

from cowork_cli.domain.outbox import WaitingChange, WaitingHours
from cowork_cli.domain.zones import at, zone_named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
    from zoneinfo import ZoneInfo

    from cowork_cli.store.engine.connection import Connection
    from cowork_cli.store.engine.offline.outbox import Waiting


def shown(copy: Connection, change: Waiting, zone: ZoneInfo) -> WaitingChange:
    """Both sides of a change: what would be with it, and what stands against it."""
    mine = tuple(
        _hours(copy, image.after or image.before or {}, removed=image.after is None)
        for image in change.images
    )
    held = change.held
    return WaitingChange(
        change.ref,
        at(change.at, zone),
        change.command,
        "waiting" if held is None else "held",
        held.reason if held else None,
        mine,
        _hours(copy, held.theirs) if held and held.theirs else None,
    )


def _hours(copy: Connection, row: dict[str, Any], *, removed: bool = False) -> WaitingHours:
    zone = zone_named(row["timezone"])
    project = copy.value(
        "SELECT c.slug || '/' || p.slug FROM projects p JOIN clients c ON c.id = p.client_id "
        "WHERE p.id = ?",
        row["project_id"],
    )
    number = copy.value("SELECT number FROM invoices WHERE id = ?", row["invoice_id"])
    end = row["to_at"]
    return WaitingHours(
        f"e-{row['id']}",
        project,
        at(row["from_at"], zone),
        None if end is None else at(end, zone),
        row["note"],
        row.get("person") or None,
        number,
        removed,
    )
