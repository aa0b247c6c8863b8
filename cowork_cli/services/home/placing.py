"""Putting a store that was made beside into the place of the present one: the file, or the server's.

Where the store is kept is of this machine: the settings of a backup or an export say nothing of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cowork_cli.config import Config, Value
from cowork_cli.errors import CoworkError
from cowork_cli.paths import Paths
from cowork_cli.store.engine.connection import Connection
from cowork_cli.store.engine.store import Server

_OF_THE_PLACE = ("store.url", "store.password_command")


def put(paths: Paths, server: Server | None, made: Path, present: Path | None = None) -> None:
    """Makes the store the one in the file `made`; what lay on the server is copied to `present`.

    Raises StoreBusy, DiskFull, and whatever a server says; the present one is as before then.
    """
    if server is None:
        from cowork_cli.store.engine import replace

        replace.put(made, paths.store, paths.backups)
        return
    from cowork_cli.store.engine import moving

    def keep(connection: Connection) -> None:
        if present:
            connection.backup(present)

    moving.put_on_server(made, server, paths.backups_path, keep)


@contextmanager
def kept_place(paths: Paths) -> Iterator[None]:
    """Settings are written inside; where the store is kept is as it was before, whatever they say."""
    before = _place(paths)
    yield
    after = _place(paths)
    if after != before:
        Config(paths).write(before)


def _place(paths: Paths) -> dict[str, Value | None]:
    """Nothing where the settings cannot be read: a restore must work then too."""
    try:
        settings = Config(paths)
        return {name: settings.get(name) for name in _OF_THE_PLACE}
    except CoworkError:
        return dict.fromkeys(_OF_THE_PLACE)
