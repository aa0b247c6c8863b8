"""The files around a store: its log, its copies and its backups, before any of them is opened."""

from __future__ import annotations

import os
from contextlib import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

BUSY_MS = 10_000  # how long another process may hold the store before we give up
SIDE_FILES = ("-wal", "-shm", "-journal")


def beside(path: str | Path, suffix: str) -> str:
    """The file of SQLite that lies beside a store: `-wal`, `-shm`, `-journal`."""
    return f"{path}{suffix}"


def new_private_file(path: Path) -> None:
    """Makes an empty file with mode 0600, before there is anything to read in it."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def remove_store(path: str | Path) -> None:
    """Removes a file of SQLite with its log and its shared memory, as far as they are there."""
    for file in (path, *(beside(path, suffix) for suffix in SIDE_FILES)):
        with suppress(FileNotFoundError):
            os.unlink(file)


def newest_backup(backups: str | Path) -> Path | None:
    """The backup file that was written last, or None."""
    try:
        with os.scandir(backups) as files:
            found = [
                (file.stat().st_mtime, file.path)
                for file in files
                if file.name.endswith((".zip", ".db")) and not file.name.startswith(".")
            ]
    except OSError:
        return None
    if not found:
        return None
    from pathlib import Path

    return Path(max(found)[1])


def advice(backups: str | Path) -> str:
    """What to do about a store that cannot be used."""
    newest = newest_backup(backups)
    if newest:
        import shlex

        return f"bring back the newest backup with `cowork data restore {shlex.quote(str(newest))}`"
    return (
        "there is no backup; look for a copy of the file, it belongs where `cowork data path` says"
    )
