"""Putting a store that was made beside into the place of the present one: the file, or the server's."""

from pathlib import Path

from cowork_cli.paths import Paths
from cowork_cli.store.engine.connection import Connection
from cowork_cli.store.engine.store import Server


def put(
    paths: Paths,
    server: Server | None,
    made: Path,
    *,
    seen: int | None = None,
    present: Path | None = None,
) -> None:
    """Makes the store the one in the file `made`.

    `seen` is the last change of what is replaced, None where there was none; what lay on a server may be copied
    to `present` instead, as it is then. Raises StoreBusy, also where somebody has changed it since, DiskFull, and
    whatever a server says; the present one is as before then.
    """
    from cowork_cli.store.engine import replace

    if server is None:
        replace.put(made, paths.store, paths.backups, seen)
        return
    from cowork_cli.store.engine import moving

    def keep(connection: Connection) -> None:
        if present:
            connection.backup(present)
        else:
            replace.refuse_changed(connection, seen)

    moving.put_on_server(made, server, paths.backups_path, keep)
