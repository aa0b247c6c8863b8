"""The hours behind the lines, as CSV. The same rows are the annex of the page."""

import csv
import io

from cowork_cli.domain.invoice import InvoiceDocument
from cowork_cli.domain.money import hours_of
from cowork_cli.domain.spreadsheet import harmless

COLUMNS = ("line", "date", "from", "to", "project", "note", "hours", "billed_hours")


def timesheet_csv(document: InvoiceDocument) -> bytes:
    """One row for each entry; hours with two decimals, a point before them. Who worked, where several did."""
    named = any(row.person for row in document.timesheet)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow((*COLUMNS, "person") if named else COLUMNS)
    for row in document.timesheet:
        writer.writerow(
            (
                row.line,
                row.day.isoformat(),
                row.from_,
                row.to,
                row.project,
                harmless(row.note or ""),
                f"{hours_of(row.seconds):f}",
                f"{hours_of(row.billed_s):f}",
                *([harmless(row.person or "")] if named else []),
            )
        )
    return stream.getvalue().encode()
