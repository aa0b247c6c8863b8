"""The files around a store: its log, its copies and its backups, before any of them is opened."""

import os
from pathlib import Path

BUSY_MS = 10_000  # how long another process may hold the store before we give up
SIDE_FILES = ("-wal", "-shm", "-journal")


def beside(path: Path, suffix: str) -> Path:
    """The file of SQLite that lies beside a store: `-wal`, `-shm`, `-journal`."""
    return path.with_name(path.name + suffix)


def new_private_file(path: Path) -> None:
    """Makes an empty file with mode 0600, before there is anything to read in it."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def remove_store(path: Path) -> None:
    """Removes a file of SQLite with its log and its shared memory, as far as they are there."""
    for file in (path, *(beside(path, suffix) for suffix in SIDE_FILES)):
        file.unlink(missing_ok=True)


def flush_folder(folder: Path) -> None:
    """Makes a rename in `folder` outlast a power cut, where the system can."""
    if os.name != "nt":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


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


def advice(backups: Path) -> str:
    """What to do about a store that cannot be used."""
    newest = newest_backup(backups)
    if newest:
        import shlex

        return f"bring back the newest backup with `cowork data restore {shlex.quote(str(newest))}`"
    return (
        "there is no backup; look for a copy of the file, it belongs where `cowork data path` says"
    )
