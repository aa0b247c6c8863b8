"""Any CSV: the columns by their usual names, or as `--map FIELD=COLUMN` says. Also our own export."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from cowork_cli.importers import Row
from cowork_cli.importers._table import FIELDS, read_table

OPTIONS = FIELDS
_COLUMNS = {
    "date": ("date", "datum", "start date"),
    "from": ("from", "start", "begin", "beginn", "von", "start time"),
    "to-date": ("end date",),
    "to": ("to", "end", "stop", "ende", "bis", "end time"),
    "duration": ("duration", "dauer"),
    "project": ("project", "projekt"),
    "client": ("client", "customer", "kunde"),
    "task": (),
    "note": ("note", "description", "notiz", "beschreibung"),
    "tags": ("tags",),
    "place": ("place", "ort"),
    "billable": ("billable", "abrechenbar"),
    "timezone": ("timezone",),
    "id": ("uuid", "id"),
    "user": (),
    "client-name": ("client name",),
    "project-name": ("project name",),
}


def read(path: Path, zone: ZoneInfo, options: Mapping[str, str]) -> Iterator[Row]:
    """The rows of the file. Raises NotFound, BadInput."""
    return read_table(path, zone, options, _COLUMNS, "CSV with hours")
