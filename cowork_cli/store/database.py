"""Opening the precious store, and the one way to write to it.

A store is in one of six states when it is opened: never existed (it is created), fine, newer than
we are, damaged, unreadable, lost. Only the first two go on; the others raise a StoreError that names
the newest backup, and change nothing. A new store is made under another name and renamed when its
schema is committed, so an empty file is always damage.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cowork_cli.errors import (
    CoworkError,
    DiskFull,
    Failed,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreLost,
    StoreUnreadable,
)
from cowork_cli.store import migrate

APPLICATION_ID = int.from_bytes(b"cowk")
BUSY_MS = 10_000


def connect(path: Path, *, busy_ms: int = BUSY_MS) -> sqlite3.Connection:
    """The one connection function; every pragma that a promise rests on is set here."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=busy_ms / 1000)
    connection.execute("PRAGMA foreign_keys = ON")
    # Without it INSERT OR REPLACE deletes an issued invoice without asking its triggers.
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def open_connection(
    path: Path,
    *,
    backups: Path,
    expected: bool,
    stamp: str,
    note: Callable[[str], None],
) -> sqlite3.Connection:
    """A connection to the store at `path`, created or migrated first where that is due.

    `expected`: the settings say that there is a store here. `stamp` names a backup made before a
    migration. `note` gets a line about a migration. Raises StoreError.
    """
    advice = _advice(backups)
    if not os.path.lexists(path):
        if expected or newest_backup(backups):
            raise StoreLost(f"the store {path} is gone, but there was one", advice)
        _create(path)
    else:
        _inspect(path, advice)
    try:
        connection = connect(path)
        _recognise(connection, path, advice)
        connection.execute("PRAGMA journal_mode = WAL")
        migrate.migrate(connection, path, backups, stamp, note)
    except sqlite3.Error as error:
        raise translated(error, path, advice) from error
    return connection


def newest_backup(backups: Path) -> Path | None:
    """The backup file that was written last, or None."""
    try:
        files = [file for file in backups.iterdir() if file.suffix in (".zip", ".db")]
    except OSError:
        return None
    return max(files, key=lambda file: file.stat().st_mtime, default=None)


def _advice(backups: Path) -> str:
    newest = newest_backup(backups)
    if newest:
        return f"the newest backup is `{newest}`; bring it back with `cowork data restore {newest}`"
    return "there is no backup; look for a copy of the file, and see where it lies with `cowork data path`"


def _inspect(path: Path, advice: str) -> None:
    """Raises where the file cannot be a whole store of ours, without opening it as one."""
    if path.is_symlink() and not path.exists():
        raise StoreLost(f"the store {path} points to a file that is gone", advice)
    if path.is_dir():
        raise StoreDamaged(f"the store {path} is a directory", advice)
    try:
        with path.open("rb") as file:
            head = file.read(100)
            size = file.seek(0, os.SEEK_END)
    except OSError as error:
        raise StoreUnreadable(f"cannot read the store {path}: {error.strerror}", advice) from None
    if size == 0:
        raise StoreDamaged(f"the store {path} is empty", advice)
    if not head.startswith(b"SQLite format 3\0") or len(head) < 100:
        raise StoreDamaged(f"the store {path} is not a file of cowork", advice)
    page = int.from_bytes(head[16:18]) or 1
    pages = int.from_bytes(head[28:32])
    wal = path.with_name(path.name + "-wal")
    # While a log lies beside it, the file may rightly be shorter: the log completes it.
    if size < pages * (65536 if page == 1 else page) and not _has_content(wal):
        raise StoreDamaged(f"the store {path} is truncated", advice)
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise StoreUnreadable(f"the store {path} is read-only", "make it and its folder writable")


def _has_content(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _recognise(connection: sqlite3.Connection, path: Path, advice: str) -> None:
    (found,) = connection.execute("PRAGMA application_id").fetchone()
    if found != APPLICATION_ID:
        raise StoreDamaged(f"the store {path} belongs to another program", advice)


def _create(path: Path) -> None:
    """Makes an empty store beside its place and moves it there whole."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.new")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        connection = connect(part)
        try:
            migrate.create(connection)
            connection.execute("PRAGMA journal_mode = WAL")
        finally:
            connection.close()
        _move_into_place(part, path)
    except sqlite3.Error as error:
        raise translated(error, path, None) from error
    finally:
        for leftover in (
            part,
            part.with_name(part.name + "-wal"),
            part.with_name(part.name + "-shm"),
        ):
            leftover.unlink(missing_ok=True)


def _move_into_place(part: Path, path: Path) -> None:
    """Renames without replacing: of two processes that both create, one wins and both go on."""
    try:
        os.link(part, path)
    except FileExistsError:
        return
    except (OSError, NotImplementedError):  # a file system without hard links
        if not path.exists():
            part.rename(path)
    if os.name != "nt":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def translated(error: sqlite3.Error, path: Path, advice: str | None) -> CoworkError:
    """The error of ours that `error` of SQLite means."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith("SQLITE_FULL"):
        return DiskFull("the disk is full, nothing was changed", "free some space and run it again")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreBusy(
            f"another process has held the store for {BUSY_MS // 1000} seconds, nothing was changed",
            "run it again when the other command is done",
        )
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return StoreDamaged(f"the store {path} is damaged: {error}", advice)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return StoreUnreadable(f"cannot use the store {path}: {error}", advice)
    if name.startswith("SQLITE_IOERR"):
        return Failed(
            f"the disk did not take the change, nothing was changed ({error})",
            "check free space, quota and the file system, then run it again",
        )
    return StoreError(f"the store {path} refused: {error}", "run `cowork data verify`")


class Connection:
    """A connection whose errors are ours, and whose only way to write is a transaction."""

    def __init__(self, connection: sqlite3.Connection, path: Path, backups: Path):
        self._connection = connection
        self._backups = backups
        self.path = path

    def rows(self, sql: str, *values: object) -> list[Any]:
        """All rows of a query."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.IntegrityError:
            raise
        except sqlite3.Error as error:
            raise translated(error, self.path, _advice(self._backups)) from error

    def row(self, sql: str, *values: object) -> Any:
        """The first row of a query, or None."""
        rows = self.rows(sql, *values)
        return rows[0] if rows else None

    def run(self, sql: str, *values: object) -> sqlite3.Cursor:
        """One statement that writes. Raises sqlite3.IntegrityError where a rule of the schema refuses."""
        if not self._connection.in_transaction:
            raise RuntimeError("a write outside of a transaction")
        try:
            return self._connection.execute(sql, values)
        except sqlite3.IntegrityError:
            raise
        except sqlite3.Error as error:
            raise translated(error, self.path, _advice(self._backups)) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. Waits for other writers up to `BUSY_MS`."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise translated(error, self.path, _advice(self._backups)) from error
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException as error:
            # SQLite has rolled back by itself after some errors, a full disk for one.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error) and not isinstance(error, sqlite3.IntegrityError):
                raise translated(error, self.path, _advice(self._backups)) from error
            raise

    def backup(self, target: Path) -> None:
        """A consistent copy, also while others write."""
        copy = sqlite3.connect(target)
        try:
            self._connection.backup(copy)
        except sqlite3.Error as error:
            raise translated(error, target, None) from error
        finally:
            copy.close()

    def close(self) -> None:
        """Ends the connection; the log is folded into the store by the last one."""
        self._connection.close()
