"""`data status`: where the store is, what keeps it, who is connected, and what may be done there."""

from cowork_cli.records import dataclass
from cowork_cli.store.engine.about import About, Session
from cowork_cli.store.engine.integrity import counted
from cowork_cli.store.engine.store import Store


@dataclass(frozen=True, slots=True)
class DataStatus:
    """Where the store is. Without a server `role` and `encrypted` are null, and nobody is connected.

    `copy_behind` says how far the local copy is behind the server, `waiting` how many changes wait to go
    up; null where there is no copy.
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


def status(store: Store) -> DataStatus:
    """Asks the engine that keeps the store."""
    about = store.connection.about()
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
        None,
        None,
    )


def _rights(about: About) -> str:
    if about.may_issue:
        return "may record and issue"
    return "may record, not issue" if about.may_record else "may read"
