"""Every change of a record goes through here: written and journalled in one transaction.

The journal is append-only. Each row holds what a record was before and after, and a hash over the
row before it and over the command and time of its change, so that a silent change of the past shows
(§ 146 (4) AO: an entry must not be changed so that the original can no longer be seen). What
`undo` takes back it reads there. A record is compared by the columns that the journal knew when it was
written, so that a migration that adds one takes no undo away.
"""

from __future__ import annotations

from contextlib import contextmanager

from cowork_cli.domain.identity import new_uuid
from cowork_cli.errors import NotFound
from cowork_cli.records import dataclass
from cowork_cli.store.engine import sealed, whose
from cowork_cli.store.engine.chain import header, last_link, link, sha256
from cowork_cli.store.engine.record_json import compact
from cowork_cli.store.engine.rows import as_dict
from cowork_cli.store.engine.words import WORDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from cowork_cli.store.engine.connection import Connection

# The id of a record and what it was and is, as JSON; None before is an insert, None after a removal.
Image = tuple[int, str | None, str | None]
Linked = tuple[int, str | None, str | None, str]  # and the hash

_APPEND = (
    "INSERT INTO journal (change_id, table_name, row_id, before, after, chain) "
    "VALUES (?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True)
class JournalRow:
    """What one change did to one record; None before is an insert, None after a removal."""

    table: str
    row_id: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Place:
    """The end of the journal: the change that is being written, and the hash of the last row."""

    change_id: int
    chain: str


class Journal:
    """Writes records for one command of a person. `command` is its text, `now_ms` its instant.

    `founder` becomes the owner of a store that has none, with the first change that is written.
    """

    def __init__(
        self, connection: Connection, command: str, now_ms: int, person: str = "", founder: str = ""
    ):
        self.connection = connection
        self.person, self.founder = person, founder
        self._command = command
        self.now_ms = now_ms
        self._change_id: int | None = None
        self._kind = "do"
        self._uuid: str | None = None  # of the change, where it has one already
        self.touched: set[str] = set()

    @contextmanager
    def transaction(self) -> Iterator[Journal]:
        """All writes inside land together, or none does."""
        known = self._change_id
        try:
            with self.connection.transaction():
                yield self
        except BaseException:
            self._change_id = known
            raise

    @contextmanager
    def rehearsal(self) -> Iterator[Journal]:
        """All writes inside are taken back at the end."""
        known, touched = self._change_id, set(self.touched)
        try:
            with self.connection.rehearsal():
                yield self
        finally:
            self._change_id, self.touched = known, touched

    def insert(self, table: str, row: Mapping[str, Any]) -> int:
        """Adds a record and returns its id; it gets a UUID here where it has none."""
        full = {"uuid": new_uuid(self.now_ms), **row}
        added = self._insert_row(table, full)
        self._write(table, added["id"], None, added)
        return int(added["id"])

    def refuse_many(self) -> None:
        """Where many records cannot be written at once, says why; see `many`."""

    def place(self) -> Place:
        """Where the next row of this change will stand, inside a transaction."""
        return Place(self._change(), last_link(self.connection))

    def foreseen(self, kind: str) -> Place:
        """Where the first row of a change of that kind will stand if nobody writes before; nothing is written."""
        self._kind = kind
        given = self.connection.catalogue.last_id_given(self.connection, "changes")
        return Place(self._change_id or given + 1, last_link(self.connection))

    def links(self, table: str, place: Place, images: Iterable[Image]) -> Iterator[Linked]:
        """What the journal will say of records, and the hash of each, as if they were written at that place.

        Nothing is written, so that nobody has to wait for it.
        """
        head = "\x1f".join(map(str, (*self._header(), place.change_id, table)))
        chain, digest = place.chain, sha256()
        for row_id, before, after in images:
            text = f"{chain}\x1f{head}\x1f{row_id}\x1f{before}\x1f{after}"
            chain = digest(text.encode()).hexdigest()
            yield row_id, before, after, chain

    def append(self, table: str, place: Place, links: Iterable[Linked]) -> None:
        """Writes what `links` gave for this very place, inside the transaction of the records."""
        assert place == self.place(), "what was hashed for another place breaks the chain"
        rows = ((place.change_id, table, *link) for link in links)
        self.connection.run_many(_APPEND, rows)
        self.touched.add(table)

    def append_staged(self, tables: Iterable[str], place: Place, source: str) -> None:
        """The same out of a temporary table: table_name, row_id, before, after, chain by its numbers `n`."""
        assert place == self.place(), "what was hashed for another place breaks the chain"
        self.touched.update(tables)
        self.connection.run(
            "INSERT INTO journal (change_id, table_name, row_id, before, after, chain) "
            f"SELECT ?, table_name, row_id, before, after, chain FROM {source} ORDER BY n",
            place.change_id,
        )

    def head(self) -> int:
        """The id of the last row that was written; of an empty journal 0."""
        return self.connection.value("SELECT max(id) FROM journal") or 0

    def since(self, head: int) -> Iterator[JournalRow]:
        """What was written behind that row, by whatever command."""
        return self._parsed(
            "SELECT table_name, row_id, before, after FROM journal WHERE id > ? ORDER BY id", head
        )

    def update(self, table: str, row_id: int, changes: Mapping[str, Any]) -> bool:
        """Changes a record; False if it is that way already."""
        before = self.read(table, row_id)
        if before is None:
            raise NotFound(f"{WORDS.get(table, table)} {row_id} is gone")
        if all(before[column] == value for column, value in changes.items()):
            return False
        self._write(table, row_id, before, self._update_row(table, row_id, changes))
        return True

    def delete(self, table: str, row_id: int) -> None:
        """Removes a record. Raises NotFound for one that is gone."""
        before = self.read(table, row_id)
        if before is None:
            raise NotFound(f"{WORDS.get(table, table)} {row_id} is gone")
        self.connection.run(f"DELETE FROM {table} WHERE id = ?", row_id)
        self._write(table, row_id, before, None)

    def erase(self, table: str, row_id: int, day: str) -> int:
        """Takes what a record was out of the journal, but for what it is now; how many images.

        Only of the tables in `sealed`; the chain holds, and `erasures` says what was done.
        """
        if table not in sealed.TABLES:
            raise ValueError(f"{table} is not sealed")
        if not self.connection.value(
            "SELECT count(*) FROM erasures WHERE table_name = ? AND row_id = ?", table, row_id
        ):
            self.insert("erasures", {"table_name": table, "row_id": row_id, "day": day})
        rows = self.connection.rows(
            "SELECT id, before, after FROM journal WHERE table_name = ? AND row_id = ? ORDER BY id",
            table,
            row_id,
        )
        gone = 0
        for row in rows:
            kept = row is rows[-1]  # of a record that is there: the last image is the record
            before = sealed.erased(row.before)
            after = row.after if kept else sealed.erased(row.after)
            gone += (before != row.before) + (after != row.after)
            if (before, after) != (row.before, row.after):
                self.connection.run(
                    "UPDATE journal SET before = ?, after = ? WHERE id = ?", before, after, row.id
                )
        return gone

    def bar_undo(self, reason: str, remedy: str) -> None:
        """This change cannot be undone: `reason` names what stands against it, `remedy` the command."""
        self.connection.run(
            "INSERT INTO barriers (change_id, reason, remedy) VALUES (?, ?, ?)",
            self._change(),
            reason,
            remedy,
        )

    def unattended(self) -> None:
        """This change was made by a program at its time: undo passes over it.

        `cowork undo` takes back what a person did last, not what cron did a minute ago.
        """
        change = self._change()
        if not self.connection.row("SELECT 1 FROM unattended WHERE change_id = ?", change):
            self.connection.run("INSERT INTO unattended (change_id) VALUES (?)", change)

    # ---- what `undo` writes

    @contextmanager
    def reversing(self, kind: str) -> Iterator[None]:
        """A transaction whose change is of that kind, `undo` or `redo`."""
        with self.transaction():
            self._kind = kind
            yield

    def reversed(self, change_id: int) -> None:
        """Notes that this change took back another one."""
        self.connection.run(
            "INSERT INTO reversals (change_id, by_change_id) VALUES (?, ?)",
            change_id,
            self._change(),
        )

    def restore(self, row: JournalRow, now: dict[str, Any] | None) -> None:
        """Makes a record what it was before; `now` is what it is. Raises RuleBroken."""
        if row.before is None:
            self.connection.run(f"DELETE FROM {row.table} WHERE id = ?", row.row_id)
            restored = None
        elif now is None:
            known = self.connection.catalogue.columns(self.connection, row.table)
            restored = self._insert_row(
                row.table, {name: row.before[name] for name in known if name in row.before}
            )
        else:
            changes = {
                name: value
                for name, value in row.before.items()
                if name in now and now[name] != value
            }
            restored = self._update_row(row.table, row.row_id, changes) if changes else now
        self._write(row.table, row.row_id, now, restored)

    def rows_of(self, change_id: int) -> tuple[JournalRow, ...]:
        """What one change did, in the order it was done."""
        return tuple(
            self._parsed(
                "SELECT table_name, row_id, before, after FROM journal "
                "WHERE change_id = ? ORDER BY id",
                change_id,
            )
        )

    def _parsed(self, sql: str, value: int) -> Iterator[JournalRow]:
        import json  # not above: a report reads no journal

        for table, row_id, *texts in self.connection.stream(sql, value):
            before, after = (json.loads(text) if text else None for text in texts)
            if table in sealed.TABLES:
                before, after = sealed.unsalted(before), sealed.unsalted(after)
            yield JournalRow(table, row_id, before, after)

    # ---- rows

    def _insert_row(self, table: str, row: Mapping[str, Any]) -> dict[str, Any]:
        """The record as the table holds it, with its id and its defaults."""
        marks = ", ".join("?" * len(row))
        (added,) = self.connection.run(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks}) RETURNING *", *row.values()
        )
        return as_dict(added)

    def _update_row(self, table: str, row_id: int, changes: Mapping[str, Any]) -> dict[str, Any]:
        assignments = ", ".join(f"{column} = ?" for column in changes)
        (changed,) = self.connection.run(
            f"UPDATE {table} SET {assignments} WHERE id = ? RETURNING *", *changes.values(), row_id
        )
        return as_dict(changed)

    def read(self, table: str, row_id: int) -> dict[str, Any] | None:
        """A record with all columns, None where there is none."""
        row = self.connection.row(f"SELECT * FROM {table} WHERE id = ?", row_id)
        return None if row is None else as_dict(row)

    def _write(
        self, table: str, row_id: int, before: dict[str, Any] | None, after: dict[str, Any] | None
    ) -> None:
        salted = sealed.salted if table in sealed.TABLES else dict
        texts = [None if row is None else compact(salted(row)) for row in (before, after)]
        place, held = self.place(), sealed.held(table, *texts)
        chain = link(place.chain, *self._header(), place.change_id, table, row_id, *held)
        self.connection.run(_APPEND, place.change_id, table, row_id, *texts, chain)
        self.touched.add(table)

    def _header(self) -> tuple[object, ...]:
        """What the chain holds of the change: when, by which command, of which kind, by whom."""
        return header(self.now_ms // 1000, self._command, self._kind, self.person)

    def _change(self) -> int:
        if self._change_id is None:
            if self.founder:
                whose.say(self.connection, self.founder)
            header = self._header()
            by = ", person" if self.person else ""
            ((self._change_id,),) = self.connection.run(
                f"INSERT INTO changes (uuid, at, command, kind{by}) "
                f"VALUES (?{', ?' * len(header)}) RETURNING id",
                self._uuid or new_uuid(self.now_ms),
                *header,
            )
        assert self._change_id is not None
        return self._change_id


def same(written: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> bool:
    """Whether a record is as the journal wrote it, by the columns that both know."""
    if written is None or now is None:
        return written is now
    return all(now[name] == value for name, value in written.items() if name in now)
