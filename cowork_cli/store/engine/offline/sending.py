"""What waited goes up: each change once, in its order, in a transaction of its own, under its own UUID.

A change whose UUID the server knows has arrived before: its answer was lost. A record is written to only if
it still is, in the columns that the change is about, what it was when the change was made. What does not fit
is held and shown with both sides; nothing else waits for it unless it touches the same record.
"""

from __future__ import annotations

from cowork_cli.errors import OutcomeUnknown, RuleBroken, ServerUnreachable
from cowork_cli.records import dataclass
from cowork_cli.store.engine.journal import same
from cowork_cli.store.engine.offline.journals import ArrivingJournal
from cowork_cli.store.engine.offline.outbox import Held, Image, Waiting, differing
from cowork_cli.store.engine.rows import as_dict
from cowork_cli.store.engine.rules import Rule
from cowork_cli.store.engine.words import WORDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from cowork_cli.store.engine.connection import Connection

_FOREVER = 253_402_300_800  # the year 10000: a running timer ends after everything else


@dataclass(frozen=True, slots=True)
class Sent:
    """What arrived, and what is held, by the UUID of the change."""

    arrived: tuple[Waiting, ...]
    held: dict[str, Held]


class _DoesNotFit(Exception):
    """The record on the server is not what the change was made on."""

    def __init__(self, reason: str, theirs: dict[str, Any] | None = None):
        super().__init__(reason)
        self.held = Held(reason, theirs)


def send(server: Connection, outbox: Sequence[Waiting]) -> Sent:
    """Sends all that waits. Raises ServerUnreachable with what is left still waiting, StoreNewer."""
    arrived: list[Waiting] = []
    held: dict[str, Held] = {}
    stuck: dict[str, Waiting] = {}
    for change in outbox:
        before = next((stuck[uuid] for uuid in sorted(change.records) if uuid in stuck), None)
        why = Held(f"it waits for {before.ref}") if before else _sent(server, change, outbox)
        if why is None:
            arrived.append(change)
        else:
            held[change.uuid] = why
            stuck |= dict.fromkeys(change.records, before or change)
    return Sent(tuple(arrived), held)


def note_settled(server: Connection, change: Waiting) -> None:
    """Inside a transaction that writes what became of a change: it never goes up again."""
    if not _is_known(server, change.uuid):
        ArrivingJournal(server, change).arrive()


def _sent(server: Connection, change: Waiting, outbox: Sequence[Waiting]) -> Held | None:
    """None where the change is on the server now; else why it is not."""
    why = _tried(server, change, {})
    if why is not None and any(image.before is None for image in change.images):
        # A timer that was started and stopped since is no timer any more: it goes up as what it came to.
        later = _ends(change, outbox)
        if later:
            return _tried(server, change, later)
    return why


def _ends(change: Waiting, outbox: Sequence[Waiting]) -> dict[str, dict[str, Any]]:
    """Of the records that the change adds and later ones change: what they come to; empty for removed."""
    added = {image.uuid for image in change.images if image.before is None}
    ends: dict[str, dict[str, Any]] = {}
    for other in outbox:
        for image in other.images:
            if other.id > change.id and image.uuid in added:
                ends[image.uuid] = image.after or {}
    return ends


def _tried(server: Connection, change: Waiting, ends: dict[str, dict[str, Any]]) -> Held | None:
    journal = ArrivingJournal(server, change)
    image: Image | None = None
    try:
        with journal.transaction():
            if _is_known(server, change.uuid):
                return None
            journal.arrive()
            for image in change.images:
                _write(server, journal, image, ends.get(image.uuid))
    except _DoesNotFit as odd:
        return odd.held
    except RuleBroken as broken:
        assert image is not None
        return Held(_reason(broken), _in_the_way(server, image, ends.get(image.uuid), broken))
    except OutcomeUnknown as lost:
        # Nobody has to be asked what became of it: the next time its UUID tells.
        raise ServerUnreachable(lost.message, lost.hint) from lost
    return None


def _is_known(server: Connection, uuid: str) -> bool:
    return bool(server.value("SELECT count(*) FROM changes WHERE uuid = ?", uuid))


def _write(
    server: Connection, journal: ArrivingJournal, image: Image, end: dict[str, Any] | None
) -> None:
    word = WORDS.get(image.table, image.table)
    row = server.row(f"SELECT * FROM {image.table} WHERE uuid = ?", image.uuid)
    now = None if row is None else as_dict(row)
    if image.before is None:
        final = image.after if end is None else end
        if now is None and final:
            journal.insert(
                image.table, {name: cell for name, cell in final.items() if name != "id"}
            )
    elif image.after is None:
        if now is not None:
            if not same({**image.before, "id": now["id"]}, now):
                raise _DoesNotFit(f"the {word} was changed there meanwhile", now)
            journal.delete(image.table, now["id"])
    else:
        changes = differing(image.before, image.after)
        if now is None:
            raise _DoesNotFit(f"the {word} was removed there meanwhile")
        if any(now.get(name) != cell for name, cell in changes.items()):
            if any(now.get(name) != image.before[name] for name in changes):
                raise _DoesNotFit(f"the {word} was changed there meanwhile", now)
            journal.update(image.table, now["id"], changes)


def _reason(broken: RuleBroken) -> str:
    if broken.rule == Rule.REFERRED.name:
        return "its project is gone there"
    if broken.rule == Rule.ENTRY_BILLED.name:
        return "the entry was billed there meanwhile"
    if broken.rule == Rule.ENTRIES_OVERLAP.name:
        return "another entry is there at that time"
    return f"{broken.message} there"


def _in_the_way(
    server: Connection, image: Image, end: dict[str, Any] | None, broken: RuleBroken
) -> dict[str, Any] | None:
    """The record that stands against it on the server, where one does."""
    if broken.rule == Rule.ENTRY_BILLED.name:
        row = server.row(f"SELECT * FROM {image.table} WHERE uuid = ?", image.uuid)
    else:
        wanted = end or image.after
        assert wanted is not None, "what is taken away stands in nobody's way"
        person = wanted.get("person")
        of_person, values = ("person = ? AND ", [person]) if person is not None else ("", [])
        row = server.row(
            f"SELECT * FROM entries WHERE {of_person}uuid <> ? AND from_at < ? "
            f"AND coalesce(to_at, {_FOREVER}) > ? ORDER BY from_at LIMIT 1",
            *values,
            image.uuid,
            wanted["to_at"] or _FOREVER,
            wanted["from_at"],
        )
    return None if row is None else as_dict(row)
