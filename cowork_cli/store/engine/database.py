"""Opening the precious store.

A store is in one of six states when it is opened: never existed (it is created), fine, newer than
we are, damaged, unreadable, lost. Only the first two go on; the others raise a StoreError that names
the newest backup, and change nothing. A new store is made under another name and renamed when its
schema is committed, so an empty file is always damage.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import time
from contextlib import contextmanager, suppress

from cowork_cli.errors import StoreDamaged, StoreLost, StoreUnreadable
from cowork_cli.paths import flush_folder, make_private
from cowork_cli.store.engine import files, version
from cowork_cli.store.engine.connection import Connection, connect, ours, schema_version
from cowork_cli.store.engine.files import beside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

APPLICATION_ID = int.from_bytes(b"cowk")


def open_connection(
    path: str | Path,
    *,
    backups: str | Path,
    expected: bool,
    stamp: str,
    note: Callable[[str], None],
) -> sqlite3.Connection:
    """A connection to the store at `path`, created or migrated first where that is due.

    `expected`: the settings say that there is a store here. `stamp` names a backup made before a
    migration. `note` gets a line about a migration, and about a folder that a store should not lie
    in. Raises StoreError.
    """
    if not _exists(path, backups):
        _refuse_lost(path, backups, expected)
        from pathlib import Path

        from cowork_cli.store.engine import folders

        _create(Path(path))
        warning = folders.warning(Path(path).parent)
        if warning:
            note(warning)
    _inspect(path, backups)
    with _opened(path, backups) as connection:
        current = schema_version(connection) == version.VERSION
        if not current:
            # Not above: most stores are of this version.
            from cowork_cli.store.engine import migrate

            migrate.refuse_newer(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        if not current:
            migrate.migrate(connection, path, backups, stamp, note)
    return connection


def open_as_it_is(path: str | Path, backups: str | Path) -> sqlite3.Connection:
    """A connection to a store that is there, of any schema, changing nothing. Raises StoreError."""
    if not _exists(path, backups):
        raise StoreLost(f"there is no store {path}", files.advice(backups))
    _inspect(path, backups)
    with _opened(path, backups) as connection:
        pass
    return connection


@contextmanager
def looking(path: Path, backups: str | Path | None = None) -> Iterator[Connection]:
    """The same for a look at it, closed behind; `backups` lie beside it where nothing is said. Raises StoreError."""
    raw = open_as_it_is(path, backups or path.parent)
    try:
        yield Connection(raw, path, backups or path.parent)
    finally:
        raw.close()


def build(path: Path, schema: int, fill: Callable[[Connection], None]) -> None:
    """A new store at `path` of an older schema or this one, and what `fill` puts into it.

    References are looked at by who fills it: the order of its tables is free. Nothing is left behind
    where `fill` raises.
    """
    from cowork_cli.store.engine import migrate

    files.new_private_file(path)
    raw = connect(path)
    try:
        raw.execute("PRAGMA foreign_keys = OFF")
        migrate.create(raw, schema)
        fill(Connection(raw, path, path.parent))
    except BaseException as error:
        raw.close()
        files.remove_store(path)
        if isinstance(error, sqlite3.Error):
            raise ours(error, path) from error
        raise
    raw.close()


@contextmanager
def _opened(path: str | Path, backups: str | Path) -> Iterator[sqlite3.Connection]:
    """A connection to a store of ours. It stays open, but for an error, which is one of ours then."""
    connection: sqlite3.Connection | None = None
    try:
        connection = connect(path)
        _recognise(connection, path, backups)
        yield connection
    except BaseException as error:
        if connection is not None:
            connection.close()
        if isinstance(error, sqlite3.Error | UnicodeDecodeError):
            raise ours(error, path, backups) from error
        raise


def _exists(path: str | Path, backups: str | Path) -> bool:
    """Whether something lies at `path`. A folder that may not be entered is not "nothing"."""
    try:
        os.lstat(path)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StoreUnreadable(
            f"cannot reach the store {path}: {error.strerror}", files.advice(backups)
        ) from None
    return True


def _refuse_lost(path: str | Path, backups: str | Path, expected: bool) -> None:
    """Nothing lies at `path`: goes on only if nothing says that there ever was a store."""
    newest = files.newest_backup(backups)
    # A log of changes without its store: the store was moved or deleted. SQLite would also replay
    # the old log into a new file.
    if not (expected or newest or _has_content(beside(path, "-wal"))):
        return
    advice = files.advice(backups)
    if newest is None:
        advice += "; to begin with nothing, use `cowork config unset store.id`"
        if _has_content(beside(path, "-wal")):
            advice = f"put back the file that belongs to {beside(path, '-wal')}"
    raise StoreLost(f"the store {path} is gone, but there was one", advice)


def _inspect(path: str | Path, backups: str | Path) -> None:
    """Raises where the file cannot be a whole store of ours, without opening it as one."""
    real = os.path.realpath(path)  # SQLite keeps its log beside the file that a link points to
    try:
        status = os.stat(real)
        if stat.S_ISDIR(status.st_mode):
            raise StoreDamaged(f"the store {path} is a directory", files.advice(backups))
        if not stat.S_ISREG(status.st_mode):
            raise StoreDamaged(f"the store {path} is not a file", files.advice(backups))
        head, size = _head_and_size(real)
    except FileNotFoundError:
        raise StoreLost(
            f"the store {path} points to {real}, which is gone", files.advice(backups)
        ) from None
    except OSError as error:
        raise StoreUnreadable(
            f"cannot read the store {path}: {error.strerror}", files.advice(backups)
        ) from None
    _inspect_header(path, real, head, size, backups)
    folder = os.path.dirname(real)
    if not _writable(real) or not _writable(folder):
        raise StoreUnreadable(
            f"the store {path} is read-only", f"make the file and the folder {folder} writable"
        )
    if status.st_mode & 0o077 and os.name != "nt":
        with suppress(OSError):  # someone else's file that we may write: not ours to close
            os.chmod(real, 0o600)


def _inspect_header(
    path: str | Path, real: str, head: bytes, size: int, backups: str | Path
) -> None:
    """The first 100 bytes of a SQLite file: https://www.sqlite.org/fileformat.html#the_database_header"""
    if size == 0:
        raise StoreDamaged(f"the store {path} is empty", files.advice(backups))
    if not head.startswith(b"SQLite format 3\0"):
        raise StoreDamaged(f"the store {path} is not a file of cowork", files.advice(backups))
    if len(head) < 100 or (_too_short(head, size) and _stays_too_short(real)):
        raise StoreDamaged(f"the store {path} is truncated", files.advice(backups))


