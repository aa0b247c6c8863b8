"""The file that `data move` leaves behind: it takes no changes, and lies among the backups."""

import os
import sqlite3
from pathlib import Path

from cowork_cli.paths import flush_folder, make_private
from cowork_cli.store.engine import database, files
from cowork_cli.store.engine.connection import Connection, connect
from cowork_cli.store.engine.failures import MOVED

_TRIGGER = "moved"


def mark(connection: Connection) -> None:
    """From now on every change is refused: who waited for this transaction would write into the past."""
    connection.run(
        f"CREATE TRIGGER IF NOT EXISTS {_TRIGGER} BEFORE INSERT ON changes "
        f"BEGIN SELECT RAISE(ABORT, '{MOVED}'); END"
    )


def is_marked(connection: Connection) -> bool:
    """Whether a file takes no changes because it has moved."""
    return bool(connection.value("SELECT count(*) FROM sqlite_schema WHERE name = ?", _TRIGGER))


def has_moved(path: Path) -> bool:
    """Whether the file at `path` is what `data move` left."""
    with database.looking(path) as connection:
        return is_marked(connection)


def unmark_copy(path: Path) -> None:
    """A backup that `data move` left is a store like any other when it is put back."""
    raw = connect(path)
    try:
        raw.execute(f"DROP TRIGGER IF EXISTS {_TRIGGER}")
    finally:
        raw.close()


def unmark(connection: Connection) -> None:
    """A file that had moved takes changes again."""
    with connection.transaction():
        connection.run(f"DROP TRIGGER IF EXISTS {_TRIGGER}")


def put_away(path: Path, backups: Path, stamp: str) -> Path | None:
    """A file that has moved lies among the backups, under a name that says so; None where it is in use."""
    if not os.path.lexists(path):
        return None
    make_private(backups)
    target, number = backups / f"cowork-moved-{stamp}.db", 2
    while os.path.lexists(target):
        target, number = backups / f"cowork-moved-{stamp}-{number}.db", number + 1
    try:
        _fold(path)
        # The log first, as in `replace.move_aside`: it must not lie beside another store.
        for suffix in (*files.SIDE_FILES, ""):
            part = path.with_name(path.name + suffix)
            if os.path.lexists(part):
                part.rename(target.with_name(target.name + suffix))
    except (OSError, sqlite3.Error):  # another command has it open; it takes no changes
        return None
    flush_folder(path.parent)
    return target


def _fold(path: Path) -> None:
    raw = connect(path)
    try:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()
