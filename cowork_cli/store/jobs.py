"""Joint jobs in the store: who works on them, the hours of the others, what is invoiced among them."""

from __future__ import annotations

from datetime import date

from cowork_cli.domain.money import Money
from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from cowork_cli.store.engine.journal import Journal
    from cowork_cli.store.engine.store import Store


@dataclass(frozen=True, slots=True)
class JobRow:
    """A row; amounts in the minor unit of `currency`."""

    id: int
    name: str
    client_id: int
    client: str
    project_id: int | None
    project: str | None
    split: str
    currency: str
    total: int | None
    opened_on: date
    closed_on: date | None
    settled_on: date | None
    settled_total: int | None

    @property
    def closed(self) -> bool:
        """Whether it is done with."""
        return self.closed_on is not None


@dataclass(frozen=True, slots=True)
class PartRow:
    """What one of them has part in. `share`: percent, an amount or a rate, by the split of the job."""

    id: int
    person: int | None
    own: bool
    name: str
    share: str | None
    leads: bool
    settled: int | None


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """What is invoiced for a part: an own draft or invoice, or one that came in. Minor units."""

    id: int
    part: int
    invoice_id: int | None
    number: str | None
    day: date | None
    net: int
    gross: int
    sha256: str | None
    paid_on: date | None


_JOB = """SELECT j.id, j.name, j.client_id, c.slug AS client, j.project_id, c2.slug || '/' || p.slug AS project,
    j.split, j.currency, j.total, j.opened_on, j.closed_on, j.settled_on, j.settled_total
    FROM jobs j JOIN clients c ON c.id = j.client_id LEFT JOIN projects p ON p.id = j.project_id
    LEFT JOIN clients c2 ON c2.id = p.client_id"""


def every(store: Store) -> list[JobRow]:
    """All jobs, the newest first."""
    return [_job(row) for row in store.rows(f"{_JOB} ORDER BY j.id DESC")]


def one(store: Store, number: int) -> JobRow | None:
    """The job of a row, or None."""
    row = store.row(f"{_JOB} WHERE j.id = ?", number)
    return None if row is None else _job(row)


def of_person(store: Store, person: int) -> list[JobRow]:
    """The jobs that a person has part in."""
    return [
        _job(row)
        for row in store.rows(
            f"{_JOB} WHERE j.id IN (SELECT job_id FROM job_parts WHERE person_id = ?)", person
        )
    ]


def of_project(store: Store, project: int) -> JobRow | None:
    """The open job whose own hours lie in a project."""
    row = store.row(f"{_JOB} WHERE j.project_id = ? AND j.closed_on IS NULL", project)
    return None if row is None else _job(row)


def parts(store: Store, job: int) -> list[PartRow]:
    """Who has part in a job, in the order they were named."""
    rows = store.rows(
        "SELECT id, person_id, own, name, share, leads, settled FROM job_parts WHERE job_id = ? "
        "ORDER BY id",
        job,
    )
    return [
        PartRow(
            row.id, row.person_id, bool(row.own), row.name, row.share, bool(row.leads), row.settled
        )
        for row in rows
    ]


def add(journal: Journal, values: Mapping[str, Any], shares: Iterable[Mapping[str, Any]]) -> int:
    """Adds a job with its parts."""
    job = journal.insert("jobs", values)
    for part in shares:
        journal.insert("job_parts", {"job_id": job, **part})
    return job


def change(journal: Journal, job: int, values: Mapping[str, Any]) -> bool:
    """Changes a job."""
    return journal.update("jobs", job, values)


def change_part(journal: Journal, part: int, values: Mapping[str, Any]) -> bool:
    """Changes a part."""
    return journal.update("job_parts", part, values)


def forget(store: Store, journal: Journal, person: int) -> list[tuple[str, int]]:
    """Takes a person out of their parts: the figures stay. Table and row of each record."""
    touched: list[tuple[str, int]] = []
    for part in store.rows("SELECT id FROM job_parts WHERE person_id = ?", person):
        journal.update("job_parts", part.id, {"person_id": None, "name": f"forgotten-{part.id}"})
        touched.append(("job_parts", part.id))
        for row in store.rows("SELECT id FROM job_hours WHERE part_id = ?", part.id):
            journal.update("job_hours", row.id, {"note": None})
            touched.append(("job_hours", row.id))
    return touched


# ---- hours


def hours_known(store: Store, job: int) -> set[str]:
    """The identities of the hours that were taken."""
    return {
        row.identity for row in store.rows("SELECT identity FROM job_hours WHERE job_id = ?", job)
    }


