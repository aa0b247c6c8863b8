"""Looking for what cannot be true of invoices: their documents, numbers, sums, and the hours on them.

Each check is a function that returns findings, like those of `integrity`.
"""

import hashlib
import json
from collections.abc import Iterator

from cowork_cli.store.engine.connection import Connection


def documents(connection: Connection) -> list[str]:
    """The bytes of each issued document against the hash taken when it was issued; none is missing."""
    found = [
        f"the document {name} is not what was issued"
        for name, content, digest in each_document(connection)
        if hashlib.sha256(content).hexdigest() != digest
    ]
    found += [
        f"the document of invoice {number} is missing"
        for (number,) in connection.rows(
            "SELECT number FROM invoices i WHERE state = 'issued' AND NOT EXISTS "
            "(SELECT 1 FROM invoice_files f WHERE f.invoice_id = i.id) ORDER BY id"
        )
    ]
    return found + [
        f"the document {name} is of an invoice that was never issued"
        for (name,) in connection.rows(
            "SELECT f.name FROM invoice_files f JOIN invoices i ON i.id = f.invoice_id "
            "WHERE i.state <> 'issued' ORDER BY f.name"
        )
    ]


def each_document(connection: Connection) -> Iterator[tuple[str, bytes, str]]:
    """One at a time: all of them may be more than the memory holds."""
    for (name,) in connection.rows("SELECT name FROM invoice_files ORDER BY name"):
        row = connection.row("SELECT content, sha256 FROM invoice_files WHERE name = ?", name)
        yield name, row.content, row.sha256


def numbers(connection: Connection) -> list[str]:
    """Each series has given out at least as many numbers as it has invoices, and one each."""
    found = [
        f"invoice draft-{row_id} is issued without a number"
        for (row_id,) in connection.rows(
            "SELECT id FROM invoices WHERE state = 'issued' AND number IS NULL"
        )
    ]
    found += [
        f"the number {number} is used {count} times"
        for number, count in connection.rows(
            "SELECT number, count(*) FROM invoices WHERE number IS NOT NULL GROUP BY number "
            "HAVING count(*) > 1"
        )
    ]
    counted = connection.rows(
        "SELECT i.series, count(*), (SELECT coalesce(sum(last), 0) FROM number_series n "
        "WHERE n.series = i.series) FROM invoices i WHERE i.state = 'issued' GROUP BY i.series"
    )
    return found + [
        f'the series "{series}" has {count} invoices, but gave out {given} numbers'
        for series, count, given in counted
        if count > given
    ]


def sums(connection: Connection) -> list[str]:
    """Net is the sum of the lines, gross is net and VAT."""
    found = []
    for row in connection.rows(
        "SELECT id, number, net, gross, vat, (SELECT coalesce(sum(l.net), 0) FROM invoice_lines l "
        "WHERE l.invoice_id = i.id) AS lines FROM invoices i ORDER BY id"
    ):
        name = row.number or f"draft-{row.id}"
        if row.lines != row.net:
            found.append(f"the lines of invoice {name} do not come to its net amount")
        elif row.net + sum(amount for _, _, _, amount, *_ in json.loads(row.vat)) != row.gross:
            found.append(f"net and VAT of invoice {name} do not come to its gross amount")
    return found


def billed(connection: Connection) -> list[str]:
    """Entries marked as billed are among the hours of an issued invoice, and those of one are marked."""
    found = [
        f"entry e-{row_id} is marked as billed, but on no issued invoice"
        for (row_id,) in connection.rows(
            "SELECT e.id FROM entries e WHERE e.invoice_id IS NOT NULL AND NOT EXISTS ("
            "SELECT 1 FROM invoices i WHERE i.id = e.invoice_id AND i.state = 'issued')"
        )
    ]
    # What was cancelled gave its hours back, which may be billed again, or be gone.
    return found + [
        f"entry e-{entry} was billed with invoice {number}, and could be billed again"
        for entry, number in connection.rows(
            "SELECT h.entry_id, i.number FROM invoice_entries h JOIN invoices i ON i.id = h.invoice_id "
            "WHERE i.state = 'issued' AND i.cancels_id IS NULL "
            "AND NOT EXISTS (SELECT 1 FROM invoices c WHERE c.cancels_id = i.id AND c.state = 'issued') "
            "AND NOT EXISTS (SELECT 1 FROM entries e WHERE e.id = h.entry_id AND e.invoice_id = i.id) "
            "ORDER BY h.id"
        )
    ]
