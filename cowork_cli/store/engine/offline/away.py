"""Small files about a store on a server, for who must not wait: which copy is its own, and that it is away."""

from __future__ import annotations

import os
import time

from cowork_cli.paths import make_private, write_private

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.paths import Paths

FOR_S = 30
"""So long nobody waits again for a server that let one wait."""
_SLOW_S = 0.5


def copy_path(paths: Paths, url: str) -> str:
    """Where the copy of that store lies: its name says which it is, and is no other's."""
    from cowork_cli.store.engine.chain import hash_of

    shown = "".join(sign if sign.isalnum() else "-" for sign in url.partition("://")[2])
    name = f"{shown.strip('-')[:40]}-{hash_of(url.encode())[:12]}.db"
    return os.path.join(os.path.dirname(paths.store_path), "copies", name)


def point(paths: Paths, url: str, source: str, person: str) -> None:
    """Notes for the prompt and for TAB, which read no settings, where the store on a server is copied.

    `person` is what the records of this machine's person bear.
    """
    said = f"{source}\t{url}\t{copy_path(paths, url)}\t{person}\n"
    try:
        with open(paths.pointer_path, encoding="utf-8") as file:
            if file.read() == said:
                return
    except (OSError, ValueError):
        pass
    from pathlib import Path

    write_private(Path(paths.pointer_path), said.encode())


def point_nowhere(paths: Paths) -> None:
    """The store is a file again."""
    if os.path.exists(paths.pointer_path):
        os.unlink(paths.pointer_path)


def is_known(paths: Paths, url: str) -> bool:
    """Whether the server let somebody wait in vain a moment ago."""
    try:
        with open(paths.away_path, encoding="utf-8") as file:
            return file.read() == url and time.time() - os.fstat(file.fileno()).st_mtime < FOR_S
    except (OSError, ValueError):
        return False


def note(paths: Paths, url: str, waited_s: float) -> None:
    """Remembers that the server is away, if asking it took its time."""
    if waited_s > _SLOW_S:
        from pathlib import Path

        make_private(Path(paths.away_path).parent)
        write_private(Path(paths.away_path), url.encode())


def forget(paths: Paths) -> None:
    """The server answers."""
    if os.path.exists(paths.away_path):
        os.unlink(paths.away_path)
