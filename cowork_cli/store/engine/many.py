"""Many records added, changed or removed at once: a few statements for all of them, in one transaction.

The journal gets a row for each of them as ever, in the order they come. A statement for each record takes
several times as long: a trigger that may refuse it makes SQLite keep a journal of its own for each.
"""

from __future__ import annotations

from cowork_cli.domain.identity import new_uuids
from cowork_cli.errors import NotFound
from cowork_cli.records import dataclass
from cowork_cli.store.engine import sealed
from cowork_cli.store.engine.record_json import compact_many
from cowork_cli.store.engine.words import WORDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from cowork_cli.store.engine.connection import Connection
    from cowork_cli.store.engine.journal import Image, Journal, Linked, Place

    Record = tuple[Any, ...]

AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Landing:
    """Where new records come to stand: the first id they get in their table, and their place in the journal."""

    table: str
    first: int
    place: Place


@dataclass(frozen=True, slots=True)
class Batch:
    """New records with all columns, and what the journal will have of each."""

    landing: Landing
    records: list[Record]
    links: list[Linked]


def insert(
    journal: Journal, table: str, names: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> range:
    """Adds records and returns their ids; `names` are all columns but id and UUID."""
    if not rows:
        return range(0)
    return add(journal, batch(journal, landing(journal, table), names, rows))


def landing(journal: Journal, table: str) -> Landing:
    """Where records that are added next come to stand, inside a transaction or a rehearsal of it."""
    journal.refuse_many()
    last = journal.connection.catalogue.last_id_given(journal.connection, table)
    return Landing(table, last + 1, journal.place())


def batch(
    journal: Journal, landing: Landing, names: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> Batch:
    """Records, one at least, for that landing and what the journal will say of them; nothing is written."""
    columns = columns_of(journal.connection, landing.table)
    if columns != ["id", "uuid", *names]:
        raise RuntimeError(f"records of {landing.table} without all of its columns")
    # In their order, as RFC 9562 §6.2 asks: their index grows at its end.
    uuids = sorted(new_uuids(journal.now_ms, len(rows)))
    ids = range(landing.first, landing.first + len(rows))
    records = [(row_id, uuid, *row) for row_id, uuid, row in zip(ids, uuids, rows, strict=True)]
    said = images(columns, None, records)
    return Batch(landing, records, list(journal.links(landing.table, landing.place, said)))


def add(journal: Journal, batch: Batch) -> range:
    """Adds what was prepared for this very landing; returns the ids of the records."""
    where = batch.landing
    assert where == landing(journal, where.table), "hashed for another place"
    marks = ", ".join("?" * len(batch.records[0]))
    journal.connection.run_many(f"INSERT INTO {where.table} VALUES ({marks})", batch.records)
    journal.append(where.table, where.place, batch.links)
    return range(where.first, where.first + len(batch.records))


@dataclass(frozen=True, slots=True)
class Updating:
    """Records that are to be changed all in the same way, and what the journal will say of each."""

    table: str
    changes: Mapping[str, Any]
    row_ids: list[int]
    images: list[Image]


def updating(
    connection: Connection, table: str, row_ids: Sequence[int], changes: Mapping[str, Any]
) -> Updating:
    """What is to be written so that records hold `changes`; those that do already are left out.

    It is true for as long as nobody writes. Raises NotFound for a record that is gone.
    """
    columns = columns_of(connection, table)
    places = {columns.index(name): value for name, value in changes.items()}
    records = read(connection, table, row_ids)
    gone = set(row_ids).difference([record[0] for record in records])
    if gone:
        raise NotFound(f"{WORDS.get(table, table)} {min(gone)} is gone")
    before = [
        record
        for record in records
        if any(record[place] != value for place, value in places.items())
    ]
    after = [_with(record, places) for record in before]
    ids = [record[0] for record in before]
    return Updating(table, changes, ids, list(images(columns, before, after)))


def _with(record: Record, values: Mapping[int, Any]) -> Record:
    cells = list(record)
    for place, value in values.items():
        cells[place] = value
    return tuple(cells)


def update(journal: Journal, updating: Updating) -> None:
    """Changes the records, inside a transaction. Raises RuleBroken."""
    journal.refuse_many()
    assignments = ", ".join(f"{name} = ?" for name in updating.changes)
    for ids in listed(updating.row_ids):
        journal.connection.run(
            f"UPDATE {updating.table} SET {assignments} WHERE id IN ({ids})",
            *updating.changes.values(),
        )
    _note(journal, updating.table, updating.images)


def delete(journal: Journal, table: str, row_ids: Sequence[int]) -> int:
    """Removes records; how many there were. Raises RuleBroken."""
    journal.refuse_many()
    connection = journal.connection
    before = read(connection, table, row_ids)
    for ids in listed([record[0] for record in before]):
        connection.run(f"DELETE FROM {table} WHERE id IN ({ids})")
    _note(journal, table, images(columns_of(connection, table), before, None))
    return len(before)


def _note(journal: Journal, table: str, said: Iterable[Image]) -> None:
    place = journal.place()
    journal.append(table, place, journal.links(table, place, said))


def columns_of(connection: Connection, table: str) -> list[str]:
    """The columns of a table whose records can be written many at once: it hides nothing in the journal."""
    if table in sealed.TABLES:
        raise ValueError(f"{table} is sealed: each of its images has figures of its own")
    columns: list[str] = connection.catalogue.columns(connection, table)
    return columns


def read(connection: Connection, table: str, row_ids: Sequence[int]) -> list[Record]:
    """The records of these ids that are there, with all columns, by their ids."""
    return [
        record
        for ids in listed(sorted(row_ids))
        for record in connection.stream(f"SELECT * FROM {table} WHERE id IN ({ids}) ORDER BY id")
    ]


def images(
    columns: Sequence[str], before: Sequence[Record] | None, after: Sequence[Record] | None
) -> Iterator[Image]:
    """What the journal has of records that were `before` and are `after`; None: they were or are not there."""
    records = after if before is None else before
    assert records is not None
    ids = [record[0] for record in records]
    was = [None] * len(ids) if before is None else compact_many(columns, before)
    now = [None] * len(ids) if after is None else compact_many(columns, after)
    return zip(ids, was, now, strict=True)


def listed(row_ids: Sequence[int]) -> Iterator[str]:
    """Ids for a statement's `IN`, so many at once as a statement should hold."""
    for start in range(0, len(row_ids), AT_ONCE):
        yield ", ".join(map(str, row_ids[start : start + AT_ONCE]))
