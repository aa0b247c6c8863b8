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
            _write(store, change, covered, answer, seconds_of(now), zone)
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
    zone: ZoneInfo,
) -> None:
    """One change of the store: the entries as they were recorded in the end, but for the answer."""
    images = _ends(covered)
    about = next((uuid for uuid, (before, _) in images.items() if before is None), None) or next(
        iter(images)
    )
    before, after = images[about]
    if after is None and answer != Answer():
        raise BadInput(
            f"{change.ref} removes an entry, which has no times",
            "remove it there too with `--mine`",
        )
    if after is not None:
        images[about] = (before, _answered(store, after, answer, zone))
    with store.transaction():
        for each in covered:
            sending.note_settled(store.connection, each)
        for uuid, (old, new) in images.items():
            _write_one(store, uuid, old, new, now_s, must=uuid == about or answer == Answer())


def _ends(covered: list[Waiting]) -> dict[str, tuple[dict[str, Any] | None, dict[str, Any] | None]]:
    """Of each entry what it was before all of that, and what it came to."""
    ends: dict[str, tuple[dict[str, Any] | None, dict[str, Any] | None]] = {}
    for change in covered:
        for image in change.images:
            before = ends[image.uuid][0] if image.uuid in ends else image.before
            ends[image.uuid] = (before, image.after)
    return ends


def _answered(
    store: Store, after: dict[str, Any], answer: Answer, zone: ZoneInfo
) -> dict[str, Any]:
    changed = dict(after)
    if answer.from_at is not None:
        changed |= starting(answer.from_at, zone_named(after["timezone"]))
    if answer.to_at is not None:
        changed["to_at"] = answer.to_at
    if answer.project is not None:
        from cowork_cli.services.clients.clients import find_project

        changed["project_id"] = find_project(store, answer.project, usable=True)
    end = changed["to_at"]
    if end is not None and end <= changed["from_at"]:
        raise BadInput("the end is not after the start", "give both with `--from T --to T`")
    return changed


def _write_one(
    store: Store,
    uuid: str,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    now_s: int,
    *,
    must: bool,
) -> None:
    """What the person decided; of other entries of the change only what still fits."""
    now = entries.record(store, uuid)
    if after is None:
        if now is not None and (must or now == {**(before or {}), "id": now["id"]}):
            entries.remove(store, now["id"])
        return
    if now is None and before is not None and not must:
        return
    changes = after if now is None or before is None else outbox.differing(before, after)
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
    elif values:
        entries.change(store, now["id"], values)
