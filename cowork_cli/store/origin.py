"""What was billed, line by line, with the client and the projects behind it."""

from __future__ import annotations

from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from cowork_cli.domain.period import Period
    from cowork_cli.store.engine.store import Store


@dataclass(frozen=True, slots=True)
class BilledLine:
    """A line of an issued invoice that was not cancelled; `net` in the minor unit of `currency`."""

    invoice: int
    client: int
    currency: str
    net: int
    projects: tuple[int, ...]


def lines(store: Store, period: Period) -> Iterator[BilledLine]:
    """The lines of invoices dated in the period; cancelled ones and cancellations are left out."""
    projects: dict[int, list[int]] = {}
    for row in store.rows(
        "SELECT DISTINCT b.line_id, e.project_id FROM invoice_entries b JOIN entries e ON e.id = b.entry_id"
    ):
        projects.setdefault(row.line_id, []).append(row.project_id)
    for row in store.rows(
        "SELECT l.id, l.invoice_id, i.client_id, i.currency, l.net FROM invoice_lines l "
        "JOIN invoices i ON i.id = l.invoice_id WHERE i.state = 'issued' AND i.cancels_id IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM invoices o WHERE o.cancels_id = i.id AND o.state = 'issued') "
        "AND (? IS NULL OR i.date >= ?) AND (? IS NULL OR i.date <= ?) ORDER BY l.id",
        *(day and day.isoformat() for day in (period.from_, period.from_, period.to, period.to)),
    ):
        yield BilledLine(
            row.invoice_id, row.client_id, row.currency, row.net, tuple(projects.get(row.id, ()))
        )
