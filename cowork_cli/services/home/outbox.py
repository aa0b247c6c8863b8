"""What was recorded while the server was away: listed with both sides, and settled where it does not fit."""

from __future__ import annotations

import os

from cowork_cli.domain.outbox import WaitingChange
from cowork_cli.domain.zones import seconds_of, zone_named
from cowork_cli.errors import BadInput, Conflict, NotFound
from cowork_cli.records import dataclass
from cowork_cli.services.hours.room import refuse_overlap, starting
from cowork_cli.store import entries, waiting_hours
from cowork_cli.store.engine.offline import away, local_copy, outbox, sending

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any
    from zoneinfo import ZoneInfo

    from cowork_cli.paths import Paths
    from cowork_cli.store.engine.offline.outbox import Waiting
    from cowork_cli.store.engine.store import Server, Store

LIST = "list what waits with `cowork data outbox`"


@dataclass(frozen=True, slots=True)
class Answer:
    """How a held change goes on: dropped, or written as recorded but for what is given here."""

    drop: bool = False
    from_at: int | None = None
    to_at: int | None = None
    project: str | None = None


def waiting(paths: Paths, server: Server | None, zone: ZoneInfo) -> list[WaitingChange]:
    """What waits in this home, in the order it was recorded; nothing where the store is a file."""
    path = away.copy_path(paths, server.url) if server else ""
    if not os.path.exists(path):
        return []
    with local_copy.opened(path) as copy:
        return [waiting_hours.shown(copy, change, zone) for change in outbox.waiting(copy)]


def unsent(paths: Paths, server: Server | None) -> tuple[int, int]:
    """How many changes wait in this home, and how many of them do not fit."""
    path = away.copy_path(paths, server.url) if server else ""
    if not os.path.exists(path):
        return 0, 0
    with local_copy.opened(path) as copy:
        changes = outbox.waiting(copy)
    return len(changes), sum(change.held is not None for change in changes)


def behind(store: Store, paths: Paths, server: Server) -> int | None:
    """How many changes of the server the copy does not have yet; None where there is no copy."""
    path = away.copy_path(paths, server.url)
    if not os.path.exists(path):
        return None
    with local_copy.opened(path) as copy:
        return local_copy.behind(copy, store.connection)


def refuse_unsent(paths: Paths, server: Server | None) -> None:
    """Raises Conflict where something waits: what goes away from the server would leave it behind."""
    number, _ = unsent(paths, server)
    if number:
        waits = "1 change waits" if number == 1 else f"{number} changes wait"
        raise Conflict(f"{waits} here for the server", "settle them: `cowork data outbox`")


def settle(
    store: Store, paths: Paths, server: Server | None, ref: str, answer: Answer, now: datetime
) -> WaitingChange:
    """Settles a held change, and sends what waited for it. Raises NotFound, BadInput, Conflict, Locked."""
    path = away.copy_path(paths, server.url) if server else ""
    if not os.path.exists(path):
        raise NotFound(f"nothing waits here, so there is no {ref}", LIST)
    zone = zone_named(str(now.tzinfo))
    with local_copy.opened(path) as copy:
        all_of_them = outbox.waiting(copy)
        change = _named(all_of_them, ref)
        shown = waiting_hours.shown(copy, change, zone)
        covered = _covered(change, all_of_them)
        if answer.drop:
            _keep(dropped_path(paths), covered, now)
        else:
            _write(store, change, covered, answer, seconds_of(now))
        with copy.transaction():
            outbox.remove(copy, [each.uuid for each in covered])
        sent = sending.send(store.connection, outbox.waiting(copy))
        local_copy.refresh(copy, store.connection, store.now_s, sent.held)
    return WaitingChange(
        shown.id,
        shown.at,
        shown.command,
        "dropped" if answer.drop else "sent",
        shown.reason,
        shown.mine,
        shown.theirs,
    )


def dropped_path(paths: Paths) -> str:
    """Where that lies which was recorded here and then dropped, a line of JSON for each change."""
    return os.path.join(os.path.dirname(paths.store_path), "dropped.jsonl")


