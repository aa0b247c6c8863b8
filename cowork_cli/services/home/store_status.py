"""`data status`: where the store is, what keeps it, who is connected, and what may be done there."""

from cowork_cli.paths import Paths
from cowork_cli.records import dataclass
from cowork_cli.store.engine.about import About, Session
from cowork_cli.store.engine.integrity import counted
from cowork_cli.store.engine.store import Server, Store


@dataclass(frozen=True, slots=True)
class DataStatus:
    """Where the store is. Without a server `role` and `encrypted` are null, and nobody is connected.

    Out of reach (`reachable` false) nothing is known of it but its address, and what waits here for it.

    `owner` is the person whose the records are that name nobody; null where nobody was said.
    `copy_behind` says how many changes the local copy lacks before this command is done, `waiting` how many
    wait to go up; null where there is no copy.
    """

    engine: str
    where: str
    version: str | None
    schema: int | None
    role: str | None
    rights: str | None
    encrypted: bool | None
    connected: tuple[Session, ...]
    records: dict[str, int]
    copy_behind: int | None
    waiting: int | None
    reachable: bool = True
    owner: str | None = None


def out_of_reach(paths: Paths, server: Server) -> DataStatus:
    """What is known here of a server that is away."""
    from cowork_cli.services.home import outbox
    from cowork_cli.store.engine.postgresql.address import address

    where = address(server.url, server.source).shown
    waiting, _ = outbox.unsent(paths, server)
    return DataStatus(
        "postgresql", where, None, None, None, None, None, (), {}, None, waiting, reachable=False
    )


def status(store: Store, paths: Paths, server: Server | None) -> DataStatus:
    """Asks the engine that keeps the store, and looks at the copy for when that is away."""
    about = store.connection.about()
    behind, waiting = _copy(store, paths, server)
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
        owner=store.owner,
    )


def _copy(store: Store, paths: Paths, server: Server | None) -> tuple[int | None, int | None]:
    if server is None:
        return None, None
    from cowork_cli.services.home import outbox

    behind = outbox.behind(store, paths, server)
    return behind, None if behind is None else outbox.unsent(paths, server)[0]


def _rights(about: About) -> str:
    if about.may_issue:
        return "may record and issue"
    return "may record, not issue" if about.may_record else "may read"
