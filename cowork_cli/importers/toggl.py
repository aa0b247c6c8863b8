"""Toggl Track: the detailed report as CSV, in its layouts of 2025 and before.

A task stands before the description in the note. What is empty is written as `-` since 2025.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from cowork_cli.importers import Row, Say, say_nothing
from cowork_cli.importers._columns import FIELDS, Layout
from cowork_cli.importers._table import read_table

OPTIONS = FIELDS
_LAYOUT = Layout(
    "a detailed report of Toggl",
    {
        "date": ("start date",),
        "from": ("start time",),
        "to-date": ("end date", "stop date"),
        "to": ("end time", "stop time"),
        "duration": ("duration",),
        "project": ("project",),
        "client": ("client",),
        "task": ("task",),
        "note": ("description",),
        "tags": ("tags", "tag"),
        "billable": ("billable",),
        "user": ("email", "user", "member"),
    },
)


def read(
    path: Path, zone: ZoneInfo, options: Mapping[str, str], say: Say = say_nothing
) -> Iterator[Row]:
    """The rows of a report. Raises NotFound, BadInput."""
    return read_table(path, zone, options, _LAYOUT, say)