def _head_and_size(real: str) -> tuple[bytes, int]:
    """The first 100 bytes and the size, in this order: a file that grows meanwhile is not short."""
    with open(real, "rb") as file:
        return file.read(100), file.seek(0, os.SEEK_END)


def _too_short(head: bytes, size: int) -> bool:
    page = int.from_bytes(head[16:18])
    return size < int.from_bytes(head[28:32]) * (65536 if page == 1 else page)


def _stays_too_short(real: str) -> bool:
    """Whether a file that looks truncated is so, and not just being completed from its log.

    With a log beside it the file may rightly be shorter. Another process that folds its log in
    writes the first page before the last one, and then removes the log: looking again tells.
    """
    for _ in range(5):
        if _has_content(beside(real, "-wal")):
            return False
        time.sleep(0.02)
        if not _too_short(*_head_and_size(real)):
            return False
    return True


def _writable(path: str) -> bool:
    if os.access in os.supports_effective_ids:
        return os.access(path, os.W_OK, effective_ids=True)
    return os.access(path, os.W_OK)


def _has_content(path: str) -> bool:
    try:
        return os.stat(path).st_size > 0
    except OSError:
        return False


def _recognise(connection: sqlite3.Connection, path: str | Path, backups: str | Path) -> None:
    (found,) = connection.execute("PRAGMA application_id").fetchone()
    if found != APPLICATION_ID:
        raise StoreDamaged(f"the store {path} belongs to another program", files.advice(backups))


def _create(path: Path) -> None:
    """Makes an empty store beside its place and moves it there whole."""
    try:
        make_private(path.parent)
        part = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}.new")
        files.new_private_file(part)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise StoreUnreadable(
            f"cannot make a store in {path.parent}: {error.strerror}",
            "make the folder writable, or choose another with `--home DIR`",
        ) from None
    try:
        from cowork_cli.store.engine import migrate

        connection = connect(part)
        try:
            migrate.create(connection)
            connection.execute("PRAGMA journal_mode = WAL")
        finally:
            connection.close()
        _move_into_place(part, path)
    except sqlite3.Error as error:
        raise ours(error, path) from error
    finally:
        files.remove_store(part)


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
