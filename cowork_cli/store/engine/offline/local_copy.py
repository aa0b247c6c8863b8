"""The local copy of a store on a server: a file of the same schema, made whole once, then kept up with the journal.

It holds every record, but not the journal of the server nor the bytes of receipts, documents and letters:
nothing that works without the server shows them, and they are most of what a store weighs. What its own journal
holds is therefore exactly what waits to go up (`outbox`).
"""

from __future__ import annotations

import os
from contextlib import contextmanager

from cowork_cli.records import dataclass
from cowork_cli.store.engine import connection as sqlite
from cowork_cli.store.engine import database, files, version
from cowork_cli.store.engine.offline import outbox
from cowork_cli.store.engine.rows import as_dict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from cowork_cli.store.engine.connection import Connection

_OF_THE_JOURNAL = {"changes", "journal", "barriers", "reversals", "unattended"}
_OF_BYTES = {"receipts", "invoice_files", "letters"}
LEFT_OUT = frozenset(_OF_THE_JOURNAL | _OF_BYTES)
FIRST_ID = 1_000_000_000
"""The first id that is given without the server: it never names another record later."""
_WRITTEN = "entries"
_MANY = 2000  # touched rows of a table, beyond which all of it is read
_AT_ONCE = 500
_WORTH_NOTING_S = 60  # what the copy says of its age is shown in minutes


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where the journal of the server ended when it was copied, by id and hash of its last row."""

    head: int
    chain: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What came to the server since: of each table all rows, or those that were touched."""

    stamp: Stamp
    arrived: frozenset[str]
    touched: Mapping[str, list[int]] | None


def made(
    path: Path,
    server: Connection,
    now_s: int,
    older: Connection | None = None,
    held: Mapping[str, outbox.Held] | None = None,
) -> None:
    """Makes a copy at `path`, whole or not at all; what waits in an `older` one is taken along.

    `held` is as for `refresh`.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    files.remove_store(part)
    try:
        with server.private():
            snapshot = Snapshot(_end(server), _arrived(server, older), None)

            def fill(file: Connection) -> None:
                with file.transaction():
                    # Hours alone are written without the server, so that only their rules are needed;
                    # and a journal that gives away what went up is not one that only grows.
                    file.catalogue.drop_rules_of_others(file, _WRITTEN)
                    file.catalogue.give_ids_after(file, {_WRITTEN: FIRST_ID - 1})
                    with file.catalogue.without_rules(file):
                        if older is not None:
                            outbox.carry(older, file)
                            outbox.remove(file, snapshot.arrived)
                        if held is not None:
                            outbox.hold(file, held)
                        _apply(file, server, snapshot, {})
                        outbox.reapply(file)
                        _write_state(file, snapshot.stamp, now_s)

            database.build(part, version.VERSION, fill)
        files.remove_store(path)
        part.rename(path)
    finally:
        files.remove_store(part)


def is_current(copy: Connection) -> bool:
    """Whether a copy has the schema of this program."""
    return copy.schema == version.VERSION


@contextmanager
def opened(path: str | Path) -> Iterator[Connection]:
    """A copy to be brought up to date: nothing in it is lost that the server does not have."""
    copy = sqlite.opened(path, replicated=True)
    try:
        yield copy
    finally:
        copy.close()


def refresh(
    copy: Connection,
    server: Connection,
    now_s: int,
    held: Mapping[str, outbox.Held] | None = None,
) -> None:
    """Brings the copy to where the server is. `held`: what was sent just now and did not fit, by UUID.

    One query where nothing is new. What waits stays on top of what came, as far as it fits.
    """
    known = stamp(copy)
    last, continues = _looked(server, known)
    waits = outbox.uuids(copy)
    if continues and last == known and not waits:
        if abs(now_s - refreshed_at(copy)) >= _WORTH_NOTING_S:
            with copy.transaction():
                _note_time(copy, now_s)
        return
    with server.private():
        snapshot = _snapshot(server, known if continues else None, waits)
        _take_over(copy, server, snapshot, now_s, held)
    if snapshot.touched is None or "erasures" in snapshot.touched:
        copy.catalogue.scrub(copy)  # what is forgotten stands in no free page of the copy either


def _take_over(
    copy: Connection,
    server: Connection,
    snapshot: Snapshot,
    now_s: int,
    held: Mapping[str, outbox.Held] | None,
) -> None:
    with copy.transaction(), copy.catalogue.without_rules(copy):
        if snapshot.touched is not None and stamp(copy).head > snapshot.stamp.head:
            return  # another command of this home was quicker, and knows more
        again = outbox.unwind(copy)
        outbox.remove(copy, snapshot.arrived)
        if held is not None:
            outbox.hold(copy, held)
        _apply(copy, server, snapshot, again)
        outbox.reapply(copy)
        _write_state(copy, snapshot.stamp, now_s)


def stamp(copy: Connection) -> Stamp:
    """Up to where the copy knows the server's journal."""
    said = dict(copy.rows("SELECT key, value FROM meta WHERE key IN ('copy.head', 'copy.chain')"))
    return Stamp(int(said.get("copy.head", -1)), said.get("copy.chain", ""))


