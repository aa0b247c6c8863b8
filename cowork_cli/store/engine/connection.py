"""A connection to a store: how it is opened, read, written in a transaction, and copied."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import ExitStack, contextmanager, suppress

from cowork_cli.errors import BadInput, CoworkError
from cowork_cli.paths import flush_folder, uri_of
from cowork_cli.store.engine import catalogue, files
from cowork_cli.store.engine.files import BUSY_MS
from cowork_cli.store.engine.rows import named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from types import ModuleType
    from typing import Any

    from cowork_cli.store.engine.about import About


def connect(path: str | Path, *, busy_ms: int = BUSY_MS) -> sqlite3.Connection:
    """The one connection function; every pragma that a promise rests on is set here.

    The file must be there: `mode=rw` keeps SQLite from making an empty one where it has just gone.
    """
    uri = f"{uri_of(os.fspath(path))}?mode=rw"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=busy_ms / 1000)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        # Without it INSERT OR REPLACE deletes an issued invoice without asking its triggers.
        connection.execute("PRAGMA recursive_triggers = ON")
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def schema_version(connection: sqlite3.Connection) -> int:
    """The version that the file says it has."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def opened(path: str | Path, *, replicated: bool = False) -> Connection:
    """A connection to a file that can be read and has a schema. Raises StoreDamaged, StoreUnreadable.

    `replicated`: what is written can be fetched again, so that nobody waits for the disk; and records may
    refer to some that are not here.
    """
    with ExitStack() as where_it_fails:
        try:
            raw = connect(path)
            where_it_fails.callback(raw.close)
            raw.execute("PRAGMA journal_mode = WAL")
            if replicated:
                raw.execute("PRAGMA foreign_keys = OFF")
                raw.execute("PRAGMA synchronous = NORMAL")
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise ours(error, path) from error
        where_it_fails.pop_all()
    return Connection(raw, path, os.path.dirname(path))


def ours(
    error: sqlite3.Error | UnicodeDecodeError, path: str | Path, backups: str | Path | None = None
) -> CoworkError:
    """The error of ours that `error` means; names the newest of `backups` where one would help."""
    from cowork_cli.store.engine import failures  # not above: most commands meet none

    return failures.translated(error, path, files.advice(backups) if backups else None)


