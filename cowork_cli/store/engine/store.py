"""The open store: a connection to read with and a journal to write with.

Aggregates are modules of functions that take a `Store` first: `entries.running(store)`.
"""

from __future__ import annotations

from contextlib import contextmanager
from copy import copy

from cowork_cli.errors import StoreLost
from cowork_cli.records import dataclass
from cowork_cli.store.engine import whose
from cowork_cli.store.engine.connection import Connection
from cowork_cli.store.engine.database import open_connection
from cowork_cli.store.engine.journal import Journal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeVar

    from cowork_cli.paths import Paths

    Plan = TypeVar("Plan")

_ATTEMPTS = 4


MOVING_TO_FILE = "move.tsv"
"""What lies in the state folder while the store comes back from a server: its URL and its identity."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where a store is kept that is not a file, and what opens it; `source` says who named it."""

    url: str
    password: Callable[[], str | None]
    source: str


class Store:
    """One command's view of the store. Read with `rows`, `row` and `value`, write inside `transaction`.

    `person` is who sits at this machine as records hold it ('' for the owner), `called` their name.
    """

    def __init__(
        self,
        connection: Connection,
        journal: Journal,
        now_ms: int,
        issuing_lock: str,
        person: str = "",
        called: str = "",
    ):
        self.person, self.called = person, called
        self.connection = connection
        self._issuing_lock = issuing_lock
        self.journal = journal
        self.is_copy = False
        """Whether this is the local copy of a store on a server that is out of reach."""
        self.now_ms = now_ms
        self.rows = connection.rows
        self.row = connection.row
        self.value = connection.value

    @property
    def on_server(self) -> bool:
        """Whether it is kept on one, for who looks after files."""
        return self.connection.on_server

    @property
    def owner(self) -> str | None:
        """Whose the records are that name nobody, where that was said."""
        return self.journal.founder or whose.owner(self.connection)

    def about(self, person: str) -> Store:
        """The same store, read as what is about another person; what is written stays this machine's."""
        seen = copy(self)
        seen.person, seen.called = person, person or self.owner or ""
        return seen

    @property
    def now_s(self) -> int:
        """The command's instant, in seconds since 1970."""
        return self.now_ms // 1000

    @contextmanager
    def transaction(self) -> Iterator[Journal]:
        """One change, whole or not at all."""
        with self.journal.transaction():
            yield self.journal

    @contextmanager
    def rehearsal(self) -> Iterator[Journal]:
        """A change that is taken back at its end, to see what it would give; others wait meanwhile."""
        with self.journal.rehearsal():
            yield self.journal

    @contextmanager
    def after(self, plan: Callable[[], Plan]) -> Iterator[Plan]:
        """One change that follows from what `plan` reads: it is read while others write, who need not wait.

        Where somebody wrote in between it is read again, after some attempts while others wait.
        """
        attempt = 0
        while True:
            attempt += 1
            with self.connection.private():
                head, ready = self.journal.head(), plan()
            with self.transaction():
                holds = self.journal.head() == head
                if holds or attempt == _ATTEMPTS:
                    yield ready if holds else plan()
                    return

    @contextmanager
    def issuing(self) -> Iterator[None]:
        """Those who issue at the same time, on whatever machine, take turns; nobody else waits."""
        with self.connection.turn_to_issue(self._issuing_lock):
            yield

    def close(self) -> None:
        """Ends the connection."""
        self.connection.close()


def open_store(
    paths: Paths,
    *,
    now_ms: int,
    command: str,
    expected: bool,
    note: Callable[[str], None],
    server: Server | None = None,
    person: str = "",
) -> Store:
    """Opens the store of this home, creating it where there never was one. Raises StoreError.

    `server`: it is kept on one, not in the home's own file. `person`: who sits at this machine.
    """
    if server is not None:
        connection = _on_server(server, paths, now_ms, command, person, note)
        return _store(connection, paths, now_ms, command, person)
    raw = open_connection(
        paths.store_path,
        backups=paths.backups_path,
        expected=expected,
        stamp=_stamp(now_ms),
        note=note,
    )
    connection = Connection(raw, paths.store_path, paths.backups_path)
    return _store(connection, paths, now_ms, command, person)


def _store(connection: Connection, paths: Paths, now_ms: int, command: str, person: str) -> Store:
    founder = person if person and whose.is_free(connection) else ""
    key = "" if founder else whose.key_of(person, connection)
    journal = Journal(connection, command, now_ms, key, founder)
    return Store(connection, journal, now_ms, paths.issuing_lock_path, key, person)


def _on_server(
    server: Server,
    paths: Paths,
    now_ms: int,
    command: str,
    person: str,
    note: Callable[[str], None],
) -> Connection:
    require_driver()
    from cowork_cli.store.engine.postgresql import known, unsettled
    from cowork_cli.store.engine.postgresql.address import address
    from cowork_cli.store.engine.postgresql.opening import Backups, open_connection

    where, state = address(server.url, server.source), paths.state
    seen = known.identity(state, where.shown)
    try:
        connection = open_connection(
            where,
            server.password(),
            backups=Backups(paths.backups_path, _stamp(now_ms)),
            known=seen,
            person=person,
            note=note,
        )
    except StoreLost as lost:
        if (state / MOVING_TO_FILE).exists():
            lost.hint = "finish the move with `cowork data move --to file`"
        raise
    if connection.identity:
        known.remember(state, where.shown, connection.identity)
        if seen is None and not person and (owner := whose.owner(connection)):
            note(
                f"This store is {owner}'s, and so is what is recorded here. Somebody else says who they are: "
                "`cowork config set profile.person NAME`."
            )
    connection.unsettled = lambda turn: unsettled.note_down(
        state, where.shown, turn, command, now_ms
    )
    unsettled.settle(connection, state, note)
    return connection


def _stamp(now_ms: int) -> str:
    """The time in the name of a backup."""
    from datetime import UTC, datetime

    return datetime.fromtimestamp(now_ms / 1000, UTC).strftime("%Y%m%d-%H%M%S")


def require_driver() -> None:
    """Raises ConfigError with the line to type where what talks to a server is not installed."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        from cowork_cli import DISTRIBUTION
        from cowork_cli.errors import ConfigError

        raise ConfigError(
            "a store on PostgreSQL needs psycopg, which is not installed",
            f"install it with `pipx install '{DISTRIBUTION}[postgresql]'`",
        ) from None
