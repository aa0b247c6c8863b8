"""Any CSV: the columns by their usual names, or as `--map FIELD=COLUMN` says. Also our own export."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from cowork_cli.importers import Row, Say, say_nothing
from cowork_cli.importers._columns import FIELDS, Layout
from cowork_cli.importers._table import read_table

OPTIONS = FIELDS
_UNITS = ("h", "std", "hours", "stunden", "min", "minutes", "minuten", "decimal", "dezimal")


def _named(words: str) -> tuple[str, ...]:
    """Names of a column with lengths, alone or with their unit: `pause`, `pause (min)`."""
    names = words.split()
    units = [
        f"{name}{form}"
        for name in names
        for unit in _UNITS
        for form in (f" ({unit})", f" {unit}", f" [{unit}]")
    ]
    return (*names, *units)


_LAYOUT = Layout(
    "CSV with hours",
    {
        "date": ("date", "datum", "start date"),
        "from": ("from", "start", "begin", "beginn", "von", "start time"),
        "to-date": ("end date",),
        "to": ("to", "end", "stop", "ende", "bis", "end time"),
        "duration": ("duration s", *_named("duration dauer hours stunden std arbeitszeit")),
        "pause": _named("pause pausen break breaks"),
        "project": ("project", "projekt"),
        "client": ("client", "customer", "kunde"),
        "task": (),
        "note": ("note", "notes", "description", "notiz", "beschreibung"),
        "tags": ("tags",),
        "place": ("place", "ort"),
        "billable": ("billable", "billable?", "abrechenbar"),
        "timezone": ("timezone",),
        "id": ("uuid", "id"),
        "user": (
            "email",
            "e-mail",
            "user",
            "username",
            "member",
            "person",
            "employee",
            "mitarbeiter",
            "mitarbeiterin",
            "benutzer",
            "first name",
            "last name",
        ),
        "client-name": ("client name",),
        "project-name": ("project name",),
    },
    dashes=False,
)


def read(
    path: Path, zone: ZoneInfo, options: Mapping[str, str], say: Say = say_nothing
) -> Iterator[Row]:
    """The rows of the file. Raises NotFound, BadInput."""
    return read_table(path, zone, options, _LAYOUT, say)
