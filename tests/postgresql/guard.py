"""Keeps a PostgreSQL server while somebody needs it, then ends it and removes its folder.

A process of its own, so that the server ends however its users do: each of them holds a shared lock on the
file `users` of the folder, which the kernel takes away with the last of its processes. Where this one is
killed itself, the server goes with it (on Linux).

    python guard.py FOLDER BINARIES     says `ready` when connections are taken
"""

import ctypes
import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

SUPERUSER = "postgres"

# Nothing of it outlives the tests, so nothing has to reach a disk; the rest keeps it small and quiet.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "64MB",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "max_connections": "100",
    "log_min_messages": "log",
    "log_checkpoints": "off",
    "lc_messages": "C",
}
READY = b"database system is ready to accept connections"
PR_SET_PDEATHSIG = 1  # prctl(2)


def account() -> dict[str, Any]:
    """Who runs the server, as arguments of `subprocess`: it refuses root, whom `nobody` stands in for."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _ends_with_me() -> Callable[[], None] | None:
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def initialised(folder: Path, binaries: Path) -> Path:
    """Makes the data of a new server in a folder; where they are."""
    data = folder / "data"
    subprocess.run(
        [
            binaries / "initdb", "--pgdata", data, "--username", SUPERUSER, "--auth", "trust",
            "--encoding", "UTF8", "--locale", "C", "--no-sync", "--no-instructions",
        ],
        check=True, stdout=subprocess.DEVNULL, cwd=folder, **account(),
    )  # fmt: skip
    return data


def run(folder: Path, binaries: Path, **more: str) -> subprocess.Popen[bytes]:
    """Starts a server over the data in a folder. Raises RuntimeError with what it said where it does not."""
    settings = {**SETTINGS, "unix_socket_directories": str(folder), **more}
    server = subprocess.Popen(
        [
            binaries / "postgres", "-D", folder / "data",
            *(word for name, value in settings.items() for word in ("-c", f"{name}={value}")),
        ],
        stderr=subprocess.PIPE, cwd=folder, preexec_fn=_ends_with_me(), **account(),
    )  # fmt: skip
    assert server.stderr is not None
    said = []
    for line in server.stderr:
        said.append(line)
        if READY in line:
            break
    else:
        server.wait()
        server.stderr.close()
        raise RuntimeError(b"".join(said).decode(errors="replace"))
    threading.Thread(target=_kept, args=(server.stderr, folder / "log"), daemon=True).start()
    return server


def _kept(said: IO[bytes], file: Path) -> None:
    with said, file.open("ab") as log:
        shutil.copyfileobj(said, log)


def main(folder: Path, binaries: Path) -> None:
    """Starts the server, says so, waits until nobody holds the lock, and ends it."""
    try:
        initialised(folder, binaries)
        server = run(folder, binaries)
        print("ready", flush=True)
        with (folder / "users").open() as users:
            fcntl.flock(users, fcntl.LOCK_EX)
            server.send_signal(signal.SIGQUIT)  # at once: nothing has to be kept
            server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
