"""Kimai: the export of timesheets as CSV (`Date,From,To,Duration,Rate,…`).

The activity is not used; `--map tags=Activity` or `--map task=Activity` keeps it. Older exports call
the times `Begin` and `End`.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from cowork_cli.importers import Row, Say, say_nothing
from cowork_cli.importers._columns import FIELDS, Layout
from cowork_cli.importers._table import read_table

OPTIONS = FIELDS
_LAYOUT = Layout(
    "a Kimai export",
    {
        "date": ("date", "datum"),
        "from": ("from", "begin", "start", "in", "von", "beginn"),
        "to": ("to", "end", "out", "bis", "ende"),
        "duration": ("duration", "dauer"),
        "pause": ("break", "pause"),
        "project": ("project", "projekt"),
        "client": ("customer", "client", "kunde"),
        "task": (),
        "note": ("description", "beschreibung"),
        "tags": ("tags", "tag", "schlagworte"),
        "billable": ("billable", "abrechenbar"),
        "id": (),
        "user": ("username", "user", "email", "benutzer"),
    },
)


def read(
    path: Path, zone: ZoneInfo, options: Mapping[str, str], say: Say = say_nothing
) -> Iterator[Row]:
    """The rows of an export. Raises NotFound, BadInput."""
    return read_table(path, zone, options, _LAYOUT, say)
