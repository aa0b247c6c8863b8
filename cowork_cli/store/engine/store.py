"""The open store: a connection to read with and a journal to write with.

Aggregates are modules of functions that take a `Store` first: `entries.running(store)`.
"""

from __future__ import annotations

from contextlib import contextmanager

from cowork_cli.records import dataclass
from cowork_cli.store.engine.connection import Connection
from cowork_cli.store.engine.database import open_connection
from cowork_cli.store.engine.journal import Journal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cowork_cli.paths import Paths


@dataclass(frozen=True, slots=True)
class Server:
    """Where a store is kept that is not a file, and what opens it; `source` says who named it."""

    url: str
    password: Callable[[], str | None]
    source: str


class Store:
    """One command's view of the store. Read with `rows`, `row` and `value`, write inside `transaction`."""

    def __init__(
        self,
        connection: Connection,
        journal: Journal,
        now_ms: int,
        issuing_lock: str,
        person: str = "",
    ):
        self.person = person
        self.connection = connection
        self.issuing_lock = issuing_lock
        self.journal = journal
        self.now_ms = now_ms
        self.rows = connection.rows
        self.row = connection.row
        self.value = connection.value

    @property
    def owner(self) -> str | None:
        """Whose the records are that name nobody, where that was said."""
        return _owner(self.connection)

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
        return _store(_on_server(server, paths, note), paths, now_ms, command, person)
    from datetime import UTC, datetime

    stamp = datetime.fromtimestamp(now_ms / 1000, UTC).strftime("%Y%m%d-%H%M%S")
    raw = open_connection(
        paths.store_path, backups=paths.backups_path, expected=expected, stamp=stamp, note=note
    )
    connection = Connection(raw, paths.store_path, paths.backups_path)
    return _store(connection, paths, now_ms, command, person)


def _store(connection: Connection, paths: Paths, now_ms: int, command: str, person: str) -> Store:
    if person and person == _owner(connection):
        person = ""
    journal = Journal(connection, command, now_ms, person)
    return Store(connection, journal, now_ms, paths.issuing_lock_path, person)


def _owner(connection: Connection) -> str | None:
    """Whose the records are that name nobody, where that was said."""
    owner: str | None = connection.value("SELECT value FROM meta WHERE key = 'owner'")
    return owner


def _on_server(server: Server, paths: Paths, note: Callable[[str], None]) -> Connection:
    try:
        import psycopg  # noqa: F401
    except ImportError:
        from cowork_cli import DISTRIBUTION
        from cowork_cli.errors import ConfigError

        raise ConfigError(
            "a store on PostgreSQL needs psycopg, which is not installed",
            f"install it with `pipx install '{DISTRIBUTION}[postgresql]'`",
        ) from None
    from cowork_cli.store.engine.postgresql.address import address
    from cowork_cli.store.engine.postgresql.opening import open_connection

    where = address(server.url, server.source)
    return open_connection(
        where, server.password(), backups=paths.backups_path, expected=False, note=note
    )
