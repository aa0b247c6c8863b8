"""`data status`: where the store is, what keeps it, who is connected, and what may be done there."""

from pathlib import Path

from cowork_cli.paths import Paths
from cowork_cli.records import dataclass
from cowork_cli.store.engine.about import About, Session
from cowork_cli.store.engine.integrity import counted
from cowork_cli.store.engine.store import Server, Store


@dataclass(frozen=True, slots=True)
class DataStatus:
    """Where the store is. Without a server `role` and `encrypted` are null, and nobody is connected.

    `copy_behind` says how many rows of the journal the local copy lacks (this command brings it up to date),
    `waiting` how many changes wait to go up; null where there is no copy.
    """

    engine: str
    where: str
    version: str
    schema: int
    role: str | None
    rights: str
    encrypted: bool | None
    connected: tuple[Session, ...]
    records: dict[str, int]
    copy_behind: int | None
    waiting: int | None


def status(store: Store, paths: Paths, server: Server | None) -> DataStatus:
    """Asks the engine that keeps the store, and looks at the local copy of a server's."""
    about = store.connection.about()
    behind, waiting = _copy(store, paths, server) if server else (None, None)
    return DataStatus(
        about.engine,
        str(store.connection.path),
        about.version,
        about.schema,
        about.role,
        _rights(about),
        about.encrypted,
        about.sessions,
        counted(store.connection),
        behind,
        waiting,
    )


def _copy(store: Store, paths: Paths, server: Server) -> tuple[int | None, int | None]:
    """How many rows of the journal the copy lacks, and how many changes wait in it."""
    from cowork_cli.store.engine.offline import away, local_copy, outbox

    path = away.copy_path(paths, server.url)
    if not Path(path).exists():
        return None, None
    with local_copy.opened(path) as copy:
        behind = max(0, store.journal.head() - max(0, local_copy.stamp(copy).head))
        return behind, len(outbox.uuids(copy))


def _rights(about: About) -> str:
    if about.may_issue:
        return "may record and issue"
    return "may record, not issue" if about.may_record else "may read"