def hours_elsewhere(store: Store, job: int, identities: Iterable[str]) -> list[str]:
    """The jobs in which some of these hours stand already."""
    known = {
        row.identity: row.name
        for row in store.rows(
            "SELECT h.identity, j.name FROM job_hours h JOIN jobs j ON j.id = h.job_id WHERE j.id <> ?",
            job,
        )
    }
    return sorted({known[identity] for identity in identities if identity in known})


def own_uuids(store: Store, uuids: Iterable[str]) -> set[str]:
    """Which of the identities are those of own entries."""
    return {
        uuid for uuid in uuids if store.value("SELECT count(*) FROM entries WHERE uuid = ?", uuid)
    }


def add_hours(journal: Journal, values: Mapping[str, Any]) -> int:
    """Adds hours of somebody else."""
    return journal.insert("job_hours", values)


def seconds(store: Store, job: int) -> dict[int, int]:
    """The hours of the others by part, in seconds."""
    rows = store.rows(
        "SELECT part_id, sum(seconds) AS seconds FROM job_hours WHERE job_id = ? GROUP BY part_id",
        job,
    )
    return {row.part_id: int(row.seconds) for row in rows}


def own_seconds(store: Store, project: int, first: str) -> int:
    """The own finished hours in a project from a day on, in seconds."""
    return int(
        store.value(
            "SELECT coalesce(sum(to_at - from_at), 0) FROM entries "
            "WHERE project_id = ? AND to_at IS NOT NULL AND day >= ?",
            project,
            first,
        )
    )


# ---- invoices


def invoices(store: Store, job: int) -> list[InvoiceRow]:
    """What was invoiced for a job, in the order it was noted."""
    rows = store.rows(
        "SELECT id, part_id, invoice_id, number, day, net, gross, sha256, paid_on FROM job_invoices "
        "WHERE job_id = ? ORDER BY id",
        job,
    )
    return [
        InvoiceRow(
            row.id, row.part_id, row.invoice_id, row.number, _day(row.day), row.net, row.gross,
            row.sha256, _day(row.paid_on),
        )
        for row in rows
    ]  # fmt: skip


def invoice_of_hash(store: Store, digest: str) -> str | None:
    """The job for which a received file was taken already."""
    name = store.value(
        "SELECT j.name FROM job_invoices i JOIN jobs j ON j.id = i.job_id WHERE i.sha256 = ?",
        digest,
    )
    return None if name is None else str(name)


def add_invoice(journal: Journal, values: Mapping[str, Any]) -> int:
    """Notes an invoice of a part."""
    return journal.insert("job_invoices", values)


def change_invoice(journal: Journal, row: int, values: Mapping[str, Any]) -> bool:
    """Changes what was noted of an invoice."""
    return journal.update("job_invoices", row, values)


def billed_net(
    store: Store, client: int, project: int | None, first: str
) -> list[tuple[str, Money]]:
    """Number and net of each issued invoice to a client since a day, cancelled ones left out.

    With a project only what was billed of it: the lines whose hours are its.
    """
    whole = store.rows(
        "SELECT i.id, i.number, i.net, i.currency FROM invoices i WHERE i.state = 'issued' AND i.client_id = ? "
        "AND i.date >= ? AND i.cancels_id IS NULL AND NOT EXISTS "
        "(SELECT 1 FROM invoices o WHERE o.cancels_id = i.id AND o.state = 'issued') ORDER BY i.id",
        client,
        first,
    )
    if project is None:
        return [(row.number, Money(row.net, row.currency)) for row in whole]
    found = []
    for row in whole:
        net = store.value(
            "SELECT sum(l.net) FROM invoice_lines l WHERE l.invoice_id = ? AND l.id IN (SELECT "
            "b.line_id FROM invoice_entries b JOIN entries e ON e.id = b.entry_id WHERE e.project_id = ?)",
            row.id,
            project,
        )
        if net is not None:
            found.append((row.number, Money(int(net), row.currency)))
    return found


def _job(row: Any) -> JobRow:
    return JobRow(
        row.id, row.name, row.client_id, row.client, row.project_id, row.project, row.split,
        row.currency, row.total, date.fromisoformat(row.opened_on), _day(row.closed_on),
        _day(row.settled_on), row.settled_total,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def spans(store: Store, part: int) -> list[tuple[int, int]]:
    """Begin and end of the hours of a part that have both, in seconds since 1970."""
    rows = store.rows(
        "SELECT from_at, to_at FROM job_hours WHERE part_id = ? AND from_at IS NOT NULL "
        "ORDER BY from_at",
        part,
    )
    return [(row.from_at, row.to_at) for row in rows]
