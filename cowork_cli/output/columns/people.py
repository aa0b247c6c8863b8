"""People, joint jobs, the team, and what one tells spaces and regions."""

from __future__ import annotations

from cowork_cli.output.columns._column import FIGURES, ID, Column, clock, col, money, money_parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def of_day(value: Any) -> str:
    """The clock of an instant, where its day stands beside it."""
    return "" if value is None else f"{value:%H:%M}"


def _many(value: Any) -> str:
    return ", ".join(value)


COLUMNS: dict[str, tuple[Column, ...]] = {
    "Person": (
        col("ID", "id", **ID),
        col("Name", "name", keep=9),
        col("Company", "company", keep=6),
        col("Trade", "trade", keep=7),
        Column("Skills", lambda row: _many(row.skills), keep=6),
        col("Email", "email", keep=5),
        col("Phone", "phone", keep=3),
        col("Web", "web", keep=1),
        col("Address", "address", keep=1),
        col("Language", "language", keep=1),
        col("Met on", "met_on", keep=4),
        col("Met at", "met_at", keep=4),
        col("Purpose", "purpose", keep=2),
        col("Client", "client", keep=3),
        col("Note", "note", keep=2),
        col("Source", "source", keep=1, table=False),
        col("Added on", "added_on", keep=1, table=False),
    ),
    "Talk": (
        col("ID", "id", **ID),
        col("Date", "date", keep=8),
        col("Person", "person", keep=9),
        col("Kind", "kind", keep=8),
        col("Text", "text", keep=6),
        col("With", "with_", keep=5),
        col("Client", "client", keep=4),
        col("Project", "project", keep=4),
    ),
    "OriginRow": (
        col("Origin", "key", keep=9),
        col("Kind", "kind", keep=6),
        col("What", "origin", keep=4),
        col("Invoices", "invoices", right=True, keep=5),
        col("Net", "net", cell=money, **FIGURES),
        *money_parts(("Net", "net")),
    ),
    "Job": (
        col("ID", "id", **ID),
        col("Name", "name", keep=9),
        col("Client", "client", keep=7),
        col("Split", "split", keep=5),
        col("State", "state", keep=7),
        col("Total", "total", cell=money, **FIGURES),
        col("Open", "open", cell=money, right=True, keep=6),
        col("Leads", "leads", keep=5),
        col("Opened on", "opened_on", keep=3),
        col("Project", "project", keep=4),
        *money_parts(("Total", "total"), ("Open", "open")),
    ),
    "JobPart": (
        col("Name", "name", keep=9),
        col("Share", "share", right=True, keep=7),
        col("Hours", "duration_s", cell=clock, right=True, keep=7),
        col("Amount", "amount", cell=money, **FIGURES),
        col("Invoiced", "invoiced", cell=money, right=True, keep=6),
        col("Open", "open", cell=money, right=True, keep=7),
        col("From", "from_", keep=4),
        col("To", "to", keep=4),
        col("Invoices", "invoices", cell=_many, keep=3),
        col("Paid", "paid", cell=money, right=True, keep=2, table=False),
        *money_parts(
            ("Amount", "amount"), ("Invoiced", "invoiced"), ("Open", "open"), ("Paid", "paid")
        ),
    ),
    "JobHours": (
        col("Job", "job", keep=9),
        col("Person", "person", keep=8),
        col("File", "file", keep=4),
        col("Rows", "rows", right=True, keep=5),
        col("Taken", "taken", right=True, keep=8),
        col("Known", "known", right=True, keep=6),
        col("Other", "other", right=True, keep=5),
        col("Hours", "duration_s", cell=clock, right=True, keep=8),
    ),
    "Member": (
        col("ID", "id", **ID),
        col("Name", "name", keep=9),
        col("Cost centre", "cost_centre", keep=6),
        col("Cap", "cap", cell=money, right=True, keep=7),
        col("Booked", "booked", label="This month", cell=money, right=True, keep=7),
        col("Left", "left", cell=money, right=True, keep=6),
        *money_parts(("Cap", "cap"), ("Booked", "booked"), ("Left", "left")),
    ),
    "TeamRow": (
        col("Name", "name", keep=9),
        col("Cost centre", "cost_centre", keep=6),
        col("Date", "date", keep=8),
        col("From", "from_", cell=of_day, keep=6),
        col("To", "to", cell=of_day, keep=6),
        col("Space", "space", keep=7),
        col("Desk", "desk", keep=4),
        col("State", "state", keep=5),
        col("Price", "price", cell=money, **FIGURES),
        col("Tax", "tax", keep=2),
        col("Booking", "booking", keep=5),
        *money_parts(("Price", "price")),
        col("Checked in", "checked_in", cell=of_day, keep=4),
    ),
    "Feedback": (
        col("ID", "id", **ID),
        col("Date", "date", keep=7),
        col("Space", "space", keep=8),
        col("Text", "text", keep=9),
        col("State", "state", keep=7),
        col("Answer", "answer", keep=5),
    ),
    "Answer": (
        col("Question", "question", keep=9),
        col("Answer", "answer", keep=9),
        col("Unit", "unit", keep=5),
        col("Drawn from", "source", keep=4),
    ),
}
