"""Clockify: the detailed report as CSV. A task stands before the description in the note.

Dates are written as the person's profile says, 25/11/2026 or 11/25/2026: the whole file decides.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from cowork_cli.importers import Row, Say, say_nothing
from cowork_cli.importers._columns import FIELDS, Layout
from cowork_cli.importers._table import read_table

OPTIONS = FIELDS
_LAYOUT = Layout(
    "a detailed report of Clockify",
    {
        "date": ("start date",),
        "from": ("start time",),
        "to-date": ("end date",),
        "to": ("end time",),
        "duration": ("duration (h)", "duration", "duration (decimal)"),
        "project": ("project",),
        "client": ("client",),
        "task": ("task",),
        "note": ("description",),
        "tags": ("tags", "tag"),
        "billable": ("billable",),
        "user": ("email", "user"),
    },
)


def read(
    path: Path, zone: ZoneInfo, options: Mapping[str, str], say: Say = say_nothing
) -> Iterator[Row]:
    """The rows of a report. Raises NotFound, BadInput."""
    return read_table(path, zone, options, _LAYOUT, say)
