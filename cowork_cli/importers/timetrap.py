"""timetrap: `t display --format csv`, with the columns start, end, note, sheet.

A sheet is the project, `client/project` or a project alone.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from cowork_cli.importers import Row, Say, say_nothing
from cowork_cli.importers._columns import FIELDS, Layout
from cowork_cli.importers._table import read_table

OPTIONS = FIELDS
_LAYOUT = Layout(
    "a CSV of timetrap",
    {
        "from": ("start",),
        "to": ("end",),
        "note": ("note",),
        "project": ("sheet",),
        "tags": (),
        "client": (),
        "billable": (),
        "id": (),
    },
    dashes=False,
)


def read(
    path: Path, zone: ZoneInfo, options: Mapping[str, str], say: Say = say_nothing
) -> Iterator[Row]:
    """The rows of a display. Raises NotFound, BadInput."""
    return read_table(path, zone, options, _LAYOUT, say)
