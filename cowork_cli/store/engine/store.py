"""The open store: a connection to read with and a journal to write with.

Aggregates are modules of functions that take a `Store` first: `entries.running(store)`.
"""

from __future__ import annotations

from contextlib import contextmanager

from cowork_cli.store.engine.connection import Connection
from cowork_cli.store.engine.database import open_connection
from cowork_cli.store.engine.journal import Journal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cowork_cli.paths import Paths


class Store:
    """One command's view of the store. Read with `rows`, `row` and `value`, write inside `transaction`."""

    def __init__(self, connection: Connection, journal: Journal, now_ms: int, issuing_lock: str):
        self.connection = connection
        self.issuing_lock = issuing_lock
        self.journal = journal
        self.now_ms = now_ms
        self.rows = connection.rows
        self.row = connection.row
        self.value = connection.value

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
) -> Store:
    """Opens the store of this home, creating it where there never was one. Raises StoreError."""
    from datetime import UTC, datetime

    stamp = datetime.fromtimestamp(now_ms / 1000, UTC).strftime("%Y%m%d-%H%M%S")
    raw = open_connection(
        paths.store_path, backups=paths.backups_path, expected=expected, stamp=stamp, note=note
    )
    connection = Connection(raw, paths.store_path, paths.backups_path)
    journal = Journal(connection, command, now_ms)
    return Store(connection, journal, now_ms, paths.issuing_lock_path)