def refreshed_at(copy: Connection) -> int:
    """When the copy last was what the server is, in seconds since 1970."""
    return int(copy.value("SELECT value FROM meta WHERE key = 'copy.at'") or 0)


def behind(copy: Connection, server: Connection) -> int:
    """How many changes the server has that the copy does not have yet."""
    return int(
        server.value("SELECT count(DISTINCT change_id) FROM journal WHERE id > ?", stamp(copy).head)
    )


# ---- what is new


def _looked(server: Connection, known: Stamp) -> tuple[Stamp, bool]:
    """The end of the server's journal, and whether it goes on from what is known: one query."""
    rows = server.rows(
        "SELECT id, chain FROM journal WHERE id = ? OR id = (SELECT max(id) FROM journal) ORDER BY id",
        known.head,
    )
    last = Stamp(rows[-1].id, rows[-1].chain) if rows else Stamp(0, "")
    there = known in [Stamp(row.id, row.chain) for row in rows] or known == Stamp(0, "")
    return last, there


def _end(server: Connection) -> Stamp:
    return _looked(server, Stamp(-1, ""))[0]


def _snapshot(server: Connection, known: Stamp | None, waits: list[str]) -> Snapshot:
    end = _end(server)
    arrived = _known_of(server, waits)
    if known is None:
        return Snapshot(end, arrived, None)
    touched: dict[str, list[int]] = {}
    for table, row in server.rows(
        "SELECT DISTINCT table_name, row_id FROM journal WHERE id > ? ORDER BY 1, 2", known.head
    ):
        touched.setdefault(table, []).append(row)
    return Snapshot(end, arrived, touched)


def _arrived(server: Connection, older: Connection | None) -> frozenset[str]:
    return frozenset() if older is None else _known_of(server, outbox.uuids(older))


def _known_of(server: Connection, waits: list[str]) -> frozenset[str]:
    """Of what waits, that which is on the server: its answer was lost, or it was sent just now."""
    known: set[str] = set()
    for at in range(0, len(waits), _AT_ONCE):
        some = waits[at : at + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        known |= {
            uuid
            for (uuid,) in server.rows(f"SELECT uuid FROM changes WHERE uuid IN ({marks})", *some)
        }
    return frozenset(known)


# ---- taking it over


def _apply(
    copy: Connection, server: Connection, snapshot: Snapshot, again: Mapping[str, set[int]]
) -> None:
    """`again`: records that are read from the server whether they were touched or not, by table and id."""
    if snapshot.touched is None:
        for table in copy.catalogue.tables(copy):
            if table not in LEFT_OUT and table != "meta":
                _copy_table(copy, server, table)
    else:
        touched = {table: ids for table, ids in snapshot.touched.items() if table not in LEFT_OUT}
        for table in sorted(touched.keys() | again.keys()):
            ids = sorted({*touched.get(table, ()), *again.get(table, ())})
            if len(ids) > _MANY:
                _copy_table(copy, server, table)
            else:
                _copy_rows(copy, server, table, ids)
    copy.run("DELETE FROM meta WHERE substr(key, 1, 5) NOT IN ('copy.', 'held.')")
    copy.run_many(
        "INSERT INTO meta (key, value) VALUES (?, ?)",
        [tuple(row) for row in server.rows("SELECT key, value FROM meta")],
    )


def _copy_table(copy: Connection, server: Connection, table: str) -> None:
    names = copy.catalogue.columns(copy, table)
    copy.run(f"DELETE FROM {table}")
    copy.run_many(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
        server.stream(f"SELECT {', '.join(names)} FROM {table}"),
    )


def _copy_rows(copy: Connection, server: Connection, table: str, ids: list[int]) -> None:
    """All old images first: what is one of its kind may have moved from one record to the other."""
    rows: list[dict[str, Any]] = []
    for at in range(0, len(ids), _AT_ONCE):
        some = ids[at : at + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        copy.run(f"DELETE FROM {table} WHERE id IN ({marks})", *some)
        rows += map(as_dict, server.rows(f"SELECT * FROM {table} WHERE id IN ({marks})", *some))
    if rows:
        names = list(rows[0])
        copy.run_many(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
            [tuple(row.values()) for row in rows],
        )


def _write_state(copy: Connection, end: Stamp, now_s: int) -> None:
    outbox.keep(copy, "copy.head", str(end.head))
    outbox.keep(copy, "copy.chain", end.chain)
    _note_time(copy, now_s)


def _note_time(copy: Connection, now_s: int) -> None:
    outbox.keep(copy, "copy.at", str(now_s))
