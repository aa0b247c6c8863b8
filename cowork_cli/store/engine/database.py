"""Opening the precious store, and the one way to write to it.

A store is in one of six states when it is opened: never existed (it is created), fine, newer than
we are, damaged, unreadable, lost. Only the first two go on; the others raise a StoreError that names
the newest backup, and change nothing. A new store is made under another name and renamed when its
schema is committed, so an empty file is always damage.

Longer than 400 lines, because telling the states apart, creating, copying and translating the errors of
SQLite have to agree on the same few facts about one file.
"""

from __future__ import annotations

import errno
import os
import shlex
import sqlite3
import stat
import time
from contextlib import contextmanager, suppress

from cowork_cli.errors import (
    BadInput,
    CoworkError,
    DiskFull,
    Failed,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreLost,
    StoreUnreadable,
)
from cowork_cli.store.engine import migrate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any

APPLICATION_ID = int.from_bytes(b"cowk")
BUSY_MS = 10_000
SIDE_FILES = ("-wal", "-shm", "-journal")


def connect(path: Path, *, busy_ms: int = BUSY_MS) -> sqlite3.Connection:
    """The one connection function; every pragma that a promise rests on is set here.

    The file must be there: `mode=rw` keeps SQLite from making an empty one where it has just gone.
    """
    uri = f"{path.as_uri()}?mode=rw"
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
    migration. `note` gets a line about a migration, and about a folder that a store should not lie
    in. Raises StoreError.
    """
    advice = _advice(backups)
    if not _exists(path, advice):
        _refuse_lost(path, backups, expected, advice)
        _create(path)
        from cowork_cli.store.engine import folders

        warning = folders.warning(path.parent)
        if warning:
            note(warning)
    _inspect(path, advice)
    connection: sqlite3.Connection | None = None
    try:
        connection = connect(path)
        _recognise(connection, path, advice)
        migrate.refuse_newer(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        migrate.migrate(connection, path, backups, stamp, note)
    except BaseException as error:
        if connection is not None:
            connection.close()
        if isinstance(error, sqlite3.Error):
            raise translated(error, path, advice) from error
        raise
    return connection


def open_as_it_is(path: Path, backups: Path) -> sqlite3.Connection:
    """A connection to a store that is there, of any schema, changing nothing. Raises StoreError."""
    advice = _advice(backups)
    if not _exists(path, advice):
        raise StoreLost(f"there is no store {path}", advice)
    _inspect(path, advice)
    connection: sqlite3.Connection | None = None
    try:
        connection = connect(path)
        _recognise(connection, path, advice)
    except BaseException as error:
        if connection is not None:
            connection.close()
        if isinstance(error, sqlite3.Error):
            raise translated(error, path, advice) from error
        raise
    return connection


def newest_backup(backups: Path) -> Path | None:
    """The backup file that was written last, or None."""
    try:
        found = [
            (file.stat().st_mtime, file)
            for file in backups.iterdir()
            if file.suffix in (".zip", ".db") and not file.name.startswith(".")
        ]
    except OSError:
        return None
    return max(found)[1] if found else None


def _advice(backups: Path) -> str:
    newest = newest_backup(backups)
    if newest:
        return f"bring back the newest backup with `cowork data restore {shlex.quote(str(newest))}`"
    return (
        "there is no backup; look for a copy of the file, it belongs where `cowork data path` says"
    )


def _exists(path: Path, advice: str) -> bool:
    """Whether something lies at `path`. A folder that may not be entered is not "nothing"."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StoreUnreadable(f"cannot reach the store {path}: {error.strerror}", advice) from None
    return True


def _refuse_lost(path: Path, backups: Path, expected: bool, advice: str) -> None:
    """Nothing lies at `path`: goes on only if nothing says that there ever was a store."""
    newest = newest_backup(backups)
    # A log of changes without its store: the store was moved or deleted. SQLite would also replay
    # the old log into a new file.
    if not (expected or newest or _has_content(_beside(path, "-wal"))):
        return
    if newest is None:
        advice += "; to begin with nothing, use `cowork config unset store.id`"
        if _has_content(_beside(path, "-wal")):
            advice = f"put back the file that belongs to {_beside(path, '-wal')}"
    raise StoreLost(f"the store {path} is gone, but there was one", advice)


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _inspect(path: Path, advice: str) -> None:
    """Raises where the file cannot be a whole store of ours, without opening it as one."""
    real = path.resolve()  # SQLite keeps its log beside the file that a link points to
    try:
        status = real.stat()
        if stat.S_ISDIR(status.st_mode):
            raise StoreDamaged(f"the store {path} is a directory", advice)
        if not stat.S_ISREG(status.st_mode):
            raise StoreDamaged(f"the store {path} is not a file", advice)
        head, size = _head_and_size(real)
    except FileNotFoundError:
        raise StoreLost(f"the store {path} points to {real}, which is gone", advice) from None
    except OSError as error:
        raise StoreUnreadable(f"cannot read the store {path}: {error.strerror}", advice) from None
    _inspect_header(path, real, head, size, advice)
    if not _writable(real) or not _writable(real.parent):
        raise StoreUnreadable(
            f"the store {path} is read-only", f"make the file and the folder {real.parent} writable"
        )
    if status.st_mode & 0o077 and os.name != "nt":
        with suppress(OSError):  # someone else's file that we may write: not ours to close
            real.chmod(0o600)


