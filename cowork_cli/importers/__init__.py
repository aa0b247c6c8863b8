"""Readers of other programs' hours: a file or folder in, rows out; nothing here knows the store.

Each format is a module with `read(path, zone, options, say)`; `say` gets a line for what the file
holds and the reader does not use. Besides what its `OPTIONS` name, `options` may hold `start`,
`person` and `clock-change`, as the command has them. A row that cannot be read is not dropped: it
comes out as `Unreadable`, with its place in the file and the reason. A file that is not of the format
at all raises BadInput.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from cowork_cli.errors import BadInput

MODULES = {
    "watson": "watson",
    "timewarrior": "timewarrior",
    "toggl": "toggl",
    "clockify": "clockify",
    "csv": "csv_rows",
    "json": "json_rows",
    "kimai": "kimai",
    "klog": "klog",
    "timetrap": "timetrap",
    "hamster": "hamster",
    "org": "org",
    "timeclock": "timeclock",
}
Say = Callable[[str], None]


def say_nothing(line: str) -> None:
    """For who reads rows only."""


class ImportedEntry(NamedTuple):
    """One row as it was found. `line` counts from 1, in `unit`s of `file` (None: the file given).

    `to` is None while it runs, `zone` where it was lived if the format says so. `project` may hold a
    client before a slash. `source_id` is the identity that the other program gave it. `length_s` is set
    where the file has a length and no start; then `from_` is the midnight of its day and `to` None.
    `pause_s` was taken off its end.
    """

    line: int
    from_: datetime
    to: datetime | None
    zone: str | None
    project: str
    client: str | None = None
    note: str | None = None
    tags: tuple[str, ...] = ()
    place: str | None = None
    billable: bool | None = None
    source_id: str | None = None
    client_name: str | None = None
    project_name: str | None = None
    unit: str = "line"
    file: str | None = None
    length_s: int | None = None
    pause_s: int = 0


class Unreadable(NamedTuple):
    """A row that cannot be taken, whatever is asked for, and why."""

    line: int
    reason: str
    unit: str = "line"
    file: str | None = None


Row = ImportedEntry | Unreadable


class Reader(Protocol):
    """How each module reads its format."""

    def __call__(
        self, path: Path, zone: ZoneInfo, options: Mapping[str, str], say: Say = ...
    ) -> Iterator[Row]:
        """The rows of a file or folder. Raises NotFound, BadInput."""


def reader_of(form: str) -> tuple[Reader, tuple[str, ...]]:
    """The reader of a format, and the options (`--map`) it knows. Raises BadInput."""
    from importlib import import_module

    if form not in MODULES:
        raise BadInput(f'cannot import "{form}"', f"choose one of {', '.join(MODULES)}")
    module = import_module(f"cowork_cli.importers.{MODULES[form]}")
    return module.read, module.OPTIONS
