"""Statements as CSV: the heading is found, its columns are looked up, each row is a booking or refused.

Rows that are no bookings (pending, balances, notices without an amount) are left out and named. A row
that is not understood ends the reading: nothing of the file is taken then.
"""

from cowork_cli.domain.bank import Statement
from cowork_cli.importers.bank.csv_entries import Table
from cowork_cli.importers.bank.csv_heads import (
    Columns,
    Head,
    Kept,
    Row,
    begins_table,
    next_head,
    records,
)


def read(
    text: str,
    what: str,
    mapping: Columns,
    known: Kept,
) -> tuple[list[Statement], Head]:
    """The statements of a file, one for each account, and how its heading was understood.

    `mapping` is that of `--map`, `known` those of earlier imports by their heading. Raises BadInput.
    """
    rows = records(text, what, mapping, known)
    statements: list[Statement] = []
    head: Head | None = None
    start, title, before = 0, None, list[Row]()
    while start < len(rows):
        found = next_head(rows, start, mapping, known)
        if found is None:
            break
        at, head = found
        before += rows[start:at]
        end = next((n for n in range(at + 1, len(rows)) if begins_table(rows[n])), len(rows))
        title = next((row.cells[0] for row in reversed(rows[start:at]) if begins_table(row)), None)
        table = Table(head, before, rows[at + 1 : end], what, title)
        statements += table.statements()
        head = table.head
        start = end
    assert head is not None, "a heading was found before"
    return statements, head