def _inspect_header(path: Path, real: Path, head: bytes, size: int, advice: str) -> None:
    """The first 100 bytes of a SQLite file: https://www.sqlite.org/fileformat.html#the_database_header"""
    if size == 0:
        raise StoreDamaged(f"the store {path} is empty", advice)
    if not head.startswith(b"SQLite format 3\0"):
        raise StoreDamaged(f"the store {path} is not a file of cowork", advice)
    if len(head) < 100 or (_too_short(head, size) and _stays_too_short(real)):
        raise StoreDamaged(f"the store {path} is truncated", advice)


def _head_and_size(real: Path) -> tuple[bytes, int]:
    """The first 100 bytes and the size, in this order: a file that grows meanwhile is not short."""
    with real.open("rb") as file:
        return file.read(100), file.seek(0, os.SEEK_END)


def _too_short(head: bytes, size: int) -> bool:
    page = int.from_bytes(head[16:18])
    return size < int.from_bytes(head[28:32]) * (65536 if page == 1 else page)


def _stays_too_short(real: Path) -> bool:
    """Whether a file that looks truncated is so, and not just being completed from its log.

    With a log beside it the file may rightly be shorter. Another process that folds its log in
    writes the first page before the last one, and then removes the log: looking again tells.
    """
    for _ in range(5):
        if _has_content(_beside(real, "-wal")):
            return False
        time.sleep(0.02)
        if not _too_short(*_head_and_size(real)):
            return False
    return True


def _writable(path: Path) -> bool:
    if os.access in os.supports_effective_ids:
        return os.access(path, os.W_OK, effective_ids=True)
    return os.access(path, os.W_OK)


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
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}.new")
        new_private_file(part)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise StoreUnreadable(
            f"cannot make a store in {path.parent}: {error.strerror}",
            "make the folder writable, or choose another with `--home DIR`",
        ) from None
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
        remove_store(part)


def new_private_file(path: Path) -> None:
    """Makes an empty file with mode 0600, before there is anything to read in it."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def remove_store(path: Path) -> None:
    """Removes a file of SQLite with its log and its shared memory, as far as they are there."""
    for file in (path, *(_beside(path, suffix) for suffix in SIDE_FILES)):
        file.unlink(missing_ok=True)


def _move_into_place(part: Path, path: Path) -> None:
    """Renames without replacing: of two processes that both create, one wins and both go on."""
    try:
        os.link(part, path)
    except FileExistsError:
        return
    except (OSError, NotImplementedError):  # a file system without hard links
        if not path.exists():
            part.rename(path)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Makes a rename in `folder` outlast a power cut, where the system can."""
    if os.name != "nt":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def copy_into(connection: sqlite3.Connection, target: Path) -> None:
    """A consistent copy in one new private file without a log, flushed; also while others write.

    Raises FileExistsError where `target` is taken, sqlite3.Error; nothing is left behind then.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    remove_store(part)
    new_private_file(part)
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
        remove_store(part)


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
        except OverflowError:
            raise BadInput(
                "a number is too large to be one of ours", "give a smaller one"
            ) from None
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
        except OverflowError:
            raise BadInput(
                "a number is too large to be one of ours", "give a smaller one"
            ) from None
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
            # SQLite has rolled back by itself after some errors, a full disk for one; and where
            # even a rollback fails, the next one to open the store does it.
            with suppress(sqlite3.Error):
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error) and not isinstance(error, sqlite3.IntegrityError):
                raise translated(error, self.path, _advice(self._backups)) from error
            raise

    def backup(self, target: Path) -> None:
        """A consistent copy in one new file, also while others write."""
        try:
            copy_into(self._connection, target)
        except sqlite3.Error as error:
            raise translated(error, target, None) from error

    def close(self) -> None:
        """Ends the connection; the log is folded into the store by the last one."""
        self._connection.close()
