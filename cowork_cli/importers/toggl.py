"""Toggl Track: the detailed report as CSV. A task stands before the description in the note."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from cowork_cli.importers import Row
from cowork_cli.importers._table import FIELDS, read_table

OPTIONS = FIELDS
_COLUMNS = {
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
}


def read(path: Path, zone: ZoneInfo, options: Mapping[str, str]) -> Iterator[Row]:
    """The rows of a report. Raises NotFound, BadInput."""
    return read_table(path, zone, options, _COLUMNS, "a detailed report of Toggl")
