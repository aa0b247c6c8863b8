"""What `track import` and `track export` report.

Every `track` command loads these, so they have no more generated methods than they need.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, eq=False, repr=False)
class AdjustedRow:
    """A row whose times were trimmed, as it was taken and as it was in the file."""

    line: int
    file: str | None
    project: str
    from_: datetime
    to: datetime
    was_from: datetime
    was_to: datetime
    reason: str


@dataclass(frozen=True, eq=False, repr=False)
class SkippedRow:
    """A row that was left out, and why. `file` is its file where a folder was imported."""

    line: int
    file: str | None
    reason: str


@dataclass(frozen=True, eq=False, repr=False)
class EntryImport:
    """What an import of hours did, or would do. `rows` = `taken` + `unchanged` + skipped ones.

    Adjusted rows are among the taken ones; `clients` and `projects` are new;
    `not_billable` of the taken ones are marked so by the file.
    """

    file: str
    format: str
    dry_run: bool
    rows: int
    taken: int
    unchanged: int
    adjusted: tuple[AdjustedRow, ...]
    skipped: tuple[SkippedRow, ...]
    clients: tuple[str, ...]
    projects: tuple[str, ...]
    not_billable: int


@dataclass(frozen=True, eq=False, repr=False)
class EntryExport:
    """Where an export of hours was written, and how many entries it holds."""

    file: str
    format: str
    entries: int
