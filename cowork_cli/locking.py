"""Owns the lock that keeps two processes from changing one small file at the same time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cowork_cli.errors import StoreBusy
from cowork_cli.paths import make_private


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Waits for, then holds the lock file `path` (mode 0600), so that two changes at once both land.

    The system lets go of it when the process ends, however it ends. Raises StoreBusy on Windows, which
    gives up waiting after 10 s.
    """
    make_private(path.parent)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _taken(descriptor, path)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def tried(path: Path) -> Iterator[bool]:
    """Holds the lock file `path` (mode 0600) if nobody else does; False at once where somebody does."""
    make_private(path.parent)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _taken_at_once(descriptor)
    finally:
        os.close(descriptor)


def _taken(descriptor: int, path: Path) -> None:
    if os.name != "nt":
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)
        return
    import msvcrt

    try:
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined, unused-ignore]
    except OSError as error:
        raise StoreBusy(
            f"another cowork has held {path} for ten seconds", "run it again when it is done"
        ) from error


def _taken_at_once(descriptor: int) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
