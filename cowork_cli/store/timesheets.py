"""The entries behind the lines of an invoice, as a list of hours needs them."""

from typing import Any

from cowork_cli.store.engine.store import Store
from cowork_cli.store.persons import shown


def entries_behind(store: Store, invoice_id: int) -> list[tuple[Any, ...]]:
    """By time: line, row, UUID, day, start, end, zone, project, its row and name, client row, note, tags, person."""
    return store.rows(
        "SELECT l.position, e.id, e.uuid, e.day, e.from_at, e.to_at, e.timezone, "
        "c.slug || '/' || p.slug AS project, e.project_id, p.name, p.client_id, e.note, e.tags, "
        f"{shown('e.person')} AS person "
        "FROM invoice_entries ie JOIN invoice_lines l ON l.id = ie.line_id "
        "JOIN entries e ON e.id = ie.entry_id AND e.uuid = ie.entry_uuid "
        "JOIN projects p ON p.id = e.project_id JOIN clients c ON c.id = p.client_id "
        "WHERE ie.invoice_id = ? AND e.to_at IS NOT NULL ORDER BY e.from_at",
        invoice_id,
    )
