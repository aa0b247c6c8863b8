"""Many records on their way back to what they were: put together while others write, then written at once.

What the journal will say of each, and its hash, lies in temporary tables of this connection before the
store is locked. So whoever takes back an import of 20,000 hours keeps others waiting for the writing alone.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import groupby

from cowork_cli.errors import CoworkError
from cowork_cli.records import dataclass
from cowork_cli.store.engine import many
from cowork_cli.store.engine.record_json import compact_many

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any, Self

    from cowork_cli.store.engine.journal import Image, Journal, Linked, Place

    _Kind = tuple[str, str, tuple[tuple[str, Any], ...]]  # table, what is done, what is changed

_LINKS = """CREATE TEMPORARY TABLE back_links (
    n INTEGER PRIMARY KEY, table_name TEXT NOT NULL, row_id INTEGER NOT NULL, before TEXT, after TEXT,
    chain TEXT NOT NULL
)"""


@dataclass(frozen=True, slots=True)
class Step:
    """One record on its way back, with all of its columns; `now` None: it is gone, `then`: it was not there."""

    table: str
    row_id: int
    now: dict[str, Any] | None
    then: dict[str, Any] | None

    @property
    def kind(self) -> _Kind:
        """Steps of one kind that follow each other are one statement."""
        if self.then is None:
            return self.table, "remove", ()
        if self.now is None:
            return self.table, "add", ()
        now = self.now
        changes = [(name, value) for name, value in self.then.items() if now[name] != value]
        return self.table, "change", tuple(changes)


class TakingBack:
    """Steps in their order, as they hold for as long as nobody writes."""

    def __init__(self, journal: Journal) -> None:
        self._journal, self._connection = journal, journal.connection
        self._runs: list[tuple[_Kind, list[Step]]] = []
        self._temporary: list[str] = []
        self._place: Place | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(CoworkError), self._connection.private():
            for table in self._temporary:
                self._connection.run(f"DROP TABLE {table}")

    def put_together(self, steps: Sequence[Step], place: Place) -> None:
        """Lays ready what is written at that place of the journal, in a transaction that need lock nobody out."""
        self._connection.keep_pages(16)
        self._place = place
        self._runs = [(kind, list(run)) for kind, run in groupby(steps, lambda step: step.kind)]
        self._temporary.append("back_links")
        self._connection.run(_LINKS)
        self._connection.run_many(
            "INSERT INTO back_links VALUES (?, ?, ?, ?, ?, ?)",
            ((n, *link) for n, link in enumerate(self._links(place), 1)),
        )
        for n, ((table, what, _), run) in enumerate(self._runs):
            if what == "add":
                self._temporary.append(f"back_{n}")
                self._connection.run(
                    f"CREATE TEMPORARY TABLE back_{n} AS SELECT * FROM {table} WHERE 1 = 0"
                )
                rows = [tuple(step.then.values()) for step in run if step.then is not None]
                marks = ", ".join("?" * len(rows[0]))
                self._connection.run_many(f"INSERT INTO back_{n} VALUES ({marks})", rows)

    def write(self) -> None:
        """Takes all steps, inside the transaction. Raises RuleBroken, without saying of which record."""
        assert self._place is not None
        for n, ((table, what, changes), run) in enumerate(self._runs):
            if what == "add":
                self._connection.run(f"INSERT INTO {table} SELECT * FROM back_{n} ORDER BY id")
                continue
            if what == "change" and not changes:
                continue
            verb = f"DELETE FROM {table}"
            if what == "change":
                verb = f"UPDATE {table} SET {', '.join(f'{name} = ?' for name, _ in changes)}"
            values = [value for _, value in changes]
            for ids in many.listed([step.row_id for step in run]):
                self._connection.run(f"{verb} WHERE id IN ({ids})", *values)
        tables = {table for (table, _, _), _ in self._runs}
        self._journal.append_staged(tables, self._place, "back_links")

    def _links(self, place: Place) -> Iterator[tuple[str, *Linked]]:
        for (table, _, _), run in self._runs:
            for link in self._journal.links(table, place, _images(run)):
                yield (table, *link)
            place = type(place)(place.change_id, link[-1])


def _images(run: Sequence[Step]) -> Iterable[Image]:
    columns = list(run[0].then or run[0].now or {})
    ids = [step.row_id for step in run]
    return zip(
        ids,
        _texts(columns, [step.now for step in run]),
        _texts(columns, [step.then for step in run]),
        strict=True,
    )


def _texts(
    columns: Sequence[str], records: Sequence[dict[str, Any] | None]
) -> Iterable[str | None]:
    there = [tuple(record.values()) for record in records if record is not None]
    return compact_many(columns, there) if there else [None] * len(records)