def copy_into(connection: sqlite3.Connection, target: Path) -> None:
    """A consistent copy in one new private file without a log, flushed; also while others write.

    Raises FileExistsError where `target` is taken, sqlite3.Error; nothing is left behind then.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    files.remove_store(part)
    files.new_private_file(part)
    try:
        copy = sqlite3.connect(part, isolation_level=None)
        try:
            connection.backup(copy)
            # The copy is one file that can be read from a medium that cannot be written.
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        if target.exists():
            raise FileExistsError(errno.EEXIST, "there is a file of that name", str(target))
        part.rename(target)
        flush_folder(target.parent)
    finally:
        files.remove_store(part)


# UnicodeDecodeError: a message of SQLite that quotes a damaged schema. UnicodeEncodeError: half a character.
_REFUSALS = (sqlite3.Error, OverflowError, UnicodeError)


class Connection:
    """A connection whose errors are ours, and whose only way to write is a transaction.

    Every method raises RuleBroken where a rule of the schema refuses, StoreError, StoreBusy,
    DiskFull, Failed for a failing disk, and BadInput for a number that no column holds.
    """

    catalogue: ModuleType = catalogue
    on_server = False

    def __init__(self, connection: sqlite3.Connection, path: str | Path, backups: str | Path):
        self._connection = connection
        self._backups = backups
        self.path = path

    def rows(self, sql: str, *values: object) -> list[Any]:
        """All rows of a query, see `rows.named`; none of a statement that gives none back."""
        try:
            cursor = self._connection.execute(sql, values)
            return named(cursor.description or (), cursor)
        except _REFUSALS as error:
            raise self._failure(error) from error

    def row(self, sql: str, *values: object) -> Any:
        """The first row of a query, or None."""
        rows = self.rows(sql, *values)
        return rows[0] if rows else None

    def value(self, sql: str, *values: object) -> Any:
        """The only value of the first row of a query, None without a row."""
        row = self.row(sql, *values)
        if row is None:
            return None
        (value,) = row
        return value

    def run(self, sql: str, *values: object) -> list[Any]:
        """One statement that writes, and what it gives back."""
        self._refuse_outside()
        return self.rows(sql, *values)

    def run_many(self, sql: str, values: Iterable[tuple[object, ...]]) -> None:
        """One statement that writes, once for each of `values`, which may be read as it goes."""
        self._refuse_outside()
        try:
            self._connection.executemany(sql, values)
        except _REFUSALS as error:
            raise self._failure(error) from error

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]]) -> None:
        """Many new rows at once, of a whole table."""
        marks = ", ".join("?" for _ in columns)
        self.run_many(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)

    def stream(self, sql: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """The rows of a query one by one, as plain tuples, for more of them than memory should hold."""
        try:
            yield from self._connection.execute(sql, values)
        except _REFUSALS as error:
            raise self._failure(error) from error

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._connection.in_transaction

    def _refuse_outside(self) -> None:
        if not self.in_transaction:
            raise RuntimeError("a write outside of a transaction")

    @contextmanager
    def private(self) -> Iterator[None]:
        """One view of the store, and writes to temporary tables of this connection: nobody waits."""
        with self._bounded("BEGIN"):
            yield

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. Waits for other writers up to `BUSY_MS`."""
        with self._bounded("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """The same, taken back at its end."""
        with self._bounded("BEGIN IMMEDIATE", "ROLLBACK"):
            yield

    @contextmanager
    def _bounded(self, begin: str, end: str = "COMMIT") -> Iterator[None]:
        try:
            self._connection.execute(begin)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self._failure(error) from error
        try:
            yield
            self._connection.execute(end)
        except BaseException as error:
            # SQLite has rolled back by itself after some errors, a full disk for one; and where
            # even a rollback fails, the next one to open the store does it.
            with suppress(sqlite3.Error):
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise self._failure(error) from error
            raise

    @contextmanager
    def turn_to_issue(self, lock: str) -> Iterator[None]:
        """Holds the one turn to issue, by the lock file `lock`; waits for it, however long it takes."""
        from pathlib import Path

        from cowork_cli.locking import locked

        with locked(Path(lock)):
            yield

    def unhurried(self) -> None:
        """This transaction may take as long as it needs, between its statements too."""

    @property
    def schema(self) -> int:
        """The version of the schema of the file."""
        return schema_version(self._connection)

    def about(self) -> About:
        """What the engine says of the store."""
        from cowork_cli.store.engine.about import About

        schema = int(self.value("PRAGMA user_version"))
        return About("sqlite", sqlite3.sqlite_version, schema)

    def grant(self, role: str, kind: str, *, keep: bool) -> list[str]:
        """The SQL that gives a role of the server its rights; a file has none."""
        raise NotImplementedError(role)

    def keep_pages(self, megabytes: int) -> None:
        """Keeps so much of the store in memory, for a change that comes back to the same pages often."""
        self.rows(f"PRAGMA cache_size = {-1024 * megabytes}")

    def backup(self, target: Path) -> None:
        """A consistent copy in one new file, also while others write."""
        try:
            copy_into(self._connection, target)
        except sqlite3.Error as error:
            raise ours(error, target) from error

    def close(self) -> None:
        """Ends the connection; the log is folded into the store by the last one."""
        self._connection.close()

    def _failure(self, error: sqlite3.Error | OverflowError | UnicodeError) -> CoworkError:
        if isinstance(error, OverflowError):
            return BadInput("a number is too large to be one of ours", "give a smaller one")
        if isinstance(error, UnicodeEncodeError):
            return BadInput("a text holds something that no text can hold", "type it again")
        assert isinstance(error, sqlite3.Error | UnicodeDecodeError)
        return ours(error, self.path, self._backups)
