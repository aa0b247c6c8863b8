"""A copy and, in the server's place, a file that is asked the same: for what needs no network."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.errors import ServerUnreachable
from cowork_cli.paths import Paths, locate
from cowork_cli.store.engine.connection import Connection
from cowork_cli.store.engine.journal import Journal
from cowork_cli.store.engine.offline import away, local_copy, outbox
from cowork_cli.store.engine.offline.journals import OutboxJournal
from cowork_cli.store.engine.offline.outbox import Held
from cowork_cli.store.engine.store import Store
from tests import stores

URL = "postgresql://h/x"
NOW_MS = 1_764_090_000_000
NOON = 1_764_068_400
CLIENT = {"slug": "acme", "name": "ACME", "type": "business", "currency": "EUR"}
AWAY = ServerUnreachable("it is away", "try later")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Store]:
    """A store with a project and a timer that has run since noon."""
    store = stores.opened(tmp_path / "server")
    with store.transaction() as journal:
        client = journal.insert("clients", CLIENT)
        journal.insert("projects", {"client_id": client, "slug": "site"})
        journal.insert("entries", entry(NOON, None))
    yield store
    store.close()


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """Of the home that has a copy."""
    return locate({"COWORK_HOME": str(tmp_path / "laptop")})


@pytest.fixture
def path(paths: Paths, server: Store) -> Path:
    """A copy of it."""
    path = Path(away.copy_path(paths, URL))
    path.parent.mkdir(parents=True)
    local_copy.made(path, server.connection, NOON)
    return path


@pytest.fixture
def copy(path: Path) -> Iterator[Connection]:
    with local_copy.opened(path) as copy:
        yield copy


@pytest.fixture
def here(copy: Connection) -> Callable[[], Journal]:
    """A new change without the server, as its command records it."""
    return lambda: OutboxJournal(copy, "track edit", NOW_MS, "", AWAY)


def entry(from_at: int, to_at: int | None, **more: Any) -> dict[str, Any]:
    return {
        "project_id": 1, "from_at": from_at, "to_at": to_at, "timezone": "UTC", "day": "2025-11-25",
        "billable": 1, **more,
    }  # fmt: skip


def hours(store: Store | Connection) -> list[tuple[int, int | None, str | None]]:
    return [
        ((row.from_at - NOON) // 60, row.to_at and (row.to_at - NOON) // 60, row.note)
        for row in store.rows("SELECT from_at, to_at, note FROM entries ORDER BY from_at, id")
    ]


def refresh(copy: Connection, server: Store, held: dict[str, Held] | None = None) -> None:
    local_copy.refresh(copy, server.connection, NOON + 7200, held)


def states(copy: Connection) -> list[tuple[str, str | None]]:
    return [(change.ref, change.held and change.held.reason) for change in outbox.waiting(copy)]
