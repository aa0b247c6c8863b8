"""Putting a store that was made beside into the place of the present one: the file, or the server's."""

from pathlib import Path

from cowork_cli.paths import Paths
from cowork_cli.store.engine.connection import Connection
from cowork_cli.store.engine.store import Server


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
