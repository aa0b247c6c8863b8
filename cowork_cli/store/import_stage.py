"""Rows on their way into the store: tables of this connection alone, which no one else waits for.

They lie in a temporary file that ends with the process. What was planned there is moved into the
entries by one statement, so that the transaction that does it is short however many rows there are.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple, Self

from cowork_cli.errors import CoworkError
from cowork_cli.store.engine.journal import Image, Place
from cowork_cli.store.engine.record_json import json_value
from cowork_cli.store.engine.store import Store

_ROWS = """CREATE TEMPORARY TABLE import_rows (
    n INTEGER PRIMARY KEY, line INTEGER NOT NULL, unit TEXT NOT NULL, file TEXT, fault TEXT,
    uuid TEXT, open_uuid TEXT, owner INTEGER, from_at INTEGER, to_at INTEGER, length_s INTEGER,
    day TEXT, note TEXT, tags TEXT, place TEXT, timezone TEXT, billable INTEGER, pause_s INTEGER,
    out INTEGER NOT NULL DEFAULT 0
)"""
_PARTS = """CREATE TEMPORARY TABLE import_parts (
    k INTEGER PRIMARY KEY, uuid TEXT NOT NULL, owner INTEGER NOT NULL, note TEXT, tags TEXT NOT NULL,
    place TEXT, from_at INTEGER NOT NULL, to_at INTEGER, timezone TEXT NOT NULL, day TEXT NOT NULL,
    billable INTEGER NOT NULL
)"""
_LINKS = """CREATE TEMPORARY TABLE import_links (
    n INTEGER PRIMARY KEY, table_name TEXT NOT NULL, row_id INTEGER NOT NULL, before TEXT, after TEXT NOT NULL,
    chain TEXT NOT NULL
)"""
_ENTRIES = "entries"
_QUOTED = ("note", "tags", "place", "timezone")  # texts that may hold what JSON escapes
_PLAIN = ("uuid", "day")  # texts that cannot
_OWN = "note, tags, place, from_at, to_at, timezone, day, billable"


class StagedRow(NamedTuple):
    """One row of a file. `fault`: why it cannot be taken; `uuid` None: nothing of it could be read.

    Times are seconds since 1970. `open_uuid` is the UUID it had while it was running, `owner` the number
    of the names it gives for its project, None where it gives none. `day` is the local one of its
    start, or the one of a row with a length only.
    """

    n: int
    line: int
    unit: str
    file: str | None
    fault: str | None
    uuid: str | None = None
    open_uuid: str | None = None
    owner: int | None = None
    from_at: int = 0
    to_at: int | None = None
    length_s: int | None = None
    day: str | None = None
    note: str | None = None
    tags: str = ""
    place: str | None = None
    timezone: str = ""
    billable: int | None = None
    pause_s: int = 0


class StagedPart(NamedTuple):
    """One entry as it will be; `owner` as in its row."""

    k: int
    uuid: str
    owner: int
    note: str | None
    tags: str
    place: str | None
    from_at: int
    to_at: int | None
    timezone: str
    day: str
    billable: int


class _Landing(NamedTuple):
    """Where planned entries come to stand: behind which entry, at which place of the journal, for whom."""

    before: int
    place: Place
    projects: dict[int, int]


class Stage:
    """The rows of one import, then the entries that are planned of them."""

    def __init__(self, store: Store) -> None:
        self._store, self._connection = store, store.connection
        self._foreseen: _Landing | None = None
        self._plans = 0  # a row that the n-th plan leaves out is marked with n
        # UUIDs come in no order: without room, each page of their index would be written many times.
        self._connection.keep_pages(16)
        with self._connection.private():
            for sql in (_ROWS, _PARTS, _LINKS):
                self._connection.run(sql)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(CoworkError), self._connection.private():
            for table in ("import_links", "import_parts", "import_rows"):
                self._connection.run(f"DROP TABLE {table}")

    def fill(self, rows: Iterable[StagedRow]) -> int:
        """Takes the rows of the file, read as it goes; returns how many."""
        with self._connection.private():
            self._connection.run_many(_insert("import_rows", StagedRow._fields), rows)
            self._connection.run("CREATE INDEX temp.import_uuids ON import_rows (uuid)")
        return self.count()

    def leave_known(self) -> int:
        """Begins a plan: leaves out the rows that are entries already; returns how many."""
        self._plans += 1
        self._connection.run(
            "UPDATE import_rows SET out = ? "
            "WHERE uuid IN (SELECT r.uuid FROM import_rows r JOIN entries e ON e.uuid = r.uuid)",
            self._plans,
        )
        return int(
            self._connection.value("SELECT count(*) FROM import_rows WHERE out = ?", self._plans)
        )

    def leave(self, numbers: Iterable[int]) -> None:
        """Leaves rows out of this plan."""
        self._connection.run_many(
            "UPDATE import_rows SET out = ? WHERE n = ?", ((self._plans, n) for n in numbers)
        )

    def odd(self) -> Iterator[tuple[StagedRow, bool, int | None]]:
        """Rows that have to be looked at, as in the file: (row, it was an entry while it ran, its twin).

        All those of which something is wrong or not known, or that are there twice. The twin is the
        number of the first row without a fault that says the same.
        """
        fields = ", ".join(f"r.{name}" for name in StagedRow._fields)
        was_open = "EXISTS (SELECT 1 FROM entries e WHERE e.uuid = r.open_uuid)"
        for *values, ran, twin in self._connection.stream(
            f"SELECT {fields}, {was_open}, (SELECT min(f.n) FROM import_rows f "
            "WHERE f.uuid = r.uuid AND f.fault IS NULL AND f.owner IS NOT NULL) "
            "FROM import_rows r WHERE r.out <> ? AND (r.fault IS NOT NULL OR r.owner IS NULL "
            f"OR r.to_at IS NULL OR r.length_s IS NOT NULL OR {was_open} OR r.uuid IN "
            "(SELECT uuid FROM import_rows GROUP BY uuid HAVING count(*) > 1)) ORDER BY r.n",
            self._plans,
        ):
            yield StagedRow._make(values), bool(ran), twin

    def owners(self) -> list[int]:
        """The numbers of the names that are given by rows that are not left out, as first met."""
        rows = self._connection.rows(
            "SELECT owner FROM import_rows WHERE out <> ? GROUP BY owner ORDER BY min(n)",
            self._plans,
        )
        return [owner for (owner,) in rows]

    def leave_those_of(self, owner: int) -> None:
        """Leaves out the rows that give these names."""
        self._connection.run("UPDATE import_rows SET out = ? WHERE owner = ?", self._plans, owner)

    def count(self) -> int:
        """How many rows there are."""
        return int(self._connection.value("SELECT count(*) FROM import_rows"))

    def row(self, n: int) -> StagedRow:
        """The row of a number."""
        row = self._connection.row(
            f"SELECT {', '.join(StagedRow._fields)} FROM import_rows WHERE n = ?", n
        )
        return StagedRow(*row)

    def timed(self) -> Iterator[StagedRow]:
        """The rows with an end, without those left out, in the order they began."""
        yield from map(
            StagedRow._make,
            self._connection.stream(
                f"SELECT {', '.join(StagedRow._fields)} FROM import_rows "
                "WHERE to_at IS NOT NULL AND out <> ? "
                "ORDER BY from_at, coalesce(file, ''), line, n",
                self._plans,
            ),
        )

    def place(self, n: int, from_at: int | None, to_at: int | None) -> None:
        """Says where a row with a length only lies, None for nowhere."""
        self._connection.run(
            "UPDATE import_rows SET from_at = coalesce(?, from_at), to_at = ? WHERE n = ?",
            from_at,
            to_at,
            n,
        )

    def plan(self, parts: Iterable[StagedPart]) -> None:
        """Takes the entries that are planned, in place of those of an earlier plan."""
        self._connection.run("DELETE FROM import_parts")
        self.plan_more(parts)

    def plan_more(self, parts: Iterable[StagedPart]) -> None:
        """Takes more of them."""
        self._connection.run_many(_insert("import_parts", StagedPart._fields), parts)

    def spans(self, from_at: int, to_at: int) -> bool:
        """Whether planned entries begin before `to_at` and others, or the same, end after `from_at`."""
        row = self._connection.row(
            "SELECT min(from_at) AS first, max(to_at) AS last FROM import_parts"
        )
        return row.first is not None and row.first < to_at and row.last > from_at

    def holds(self, uuid: str) -> bool:
        """Whether a row of the file has, or had while it was running, this UUID."""
        return bool(
            self._connection.value(
                "SELECT count(*) FROM import_rows WHERE uuid = ? OR open_uuid = ?", uuid, uuid
            )
        )

    def foresee(self, projects: Mapping[int, int]) -> None:
        """Notes where the entries would land if they were moved now, inside a transaction."""
        self._foreseen = self._landing(projects)

    def link(self) -> None:
        """Writes the rows of the journal for what was foreseen, while others write too."""
        assert self._foreseen is not None
        self._link(self._foreseen)

    def move(self, projects: Mapping[int, int]) -> None:
        """Adds the planned entries, inside a transaction; `projects` has the record of each owner.

        What was linked before is taken as it is where it fits; else it is linked again, and others wait
        for that. Raises RuleBroken for an overlap.
        """
        landing = self._landing(projects)
        if landing != self._foreseen:
            self._link(landing)
        self._connection.run(
            "CREATE TEMPORARY TABLE import_owners (owner INTEGER PRIMARY KEY, project_id INTEGER)"
        )
        self._connection.run_many("INSERT INTO import_owners VALUES (?, ?)", projects.items())
        self._connection.run(
            f"INSERT INTO entries (id, uuid, project_id, {_OWN}, person) "
            f"SELECT ? + p.k, p.uuid, o.project_id, {_OWN}, ? "
            "FROM import_parts p JOIN import_owners o ON o.owner = p.owner ORDER BY p.k",
            landing.before,
            self._store.person,
        )
        self._connection.run("DROP TABLE import_owners")
        self._store.journal.append_staged([_ENTRIES], landing.place, "import_links")

    def _landing(self, projects: Mapping[int, int]) -> _Landing:
        before = self._connection.catalogue.last_id_given(self._connection, _ENTRIES)
        return _Landing(before, self._store.journal.place(), dict(projects))

    def _link(self, landing: _Landing) -> None:
        self._foreseen = landing
        self._connection.run("DELETE FROM import_links")
        links = self._store.journal.links(_ENTRIES, landing.place, self._added(landing))
        self._connection.run_many(
            "INSERT INTO import_links VALUES (?, ?, ?, ?, ?, ?)",
            ((link[0], _ENTRIES, *link) for link in links),
        )

    def _added(self, landing: _Landing) -> Iterator[Image]:
        """Each entry as JSON, all columns in their order; test_import_stage holds it against the table."""
        columns = self._connection.catalogue.columns(self._connection, _ENTRIES)
        taken = {"id": "k", "project_id": "owner", **{name: name for name in StagedPart._fields}}
        known = [name for name in columns if name in taken]
        form = "{" + ",".join(f'"{name}":{self._json_of(name, known)}' for name in columns) + "}"
        quoted = [n for n, name in enumerate(known) if name in _QUOTED]
        id_at, project_at, end_at = (known.index(name) for name in ("id", "project_id", "to_at"))
        for row in self._connection.stream(
            f"SELECT {', '.join(taken[name] for name in known)} FROM import_parts ORDER BY k"
        ):
            values = list(row)
            for n in quoted:
                values[n] = json_value(values[n])
            if values[end_at] is None:
                values[end_at] = "null"
            values[id_at] += landing.before
            values[project_at] = landing.projects[values[project_at]]
            yield values[id_at], None, form % tuple(values)

    def _json_of(self, column: str, known: Sequence[str]) -> str:
        """The place in a form for what a column holds."""
        if column == "person":
            return json_value(self._store.person).replace("%", "%%")
        if column not in known:
            return "null"
        return '"%s"' if column in _PLAIN else "%s"


def _insert(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
