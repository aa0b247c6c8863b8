"""Putting another store in the place of the present one, whatever state that one is in."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from cowork_cli.errors import StoreBusy, StoreDamaged
from cowork_cli.paths import flush_folder, make_private
from cowork_cli.store.engine import database, files, integrity
from cowork_cli.store.engine.connection import Connection, connect, ours


def copy_present(path: Path, backups: Path, target: Path) -> None:
    """Copies the present store, of any schema. Raises StoreError where it cannot be read whole."""
    with database.looking(path, backups) as connection:
        found = integrity.run(connection, integrity.pages)
        if found:
            raise StoreDamaged(found[0])
        connection.backup(target)


def move_aside(path: Path, backups: Path, now: datetime) -> Path | None:
    """Moves what lies at `path` into the backups as it is, with its log; None if nothing does.

    The new name does not end in `.db`: it is evidence, not something to be restored.
    """
    moved: Path | None = None
    # The log first: if the move stops half way, no log of the old store lies beside a new one.
    for suffix in (*files.SIDE_FILES, ""):
        present = path.with_name(path.name + suffix)
        if os.path.lexists(present):
            make_private(backups)
            moved = _free(backups, f"replaced-{now:%Y%m%d-%H%M%S}.db-kept{suffix}")
            present.rename(moved)
    return moved


def _free(folder: Path, name: str) -> Path:
    target, number = folder / name, 2
    while os.path.lexists(target):
        target, number = folder / f"{name}-{number}", number + 1
    return target


def last_change(connection: Connection) -> int | None:
    """By which a store is known again that nobody has changed; None where nothing was ever changed."""
    last: int | None = connection.value("SELECT max(id) FROM changes")
    return last


def last_change_of(path: Path) -> int | None:
    """The same of the store in a file. Raises StoreError."""
    with database.looking(path) as connection:
        return last_change(connection)


def refuse_changed(connection: Connection, seen: int | None) -> None:
    """Raises StoreBusy where a store is another than the one of which `seen` was the last change."""
    if last_change(connection) != seen:
        raise StoreBusy(
            "another command has changed the store, nothing was changed", "run it again"
        )


def put(source: Path, path: Path, backups: Path, seen: int | None) -> None:
    """Makes the store at `path`, of which `seen` was the last change, the one at `source`.

    Where a usable store lies there it is filled page by page in one transaction, so that another
    process which has it open sees the new content and not a file that is gone. Else the file is
    moved into its place. Raises StoreBusy, DiskFull; the present one is as before then.
    """
    if os.path.lexists(path):
        _overwrite(source, path, backups, seen)
        return
    files.remove_store(path)  # a log without its store
    source.rename(path)
    flush_folder(path.parent)


def _overwrite(source: Path, path: Path, backups: Path, seen: int | None) -> None:
    with closing(database.open_as_it_is(path, backups)) as raw:
        try:
            with closing(connect(source)) as new:
                # The transaction waits for other writers as long as is usual; the copy itself would for ever.
                raw.execute("BEGIN IMMEDIATE")
                raw.execute("ROLLBACK")
                new.backup(raw, pages=1, progress=_refusing_once(path, seen))
        except sqlite3.Error as error:
            failure = ours(error, path)
            if isinstance(failure, StoreBusy):
                failure.message = "another command is using the store, nothing was changed"
            raise failure from error


def _refusing_once(path: Path, seen: int | None) -> Callable[[int, int, int], None]:
    """Refuses a changed store at the first page of a copy: from then on nobody else can write there."""
    looked = False

    def step(status: int, _left: int, _pages: int) -> None:
        nonlocal looked
        if not looked and status == sqlite3.SQLITE_OK:
            with database.looking(path) as connection:
                refuse_changed(connection, seen)
            looked = True

    return step
