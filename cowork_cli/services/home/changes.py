"""The journal as people read it: which command changed what, and finding the changes of one thing."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from cowork_cli.domain.zones import at
from cowork_cli.errors import BadInput, NotFound
from cowork_cli.records import dataclass

if TYPE_CHECKING:
    from cowork_cli.store.engine.store import Store
    from cowork_cli.store.engine.undo import Change as Written


@dataclass(frozen=True, slots=True)
class Record:
    """What a change did to one record: `added`, `changed` or `removed`."""

    thing: str
    id: str
    action: str


@dataclass(frozen=True, slots=True)
class Change:
    """Everything that one command wrote; `person` is who did, None where nobody was named."""

    id: int
    at: datetime
    command: str
    kind: str
    undone: bool
    records: tuple[Record, ...]
    person: str | None = None


@dataclass(frozen=True, slots=True)
class History:
    """Changes, the newest first; all that were asked for, or the newest of them."""

    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Undone:
    """Changes that were taken back."""

    undone: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Redone:
    """Changes that hold again."""

    redone: tuple[Change, ...]


def history(
    store: "Store", zone: tzinfo, of: str | None, limit: int, person: str | None = None
) -> tuple[History, bool]:
    """The newest `limit` changes of the store, of one thing or one person, and whether there are more.

    Raises NotFound, BadInput.
    """
    if limit < 1:
        raise BadInput(f"--limit {limit} would show none", "give at least `--limit 1`")
    from cowork_cli.store import changed
    from cowork_cli.store.engine import undo as reversals
    from cowork_cli.store.persons import key

    thing = _find(store, of) if of else None
    parts = changed.parts(store, *thing) if thing else []
    whose = None if person is None else key(store, person)
    changes = reversals.history(store.journal, limit + 1, thing, parts, whose)
    return History(_shown(store, changes[:limit], zone)), len(changes) > limit


def undo(store: "Store", zone: tzinfo, count: int) -> Undone:
    """Takes back the last `count` changes. Raises BadInput, NotFound, Conflict, Locked."""
    if count < 1:
        raise BadInput(
            f"cannot undo {count} changes", "give how many to take back, as in `cowork undo 2`"
        )
    from cowork_cli.store.engine import undo as reversals

    return Undone(_shown(store, reversals.undo(store.journal, count), zone))


def redo(store: "Store", zone: tzinfo) -> Redone:
    """Takes back the last undo. Raises NotFound, Conflict, Locked."""
    from cowork_cli.store.engine import undo as reversals

    return Redone(_shown(store, reversals.redo(store.journal), zone))


def _find(store: "Store", text: str) -> tuple[str, int]:
    """The record that `text` names, also if it is gone by now."""
    from cowork_cli.store import changed

    record = changed.find(store, text)
    if record is None:
        raise NotFound(
            f'there never was anything called "{text}"',
            "give an id as in `cowork history --of e-12`, or a client, a project, an invoice number",
        )
    return record


def _shown(store: "Store", changes: "Sequence[Written]", zone: tzinfo) -> tuple[Change, ...]:
    from cowork_cli.store import changed

    owner = store.owner
    return tuple(
        Change(
            change.id,
            at(change.at, zone),
            change.command,
            change.kind,
            change.undone,
            tuple(Record(*record) for record in changed.touched(store, change.rows)),
            change.person or owner,
        )
        for change in changes
    )
