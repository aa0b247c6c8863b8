"""What commands about spaces answer with, apart from spaces. Light: a command loads it to be built."""

from typing import Any

from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Desk, Space
from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class SpaceDetails(Space):
    """One space with all that belongs to it. `notes` and `visits` are the person's own."""

    desks: tuple[Desk, ...] = ()
    plans: tuple[Any, ...] = ()
    notes: tuple[str, ...] = ()
    visits: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken out of the directory, or would be (`removed` False)."""

    ref: Ref
    name: str
    desks: int
    removed: bool


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was left out, and why."""

    ref: str
    name: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do (`dry_run`)."""

    file: str
    format: str
    added: int
    updated: int
    unchanged: int
    skipped: tuple[Skipped, ...]
    dry_run: bool


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote, and where."""

    file: str
    format: str
    spaces: int
