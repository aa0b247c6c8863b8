"""What was recorded without the server and waits to go up: the changes and the journal of the local copy.

A record is known by its UUID: its id here is not the one that the server gives it. A change that did not fit
what others had recorded meanwhile is *held*: it stays here, is taken out of the copy's tables, and waits for
a word of the person (`data settle`).
"""

from __future__ import annotations

import json

from cowork_cli.errors import CoworkError
from cowork_cli.records import dataclass
from cowork_cli.store.engine.rows import as_dict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from cowork_cli.store.engine.connection import Connection

REF = "o-"
"""What the refs of waiting changes begin with."""


@dataclass(frozen=True, slots=True)
class Image:
    """What a waiting change does to one record; None before is an insert, None after a removal."""

    table: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def uuid(self) -> str:
        """The record's."""
        return str((self.after or self.before or {})["uuid"])


@dataclass(frozen=True, slots=True)
class Held:
    """Why a change does not go up, and the record on the server that stands against it."""

    reason: str
    theirs: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that one command wrote without the server. `at` is seconds since 1970."""

    id: int
    uuid: str
    at: int
    command: str
    person: str
    images: tuple[Image, ...]
    held: Held | None

    @property
    def ref(self) -> str:
        """As it is typed."""
        return f"{REF}{self.id}"

    @property
    def records(self) -> frozenset[str]:
        """The UUIDs of all records it touches."""
        return frozenset(image.uuid for image in self.images)


def waiting(copy: Connection) -> list[Waiting]:
    """What waits, in the order it was recorded."""
    images: dict[int, list[Image]] = {}
    for row in copy.rows("SELECT change_id, table_name, before, after FROM journal ORDER BY id"):
        before, after = (json.loads(text) if text else None for text in (row.before, row.after))
        images.setdefault(row.change_id, []).append(Image(row.table_name, before, after))
    held = _held(copy)
    changes = map(as_dict, copy.rows("SELECT * FROM changes ORDER BY id"))
    return [
        Waiting(
            change["id"],
            change["uuid"],
            change["at"],
            change["command"],
            change.get("person", ""),  # a copy of an older schema has none
            tuple(images.get(change["id"], ())),
            held.get(change["uuid"]),
        )
        for change in changes
    ]


def uuids(copy: Connection) -> list[str]:
    """The UUIDs of the changes that wait."""
    return [uuid for (uuid,) in copy.rows("SELECT uuid FROM changes ORDER BY id")]


def _held(copy: Connection) -> dict[str, Held]:
    rows = copy.rows("SELECT key, value FROM meta WHERE substr(key, 1, 5) = 'held.'")
    return {key.removeprefix("held."): Held(**json.loads(value)) for key, value in rows}


def hold(copy: Connection, held: Mapping[str, Held]) -> None:
    """Notes which of the changes do not go up, and why; all others may."""
    copy.run("DELETE FROM meta WHERE substr(key, 1, 5) = 'held.'")
    there = set(uuids(copy))
    for uuid, why in held.items():
        if uuid in there:
            _hold_one(copy, uuid, why)


def _hold_one(copy: Connection, uuid: str, why: Held) -> None:
    said = json.dumps({"reason": why.reason, "theirs": why.theirs}, ensure_ascii=False)
    keep(copy, f"held.{uuid}", said)


def keep(copy: Connection, key: str, value: str) -> None:
    """Notes something of the copy itself."""
    copy.run(
        "INSERT INTO meta (key, value) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        key,
        value,
    )


def remove(copy: Connection, gone: Iterable[str]) -> None:
    """Takes changes out of the outbox: they are on the server, or were dropped by the person."""
    for uuid in gone:
        copy.run(
            "DELETE FROM journal WHERE change_id IN (SELECT id FROM changes WHERE uuid = ?)", uuid
        )
        copy.run("DELETE FROM changes WHERE uuid = ?", uuid)
        copy.run("DELETE FROM meta WHERE key = ?", f"held.{uuid}")


def unwind(copy: Connection) -> dict[str, set[int]]:
    """Takes what waits out of the tables; ids, by table, of the records that are to be read from the server again.

    What was added is gone then. What was changed or removed is not put back to what it was here: the server
    may have gone on since, and has what it is.
    """
    again: dict[str, set[int]] = {}
    for change in waiting(copy):
        for image in change.images if change.held is None else ():
            if image.before is None:
                copy.run(f"DELETE FROM {image.table} WHERE uuid = ?", image.uuid)
            else:
                again.setdefault(image.table, set()).add(image.before["id"])
    return again


def reapply(copy: Connection) -> None:
    """Puts what waits on top of what came from the server; what does not fit is held."""
    stuck: set[str] = set()
    for change in waiting(copy):
        if change.held is not None or not stuck.isdisjoint(change.records):
            stuck |= change.records
            continue
        copy.run("SAVEPOINT change")
        try:
            for image in change.images:
                _put(copy, image)
        except CoworkError as error:
            copy.run("ROLLBACK TO change")
            _hold_one(copy, change.uuid, Held(error.message))
            stuck |= change.records
        copy.run("RELEASE change")


def carry(older: Connection, copy: Connection) -> None:
    """Takes what waits from a copy of an older schema into a new one."""
    for table in ("changes", "journal"):
        for row in map(as_dict, older.rows(f"SELECT * FROM {table} ORDER BY id")):
            marks = ", ".join("?" * len(row))
            copy.run(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", *row.values())
    for key, value in older.rows("SELECT key, value FROM meta WHERE substr(key, 1, 5) = 'held.'"):
        copy.run("INSERT INTO meta (key, value) VALUES (?, ?)", key, value)


def _put(copy: Connection, image: Image) -> None:
    """Does to a record of the tables what was recorded; only the columns that differ are written."""
    if image.after is None:
        copy.run(f"DELETE FROM {image.table} WHERE uuid = ?", image.uuid)
    elif image.before is None:
        names, marks = ", ".join(image.after), ", ".join("?" * len(image.after))
        copy.run(f"INSERT INTO {image.table} ({names}) VALUES ({marks})", *image.after.values())
    else:
        changes = differing(image.before, image.after)
        columns = ", ".join(f"{name} = ?" for name in changes)
        copy.run(
            f"UPDATE {image.table} SET {columns} WHERE uuid = ?", *changes.values(), image.uuid
        )


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that a change writes, with what it writes."""
    return {
        name: value for name, value in after.items() if name != "id" and before.get(name) != value
    }