def _keep(path: str, dropped: list[Waiting], now: datetime) -> None:
    """Writes down what is dropped, before it is: nothing that was recorded is gone without a trace."""
    import json

    lines = []
    for change in dropped:
        said = [{"before": image.before, "after": image.after} for image in change.images]
        kept = {
            "dropped": now.isoformat(), "uuid": change.uuid, "at": change.at, "command": change.command,
            "person": change.person, "records": said,
        }  # fmt: skip
        lines.append(json.dumps(kept, ensure_ascii=False) + "\n")
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def _named(changes: list[Waiting], ref: str) -> Waiting:
    change = next((each for each in changes if each.ref == ref), None)
    if change is None:
        raise NotFound(f"there is no waiting change {ref}", LIST)
    first = next(each for each in changes if not each.records.isdisjoint(change.records))
    if first.id != change.id and first.held is not None:
        raise Conflict(
            f"{ref} waits for {first.ref}, which touches the same entry",
            f"settle that first: `cowork data settle {first.ref} --mine`",
        )
    return change


def _covered(change: Waiting, changes: list[Waiting]) -> list[Waiting]:
    """The change, and the later ones that are about nothing but its own entries."""
    return [
        each
        for each in changes
        if each.id == change.id or (each.id > change.id and each.records <= change.records)
    ]


def _write(
    store: Store,
    change: Waiting,
    covered: list[Waiting],
    answer: Answer,
    now_s: int,
) -> None:
    """One change of the store: the entries as they were recorded in the end, but for the answer."""
    ends = _ends(covered)
    about = _about(ends)
    if ends[about].after is None and answer != Answer():
        raise BadInput(
            f"{change.ref} removes an entry, which has no times",
            "remove it there too with `--mine`",
        )
    ends[about] = _answered(store, ends[about], answer)
    with store.transaction():
        for each in covered:
            sending.note_settled(store.connection, each)
        for uuid, end in ends.items():
            _write_one(store, uuid, end, now_s, must=uuid == about or answer == Answer())


@dataclass(frozen=True, slots=True)
class _End:
    """What an entry was before all that is settled, what it came to, and which columns were written on the way."""

    before: dict[str, Any] | None
    after: dict[str, Any] | None
    written: frozenset[str]


def _ends(covered: list[Waiting]) -> dict[str, _End]:
    ends: dict[str, _End] = {}
    for change in covered:
        for image in change.images:
            written = outbox.differing(image.before or {}, image.after or {})
            known = ends.get(image.uuid, _End(image.before, None, frozenset()))
            ends[image.uuid] = _End(known.before, image.after, known.written | written.keys())
    return ends


def _about(ends: dict[str, _End]) -> str:
    """The entry that an answer is about: one that was added, else one that is still there."""
    return min(ends, key=lambda uuid: (ends[uuid].after is None, ends[uuid].before is not None))


def _answered(store: Store, end: _End, answer: Answer) -> _End:
    """The same with what was answered, which is written whatever it was before."""
    if end.after is None:
        return end
    given: dict[str, Any] = {}
    if answer.from_at is not None:
        given |= starting(answer.from_at, zone_named(end.after["timezone"]))
    if answer.to_at is not None:
        given["to_at"] = answer.to_at
    if answer.project is not None:
        from cowork_cli.services.clients.clients import find_project

        given["project_id"] = find_project(store, answer.project, usable=True)
    after = {**end.after, **given}
    if after["to_at"] is not None and after["to_at"] <= after["from_at"]:
        raise BadInput("the end is not after the start", "give both with `--from T --to T`")
    return _End(end.before, after, end.written | given.keys())


def _write_one(store: Store, uuid: str, end: _End, now_s: int, *, must: bool) -> None:
    """What the person decided; of other entries of the change only what still fits."""
    now = entries.record(store, uuid)
    before, after = end.before, end.after
    if after is None:
        if now is not None and (must or now == {**(before or {}), "id": now["id"]}):
            entries.remove(store, now["id"])
        return
    if now is None and before is not None and not must:
        return
    changes = (
        after if now is None or before is None else {name: after[name] for name in end.written}
    )
    moved_on = now is not None and any(now[name] != (before or now)[name] for name in changes)
    if moved_on and not must:
        return
    wanted = {**(now or after), **changes}
    if wanted["person"] == store.person:
        besides = now["id"] if now else None
        refuse_overlap(store, wanted["from_at"], wanted["to_at"], now_s, besides=besides)
    values = {name: cell for name, cell in changes.items() if name not in ("id", "uuid")}
    if now is None:
        entries.add(store, {"uuid": uuid, **values})
    else:
        entries.change(store, now["id"], values)
